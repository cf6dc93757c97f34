/** The reform's limits: decimals, and what annex A adds for public buyers ("CPRO"). */
import { first, type GroupName, type Term, type Values } from '../terms.ts';
import { reform, rulesOfNorm } from './norms.ts';
import { brokenIn, decimalsIn, idOf, occurrences, rulesOf, type Place, type Rule } from './rule.ts';

const levels = { 'chorus-classic': 'off', 'fr-ctc-2026': 'refuse' } as const;
const rule = rulesOfNorm(reform, levels);
const cpro = rulesOf({ source: 'XP Z12-012, annex A v1.3, as GOBL’s b2g.go has it', mark: 'V-3P', levels });

/** How many decimals each kind of number may have. */
const decimals: readonly (readonly [id: string, most: number, terms: readonly (readonly [Term, GroupName?])[]])[] = [
  [
    'BR-FR-DEC-01',
    2,
    [
      ...(['BT-106', 'BT-107', 'BT-108', 'BT-109', 'BT-110', 'BT-112', 'BT-113', 'BT-114', 'BT-115'] as const).map(
        (term) => [term] as const,
      ),
      ['BT-92', 'BG-20'],
      ['BT-99', 'BG-21'],
      ['BT-116', 'BG-23'],
      ['BT-117', 'BG-23'],
      ['BT-131', 'BG-25'],
    ],
  ],
  ['BR-FR-DEC-02', 4, [['BT-129', 'BG-25']]],
  ['BR-FR-DEC-03', 6, [['BT-146', 'BG-25']]],
  [
    'BR-FR-DEC-04',
    2,
    [
      ['BT-119', 'BG-23'],
      ['BT-152', 'BG-25'],
    ],
  ],
];

const decimalRules: readonly Rule[] = decimals.map(([id, most, terms]) =>
  rule(
    id,
    terms[0]?.[0] ?? 'BT-115',
    { fr: `Ce nombre a plus de ${most} décimales.`, en: `This number has more than ${most} decimals.` },
    (invoice) =>
      terms.flatMap(([term, group]): Place[] => {
        const isLong = (own: Values) => decimalsIn(first(own, term)) > most;
        return group ? brokenIn(group, term, isLong)(invoice) : isLong(invoice.values) ? [term] : [];
      }),
  ),
);

/** The longest that Chorus Pro takes. */
const lengths: readonly (readonly [id: string, term: Term, most: number])[] = [
  ['CPRO-02', 'BT-1', 20],
  ['CPRO-14', 'BT-12', 50],
  ['CPRO-15', 'BT-13', 50],
  ['CPRO-43', 'BT-27', 99],
  ['CPRO-44', 'BT-44', 99],
];

const forPublicBodies: readonly Rule[] = [
  ...lengths.map(([id, term, most]) =>
    cpro(
      id,
      term,
      { fr: `Cette donnée dépasse ${most} caractères.`, en: `This has more than ${most} characters.` },
      ({ values }) => (first(values, term) ?? '').length > most,
    ),
  ),
  cpro(
    'CPRO-10',
    'BT-46',
    {
      fr: 'Le SIRET de l’acheteur public manque (BT-46, schéma 0009).',
      en: 'The public buyer’s SIRET is missing (BT-46, scheme 0009).',
    },
    ({ values }) => idOf(values, 'BT-46', 'BT-46-1', '0009') === undefined,
  ),
  cpro(
    'CPRO-20',
    'BG-3',
    { fr: 'Une seule facture antérieure est admise.', en: 'Only one preceding invoice is possible.' },
    ({ values }) => occurrences(values, 'BG-3').length > 1,
  ),
  cpro(
    'CPRO-24',
    'BT-23',
    {
      fr: 'Le cadre S5 n’est pas admis pour un acheteur public : utilisez S3.',
      en: 'The framework S5 is not possible for a public buyer: S3.',
    },
    ({ values }) => first(values, 'BT-23') === 'S5',
  ),
];

export const frenchLimits: readonly Rule[] = [...decimalRules, ...forPublicBodies];
