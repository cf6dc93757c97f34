import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';
import { cloudEventSchema } from '../invoice/events.ts';
import { termsSchema } from '../invoice/terms.ts';
import { isWorksFramework, type WorksFramework } from '../works/documents.ts';
import { worksRecordSchema } from '../works/record.ts';
import { lifeEntrySchema } from './life.ts';

/**
 * The record of one invoice in the ledger: one item of the table. Its state decides which fields it has. Amounts are
 * decimal strings, dates ISO, instants ISO in UTC. When a record moves, fields that the new state lacks are dropped.
 */

const instant = z.iso.datetime();

const reasonSchema = z.object({ code: z.string(), path: z.string(), fr: z.string(), en: z.string() });

const core = {
  /**
   * `invoice#<environment>#<supplier SIRET>#<number>`, perhaps with `#<year>` (docs/adr/0016-identity.md), or
   * `command#<message id>` if a command has no such key.
   */
  pk: z.string(),
  /** Increases by one with each write: the optimistic lock. */
  version: z.int().positive(),
  /** Identifies the write, so that a writer that got no reply recognises its own write. */
  writeId: z.string(),
  connection: z.string(),
  /**
   * `<connection>/<supplier SIRET>/<number>`, with `#<year>` if the key has it, or `<connection>/-/message <id>` if a
   * command has no such key.
   */
  subject: z.string(),
  /** The key of the original command in the document store. */
  commandKey: z.string(),
  documents: z.array(z.object({ name: z.string(), sha256: z.string() })),
  /** The last messages handled for this record, to recognise a late duplicate of one of them. */
  messageIds: z.array(z.string()),
  attempts: z.int().nonnegative(),
  /** The number of the last event; the events of one invoice are numbered 1, 2, 3 … */
  sequence: z.int().nonnegative(),
  /** Events that have not been published yet. */
  outbox: z.array(cloudEventSchema),
  /**
   * For the index `due`: when a poll must process the record, for its next step or its outbox. Absent: nothing to do.
   */
  dueAt: instant.optional(),
  /** For the index `watch`: when a followed invoice must be looked up if nothing was heard of it until then. */
  watchAt: instant.optional(),
  /** For the index `open`: since when the invoice has been open. Absent: it is in a final state. */
  openSince: instant.optional(),
  createdAt: instant,
  updatedAt: instant,
  /** What happened to it: life.ts. Absent in a record that an earlier version wrote. */
  life: z.array(lifeEntrySchema).optional(),
  /** How many entries were left out of the middle of `life`. */
  lifeLeftOut: z.int().positive().optional(),
  /**
   * Somebody has said that no action is needed, on what the record asked for then (any other need counts again), and
   * since when the record had asked for it; `why` in that person's words.
   */
  dismissed: z
    .object({
      ...{ by: z.string(), at: instant, need: z.string() },
      ...{ since: instant.optional(), why: z.string().optional() },
    })
    .optional(),
};

/** What the recipient keeps back of an invoice for a time: a deduction of the kind `retention`. */
const retentionSchema = z.object({
  /** As on the invoice: "Retenue de garantie". */
  name: z.string(),
  /** In the invoice's currency, positive; negative: the invoice gives it back, and does not say which. */
  amount: z.string(),
  /** The day on which it should be released, ISO. Absent: it is given back, or it is a credit note's. */
  until: z.iso.date().optional(),
  /** The command did not say until when: the day is counted by the connection's settings. */
  expected: z.literal(true).optional(),
  /** The command did not say it, and the day is counted from the acceptance of the works: on which day, who said so. */
  accepted: z.object({ on: z.iso.date(), by: z.string(), at: instant }).optional(),
  /** When the ERP must next be reminded of it. */
  remindAt: instant.optional(),
});
export type Retention = z.infer<typeof retentionSchema>;

/** `of`: the key of a record; `name`: that of its retention; `amount`: positive. */
const releaseSchema = z.object({ of: z.string(), name: z.string(), amount: z.string() });
export type Release = z.infer<typeof releaseSchema>;

/** The invoice itself. A refused command may contain only a part of it. */
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
  /** Total with VAT, after a discount. Absent, like the next fields, in a record that an earlier version wrote. */
  totalWithVat: z.string().optional(),
  /** Contract number (numéro de marché), and commitment number (numéro d'engagement). */
  contract: z.string().optional(),
  commitment: z.string().optional(),
  /** What the recipient keeps back of it. */
  retentions: z.array(retentionSchema).optional(),
  /** What it releases of the retentions of earlier invoices: the key of each one's record, which of them, how much. */
  releases: z.array(releaseSchema).optional(),
  /** The keys of the records that release its retentions. What they say counts, as long as their invoices stand. */
  releasedBy: z.array(z.string()).optional(),
  /** SHA-256 of everything that is sent. */
  digest: z.string(),
  /** `pdf`: Chorus Pro's reply confirms the invoice; `flux`: a file is deposited, and its report comes later. */
  route: z.enum(['pdf', 'flux']),
  /** What the connection's settings decided because the command did not. */
  terms: termsSchema,
  /** Of a document of a works contract: what its own events and the next statement need. */
  works: worksRecordSchema.optional(),
  /** The keys of works documents that answer or replace this one. They count, as long as they stand. */
  succeededBy: z.array(z.string()).optional(),
};

/** The recipient never reports payments: an earlier status is the last. */
const paymentNotReported = z.boolean().optional();

const invoice = { ...core, ...content, paymentNotReported };
const incomplete = {
  ...core,
  ...z.object(content).partial().shape,
  paymentNotReported,
  /** The invoice's own file, and its key, if the command gave that: perhaps nothing else says which invoice it was. */
  file: z.object({ name: z.string(), key: z.string().optional() }).optional(),
};

/** When a poll must do something for this state: at the lease's end, for the next look, for the next try. */
const nextStepAt = instant;

/** Since when we do not know whether Chorus Pro has the invoice, and why. */
const doubt = z.object({
  since: instant,
  why: z.string(),
  /** How many times this has happened; again while the operation failed for everybody does not count. */
  times: z.int().positive(),
  /** When the first of these doubts began. */
  began: instant.optional(),
  /** When the ERP last heard that it lasts. */
  toldAt: instant.optional(),
  /** Why a repeated attempt was refused: perhaps only because an earlier attempt had succeeded. */
  refusal: z.array(reasonSchema).optional(),
  /** Each attempt before the refused one was turned away: no outcome was unknown. */
  turnedAway: z.literal(true).optional(),
  /** The numbers of the files that earlier attempts deposited. */
  deposits: z.array(z.string()).optional(),
});

/**
 * What earlier attempts uploaded: Chorus Pro's ids, in the order of `documents`, or of the attachments of a command.
 */
const uploadsSchema = z.object({ at: instant, ids: z.array(z.int()) });
export type Uploads = z.infer<typeof uploadsSchema>;
const uploads = uploadsSchema.optional();

const deposit = { depositId: z.string(), depositedAt: instant };
const earlierDeposit = z.object(deposit).partial().shape;

/** The latest known status of an invoice in Chorus Pro: since when, when we saw it, and the recipient's motive. */
const status = z.object({
  code: z.string(),
  /** Absent right after a submission: its reply does not say. */
  at: instant.optional(),
  observedAt: instant,
  motive: z.string().optional(),
});

const inChorusPro = {
  /** Chorus Pro's identifier of the invoice. */
  chorusProId: z.int(),
  status,
  /** When Chorus Pro received it, as far as we know: the payment term starts here. */
  submittedAt: instant,
};

const sinceThen = {
  ...earlierDeposit,
  /** The last day on which the payment is in time, as of the last look at its history: ISO, in Paris's calendar. */
  paymentDue: z.iso.date().optional(),
  /** When the ERP was told that the payment is late. */
  lateToldAt: instant.optional(),
  /** The day on which it was first paid, in Paris's calendar, if that was after `paymentDue`: ISO. */
  paidLateOn: z.iso.date().optional(),
  /** Its payment was reported, and then it moved again: it is not late. */
  paidBefore: z.literal(true).optional(),
  /** The ERP was told that it is paid, and then it moved again: it is not told so twice. */
  paidTold: z.literal(true).optional(),
  /** The last command that was carried out, and when: Chorus Pro may show the status that asked for it for a while. */
  answered: z.object({ type: z.string(), at: instant }).optional(),
  /** Why the last command could not be carried out; gone once one was. */
  refusedCommand: z.object({ messageId: z.string(), reasons: z.array(reasonSchema) }).optional(),
  /** What commands have corrected since the invoice was sent. */
  corrected: z
    .object({
      recipient: z.object({ siret: z.string(), service: z.string().optional() }),
      commitment: z.string(),
      contract: z.string(),
      validator: z.object({ siret: z.string() }),
    })
    .partial()
    .optional(),
  /** A command that may not have been carried out yet: its message, since when, and until when a function holds it. */
  pendingCommand: z
    .object({
      messageId: z.string(),
      type: z.string(),
      since: instant,
      until: instant,
      /** It was turned away: others need not wait for it, but before it is sent again its effect is looked for. */
      turnedAway: z.literal(true).optional(),
      uploads,
    })
    .optional(),
  /** Commands without an answer, and when another one was sent: any effect of theirs came before that. */
  unansweredCommands: z.array(z.object({ messageId: z.string(), since: instant, until: instant })).optional(),
  /** The last messages whose commands were carried out or refused. */
  endedCommands: z.array(z.string()).optional(),
};

export const recordSchema = z.discriminatedUnion('state', [
  z.object({ ...invoice, state: z.literal('accepted'), nextStepAt, doubt: doubt.optional(), uploads }),
  z.object({
    ...invoice,
    state: z.literal('sending'),
    nextStepAt,
    lease: z.object({ until: instant }),
    doubt: doubt.optional(),
    uploads,
  }),
  z.object({ ...invoice, ...earlierDeposit, state: z.literal('in-doubt'), nextStepAt, doubt }),
  z.object({ ...invoice, ...deposit, state: z.literal('deposited'), nextStepAt, doubt: doubt.optional() }),
  z.object({ ...invoice, ...inChorusPro, ...sinceThen, state: z.literal('followed'), nextStepAt }),
  z.object({ ...invoice, ...inChorusPro, ...sinceThen, state: z.literal('settled') }),
  z.object({
    ...invoice,
    // Without these fields a file was rejected, and no invoice was created.
    ...z.object(inChorusPro).partial().shape,
    ...sinceThen,
    state: z.literal('rejected'),
    reasons: z.array(reasonSchema).optional(),
  }),
  z.object({
    ...incomplete,
    ...earlierDeposit,
    state: z.literal('refused'),
    reasons: z.array(reasonSchema),
    /** The type of the command, if it is one about an invoice: its refusal says nothing about the invoice itself. */
    command: z.string().optional(),
  }),
  z.object({ ...incomplete, state: z.literal('withheld'), reasons: z.array(reasonSchema) }),
]);

export type LedgerRecord = z.infer<typeof recordSchema>;
export type State = LedgerRecord['state'];
export type RecordIn<S extends State> = Extract<LedgerRecord, { state: S }>;

type AnyKey<T> = T extends unknown ? keyof T : never;
type FieldOf<T, Key extends PropertyKey> = T extends unknown ? (Key extends keyof T ? T[Key] : never) : never;

/** Any record, with the fields of all states: for code that shows records and does not move them. */
export type RecordView = Pick<LedgerRecord, keyof LedgerRecord> & {
  [Key in AnyKey<LedgerRecord>]?: FieldOf<LedgerRecord, Key> | undefined;
};

/** An invoice that Chorus Pro has: the ERP may send commands about it. */
export type InvoiceInChorusPro = RecordIn<'followed' | 'settled' | 'rejected'> &
  z.infer<z.ZodObject<typeof inChorusPro>>;

export function isInChorusPro(record: LedgerRecord): record is InvoiceInChorusPro {
  const { chorusProId, status, submittedAt }: RecordView = record;
  return chorusProId !== undefined && status !== undefined && submittedAt !== undefined;
}

/** The complete invoice: the part of a record that a new command replaces. */
export type Content = z.infer<z.ZodObject<typeof content>>;

interface InvoiceKey {
  environment: string;
  supplier: string;
  number: string;
  /** Of a supplier whose numbers begin anew each year: the year of the issue date. */
  year?: string | undefined;
}

export const invoiceKey = ({ environment, supplier, number, year }: InvoiceKey): string =>
  `invoice#${environment}#${supplier}#${number}${year === undefined ? '' : `#${year}`}`;

/** @param issueDate ISO */
export const yearOf = (issueDate: string): string => issueDate.slice(0, 4);

/** Whether a record's key has its year, since the supplier's numbers begin anew each January. */
export const isNumberedPerYear = ({ pk }: Pick<LedgerRecord, 'pk'>): boolean => pk.split('#').length > 4;

const ofMessage = 'command#';
export const commandKey = (messageId: string): string => `${ofMessage}${messageId}`;

/** Whether a record only says what became of a message: the invoice that the message names may have its own record. */
export const isAboutMessage = ({ pk }: Pick<LedgerRecord, 'pk'>): boolean => pk.startsWith(ofMessage);

interface Framed {
  terms?: { framework: string } | undefined;
}

/** Whether it is a document of a works contract, by its framework. */
export const isWorksDocument = (record: Framed): boolean => worksFrameworkOf(record) !== undefined;

/** @returns undefined for an invoice */
export const worksFrameworkOf = ({ terms }: Framed): WorksFramework | undefined =>
  terms !== undefined && isWorksFramework(terms.framework) ? terms.framework : undefined;
