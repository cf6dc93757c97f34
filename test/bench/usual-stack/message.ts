import * as z from 'zod';

const amount = z.string().regex(/^-?\d+(\.\d{1,2})?$/);
const rate = z.string().regex(/^\d+(\.\d{1,2})?$/);

/** The part of a command that this stack uses: the same message as chorus-relay takes. */
export const messageSchema = z.object({
  type: z.literal('invoice.submit'),
  connection: z.string(),
  supplier: z.object({ company: z.string() }),
  invoice: z.object({
    number: z.string().min(1).max(20),
    type: z.enum(['invoice', 'credit-note']),
    issueDate: z.iso.date(),
    recipient: z.object({ siret: z.string().regex(/^\d{14}$/), service: z.string().optional() }),
    payment: z.object({ means: z.enum(['credit-transfer', 'direct-debit']) }),
    vatRegime: z.enum(['on-debits', 'on-receipts']),
    lines: z
      .array(
        z.object({
          ...{ number: z.int(), name: z.string(), quantity: z.string(), unitPrice: amount },
          ...{ vatRate: rate, net: amount },
        }),
      )
      .default([]),
    vatBreakdown: z.array(z.object({ rate, base: amount, amount })),
    totals: z.object({ taxExclusive: amount, vat: amount, taxInclusive: amount, due: amount }),
  }),
  document: z.object({ name: z.string(), key: z.string() }),
});

export type Message = z.infer<typeof messageSchema>;
