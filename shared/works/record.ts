import * as z from 'zod';

/** What the ledger keeps of a works document, beside what it keeps of an invoice. Amounts are decimal strings. */
export const worksRecordSchema = z.object({
  /** The number of the document of the file that this one answers. */
  answers: z.string().optional(),
  /** This statement's own parts, with which the next statement must agree. */
  statement: z
    .object({
      number: z.int().positive(),
      /** Without VAT. */
      workDone: z.string(),
      revision: z.string(),
      taxExclusive: z.string(),
      taxInclusive: z.string(),
      due: z.string(),
    })
    .optional(),
  /** Of a final draft: the general statement that answered it, and its signed copy (A8), which has no record. */
  signed: z
    .object({
      /** The general statement's number. */
      account: z.string(),
      /** The signed copy's. */
      number: z.string(),
      issueDate: z.iso.date(),
      /** By the general statement, which may differ from the draft. Absent: Chorus Pro did not say it. */
      due: z.string().optional(),
    })
    .optional(),
  /** How many days the recipient has to pay, and the day from which they count: the project manager had it then. */
  paymentDays: z.int().positive(),
  paymentFrom: z.iso.date().optional(),
  /** Where it is (stages.ts) and since which day. Absent: the relay does not know the status. */
  stage: z.object({ name: z.string(), since: z.iso.date().optional() }).optional(),
  /** Who must act next, and until when, as its events say it. */
  next: z.object({ actor: z.string(), until: z.iso.date().optional(), fr: z.string(), en: z.string() }).optional(),
});

export type WorksRecord = z.infer<typeof worksRecordSchema>;

/** Under this name and `<connection>#<environment>#<Chorus Pro’s id>` a document of another party is remembered. */
export const worksToldPrefix = 'works-document#';

/** Which status of it was told last, and what the supplier must answer, if that status waits for the supplier. */
export const worksToldSchema = z.object({
  version: z.int(),
  status: z.string(),
  /** When it got that status, as a list says. */
  at: z.iso.datetime().optional(),
  /** The same of a document that was seen by itself, from its history: without seconds. */
  notBefore: z.iso.datetime().optional(),
  asks: z.object({ number: z.string(), framework: z.string().optional(), until: z.iso.date().optional() }).optional(),
});

export type WorksTold = z.infer<typeof worksToldSchema>;
export type WorksAsked = NonNullable<WorksTold['asks']>;
