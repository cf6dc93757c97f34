/** What each category of VAT demands: EN 16931's rules BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O. */
import Big from 'big.js';
import type { EInvoice } from '../read-e-invoice.ts';
import { first, type Term, type Values } from '../terms.ts';
import { en16931, rulesOfNorm } from './norms.ts';
import { amountOf, brokenIn, decimal, decimalOf, has, rounded, sumOf, type Place, type Rule } from './rule.ts';

const sum = rulesOfNorm(en16931, { 'chorus-classic': 'refuse', 'fr-ctc-2026': 'refuse' });
const rule = rulesOfNorm(en16931, { 'chorus-classic': 'warn', 'fr-ctc-2026': 'refuse' });

interface Category {
  /** The rules' prefix, and the code in the invoice. */
  prefix: string;
  code: string;
  name: { fr: string; en: string };
  rate: 'positive' | 'zero' | 'none';
  /** Whether its breakdown must say why there is no VAT. */
  reason: 'needed' | 'forbidden';
  /** One breakdown for all its lines, or one for each rate. */
  breakdowns: 'one' | 'each-rate';
  seller: readonly Term[];
  buyer: readonly Term[];
}

const sellerNumbers = ['BT-31', 'BT-32', 'BT-63'] as const;

const categories: readonly Category[] = [
  {
    prefix: 'S',
    code: 'S',
    name: { fr: 'TVA au taux normal ou réduit (S)', en: 'VAT at a rate (S)' },
    ...{ rate: 'positive', reason: 'forbidden', breakdowns: 'each-rate', seller: sellerNumbers, buyer: [] },
  },
  {
    prefix: 'Z',
    code: 'Z',
    name: { fr: 'taux zéro (Z)', en: 'zero rate (Z)' },
    ...{ rate: 'zero', reason: 'forbidden', breakdowns: 'one', seller: sellerNumbers, buyer: [] },
  },
  {
    prefix: 'E',
    code: 'E',
    name: { fr: 'exonération (E)', en: 'exempt (E)' },
    ...{ rate: 'zero', reason: 'needed', breakdowns: 'one', seller: sellerNumbers, buyer: [] },
  },
  {
    prefix: 'AE',
    code: 'AE',
    name: { fr: 'autoliquidation (AE)', en: 'reverse charge (AE)' },
    ...{ rate: 'zero', reason: 'needed', breakdowns: 'one', seller: sellerNumbers, buyer: ['BT-48', 'BT-47'] },
  },
  {
    prefix: 'IC',
    code: 'K',
    name: { fr: 'livraison intracommunautaire (K)', en: 'intra-community supply (K)' },
    ...{ rate: 'zero', reason: 'needed', breakdowns: 'one', seller: ['BT-31', 'BT-63'], buyer: ['BT-48'] },
  },
  {
    prefix: 'G',
    code: 'G',
    name: { fr: 'exportation (G)', en: 'export (G)' },
    ...{ rate: 'zero', reason: 'needed', breakdowns: 'one', seller: ['BT-31', 'BT-63'], buyer: [] },
  },
  {
    prefix: 'O',
    code: 'O',
    name: { fr: 'hors champ de la TVA (O)', en: 'not subject to VAT (O)' },
    ...{ rate: 'none', reason: 'needed', breakdowns: 'one', seller: [], buyer: [] },
  },
];

/** Where a category stands beside the breakdown: in the lines, the allowances and the charges. */
const uses = [
  { group: 'BG-25', category: 'BT-151', rate: 'BT-152', amount: 'BT-131', party: '02', rateRule: '05' },
  { group: 'BG-20', category: 'BT-95', rate: 'BT-96', amount: 'BT-92', party: '03', rateRule: '06' },
  { group: 'BG-21', category: 'BT-102', rate: 'BT-103', amount: 'BT-99', party: '04', rateRule: '07' },
] as const;

/** Whether a group has the category, as far as it is one of `uses`. */
const isUsedIn = (values: Values, { group, category }: (typeof uses)[number], code: string): boolean =>
  values[group]?.some((own) => first(own, category) === code) ?? false;

const countUses = (values: Values, code: string): number =>
  uses.reduce(
    (sum, { group, category }) =>
      sum + (values[group] ?? []).reduce((count, own) => count + Number(first(own, category) === code), 0),
    0,
  );

const breakdowns = (values: Values, code: string): { own: Values; at: Place }[] =>
  (values['BG-23'] ?? []).flatMap((own, i) =>
    first(own, 'BT-118') === code && !has(own, 'other-tax') ? [{ own, at: `BG-23[${i + 1}]` }] : [],
  );

/** A category, at one of its rates or at all of them. */
const keyOf = (code: string | undefined, rate: Big | undefined): string => `${code ?? ''} ${rate?.toString() ?? ''}`;

/**
 * What is taxed: lines less allowances plus charges. All are gone over once, since an invoice may have thousands of
 * lines and breakdowns.
 *
 * @returns for a category, at one rate or at all
 */
function taxedIn(values: Values): Taxed {
  const known = alreadyTaxed.get(values);
  if (known) return known;
  const taxed = new Map<string, Big>();
  for (const { group, category, rate: rateTerm, amount } of uses)
    for (const own of values[group] ?? []) {
      const [code, rate, part] = [first(own, category), decimalOf(own, rateTerm), amountOf(own, amount)];
      for (const key of new Set([keyOf(code, undefined), keyOf(code, rate)])) {
        const before = taxed.get(key) ?? Big(0);
        taxed.set(key, group === 'BG-20' ? before.minus(part) : before.plus(part));
      }
    }
  const found: Taxed = (code, rate) => taxed.get(keyOf(code, rate)) ?? Big(0);
  alreadyTaxed.set(values, found);
  return found;
}

type Taxed = (code: string, rate: Big | undefined) => Big;
/** Several rules ask of one invoice. */
const alreadyTaxed = new WeakMap<Values, Taxed>();

const hasRate = ({ rate }: Category, text: string | undefined): boolean => {
  if (rate === 'none') return text === undefined;
  const value = decimal(text);
  return rate === 'positive' ? value?.gt(0) === true : value?.eq(0) === true;
};

/** The places of the breakdowns whose base is not what the lines, allowances and charges give. */
function basesOff(values: Values, { code, breakdowns: kind }: Category, allowed: number): Place[] {
  const own = breakdowns(values, code);
  if (own.length === 0) return [];
  const taxed = taxedIn(values);
  return own.flatMap(({ own, at }) => {
    const rate = kind === 'each-rate' ? (decimalOf(own, 'BT-119') ?? Big(0)) : undefined;
    const difference = amountOf(own, 'BT-116').minus(rounded(taxed(code, rate)));
    return difference.abs().gt(allowed) ? [`${at}/BT-116`] : [];
  });
}

function rulesFor(category: Category): Rule[] {
  const { prefix, code, name, seller, buyer } = category;
  const id = (number: string) => `BR-${prefix}-${number}`;
  const text = (fr: string, en: string) => ({ fr: `${name.fr} : ${fr}`, en: `${name.en}: ${en}` });
  return [
    rule(
      id('01'),
      'BG-23',
      text(
        'la ventilation de TVA doit comporter une entrée de cette catégorie.',
        'the VAT breakdown must have an entry for it.',
      ),
      ({ values, syntax }) => {
        const [count, used] = [breakdowns(values, code).length, countUses(values, code)];
        const needed = used > 0;
        // CEN's rule for CII counts the lines among the breakdowns.
        if (syntax === 'cii' && category.breakdowns === 'each-rate') return count + used === 1 && needed;
        return category.breakdowns === 'one' ? (needed ? count !== 1 : count > 0) : needed && count === 0;
      },
    ),
    ...uses.map((use) =>
      rule(
        id(use.party),
        use.category,
        text(
          'un numéro de TVA du vendeur ou de l’acheteur manque, ou ne doit pas y figurer.',
          'the seller’s or the buyer’s VAT numbers are missing, or must not be there.',
        ),
        ({ values }) => {
          if (!isUsedIn(values, use, code)) return false;
          if (code === 'O') return has(values, 'BT-31', 'BT-63', 'BT-48');
          return !has(values, ...seller) || (buyer.length > 0 && !has(values, ...buyer));
        },
      ),
    ),
    ...uses.map(({ group, category: term, rate, rateRule }) =>
      rule(
        id(rateRule),
        rate,
        text('le taux n’est pas admis.', 'the rate does not fit.'),
        brokenIn(group, rate, (own) => first(own, term) === code && !hasRate(category, first(own, rate))),
      ),
    ),
    rule(
      id('08'),
      'BT-116',
      text(
        'la base d’imposition (BT-116) n’est pas égale à la somme des lignes, moins les remises, plus les frais.',
        'the taxable amount (BT-116) is not the sum of the lines, less allowances, plus charges.',
      ),
      ({ values, syntax }) => {
        // CEN's rule for UBL allows one euro; `CR-VAT-BASE` does not.
        const allowed = syntax === 'ubl' && prefix === 'S' ? 1 : 0;
        return basesOff(values, category, allowed);
      },
    ),
    sum(
      id('09'),
      'BT-117',
      text('le montant de TVA (BT-117) est erroné.', 'the VAT amount (BT-117) does not fit.'),
      ({ values }) =>
        breakdowns(values, code).flatMap(({ own, at }): Place[] => {
          const stated = amountOf(own, 'BT-117');
          const computed = rounded(amountOf(own, 'BT-116').times(amountOf(own, 'BT-119')).div(100));
          const isOff = prefix === 'S' ? stated.minus(computed).abs().gte(1) : !stated.eq(0);
          return isOff ? [`${at}/BT-117`] : [];
        }),
    ),
    rule(
      id('10'),
      'BT-120',
      text(
        category.reason === 'needed' ? 'le motif d’exonération manque.' : 'aucun motif d’exonération n’est admis.',
        category.reason === 'needed' ? 'the exemption reason is missing.' : 'there must be no exemption reason.',
      ),
      ({ values }) =>
        breakdowns(values, code).flatMap(({ own, at }): Place[] =>
          has(own, 'BT-120', 'BT-121') === (category.reason === 'needed') ? [] : [`${at}/BT-120`],
        ),
    ),
  ];
}

/** Without lines, or with lines without a category as in Chorus Pro's own examples, only the total can be compared. */
function wrongBases({ values }: EInvoice): Place[] {
  const parts = uses.flatMap(({ group, category }) => (values[group] ?? []).map((own) => has(own, category)));
  if (!parts.every(Boolean) || values['BG-25'] === undefined) {
    const [net, bases] = [decimalOf(values, 'BT-109'), values['BG-23']];
    return net && bases && !rounded(sumOf(bases, 'BT-116')).eq(net) ? ['BT-109'] : [];
  }
  return categories.flatMap((category) => basesOff(values, category, 0));
}

/** To the cent, where CEN's rule for UBL allows one euro, and where Chorus Pro needs less than the norm. */
const ownRule: Rule = {
  ...sum(
    'CR-VAT-BASE',
    'BT-116',
    {
      fr: 'Les bases d’imposition (BT-116) ne sont pas, au centime près, celles que donnent les lignes, les remises et les frais.',
      en: 'The taxable amounts (BT-116) are not, to the cent, what the lines, allowances and charges give.',
    },
    wrongBases,
  ),
  source: 'EN 16931-1:2017, BR-S-08 and its kin, to the cent: CEN’s rule for UBL allows up to 1.00',
  mark: 'OURS',
};

export const vatCategoryRules: readonly Rule[] = [...categories.flatMap(rulesFor), ownRule];
