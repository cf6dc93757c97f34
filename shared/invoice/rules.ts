/**
 * What must hold in an invoice before it is sent. Amounts are checked to the cent: a total that is off breaks
 * `totalTaxExclusive`, `totalVat`, `totalTaxInclusive` or `amountDue`; a line breaks `lineNets`, a VAT rate `vatBases`
 * or `vatAmounts` (vat-rules.ts), a retention `deductionAmounts`. The sentences are in reason-texts.ts.
 */
import Big from 'big.js';
import {
  commentSeparator,
  deductionBase,
  dueOf,
  frenchNumber,
  inCents,
  lineNet,
  sentComment,
  sum,
  toCent,
  totalAfterDiscount,
  type Decimal,
  type Rounding,
} from './amounts.ts';
import { limits } from './fields.ts';
import { mustEqual, reason, type Reason } from './reasons.ts';
import type { CompleteInvoice } from './terms.ts';
import { exemption, toleratedVat, vatRules } from './vat-rules.ts';

/** What is accepted although it is not exact: the ERP is told. */
export const tolerated = (invoice: CompleteInvoice, { rounding, eInvoice }: RuleContext): Reason[] =>
  eInvoice ? [] : toleratedVat(invoice, rounding);

export interface RuleContext {
  /** The calendar day in Paris, ISO. */
  today: string;
  /** How the connection's ERP rounds VAT. */
  rounding: Rounding;
  /** The supplier's numbers begin anew each year: another invoice may have this one's. */
  numberedAnew?: boolean;
  /** A complete e-invoice has its own lines and VAT, which Chorus Pro checks; ours are only what the ERP told us. */
  eInvoice?: boolean;
}

/** Returns every fault it finds. */
type Rule = (invoice: CompleteInvoice, context: RuleContext) => Reason[];

/** All rules are applied, so that a person corrects the invoice once. */
export const brokenRules = (invoice: CompleteInvoice, context: RuleContext): Reason[] =>
  (context.eInvoice ? rules : [...rules, ...rulesOfPdf]).flatMap((rule) => rule(invoice, context));

const issueDate: Rule = ({ issueDate: value }, { today }) => {
  const limit = limits.firstIssueDate.value;
  if (value < limit) return [reason('issue-date-too-early', 'invoice.issueDate', { value, limit })];
  return value > today ? [reason('issue-date-in-future', 'invoice.issueDate', { value, today })] : [];
};

const periodOrder: Rule = ({ period }) =>
  period && period.end < period.start ? [reason('period-reversed', 'invoice.period.end', period)] : [];

const precedingInvoice: Rule = ({ number, precedingInvoice: value }, { numberedAnew }) =>
  value === number && !numberedAnew ? [reason('preceding-invoice-itself', 'invoice.precedingInvoice', { value })] : [];

const lineNumbersOnce: Rule = ({ lines }) => {
  const seen = new Set<number>();
  return lines.flatMap(({ number }, i) => {
    if (seen.has(number)) return [reason('line-number-twice', `invoice.lines[${i}].number`, { number })];
    seen.add(number);
    return [];
  });
};

const lineNets: Rule = ({ lines, currency }) =>
  lines.flatMap((line, i) =>
    mustEqual('line-net', `invoice.lines[${i}].net`, line.net, lineNet(line), { line: line.number, currency }),
  );

const totalTaxExclusive: Rule = ({ totals, vatBreakdown, lines, currency }) => {
  const parts = vatBreakdown.length > 0 ? vatBreakdown.map(({ base }) => base) : lines.map(({ net }) => net);
  return parts.length === 0
    ? []
    : mustEqual('total-tax-exclusive', 'invoice.totals.taxExclusive', totals.taxExclusive, sum(parts), { currency });
};

const totalTaxInclusive: Rule = ({ totals, currency }) =>
  mustEqual(
    'total-tax-inclusive',
    'invoice.totals.taxInclusive',
    totals.taxInclusive,
    sum([totals.taxExclusive, totals.vat]),
    { currency },
  );

/** A deduction with a rate is recomputed: base × rate − what was deducted before. */
const deductionAmounts: Rule = ({ totals, currency }) =>
  (totals.deductions ?? []).flatMap((deduction, i) => {
    const path = `invoice.totals.deductions[${i}]`;
    const { name, rate, base, previous, amount } = deduction;
    if (rate === undefined)
      return base === undefined && previous === undefined ? [] : [reason('missing-field', `${path}.rate`)];
    const of = deductionBase(deduction, totals);
    const computed = toCent(of.times(rate).div(100)).minus(previous ?? 0);
    const parameters = {
      name,
      rate,
      currency,
      base: inCents(of),
      ...(previous ? { previous: inCents(previous) } : {}),
    };
    return mustEqual('deduction-amount', `${path}.amount`, amount, computed, parameters);
  });

/** What is given back here is what is released of each invoice. */
const releaseAmounts: Rule = ({ type, totals, currency }) =>
  (totals.deductions ?? []).flatMap(({ kind, name, amount, releases }, i) => {
    if (!releases) return [];
    const path = `invoice.totals.deductions[${i}]`;
    const isRelease = type === 'invoice' && kind === 'retention' && Big(amount).lt(0);
    if (!isRelease) return [reason('release-unexpected', `${path}.releases`, { name })];
    const signs = releases.flatMap(({ number, amount: stated }, j) =>
      Big(stated).gt(0)
        ? []
        : [reason('release-sign', `${path}.releases[${j}].amount`, { number, stated: inCents(stated), currency })],
    );
    const released = sum(releases.map((one) => one.amount));
    const stated = Big(amount).neg().toFixed();
    return [...signs, ...mustEqual('release-sum', `${path}.amount`, stated, released, { name, currency })];
  });

/** Too much is due: perhaps something is paid or kept back, and the ERP does not know where to say so. */
const amountDue: Rule = ({ framework, totals, currency }) => {
  const computed = dueOf(totals);
  if (framework === 'A2' && totals.paid === undefined && Big(totals.due).eq(0) && computed.gt(0))
    return [reason('paid-missing', 'invoice.totals.paid', { computed: inCents(computed), currency })];
  const hint = computed.gt(totals.due) ? { field: 'totals.deductions' } : {};
  return mustEqual('amount-due', 'invoice.totals.due', totals.due, computed, { ...hint, currency });
};

/** Discounts and deductions are sent in the comment, which has a greatest length. */
const commentFits: Rule = ({ comment, ...invoice }) => {
  const lengthOf = (text: string | undefined): number => text?.length ?? 0;
  if (lengthOf(sentComment({ comment, ...invoice })) <= limits.comment.value) return [];
  const left = Math.max(0, limits.comment.value - lengthOf(sentComment(invoice)) - commentSeparator.length);
  const maximum = {
    fr: `avec ces remises et déductions, ${frenchNumber(String(left))} caractère${left > 1 ? 's' : ''}`,
    en: `with these discounts and deductions, ${left} character${left === 1 ? '' : 's'}`,
  };
  return [reason('too-long', 'invoice.comment', { maximum })];
};

const alreadyPaid: Rule = ({ framework, totals, currency }) =>
  framework === 'A2' && !Big(totals.due).eq(0)
    ? [
        reason('already-paid', 'invoice.totals.due', {
          stated: inCents(totals.due),
          currency,
          ...(totals.paid === undefined ? { field: 'totals.paid' } : {}),
        }),
      ]
    : [];

/** Where an amount is, the amount, and how it is called if that says more than its place. */
type Signed = [path: string, stated: Decimal | Big, name?: string];

const discountSigns = (totals: CompleteInvoice['totals']): Signed[] =>
  totals.discount
    ? [
        ['invoice.totals.discount.amount', totals.discount.amount],
        ['invoice.totals.discount', totalAfterDiscount(totals), 'taxInclusive − discount'],
      ]
    : [];

/**
 * In AIFE's own examples of avoirs (FSO1116A P92 to P97) all amounts are positive. A line may be negative, and with it
 * all that is at one rate: it takes back a discount, as in AIFE's invoice P08, or bills a part again (see
 * `creditNoteLines` in shared/chorus-pro/facts.ts).
 */
const creditNoteSigns: Rule = ({ type, totals, currency }) => {
  if (type === 'invoice') return [];
  const amounts: Signed[] = [
    ['invoice.totals.taxExclusive', totals.taxExclusive],
    ['invoice.totals.vat', totals.vat],
    ['invoice.totals.taxInclusive', totals.taxInclusive],
    ['invoice.totals.due', totals.due],
    ...discountSigns(totals),
  ];
  return amounts
    .filter(([, stated]) => Big(stated).lt(0))
    .map(([path, stated, name = path]) =>
      reason('credit-note-sign', path, { stated: inCents(stated), currency, path: name }),
    );
};

const validated: ReadonlySet<string> = new Set(['A9', 'A12']);

const validator: Rule = ({ framework, validator: given }) =>
  validated.has(framework) && !given ? [reason('validator-missing', 'invoice.validator', { framework })] : [];

const rules: readonly Rule[] = [
  issueDate,
  periodOrder,
  precedingInvoice,
  totalTaxInclusive,
  deductionAmounts,
  releaseAmounts,
  amountDue,
  alreadyPaid,
  creditNoteSigns,
  exemption,
  validator,
];

/** About what is only sent with a PDF. */
const rulesOfPdf: readonly Rule[] = [lineNumbersOnce, lineNets, ...vatRules, totalTaxExclusive, commentFits];
