/** What must hold for the VAT: by rate, as a whole, and for the regime that is named. */
import Big from 'big.js';
import { canonical, inCents, sum, vatOf, vatSlack, type Rounding } from './amounts.ts';
import { mustEqual, reason, type Reason } from './reasons.ts';
import type { CompleteInvoice } from './terms.ts';

type Rule = (invoice: CompleteInvoice, context: { rounding: Rounding }) => Reason[];
type VatLine = CompleteInvoice['vatBreakdown'][number];

const rateOf = ({ rate }: VatLine): string => canonical(rate);

const ratesOnce: Rule = ({ vatBreakdown }) =>
  vatBreakdown.flatMap(({ rate }, i) =>
    vatBreakdown.findIndex((other) => rateOf(other) === canonical(rate)) < i
      ? [reason('vat-rate-twice', `invoice.vatBreakdown[${i}].rate`, { rate })]
      : [],
  );

const ratesOfLines: Rule = (invoice) => {
  const { charged, fr, en } = demands[invoice.vatRegime];
  if (!charged) return chargedRates(invoice, { fr, en });
  const stated = new Set(invoice.vatBreakdown.map(rateOf));
  const missing = new Set(invoice.lines.map(({ vatRate }) => canonical(vatRate)).filter((rate) => !stated.has(rate)));
  return [...missing].map((rate) => reason('line-vat-rate', 'invoice.vatBreakdown', { rate }));
};

/** Each rate other than 0 where no VAT is charged, at its first place. A row of the breakdown may be there for nothing. */
function chargedRates({ lines, vatBreakdown }: CompleteInvoice, regime: Record<'fr' | 'en', string>): Reason[] {
  const places = new Map<string, string>();
  const note = (rate: string, path: string) => {
    if (!Big(rate).eq(0) && !places.has(rate)) places.set(rate, path);
  };
  lines.forEach(({ vatRate }, i) => {
    note(canonical(vatRate), `invoice.lines[${i}].vatRate`);
  });
  vatBreakdown.forEach((vat, i) => {
    if (!Big(vat.base).eq(0) || !Big(vat.amount).eq(0)) note(rateOf(vat), `invoice.vatBreakdown[${i}].rate`);
  });
  return [...places].map(([rate, path]) => reason('line-vat-untaxed', path, { rate, regime }));
}

const netsAt = ({ lines }: CompleteInvoice, vat: VatLine) =>
  lines.filter(({ vatRate }) => canonical(vatRate) === rateOf(vat)).map(({ net }) => net);

/** With a PDF, lines are optional; if there are any, each rate's base is their sum, less the rate's discount. */
const vatBases: Rule = (invoice) =>
  invoice.lines.length === 0
    ? []
    : invoice.vatBreakdown.flatMap((vat, i) => {
        const computed = sum(netsAt(invoice, vat)).minus(vat.discount?.amount ?? 0);
        const { currency } = invoice;
        return mustEqual('vat-base', `invoice.vatBreakdown[${i}].base`, vat.base, computed, {
          rate: vat.rate,
          currency,
        });
      });

/** VAT is rounded once for each rate, or line by line: the CGI prescribes neither. */
function roundedVat(invoice: CompleteInvoice, vat: VatLine): { byTotal: Big; byLine?: Big } {
  const { rate, base, discount } = vat;
  const byTotal = vatOf(base, rate);
  if (invoice.lines.length === 0) return { byTotal };
  const byLine = sum(netsAt(invoice, vat).map((net) => vatOf(net, rate))).minus(vatOf(discount?.amount ?? '0', rate));
  return { byTotal, byLine };
}

/** One amount of VAT: right to the cent, tolerated with a note, or at fault. */
function judged(invoice: CompleteInvoice, vat: VatLine, path: string, rounding: Rounding) {
  // Not the sum is wrong, but that there is a rate: `chargedRates`.
  if (!demands[invoice.vatRegime].charged && !Big(vat.rate).eq(0)) return {};
  const { byTotal, byLine } = roundedVat(invoice, vat);
  const { rate, amount } = vat;
  const { currency } = invoice;
  const difference = byTotal.minus(amount).abs();
  const sums = { stated: inCents(amount), computed: inCents(byTotal), difference: inCents(difference) };
  const about = { rate, currency, ...sums };
  const asTotal = difference.eq(0);
  if (asTotal && rounding !== 'by-line') return {};
  const unproven = vatSlack.vatSlackWithoutLines.value;
  const isByLine = byLine ? byLine.eq(amount) : difference.lte(unproven);
  // Where the ERP's way of rounding would explain the amount, its setting is named.
  const setting = isByLine ? { setting: 'rounding: by-line' } : {};
  if (rounding === 'by-total') return { fault: reason('vat-amount', path, { ...about, ...setting }) };
  if (byLine && !isByLine) {
    const lines = inCents(byLine);
    if (rounding === 'either') return { fault: reason('vat-amount', path, { ...about, lines }) };
    return { fault: reason('vat-amount-by-line', path, { ...about, lines }) };
  }
  if (asTotal) return {};
  if (!byLine) {
    return rounding === 'by-line' && isByLine
      ? { note: reason('vat-unproven', path, { ...about, limit: unproven }) }
      : { fault: reason('vat-amount', path, { ...about, ...setting }) };
  }
  const limit = vatSlack.vatSlack.value;
  return difference.lt(limit)
    ? { note: reason('vat-by-line', path, about) }
    : { fault: reason('vat-beyond-slack', path, { ...about, limit }) };
}

const judgedVat = (invoice: CompleteInvoice, rounding: Rounding) =>
  invoice.vatBreakdown.map((vat, i) => judged(invoice, vat, `invoice.vatBreakdown[${i}].amount`, rounding));

const vatAmounts: Rule = (invoice, { rounding }) => judgedVat(invoice, rounding).flatMap(({ fault }) => fault ?? []);

/** What is accepted although it is not base × rate: nothing is tolerated in silence. */
export const toleratedVat = (invoice: CompleteInvoice, rounding: Rounding): Reason[] =>
  judgedVat(invoice, rounding).flatMap(({ note }) => note ?? []);

const totalVat: Rule = ({ totals, vatBreakdown, currency }) =>
  mustEqual('total-vat', 'invoice.totals.vat', totals.vat, sum(vatBreakdown.map(({ amount }) => amount)), {
    currency,
  });

/** What a regime demands: whether VAT is charged (then by rate), and whether it needs Chorus Pro's reason. */
const demands = {
  'on-debits': { charged: true, exempt: false, fr: 'TVA sur les débits', en: 'on debits' },
  'on-receipts': { charged: true, exempt: false, fr: 'TVA sur les encaissements', en: 'on receipts' },
  exempt: { charged: false, exempt: true, fr: 'exonération', en: 'exempt' },
  'reverse-charge': { charged: false, exempt: false, fr: 'autoliquidation', en: 'reverse charge' },
  none: { charged: false, exempt: false, fr: 'sans TVA', en: 'none' },
} as const satisfies Record<
  CompleteInvoice['vatRegime'],
  { charged: boolean; exempt: boolean } & Record<'fr' | 'en', string>
>;

const vatRegime: Rule = ({ vatRegime: given, totals, vatBreakdown, currency }) => {
  const { charged, fr, en } = demands[given];
  const regime = { fr, en };
  if (charged)
    return vatBreakdown.length === 0 ? [reason('vat-breakdown-missing', 'invoice.vatBreakdown', { regime })] : [];
  return Big(totals.vat).eq(0)
    ? []
    : [reason('vat-regime', 'invoice.totals.vat', { regime, stated: inCents(totals.vat), currency })];
};

export const exemption: Rule = ({ vatRegime: given, exemptionReason }) =>
  demands[given].exempt && !exemptionReason ? [reason('exemption-reason', 'invoice.exemptionReason')] : [];

const noExemption: Rule = ({ vatRegime: given, exemptionReason }) => {
  const { exempt, fr, en } = demands[given];
  return exemptionReason && !exempt
    ? [reason('exemption-reason-unexpected', 'invoice.exemptionReason', { regime: { fr, en } })]
    : [];
};

/** About what Chorus Pro gets only with a PDF: an e-invoice's own VAT is in its file. */
export const vatRules: readonly Rule[] = [
  ratesOnce,
  ratesOfLines,
  vatBases,
  vatAmounts,
  totalVat,
  vatRegime,
  noExemption,
];
