/** What lies between the total with VAT and the amount due: retentions, penalties, advance repayments. */
import * as z from 'zod';
import type { Fact } from '../facts/fact.ts';
import { amount, fault, invoiceNumber, text } from './fields.ts';

export const deductionKinds = ['retention', 'penalty', 'advance-repayment', 'other'] as const;

const releaseSchema = z.strictObject({
  number: invoiceNumber.describe('The number of the invoice of which it was kept back.'),
  issueDate: z.iso
    .date(fault('date'))
    .optional()
    .describe('Its issue date, if the supplier’s numbers begin anew each year (`numbering`: `per-year`).'),
  amount: amount.describe('What is released of it, positive: "600.00".'),
});

export const deductionSchema = z.strictObject({
  kind: z
    .enum(deductionKinds)
    .describe(
      '`retention`: kept back for a time (retenue de garantie, compte prorata); `penalty`: for delay and the like; `advance-repayment`: of an advance received earlier.',
    ),
  name: text(60).describe('Its name, as on the invoice: "Retenue de garantie".'),
  rate: z
    .string(fault('deduction-rate'))
    .regex(/^\d{1,3}(\.\d{1,4})?$/, fault('deduction-rate'))
    .optional()
    .describe('In percent: "5". If given, `amount` = `base` × `rate` − `previous`, rounded to the cent.'),
  base: amount
    .optional()
    .describe('What the rate applies to: "24000.00". If absent: the total with VAT after `discount`.'),
  previous: amount
    .optional()
    .describe('If `base` is cumulative: what earlier invoices have already deducted of it: "600.00".'),
  amount: amount.describe('What is deducted: "600.00". Negative: given back, so it increases `due`.'),
  releaseDate: z.iso
    .date(fault('date'))
    .optional()
    .describe(
      'For a retention: when it should be released, YYYY-MM-DD. If absent: the connection’s `retentions.months` after the issue date. The ERP is reminded of it.',
    ),
  releases: z
    .array(releaseSchema)
    .min(1)
    .max(100)
    .optional()
    .describe(
      'For a retention that is given back (`amount` is negative): the earlier invoices of which it was kept back, under the same `name`. Their `amount` together is this one’s without its sign, and of none is more released than is still held.',
    ),
});
export type Deduction = z.infer<typeof deductionSchema>;

export const hasRetention = ({ totals }: { totals: { deductions?: readonly Deduction[] | undefined } }): boolean =>
  totals.deductions?.some(({ kind }) => kind === 'retention') ?? false;

/** Nobody tells the relay when the works were accepted, so it counts from the issue date. */
export const retentionTerm = {
  retentionMonths: {
    value: 12,
    mark: 'V-3P',
    source:
      'a year from the acceptance of the works: CCAG Travaux, art. 44.1, and loi n° 71-584, art. 2, as third parties reproduce them; then 30 days to pay (code de la commande publique, art. R. 2191-35). That it is counted from the issue date is our own choice',
  },
} as const satisfies Record<string, Fact<number>>;

/** What a connection's settings say of retentions. */
export const retentionSettingsSchema = z
  .strictObject({
    months: z
      .int()
      .min(0)
      .max(120)
      .default(retentionTerm.retentionMonths.value)
      .describe(
        'How many months after its issue date a retention is expected to be released, if the deduction has no `releaseDate`.',
      ),
  })
  .default({ months: retentionTerm.retentionMonths.value })
  .describe('Until when recipients keep back what they retain: docs/retentions.md.');
