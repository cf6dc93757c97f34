/** VAT of each rate: EN 16931's rule, and our own to the cent where the norm is lenient. */
import Big from 'big.js';
import { toCent } from '../../invoice/amounts.ts';
import type { EInvoice } from '../read-e-invoice.ts';
import { first, type Values } from '../terms.ts';
import { en16931, rulesOfNorm } from './norms.ts';
import { amountOf, brokenIn, decimalOf, occurrences, rounded, rulesOf, type Place, type Rule } from './rule.ts';

const rule = rulesOfNorm(en16931, { 'chorus-classic': 'refuse', 'fr-ctc-2026': 'refuse' });

/** Base × rate, before rounding. */
const vatOf = (own: Values): Big => amountOf(own, 'BT-116').times(amountOf(own, 'BT-119')).div(100);

/** Half a cent may be rounded up or down: of a negative amount, the norm and most ERPs round it differently. */
function isOffByCents(own: Values): boolean {
  const difference = decimalOf(own, 'BT-117')?.minus(vatOf(own)).abs();
  return difference !== undefined && difference.gt('0.005') && difference.lt(1);
}

const rated = [
  { group: 'BG-25', category: 'BT-151', rate: 'BT-152', amount: 'BT-131' },
  { group: 'BG-20', category: 'BT-95', rate: 'BT-96', amount: 'BT-92' },
  { group: 'BG-21', category: 'BT-102', rate: 'BT-103', amount: 'BT-99' },
] as const;

/**
 * VAT rounded line by line, at each category and rate: the CGI prescribes neither that nor once for each rate. Half a
 * cent that is taken back goes down in most ERPs, and up in the norm's language.
 */
function vatOfLines(invoice: Values, round: (amount: Big) => Big): ReadonlyMap<string, Big> {
  const sums = new Map<string, Big>();
  for (const { group, category, rate: rateTerm, amount } of rated)
    for (const own of invoice[group] ?? []) {
      const rate = decimalOf(own, rateTerm);
      if (rate === undefined) continue;
      const key = `${first(own, category) ?? ''} ${rate.toString()}`;
      const part = round(amountOf(own, amount).times(rate).div(100));
      const before = sums.get(key) ?? Big(0);
      sums.set(key, group === 'BG-20' ? before.minus(part) : before.plus(part));
    }
  return sums;
}

/** Breakdowns whose VAT is off by cents, and the lines explain it, or they do not. */
const offByCents =
  (isExplained: boolean) =>
  ({ values }: EInvoice): Place[] => {
    const off = occurrences(values, 'BG-23').filter(({ own }) => isOffByCents(own));
    if (off.length === 0) return [];
    const byLine = [rounded, toCent].map((round) => vatOfLines(values, round));
    const isByLine = (own: Values): boolean => {
      const rate = decimalOf(own, 'BT-119');
      if (rate === undefined) return false;
      const key = `${first(own, 'BT-118') ?? ''} ${rate.toString()}`;
      return byLine.some((sums) => decimalOf(own, 'BT-117')?.eq(sums.get(key) ?? 0));
    };
    return off.flatMap(({ own, at }) => (isByLine(own) === isExplained ? [`${at}/BT-117`] : []));
  };

/** Our own, to the cent, where the norm tolerates almost a euro. */
const ours = (id: string, level: 'refuse' | 'warn', text: Pick<Rule, 'fr' | 'en'>, isExplained: boolean): Rule =>
  rulesOf({
    source: 'to the cent: EN 16931 allows up to 0.99',
    mark: 'OURS',
    levels: { 'chorus-classic': level, 'fr-ctc-2026': level },
  })(id, 'BT-117', text, offByCents(isExplained));

/** The rule that tells of VAT that is rounded line by line. */
export const vatByLine = 'CR-VAT-LINE';

export const vatAmountRules: readonly Rule[] = [
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
    false,
  ),
  ours(
    vatByLine,
    'warn',
    {
      fr: 'Le montant de TVA (BT-117) est arrondi ligne par ligne : il s’écarte de base × taux.',
      en: 'The VAT amount (BT-117) is rounded line by line: it differs from base × rate.',
    },
    true,
  ),
];
