import Big from 'big.js';
import { canonical, inCents, lineNet, sum, toCent, vatOf, type Decimal } from './amounts.ts';
import { reason, type Reason, type ReasonCode } from './reasons.ts';
import type { CompleteInvoice } from './terms.ts';

/** What a rule sees beside the invoice: Paris's calendar day, ISO. */
export interface RuleContext {
  today: string;
  /** A ready e-invoice has its own lines and VAT, which Chorus Pro checks: ours are only what the ERP told us beside it. */
  eInvoice?: boolean;
}

/** A rule names every fault it finds; an empty answer means that it holds. */
type Rule = (invoice: CompleteInvoice, context: RuleContext) => Reason[];

/** All rules are applied and all faults come in one answer: the person mends the invoice once. */
export const brokenRules = (invoice: CompleteInvoice, context: RuleContext): Reason[] =>
  (context.eInvoice ? rules : [...rules, ...rulesOfLines]).flatMap((rule) => rule(invoice, context));

const compared = (
  code: ReasonCode,
  path: string,
  stated: Decimal,
  computed: Big,
  parameters: Record<string, string | number> = {},
): Reason[] =>
  computed.eq(stated)
    ? []
    : [reason(code, path, { ...parameters, stated: inCents(stated), computed: inCents(computed) })];

const issueDate: Rule = ({ issueDate: value }, { today }) =>
  value > today ? [reason('issue-date-in-future', 'invoice.issueDate', { value, today })] : [];

const lineNets: Rule = ({ lines }) =>
  lines.flatMap((line, i) =>
    compared('line-net', `invoice.lines[${i}].net`, line.net, lineNet(line), { line: line.number }),
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

/** Lines are optional beside a PDF; where they are given, each rate's base is their sum. */
const vatBases: Rule = ({ lines, vatBreakdown }) =>
  lines.length === 0
    ? []
    : vatBreakdown.flatMap(({ rate, base }, i) => {
        const nets = lines.filter(({ vatRate }) => canonical(vatRate) === canonical(rate)).map(({ net }) => net);
        return compared('vat-base', `invoice.vatBreakdown[${i}].base`, base, sum(nets), { rate });
      });

/** EN 16931 lets the VAT be wrong by almost a euro (BR-CO-17); a public accountant does not: exact to the cent, per rate. */
const vatAmounts: Rule = ({ vatBreakdown }) =>
  vatBreakdown.flatMap(({ rate, base, amount }, i) =>
    compared('vat-amount', `invoice.vatBreakdown[${i}].amount`, amount, vatOf(base, rate), { rate }),
  );

const totalTaxExclusive: Rule = ({ totals, vatBreakdown, lines }) =>
  vatBreakdown.length > 0
    ? compared(
        'total-tax-exclusive',
        'invoice.totals.taxExclusive',
        totals.taxExclusive,
        sum(vatBreakdown.map(({ base }) => base)),
      )
    : lines.length > 0
      ? compared(
          'total-tax-exclusive',
          'invoice.totals.taxExclusive',
          totals.taxExclusive,
          sum(lines.map(({ net }) => net)),
        )
      : [];

const totalVat: Rule = ({ totals, vatBreakdown }) =>
  compared('total-vat', 'invoice.totals.vat', totals.vat, sum(vatBreakdown.map(({ amount }) => amount)));

const totalTaxInclusive: Rule = ({ totals }) =>
  compared(
    'total-tax-inclusive',
    'invoice.totals.taxInclusive',
    totals.taxInclusive,
    sum([totals.taxExclusive, totals.vat]),
  );

const amountDue: Rule = ({ totals }) => {
  const deductions = sum([totals.discount?.amount ?? '0', totals.paid ?? '0']);
  return compared('amount-due', 'invoice.totals.due', totals.due, toCent(Big(totals.taxInclusive).minus(deductions)));
};

const alreadyPaid: Rule = ({ framework, totals }) =>
  framework === 'A2' && !Big(totals.due).eq(0)
    ? [reason('already-paid', 'invoice.totals.due', { stated: inCents(totals.due) })]
    : [];

/** AIFE's own examples of avoirs (FSO1116A P92 to P97) carry positive amounts throughout. */
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

const withoutVat: ReadonlySet<string> = new Set(['exempt', 'reverse-charge', 'none']);

const vatRegime: Rule = ({ vatRegime: regime, totals }) =>
  withoutVat.has(regime) && !Big(totals.vat).eq(0)
    ? [reason('vat-regime', 'invoice.totals.vat', { regime, stated: inCents(totals.vat) })]
    : [];

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

/** What is computed from the lines and the VAT breakdown that the command itself carries to Chorus Pro. */
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
