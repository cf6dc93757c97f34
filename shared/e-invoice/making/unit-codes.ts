/** Units in French words, as UN/ECE's Recommendation 20 codes them. */

const wordsOf: Readonly<Record<string, string>> = {
  C62: 'u un unite unites piece pieces pce pc article',
  LS: 'forfait forfaits forf ft fft ens ensemble ensembles global',
  MTR: 'm ml metre metres metrelineaire metreslineaires',
  MTK: 'm2 metrecarre metrescarres',
  MTQ: 'm3 metrecube metrescubes',
  CMT: 'cm centimetre centimetres',
  MMT: 'mm millimetre millimetres',
  KMT: 'km kilometre kilometres',
  HAR: 'ha hectare hectares',
  ARE: 'are ares',
  LTR: 'l litre litres',
  KGM: 'kg kilo kilos kilogramme kilogrammes',
  TNE: 't tonne tonnes',
  GRM: 'g gramme grammes',
  HUR: 'h heure heures',
  MIN: 'min minute minutes',
  DAY: 'j jour jours journee journees',
  WEE: 'semaine semaines sem',
  MON: 'mois',
  ANN: 'an ans annee annees',
  KWH: 'kwh',
  MWH: 'mwh',
  KWT: 'kw',
  SET: 'jeu jeux lot lots',
  PR: 'paire paires',
  RO: 'rouleau rouleaux',
  BG: 'sac sacs',
};

const codes = new Map(
  Object.entries(wordsOf).flatMap(([code, words]) => words.split(' ').map((word) => [word, code] as const)),
);

/** "m²", "M2" and "m 2" are one unit. */
const plain = (unit: string): string =>
  unit
    .normalize('NFKD')
    .replace(/[\p{M}\s.]/gu, '')
    .toLowerCase();

/** @returns undefined for words that no code is known for; a code stands for itself */
export const unitCode = (unit: string): string | undefined =>
  codes.get(plain(unit)) ?? (Object.hasOwn(wordsOf, unit) ? unit : undefined);

/** One, for what is counted in no unit or in one without a code. */
export const one = 'C62';
