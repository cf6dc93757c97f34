/** Codes that must be of a list: EN 16931's rules BR-CL and BR-CO-09. */
import * as z from 'zod';
import type { SyntaxName } from '../read-e-invoice.ts';
import {
  first,
  groupNames,
  groups,
  termNames,
  terms,
  type GroupName,
  type Term,
  type TermKind,
  type Values,
} from '../terms.ts';
import { en16931, rulesOfNorm } from './norms.ts';
import { brokenIn, decimal, longestDecimal, occurrences, rulesOf, type Place, type Rule } from './rule.ts';

/** The lists themselves are from memory. */
const rule = rulesOfNorm(en16931, { 'chorus-classic': 'warn', 'fr-ctc-2026': 'refuse' });

const list = (codes: string): ReadonlySet<string> => new Set(codes.split(/\s+/).filter(Boolean));

/** ISO 3166-1, and what the norm's list adds: Kosovo, Northern Ireland. */
const countries = list(`
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
  CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
  GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
  KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
  MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
  SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
  UZ VA VC VE VG VI VN VU WF WS XI XK YE YT ZA ZM ZW 1A`);

/** ISO 4217, the currencies in use. */
const currencies = list(`
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
  CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ
  GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
  LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR
  PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP
  TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XOF XPD
  XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWL`);

/** UNTDID 1001, the subset of the norm. */
const types = list(`
  71 80 81 82 83 84 102 130 202 203 204 211 218 219 261 262 295 296 308 325 326 331 380 381 382 383 384 385 386 387 388
  389 390 393 394 395 396 420 456 457 458 471 472 473 500 501 502 503 527 532 553 575 623 633 751 780 817 870 875 876
  877 935`);

/** UNTDID 4461. */
const paymentMeans = list(
  `${Array.from({ length: 70 }, (_, i) => i + 1).join(' ')} 74 75 76 77 78 91 92 93 94 95 96 97 98 ZZZ`,
);

/** UNTDID 5305, the categories that the norm knows. */
const vatCategories = list('AE E S Z G O K L M B');

/** UNTDID 2475 in UBL, and the codes that stand for it in CII. */
const vatPoints = list('3 35 432 5 29 72');

interface Check {
  id: string;
  term: Term;
  codes: ReadonlySet<string>;
  group?: GroupName;
  /** Absent: both. */
  syntax?: SyntaxName;
}

const checks: readonly Check[] = [
  { id: 'BR-CL-01', term: 'BT-3', codes: types },
  { id: 'BR-CL-04', term: 'BT-5', codes: currencies },
  { id: 'BR-CL-05', term: 'BT-6', codes: currencies },
  { id: 'BR-CL-06', term: 'BT-8', codes: vatPoints },
  { id: 'BR-CL-14', term: 'BT-40', codes: countries },
  { id: 'BR-CL-14', term: 'BT-55', codes: countries },
  { id: 'BR-CL-14', term: 'BT-69', codes: countries },
  { id: 'BR-CL-14', term: 'BT-80', codes: countries },
  { id: 'BR-CL-15', term: 'BT-159', codes: countries, group: 'BG-25' },
  { id: 'BR-CL-16', term: 'BT-81', codes: paymentMeans, group: 'BG-16' },
  { id: 'BR-CL-17', term: 'BT-118', codes: vatCategories, group: 'BG-23', syntax: 'ubl' },
  { id: 'BR-CL-18', term: 'BT-118', codes: vatCategories, group: 'BG-23', syntax: 'cii' },
  { id: 'BR-CL-18', term: 'BT-151', codes: vatCategories, group: 'BG-25' },
];

const unlisted = { fr: 'Ce code n’est pas dans la liste de la norme.', en: 'This code is not in the norm’s list.' };

const isUnlisted = ({ codes }: Check, code: string | undefined): boolean => code !== undefined && !codes.has(code);

/** One rule for all terms that share its id. */
const listed: readonly Rule[] = [...Map.groupBy(checks, ({ id }) => id)].map(([id, same]) => {
  const [{ term } = { term: 'BT-3' as const }] = same;
  return rule(id, term, unlisted, (invoice) =>
    same.flatMap((check): Place[] => {
      const { group, term: place, syntax = invoice.syntax } = check;
      if (syntax !== invoice.syntax) return [];
      if (group) return brokenIn(group, place, (own) => isUnlisted(check, first(own, place)))(invoice);
      return isUnlisted(check, first(invoice.values, place)) ? [place] : [];
    }),
  );
});

const vatNumbers: readonly Term[] = ['BT-31', 'BT-63', 'BT-48'];

/** Greece writes its VAT numbers with EL. */
const beginsWithCountry = (number: string): boolean => countries.has(number.slice(0, 2)) || number.startsWith('EL');

/** Only its form is checked: three capital letters. */
const isSubject = (code: string | undefined): boolean => code === undefined || /^[A-Z]{3}$/.test(code);

/** A year, a month and a day that exist. */
const isDate = (text: string): boolean => isoDate.safeParse(text).success;
const isoDate = z.iso.date();

const groupsWithin = Map.groupBy(groupNames, (name): GroupName | undefined => groups[name].within);

/** The places of the terms of these kinds that have another value. */
function wrongIn(kinds: readonly TermKind[], isRight: (text: string) => boolean): (values: Values) => Place[] {
  const names = termNames.filter((name) => kinds.includes(terms[name].kind));
  const wrong = (values: Values, around: Place, outer?: GroupName): Place[] => {
    const own = names.filter((name) => values[name]?.some((text) => !isRight(text)));
    const inside = (groupsWithin.get(outer) ?? []).flatMap((group) =>
      occurrences(values, group).flatMap(({ own: part, at }) => wrong(part, `${around}${at}/`, group)),
    );
    return [...own.map((name) => `${around}${name}`), ...inside];
  };
  return (values) => wrong(values, '');
}

const wrongDates = wrongIn(['date'], isDate);
const wrongNumbers = wrongIn(['amount', 'price', 'quantity', 'rate'], (text) => decimal(text) !== undefined);

const isOfPreceding = (at: Place): boolean => at.endsWith('BT-26');

const dateText = {
  fr: 'Cette date n’existe pas, ou n’est pas au format prévu par la syntaxe.',
  en: 'This date does not exist, or is not written as the syntax demands.',
};

export const codeRules: readonly Rule[] = [
  ...listed,
  rule(
    'BR-CL-08',
    'BT-21',
    { fr: 'Le sujet de la note n’est pas un code de la liste.', en: 'The note’s subject is not a code of the list.' },
    brokenIn('BG-1', 'BT-21', (own) => !isSubject(first(own, 'BT-21'))),
  ),
  rule('CII-DT-097', 'BT-2', dateText, ({ syntax, values, isoDates }) =>
    syntax === 'cii' ? [...wrongDates(values), ...isoDates].filter((at) => !isOfPreceding(at)) : [],
  ),
  {
    ...rule('CR-DATE', 'BT-2', dateText, ({ syntax, values, isoDates }) =>
      [...wrongDates(values), ...isoDates].filter((at) => syntax === 'ubl' || isOfPreceding(at)),
    ),
    source: 'the XML Schema of UBL 2.1; CEN’s rules for CII leave out BT-26',
  },
  rulesOf({
    source: `the XML Schemas’ decimal (OCA: ERR_XSD_001 without it); ${longestDecimal} characters at most are our own`,
    mark: 'V-3P',
    levels: { 'chorus-classic': 'refuse', 'fr-ctc-2026': 'refuse' },
  })(
    'CR-NUMBER',
    'BT-131',
    {
      fr: `Ce nombre est illisible : n’utilisez que des chiffres et un point décimal, ${longestDecimal} caractères au plus.`,
      en: `This is no number that can be added up: digits and a decimal point, ${longestDecimal} characters at most.`,
    },
    ({ values }) => wrongNumbers(values),
  ),
  {
    ...rule(
      'CR-EMPTY',
      'BT-1',
      { fr: 'Un élément du fichier est vide.', en: 'An element of the file is empty.' },
      ({ empty }) => [...empty],
    ),
    source: 'the XML Schemas demand a value in most elements',
  },
  rule(
    'BR-CO-09',
    'BT-31',
    {
      fr: 'Un numéro de TVA doit commencer par le code du pays, en deux lettres.',
      en: 'A VAT number begins with the country’s code in two letters.',
    },
    ({ values }) =>
      vatNumbers.filter((term) => {
        const number = first(values, term);
        return number !== undefined && !beginsWithCountry(number);
      }),
  ),
];
