/**
 * What must hold in an invoice before it is sent. Amounts are checked to the cent: a total that is off breaks
 * `totalTaxExclusive`, `totalVat`, `totalTaxInclusive` or `amountDue`; a line breaks `lineNets`, a VAT rate `vatBases`
 * or `vatAmounts`. The sentences are in reason-texts.ts.
 */
import Big from 'big.js';
import { canonical, inCents, lineNet, sum, toCent, vatOf, type Decimal } from './amounts.ts';
import { reason, type Parameters, type Reason, type ReasonCode } from './reasons.ts';
import type { CompleteInvoice } from './terms.ts';

export interface RuleContext {
  /** The calendar day in Paris, ISO. */
  today: string;
  /** A complete e-invoice has its own lines and VAT, which Chorus Pro checks; ours are only what the ERP told us. */
  eInvoice?: boolean;
}

/** Returns every fault it finds. */
type Rule = (invoice: CompleteInvoice, context: RuleContext) => Reason[];

/** All rules are applied, so that a person corrects the invoice once. */
export const brokenRules = (invoice: CompleteInvoice, context: RuleContext): Reason[] =>
  (context.eInvoice ? rules : [...rules, ...rulesOfLines]).flatMap((rule) => rule(invoice, context));

const mustEqual = (
  code: ReasonCode,
  path: string,
  stated: Decimal,
  computed: Big,
  parameters: Parameters = {},
): Reason[] =>
  computed.eq(stated)
    ? []
    : [reason(code, path, { ...parameters, stated: inCents(stated), computed: inCents(computed) })];

const issueDate: Rule = ({ issueDate: value }, { today }) =>
  value > today ? [reason('issue-date-in-future', 'invoice.issueDate', { value, today })] : [];

const lineNets: Rule = ({ lines }) =>
  lines.flatMap((line, i) =>
    mustEqual('line-net', `invoice.lines[${i}].net`, line.net, lineNet(line), { line: line.number }),
  );

const rateOf = ({ rate }: { rate: Decimal }): string => canonical(rate);

const ratesOnce: Rule = ({ vatBreakdown }) =>
  vatBreakdown.flatMap(({ rate }, i) =>
    vatBreakdown.findIndex((other) => rateOf(other) === canonical(rate)) < i
      ? [reason('vat-rate-twice', `invoice.vatBreakdown[${i}].rate`, { rate })]
      : [],
  );

const ratesOfLines: Rule = ({ lines, vatBreakdown }) => {
  const stated = new Set(vatBreakdown.map(rateOf));
  const missing = new Set(lines.map(({ vatRate }) => canonical(vatRate)).filter((rate) => !stated.has(rate)));
  return [...missing].map((rate) => reason('line-vat-rate', 'invoice.vatBreakdown', { rate }));
};

/** With a PDF, lines are optional; if there are any, each rate's base is their sum. */
const vatBases: Rule = ({ lines, vatBreakdown }) =>
  lines.length === 0
    ? []
    : vatBreakdown.flatMap(({ rate, base }, i) => {
        const nets = lines.filter(({ vatRate }) => canonical(vatRate) === canonical(rate)).map(({ net }) => net);
        return mustEqual('vat-base', `invoice.vatBreakdown[${i}].base`, base, sum(nets), { rate });
      });

/** EN 16931 tolerates almost a euro of difference in the VAT (BR-CO-17), a public accountant not a cent per rate. */
const vatAmounts: Rule = ({ vatBreakdown }) =>
  vatBreakdown.flatMap(({ rate, base, amount }, i) =>
    mustEqual('vat-amount', `invoice.vatBreakdown[${i}].amount`, amount, vatOf(base, rate), { rate }),
  );

const totalTaxExclusive: Rule = ({ totals, vatBreakdown, lines }) => {
  const parts = vatBreakdown.length > 0 ? vatBreakdown.map(({ base }) => base) : lines.map(({ net }) => net);
  return parts.length === 0
    ? []
    : mustEqual('total-tax-exclusive', 'invoice.totals.taxExclusive', totals.taxExclusive, sum(parts));
};

const totalVat: Rule = ({ totals, vatBreakdown }) =>
  mustEqual('total-vat', 'invoice.totals.vat', totals.vat, sum(vatBreakdown.map(({ amount }) => amount)));

const totalTaxInclusive: Rule = ({ totals }) =>
  mustEqual(
    'total-tax-inclusive',
    'invoice.totals.taxInclusive',
    totals.taxInclusive,
    sum([totals.taxExclusive, totals.vat]),
  );

const amountDue: Rule = ({ totals }) => {
  const deductions = sum([totals.discount?.amount ?? '0', totals.paid ?? '0']);
  return mustEqual('amount-due', 'invoice.totals.due', totals.due, toCent(Big(totals.taxInclusive).minus(deductions)));
};

const alreadyPaid: Rule = ({ framework, totals }) =>
  framework === 'A2' && !Big(totals.due).eq(0)
    ? [reason('already-paid', 'invoice.totals.due', { stated: inCents(totals.due) })]
    : [];

/** In AIFE's own examples of avoirs (FSO1116A P92 to P97) all amounts are positive. */
const creditNoteSigns: Rule = ({ type, totals, vatBreakdown }) => {
  if (type === 'invoice') return [];
  const amounts: [string, Decimal][] = [
    ['invoice.totals.taxExclusive', totals.taxExclusive],
    ['invoice.totals.vat', totals.vat],
    ['invoice.totals.taxInclusive', totals.taxInclusive],
    ['invoice.totals.due', totals.due],
    ...vatBreakdown.map(({ base }, i): [string, Decimal] => [`invoice.vatBreakdown[${i}].base`, base]),
  ];
  return amounts
    .filter(([, stated]) => Big(stated).lt(0))
    .map(([path, stated]) => reason('credit-note-sign', path, { stated }));
};

/** The regimes without VAT, in words. */
const withoutVat: Readonly<Partial<Record<CompleteInvoice['vatRegime'], { fr: string; en: string }>>> = {
  exempt: { fr: 'exonération', en: 'exempt' },
  'reverse-charge': { fr: 'autoliquidation', en: 'reverse charge' },
  none: { fr: 'sans TVA', en: 'none' },
};

const vatRegime: Rule = ({ vatRegime: given, totals }) => {
  const regime = withoutVat[given];
  return regime && !Big(totals.vat).eq(0)
    ? [reason('vat-regime', 'invoice.totals.vat', { regime, stated: inCents(totals.vat) })]
    : [];
};

const exemption: Rule = ({ vatRegime: regime, exemptionReason }) =>
  regime === 'exempt' && !exemptionReason ? [reason('exemption-reason', 'invoice.exemptionReason')] : [];

const validated: ReadonlySet<string> = new Set(['A9', 'A12']);

const validator: Rule = ({ framework, validator: given }) =>
  validated.has(framework) && !given ? [reason('validator-missing', 'invoice.validator', { framework })] : [];

const rules: readonly Rule[] = [
  issueDate,
  totalTaxInclusive,
  amountDue,
  alreadyPaid,
  creditNoteSigns,
  exemption,
  validator,
];

/** About the lines and the VAT breakdown, which are only sent with a PDF. */
const rulesOfLines: readonly Rule[] = [
  lineNets,
  ratesOnce,
  ratesOfLines,
  vatBases,
  vatAmounts,
  totalTaxExclusive,
  totalVat,
  vatRegime,
];
