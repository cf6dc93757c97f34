/** What must add up in an e-invoice, and how many decimals its amounts may have: EN 16931's rules. */
import type Big from 'big.js';
import type { EInvoice } from '../read-e-invoice.ts';
import { first, type Term, type Values } from '../terms.ts';
import { en16931, rulesOfNorm } from './norms.ts';
import {
  amountOf,
  brokenIn,
  decimal,
  decimalOf,
  decimalsIn,
  has,
  rounded,
  sumOf,
  type Place,
  type Rule,
} from './rule.ts';
import { vatAmountRules } from './vat-amounts.ts';

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
      fr: 'Le total des frais (BT-108) n’est pas égal à la somme des frais (BT-99).',
      en: 'The sum of charges (BT-108) is not the sum of the charges (BT-99).',
    },
    ({ values }) => isOffOrNotGiven(values, 'BT-108', 'BG-21', 'BT-99'),
  ),
  rule(
    'BR-CO-13',
    'BT-109',
    {
      fr: 'Le total HT (BT-109) n’est pas égal à la somme des lignes (BT-106), moins les remises (BT-107), plus les frais (BT-108).',
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

/** Whether a number has something beyond its second decimal: "1200.000" has not. */
function isFinerThanCents(text: string | undefined): boolean {
  if (decimalsIn(text) <= 2) return false;
  const amount = decimal(text);
  return amount ? !amount.eq(amount.round(2)) : true;
}

/** The norm counts decimals. Chorus Pro's direct way need not: zeros at the end change no amount. */
const decimals: readonly Rule[] = twoDecimals.flatMap(([id, term, group]) => {
  const isLong = (own: Values) => decimalsIn(first(own, term)) > 2;
  const isFiner = (own: Values) => isFinerThanCents(first(own, term));
  const placesWhere = (isBroken: (own: Values) => boolean) =>
    group ? brokenIn(group, term, isBroken) : ({ values }: EInvoice): Place[] => (isBroken(values) ? [term] : []);
  const text = { fr: 'Ce montant a plus de deux décimales.', en: 'This amount has more than two decimals.' };
  const zeros = { fr: `${text.fr} Les suivantes sont des zéros.`, en: `${text.en} The others are zeros.` };
  return [
    rule(id, term, text, placesWhere(isFiner)),
    lenient(
      id,
      term,
      zeros,
      placesWhere((own) => isLong(own) && !isFiner(own)),
    ),
  ];
});

export const arithmeticRules: readonly Rule[] = [...sums, ...vatAmountRules, ...decimals];
