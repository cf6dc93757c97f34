import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';
import { cloudEventSchema } from '../invoice/events.ts';
import { termsSchema } from '../invoice/terms.ts';

/**
 * One invoice, one item of the table; what a record holds follows from its state. Amounts are decimal strings, dates ISO,
 * instants ISO in UTC. A field that its state does not have is dropped when the record moves there.
 */

const instant = z.iso.datetime();

const reasonSchema = z.object({ code: z.string(), path: z.string(), fr: z.string(), en: z.string() });

const core = {
  /** `invoice#<environment>#<supplier SIRET>#<number>`, or `command#<message id>` for what has no such key. */
  pk: z.string(),
  /** Grows by one with each write: the optimistic lock. */
  version: z.int().positive(),
  /** Names the write itself, so that a writer whose reply was lost recognises its own work. */
  writeId: z.string(),
  connection: z.string(),
  /** `<connection>/<supplier SIRET>/<number>`, as far as known. */
  subject: z.string(),
  /** Where the original command lies in the document store. */
  commandKey: z.string(),
  documents: z.array(z.object({ name: z.string(), sha256: z.string() })),
  /** The last messages that this record dealt with: a late duplicate of one of them says nothing new. */
  messageIds: z.array(z.string()),
  attempts: z.int().nonnegative(),
  /** The number of the last event made; the events of one invoice are in this order. */
  sequence: z.int().nonnegative(),
  /** Events of this very write that have not left yet. */
  outbox: z.array(cloudEventSchema),
  /** The index `due`: the earliest of the next step and the outbox. Absent: nothing to do. */
  dueAt: instant.optional(),
  /** The index `open`: since when the invoice has not been at an end. Absent: it is. */
  openSince: instant.optional(),
  createdAt: instant,
  updatedAt: instant,
};

/** What the invoice is. A command that is refused may have told only a part of it. */
const content = {
  environment: environmentSchema,
  supplier: z.string(),
  number: z.string(),
  type: z.enum(['invoice', 'credit-note']),
  recipient: z.string(),
  /** Amount due, in `currency`. */
  amount: z.string(),
  currency: z.string(),
  issueDate: z.string(),
  /** SHA-256 of what is deposited. */
  digest: z.string(),
  /** `pdf`: the reply is the invoice; `flux`: a file is deposited, and its report comes later. */
  route: z.enum(['pdf', 'flux']),
  /** What the settings decided where the command left it open. */
  terms: termsSchema,
};

/** The recipient never reports a payment: an earlier status is the last. */
const paymentNotReported = z.boolean().optional();

const invoice = { ...core, ...content, paymentNotReported };
const incomplete = { ...core, ...z.object(content).partial().shape, paymentNotReported };

/** When the state itself wants attention: the lease's end, the next look, the next try. */
const nextStepAt = instant;

/** Since when it is not known whether Chorus Pro has the invoice, why, and how many times this has happened. */
const doubt = z.object({
  since: instant,
  why: z.string(),
  times: z.int().positive(),
  /** What a repeated attempt was refused for: it may only mean that an earlier attempt had succeeded. */
  refusal: z.array(reasonSchema).optional(),
});

const deposit = { depositId: z.string(), depositedAt: instant };
const earlierDeposit = z.object(deposit).partial().shape;

/** The last that is known of an invoice in Chorus Pro: its status, since when, when we saw it, the recipient's motive. */
const status = z.object({
  code: z.string(),
  /** Absent after a submission, whose reply does not say. */
  at: instant.optional(),
  observedAt: instant,
  motive: z.string().optional(),
});

const inChorusPro = {
  /** Chorus Pro's identifier of the invoice. */
  chorusProId: z.int(),
  status,
  /** When Chorus Pro took it, as far as we saw: the term of payment counts from here. */
  submittedAt: instant,
};

const sinceThen = {
  ...earlierDeposit,
  /** When the ERP was told that it is late. */
  lateToldAt: instant.optional(),
  /** A command that Chorus Pro has not certainly carried out: its message, since when, and until when a function holds it. */
  pendingCommand: z.object({ messageId: z.string(), type: z.string(), since: instant, until: instant }).optional(),
  /** The last messages whose commands came to an end. */
  endedCommands: z.array(z.string()).optional(),
};

export const recordSchema = z.discriminatedUnion('state', [
  z.object({ ...invoice, state: z.literal('accepted'), nextStepAt, doubt: doubt.optional() }),
  z.object({
    ...invoice,
    state: z.literal('sending'),
    nextStepAt,
    lease: z.object({ until: instant }),
    doubt: doubt.optional(),
  }),
  z.object({ ...invoice, ...earlierDeposit, state: z.literal('in-doubt'), nextStepAt, doubt }),
  z.object({ ...invoice, ...deposit, state: z.literal('deposited'), nextStepAt, doubt: doubt.optional() }),
  z.object({ ...invoice, ...inChorusPro, ...sinceThen, state: z.literal('followed'), nextStepAt }),
  z.object({ ...invoice, ...inChorusPro, ...sinceThen, state: z.literal('settled') }),
  z.object({
    ...invoice,
    // Without them, what was rejected is a file: no invoice came into being.
    ...z.object(inChorusPro).partial().shape,
    ...sinceThen,
    state: z.literal('rejected'),
    reasons: z.array(reasonSchema).optional(),
  }),
  z.object({ ...incomplete, ...earlierDeposit, state: z.literal('refused'), reasons: z.array(reasonSchema) }),
  z.object({ ...incomplete, state: z.literal('withheld'), reasons: z.array(reasonSchema) }),
]);

export type LedgerRecord = z.infer<typeof recordSchema>;
export type State = LedgerRecord['state'];
export type RecordIn<S extends State> = Extract<LedgerRecord, { state: S }>;

type AnyKey<T> = T extends unknown ? keyof T : never;
type FieldOf<T, Key extends PropertyKey> = T extends unknown ? (Key extends keyof T ? T[Key] : never) : never;

/** Any record, with all that some state may hold: for whoever shows records and does not move them. */
export type RecordView = Pick<LedgerRecord, keyof LedgerRecord> & {
  [Key in AnyKey<LedgerRecord>]?: FieldOf<LedgerRecord, Key> | undefined;
};

/** An invoice that Chorus Pro has: commands about it make sense. */
export type InvoiceInChorusPro = RecordIn<'followed' | 'settled' | 'rejected'> &
  z.infer<z.ZodObject<typeof inChorusPro>>;

export function isInChorusPro(record: LedgerRecord): record is InvoiceInChorusPro {
  const { chorusProId, status, submittedAt }: RecordView = record;
  return chorusProId !== undefined && status !== undefined && submittedAt !== undefined;
}

/** What the invoice is, whole: the part of a record that a new command replaces. */
export type Content = z.infer<z.ZodObject<typeof content>>;

export const invoiceKey = (key: { environment: string; supplier: string; number: string }): string =>
  `invoice#${key.environment}#${key.supplier}#${key.number}`;

export const commandKey = (messageId: string): string => `command#${messageId}`;
