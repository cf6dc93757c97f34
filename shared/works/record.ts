import * as z from 'zod';
import { actors } from './parties.ts';
import { stages } from './stages.ts';

/** What the ledger keeps of a works document, beside what it keeps of an invoice. Amounts are decimal strings. */
export const worksRecordSchema = z.object({
  /** Its amounts since the beginning of the contract, with which the next statement must agree. */
  statement: z
    .object({
      number: z.int().positive(),
      /** This statement's own parts, without VAT. */
      workDone: z.string(),
      revision: z.string(),
      taxExclusive: z.string(),
      taxInclusive: z.string(),
      due: z.string(),
    })
    .optional(),
  /** How many days the recipient has to pay. */
  paymentDays: z.int().positive(),
  /** Who must act next, and until when; since which day its stage lasts. Absent: Chorus Pro does not have it yet. */
  next: z
    .object({
      stage: z.enum(Object.keys(stages).filter((name): name is keyof typeof stages => Object.hasOwn(stages, name))),
      since: z.iso.date().optional(),
      actor: z.enum(Object.keys(actors).filter((name): name is keyof typeof actors => Object.hasOwn(actors, name))),
      until: z.iso.date().optional(),
    })
    .optional(),
});

export type WorksRecord = z.infer<typeof worksRecordSchema>;
