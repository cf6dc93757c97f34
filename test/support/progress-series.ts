/**
 * Series of progress invoices (situations de travaux), as a builder's ERP computes them: whole cents, independently of
 * what the relay computes with.
 */
import fc from 'fast-check';
import { submissionBody } from '../../shared/chorus-pro/submission.ts';
import type { Rounding } from '../../shared/invoice/amounts.ts';
import { invoiceSchema } from '../../shared/invoice/submit-command.ts';
import { completed, type CompleteInvoice } from '../../shared/invoice/terms.ts';
import { RECIPIENTS } from '../../tools/chorus-pro-simulator/index.ts';
import { checkTotals } from '../../tools/chorus-pro-simulator/invoice-rules.ts';
import { soumettre } from '../../tools/chorus-pro-simulator/submission-schemas.ts';

const flag = fc.boolean();
const month = fc.record({
  /** How much of each post was done this month, in percent of the post. */
  done: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 }),
  revision: fc.integer({ min: -5_000_00, max: 5_000_00 }),
  discountRate: fc.integer({ min: 0, max: 5 }),
  discount: fc.option(fc.integer({ min: 1, max: 500_00 }), { nil: undefined }),
  penalty: fc.option(fc.integer({ min: 1, max: 1_000_00 }), { nil: undefined }),
  paid: fc.option(fc.integer({ min: 1, max: 1_000_00 }), { nil: undefined }),
});
export const contracts = fc.record({
  posts: fc.array(
    fc.record({ value: fc.integer({ min: 1, max: 900_000_00 }), rate: fc.constantFrom(200, 100, 55, 21) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  rounding: fc.constantFrom<Rounding>('by-total', 'by-line', 'either'),
  vatByLine: flag,
  /** Each line is what was done so far, less what was billed before; or only what was done this month. */
  cumulative: flag,
  /** The guarantee is 5 % of all that was done so far, less what was kept back before; or 5 % of the month. */
  guaranteeOfAll: flag,
  prorata: flag,
  advanceRate: fc.constantFrom(0, 5, 20, 30),
  released: flag,
  months: fc.array(month, { minLength: 1, maxLength: 4 }),
});
type Contract = typeof contracts extends fc.Arbitrary<infer Made> ? Made : never;

/** Half away from zero. */
function rounded(numerator: number, denominator: number): number {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  const half = (2n * (n < 0n ? -n : n) + d) / (2n * d);
  return Number(n < 0n ? -half : half);
}
export const euros = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

interface Line {
  quantity: string;
  unitPrice: number;
  rate: number;
  net: number;
}

/** What has been billed so far. */
interface Account {
  done: number[];
  nets: number[];
  taxExclusive: number;
  taxInclusive: number;
  guarantee: number;
  advance: number;
}

function linesOf(contract: Contract, { done, revision }: Contract['months'][number], account: Account): Line[] {
  const lines = contract.posts.flatMap(({ value, rate }, i): Line[] => {
    const before = account.nets[i] ?? 0;
    const percent = Math.min(100, (account.done[i] ?? 0) + (done[i] ?? 0));
    const net = rounded(percent * value, 100);
    account.done[i] = percent;
    account.nets[i] = net;
    return contract.cumulative
      ? [
          { quantity: euros(percent), unitPrice: value, rate, net },
          { quantity: '-1', unitPrice: before, rate, net: -before },
        ]
      : [{ quantity: '1', unitPrice: net - before, rate, net: net - before }];
  });
  const [{ rate } = { rate: 200 }] = contract.posts;
  return [...lines, { quantity: '1', unitPrice: revision, rate, net: revision }];
}

const vatOf = (net: number, rate: number): number => rounded(net * rate, 1000);

function vatAt(rate: number, all: readonly Line[], discountRate: number, byLine: boolean) {
  const nets = all.filter((line) => line.rate === rate).map(({ net }) => net);
  const discount = Math.max(0, rounded(total(nets) * discountRate, 100));
  const base = total(nets) - discount;
  const lineByLine = total(nets.map((net) => vatOf(net, rate))) - vatOf(discount, rate);
  return { rate, discount, base, amount: byLine ? lineByLine : vatOf(base, rate) };
}

interface Deduction {
  kind: string;
  name: string;
  amount: number;
  rate?: string;
  base?: number;
  previous?: number;
}

function deductionsOf(
  contract: Contract,
  month: Contract['months'][number],
  account: Account,
  now: { ht: number; ttc: number },
) {
  const deductions: Deduction[] = [];
  account.taxExclusive += now.ht;
  account.taxInclusive += now.ttc;
  const guarantee = { kind: 'retention', name: 'Retenue de garantie', rate: '5' };
  if (contract.guaranteeOfAll) {
    const [base, previous] = [account.taxInclusive, account.guarantee];
    deductions.push({ ...guarantee, base, previous, amount: rounded(base * 5, 100) - previous });
  } else deductions.push({ ...guarantee, amount: rounded(now.ttc * 5, 100) });
  account.guarantee += total(deductions.map(({ amount }) => amount));
  if (contract.prorata)
    deductions.push({
      kind: 'retention',
      name: 'Compte prorata',
      rate: '1.5',
      base: now.ht,
      amount: rounded(now.ht * 15, 1000),
    });
  if (contract.advanceRate > 0) {
    const [base, previous] = [account.taxExclusive, account.advance];
    const amount = rounded(base * contract.advanceRate, 100) - previous;
    account.advance += amount;
    const rate = String(contract.advanceRate);
    deductions.push({ kind: 'advance-repayment', name: 'Remboursement de l’avance', rate, base, previous, amount });
  }
  if (month.penalty !== undefined) deductions.push({ kind: 'penalty', name: 'Pénalités', amount: month.penalty });
  if (contract.released && contract.months.at(-1) === month)
    deductions.push({ kind: 'retention', name: 'Libération de la garantie', amount: -account.guarantee });
  return deductions;
}

/** One invoice for each month. */
export function seriesOf(contract: Contract): CompleteInvoice[] {
  const account: Account = { done: [], nets: [], taxExclusive: 0, taxInclusive: 0, guarantee: 0, advance: 0 };
  const byLine = contract.rounding === 'by-line' || (contract.rounding === 'either' && contract.vatByLine);
  return contract.months.map((now, i) => {
    const lines = linesOf(contract, now, account);
    const rates = [...new Set(lines.map(({ rate }) => rate))];
    const vat = rates.map((rate) => vatAt(rate, lines, now.discountRate, byLine));
    const taxExclusive = total(vat.map(({ base }) => base));
    const tax = total(vat.map(({ amount }) => amount));
    const ttc = taxExclusive + tax - (now.discount ?? 0);
    const deductions = deductionsOf(contract, now, account, { ht: taxExclusive, ttc });
    const due = ttc - (now.paid ?? 0) - total(deductions.map(({ amount }) => amount));
    const percent = (rate: number) => String(rate / 10);
    const invoice = invoiceSchema.parse({
      number: `SIT-${i + 1}`,
      type: 'invoice',
      issueDate: '2026-11-20',
      recipient: { siret: RECIPIENTS.nothingMandatory },
      payment: { means: 'credit-transfer' },
      lines: lines.map(({ quantity, unitPrice, rate, net }, n) => ({
        ...{ number: n + 1, name: 'Poste', quantity: quantity, unitPrice: euros(unitPrice) },
        ...{ vatRate: percent(rate), net: euros(net) },
      })),
      vatBreakdown: vat.map(({ rate, discount, base, amount }) => ({
        ...{ rate: percent(rate), base: euros(base), amount: euros(amount) },
        ...(discount > 0 ? { discount: { amount: euros(discount), reason: 'Rabais' } } : {}),
      })),
      totals: {
        ...{ taxExclusive: euros(taxExclusive), vat: euros(tax), taxInclusive: euros(taxExclusive + tax) },
        ...(now.discount === undefined ? {} : { discount: { amount: euros(now.discount), reason: 'Geste' } }),
        ...(now.paid === undefined ? {} : { paid: euros(now.paid) }),
        deductions: deductions.map(({ amount, base, previous, ...rest }) => ({
          ...rest,
          ...(base === undefined ? {} : { base: euros(base) }),
          ...(previous === undefined ? {} : { previous: euros(previous) }),
          amount: euros(amount),
        })),
        due: euros(due),
      },
    });
    return completed(invoice, { framework: 'A1', vatRegime: 'on-debits', paymentMeans: 'credit-transfer' });
  });
}

/** What the simulator, which computes by itself, says about the totals that are sent. */
export function simulatorsRefusal(invoice: CompleteInvoice) {
  const body = submissionBody(invoice, { supplierId: 1, pdfId: 2, attachments: [] });
  return checkTotals(soumettre.parse(JSON.parse(JSON.stringify(body))));
}
