import * as z from 'zod';

/** What the directory says a public body demands of an invoice. */
export const recipientSchema = z.object({
  siret: z.string(),
  structureId: z.int(),
  active: z.boolean(),
  serviceRequired: z.boolean(),
  commitmentRequired: z.boolean(),
  /** One of the two is enough. */
  serviceOrCommitmentRequired: z.boolean(),
  /** A works owner that takes no plain invoices. */
  worksOnly: z.boolean(),
  /** It never reports the payment: its invoices end one step earlier. */
  paymentNotReported: z.boolean(),
});

export type Recipient = z.infer<typeof recipientSchema>;

export const recipientServiceSchema = z.object({
  serviceId: z.int(),
  code: z.string(),
  active: z.boolean(),
  /** This service demands a commitment number even where the body as a whole does not. */
  commitmentRequired: z.boolean(),
});

export type RecipientService = z.infer<typeof recipientServiceSchema>;
