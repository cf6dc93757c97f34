/**
 * The arithmetic of a statement, over the whole series: what is cumulative is the sum of its parts, and what this
 * statement bills is its own part. Each broken rule is a reason of its own. Sums are exact to the cent.
 */
import Big from 'big.js';
import { deductionBase, inCents, sum, toCent } from '../invoice/amounts.ts';
import type { Deduction } from '../invoice/deductions.ts';
import { mustEqual, reason, type Reason } from '../invoice/reasons.ts';
import type { CompleteInvoice } from '../invoice/terms.ts';
import type { Statement } from '../invoice/works-command.ts';

type Earlier = Statement['earlier'][number];

interface Billed {
  statement: Statement;
  invoice: CompleteInvoice;
}

type Rule = (billed: Billed) => Reason[];

const at = 'works.statement';

/** From 1 on, without a gap. */
const series: Rule = ({ statement: { number, earlier } }) => {
  const inOrder = earlier.length === number - 1 && earlier.every(({ statement }, i) => statement === i + 1);
  if (inOrder) return [];
  const given = earlier.map(({ statement }) => statement).join(', ') || '–';
  return number === 1
    ? [reason('works-first', `${at}.earlier`, { given })]
    : [reason('works-series', `${at}.earlier`, { number, last: number - 1, given })];
};

const ownNumbers: Rule = ({ statement: { earlier }, invoice }) => {
  const seen = new Set([invoice.number]);
  return earlier.flatMap(({ number: value }, i) => {
    if (seen.has(value)) return [reason('works-earlier-number', `${at}.earlier[${i}].number`, { value })];
    seen.add(value);
    return [];
  });
};

const earlierTotals: Rule = ({ statement: { earlier }, invoice: { currency } }) =>
  earlier.flatMap(({ statement, workDone, revision = '0', taxExclusive, taxInclusive, deductions, due }, i) => {
    const [path, about] = [`${at}.earlier[${i}]`, { statement, currency }];
    const deducted = sum(deductions.map(({ amount }) => amount));
    return [
      ...mustEqual('works-earlier-total', `${path}.taxExclusive`, taxExclusive, sum([workDone, revision]), about),
      ...mustEqual('works-earlier-due', `${path}.due`, due, Big(taxInclusive).minus(deducted), about),
    ];
  });

const before = (earlier: readonly Earlier[], part: (one: Earlier) => string | undefined): Big =>
  sum(earlier.map((one) => part(one) ?? '0'));

const workDone: Rule = ({ statement: { workDone: done, earlier }, invoice: { currency } }) => {
  const computed = before(earlier, (one) => one.workDone).plus(done.amount);
  return mustEqual('works-work-done', `${at}.workDone.cumulative`, done.cumulative, computed, { currency });
};

const revision: Rule = ({ statement: { revision: revised, earlier, workDone: done }, invoice: { currency } }) => {
  const known = before(earlier, (one) => one.revision);
  if (!revised)
    return known.eq(0)
      ? []
      : [reason('works-revision-missing', `${at}.revision`, { computed: inCents(known), currency })];
  const { cumulative, amount, coefficient } = revised;
  const sums = mustEqual('works-revision', `${at}.revision.cumulative`, cumulative, known.plus(amount), { currency });
  if (coefficient === undefined) return sums;
  const computed = toCent(Big(coefficient).minus(1).times(done.amount));
  const about = { coefficient, base: inCents(done.amount), currency };
  return [...sums, ...mustEqual('works-coefficient', `${at}.revision.amount`, amount, computed, about)];
};

const month: Rule = ({ statement: { workDone: done, revision: revised }, invoice: { totals, currency } }) => {
  const computed = sum([done.amount, revised?.amount ?? '0']);
  return mustEqual('works-month', 'invoice.totals.taxExclusive', totals.taxExclusive, computed, { currency });
};

const isSame = (one: Pick<Deduction, 'kind' | 'name'>, other: Pick<Deduction, 'kind' | 'name'>): boolean =>
  one.kind === other.kind && one.name === other.name;

/** A deduction with `previous` is cumulative: then its base is as well. */
const deductions: Rule = ({ statement: { earlier }, invoice: { totals, currency } }) =>
  (totals.deductions ?? []).flatMap((deduction, i) => {
    const { previous, name } = deduction;
    if (previous === undefined) return [];
    const path = `invoice.totals.deductions[${i}]`;
    const known = sum(earlier.flatMap((one) => one.deductions.filter((own) => isSame(own, deduction))).map(amountOf));
    const total = before(earlier, ({ taxInclusive }) => taxInclusive).plus(totals.taxInclusive);
    const base = deductionBase(deduction, totals);
    return [
      ...mustEqual('works-deduction-previous', `${path}.previous`, previous, known, { name, currency }),
      ...(base.gt(total)
        ? [
            reason('works-deduction-base', `${path}.base`, {
              ...{ name, currency, stated: inCents(base), computed: inCents(total) },
            }),
          ]
        : []),
    ];
  });

const amountOf = ({ amount }: { amount: string }): string => amount;

const advance: Rule = ({ statement: { advance: paid, earlier }, invoice: { totals, currency } }) => {
  if (!paid) return [];
  const all = [...earlier.flatMap((one) => one.deductions), ...(totals.deductions ?? [])];
  const repaid = sum(all.filter(({ kind }) => kind === 'advance-repayment').map(amountOf));
  const path = `${at}.advance.repaid`;
  const exceeded = { stated: inCents(paid.repaid), computed: inCents(paid.granted), currency };
  return [
    ...mustEqual('works-advance-repaid', path, paid.repaid, repaid, { currency }),
    ...(Big(paid.repaid).gt(paid.granted) ? [reason('works-advance-exceeded', path, exceeded)] : []),
  ];
};

const rules: readonly Rule[] = [series, ownNumbers, earlierTotals, workDone, revision, month, deductions, advance];

export const brokenStatementRules = (statement: Statement, invoice: CompleteInvoice): Reason[] =>
  rules.flatMap((rule) => rule({ statement, invoice }));

/** What is accepted, and told. */
export function statementNotes({ contractAmount, workDone: done }: Statement, { currency }: CompleteInvoice): Reason[] {
  if (contractAmount === undefined || Big(done.cumulative).lte(contractAmount)) return [];
  const parameters = { stated: inCents(done.cumulative), limit: inCents(contractAmount), currency };
  return [reason('works-beyond-contract', `${at}.workDone.cumulative`, parameters)];
}
