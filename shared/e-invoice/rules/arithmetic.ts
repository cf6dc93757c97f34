/** What must add up in an e-invoice: EN 16931's sums, and our own to the cent where the norm is lenient. */
import type Big from 'big.js';
import { sum, toCent } from '../../invoice/amounts.ts';
import type { EInvoice } from '../read-e-invoice.ts';
import { first, type Term, type Values } from '../terms.ts';
import { en16931, rulesOfNorm } from './norms.ts';
import {
  amountOf,
  brokenIn,
  decimalOf,
  decimalsIn,
  has,
  rounded,
  rulesOf,
  sumOf,
  type Place,
  type Rule,
} from './rule.ts';

const rule = rulesOfNorm(en16931, { 'chorus-classic': 'refuse', 'fr-ctc-2026': 'refuse' });
const lenient = rulesOfNorm(en16931, { 'chorus-classic': 'warn', 'fr-ctc-2026': 'refuse' });

/** A total that is there must be what it is computed from, rounded to the cent. */
const isOff = (values: Values, total: Term, computed: Big): boolean => {
  const stated = decimalOf(values, total);
  return stated !== undefined && !stated.eq(rounded(computed));
};

/**
 * The sum of a group's amounts. Factur-X has profiles without lines (BASIC WL) and without a VAT breakdown (MINIMUM).
 * By the norm that is a sum of nothing. Whether Chorus Pro takes them is not verified: it decides.
 */
const sumOver = (group: 'BG-25' | 'BG-23', ...[id, term, { fr, en }, broken]: SumRule): Rule[] => {
  const nothing = { fr: `${fr} Il n’y a rien à additionner.`, en: `${en} There is nothing to add up.` };
  return [
    rule(id, term, { fr, en }, (invoice) => invoice.values[group] !== undefined && broken(invoice)),
    lenient(id, term, nothing, (invoice) => invoice.values[group] === undefined && broken(invoice)),
  ];
};
type SumRule = [id: string, total: Term, text: Pick<Rule, 'fr' | 'en'>, broken: (invoice: EInvoice) => boolean];

const sums: readonly Rule[] = [
  ...sumOver(
    'BG-25',
    'BR-CO-10',
    'BT-106',
    {
      fr: 'La somme des lignes (BT-106) n’est pas égale à la somme de leurs montants nets (BT-131).',
      en: 'The sum of the lines (BT-106) is not the sum of their net amounts (BT-131).',
    },
    ({ values }) => isOff(values, 'BT-106', sumOf(values['BG-25'], 'BT-131')),
  ),
  rule(
    'BR-CO-11',
    'BT-107',
    {
      fr: 'Le total des remises (BT-107) n’est pas égal à la somme des remises (BT-92).',
      en: 'The sum of allowances (BT-107) is not the sum of the allowances (BT-92).',
    },
    ({ values }) => isOffOrNotGiven(values, 'BT-107', 'BG-20', 'BT-92'),
  ),
  rule(
    'BR-CO-12',
    'BT-108',
    {
      fr: 'Le total des majorations (BT-108) n’est pas égal à la somme des majorations (BT-99).',
      en: 'The sum of charges (BT-108) is not the sum of the charges (BT-99).',
    },
    ({ values }) => isOffOrNotGiven(values, 'BT-108', 'BG-21', 'BT-99'),
  ),
  rule(
    'BR-CO-13',
    'BT-109',
    {
      fr: 'Le total HT (BT-109) n’est pas égal à la somme des lignes (BT-106), moins les remises (BT-107), plus les majorations (BT-108).',
      en: 'The total without VAT (BT-109) is not the sum of the lines (BT-106), less allowances (BT-107), plus charges (BT-108).',
    },
    ({ values, syntax }) => {
      const lines = decimalOf(values, 'BT-106');
      if (!lines) return false;
      // In UBL, a total without allowances and charges is compared as it stands.
      const exact = syntax === 'ubl' && !has(values, 'BT-107', 'BT-108');
      const stated = decimalOf(values, 'BT-109');
      if (exact) return stated !== undefined && !stated.eq(lines);
      return isOff(values, 'BT-109', lines.minus(amountOf(values, 'BT-107')).plus(amountOf(values, 'BT-108')));
    },
  ),
  ...sumOver(
    'BG-23',
    'BR-CO-14',
    'BT-110',
    {
      fr: 'Le total de la TVA (BT-110) n’est pas égal à la somme des montants de TVA (BT-117).',
      en: 'The total VAT (BT-110) is not the sum of the VAT amounts (BT-117).',
    },
    ({ values, syntax }) => {
      const [stated, computed] = [decimalOf(values, 'BT-110'), sumOf(values['BG-23'], 'BT-117')];
      // In CII the sum is compared as it stands.
      return syntax === 'cii' ? stated?.eq(computed) === false : isOff(values, 'BT-110', computed);
    },
  ),
  rule(
    'BR-CO-15',
    'BT-112',
    {
      fr: 'Le total TTC (BT-112) n’est pas égal au total HT (BT-109) plus le total de la TVA (BT-110).',
      en: 'The total with VAT (BT-112) is not the total without VAT (BT-109) plus the total VAT (BT-110).',
    },
    ({ values, syntax }) => {
      const [net, gross] = [decimalOf(values, 'BT-109'), decimalOf(values, 'BT-112')];
      // CEN's rule for CII takes one total for both.
      if (syntax === 'cii' && net && gross?.eq(net)) return false;
      return isOff(values, 'BT-112', amountOf(values, 'BT-109').plus(amountOf(values, 'BT-110')));
    },
  ),
  rule(
    'BR-CO-16',
    'BT-115',
    {
      fr: 'Le net à payer (BT-115) n’est pas égal au total TTC (BT-112), moins le montant déjà payé (BT-113), plus l’arrondi (BT-114).',
      en: 'The amount due (BT-115) is not the total with VAT (BT-112), less the paid amount (BT-113), plus the rounding (BT-114).',
    },
    ({ values }) => {
      const [gross, due] = [amountOf(values, 'BT-112'), decimalOf(values, 'BT-115')];
      // With nothing in between, the two are compared as they stand.
      if (!has(values, 'BT-113', 'BT-114')) return due?.eq(gross) === false;
      return isOff(values, 'BT-115', gross.minus(amountOf(values, 'BT-113')).plus(amountOf(values, 'BT-114')));
    },
  ),
];

/** A total that is not given counts as nothing. */
function isOffOrNotGiven(values: Values, total: Term, group: 'BG-20' | 'BG-21', amount: Term): boolean {
  const computed = rounded(sumOf(values[group], amount));
  return !amountOf(values, total).eq(computed);
}

/** Base × rate, before rounding. */
const vatOf = (own: Values): Big => amountOf(own, 'BT-116').times(amountOf(own, 'BT-119')).div(100);

/** Half a cent may be rounded up or down: of a negative amount, the norm and most ERPs round it differently. */
function isOffByCents(own: Values): boolean {
  const difference = decimalOf(own, 'BT-117')?.minus(vatOf(own)).abs();
  return difference !== undefined && difference.gt('0.005') && difference.lt(1);
}

/**
 * VAT is rounded once for each rate, or line by line: the CGI prescribes neither. Half a cent that is taken back goes
 * down in most ERPs, and up in the norm's language.
 */
function isByLine(own: Values, invoice: Values): boolean {
  const [category, rate] = [first(own, 'BT-118'), decimalOf(own, 'BT-119')];
  if (rate === undefined) return false;
  const vatIn = (group: 'BG-25' | 'BG-20' | 'BG-21', categoryTerm: Term, rateTerm: Term, amount: Term) =>
    (invoice[group] ?? [])
      .filter((part) => first(part, categoryTerm) === category && decimalOf(part, rateTerm)?.eq(rate))
      .map((part) => amountOf(part, amount).times(rate).div(100));
  const added = [...vatIn('BG-25', 'BT-151', 'BT-152', 'BT-131'), ...vatIn('BG-21', 'BT-102', 'BT-103', 'BT-99')];
  const deducted = vatIn('BG-20', 'BT-95', 'BT-96', 'BT-92');
  const stated = decimalOf(own, 'BT-117');
  return [rounded, toCent].some((round) => stated?.eq(sum(added.map(round)).minus(sum(deducted.map(round)))));
}

type IsBroken = (own: Values, invoice: Values) => boolean;

/** Our own, to the cent, where the norm tolerates almost a euro. */
const ours = (id: string, level: 'refuse' | 'warn', text: Pick<Rule, 'fr' | 'en'>, isBroken: IsBroken): Rule =>
  rulesOf({
    source: 'to the cent: EN 16931 allows up to 0.99',
    mark: 'OURS',
    levels: { 'chorus-classic': level, 'fr-ctc-2026': level },
  })(id, 'BT-117', text, brokenIn('BG-23', 'BT-117', isBroken));

const vat: readonly Rule[] = [
  rule(
    'BR-CO-17',
    'BT-117',
    {
      fr: 'Le montant de TVA (BT-117) n’est pas égal à la base (BT-116) multipliée par le taux (BT-119).',
      en: 'The VAT amount (BT-117) is not the taxable amount (BT-116) times the rate (BT-119).',
    },
    brokenIn('BG-23', 'BT-117', (own) => {
      const difference = decimalOf(own, 'BT-117')?.minus(rounded(vatOf(own)));
      return difference?.abs().gte(1) ?? false;
    }),
  ),
  ours(
    'CR-VAT-CENT',
    'refuse',
    {
      fr: 'Le montant de TVA (BT-117) s’écarte de base × taux de moins d’un euro, sans que les lignes l’expliquent : la norme le tolère, Chorus Pro peut le refuser.',
      en: 'The VAT amount (BT-117) differs from base × rate by less than a euro, and the lines do not explain it: the norm tolerates it, Chorus Pro may refuse it.',
    },
    (own, invoice) => isOffByCents(own) && !isByLine(own, invoice),
  ),
  ours(
    'CR-VAT-LINE',
    'warn',
    {
      fr: 'Le montant de TVA (BT-117) est arrondi ligne par ligne : il s’écarte de base × taux.',
      en: 'The VAT amount (BT-117) is rounded line by line: it differs from base × rate.',
    },
    (own, invoice) => isOffByCents(own) && isByLine(own, invoice),
  ),
];

/** Which amounts may have two decimals at most, and the rule that says so. */
const twoDecimals: readonly (readonly [
  id: string,
  term: Term,
  group?: 'BG-20' | 'BG-21' | 'BG-23' | 'BG-25' | 'BG-27' | 'BG-28',
])[] = [
  ['BR-DEC-01', 'BT-92', 'BG-20'],
  ['BR-DEC-02', 'BT-93', 'BG-20'],
  ['BR-DEC-05', 'BT-99', 'BG-21'],
  ['BR-DEC-06', 'BT-100', 'BG-21'],
  ['BR-DEC-09', 'BT-106'],
  ['BR-DEC-10', 'BT-107'],
  ['BR-DEC-11', 'BT-108'],
  ['BR-DEC-12', 'BT-109'],
  ['BR-DEC-13', 'BT-110'],
  ['BR-DEC-14', 'BT-112'],
  ['BR-DEC-15', 'BT-111'],
  ['BR-DEC-16', 'BT-113'],
  ['BR-DEC-17', 'BT-114'],
  ['BR-DEC-18', 'BT-115'],
  ['BR-DEC-19', 'BT-116', 'BG-23'],
  ['BR-DEC-20', 'BT-117', 'BG-23'],
  ['BR-DEC-23', 'BT-131', 'BG-25'],
  ['BR-DEC-24', 'BT-136', 'BG-27'],
  ['BR-DEC-25', 'BT-137', 'BG-27'],
  ['BR-DEC-27', 'BT-141', 'BG-28'],
  ['BR-DEC-28', 'BT-142', 'BG-28'],
];

const decimals: readonly Rule[] = twoDecimals.map(([id, term, group]) => {
  const isLong = (own: Values) => decimalsIn(first(own, term)) > 2;
  return rule(
    id,
    term,
    { fr: 'Ce montant a plus de deux décimales.', en: 'This amount has more than two decimals.' },
    group ? brokenIn(group, term, isLong) : ({ values }): Place[] => (isLong(values) ? [term] : []),
  );
});

export const arithmeticRules: readonly Rule[] = [...sums, ...vat, ...decimals];
