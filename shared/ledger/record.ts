import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';
import { cloudEventSchema } from '../invoice/events.ts';
import { termsSchema } from '../invoice/terms.ts';
import { states } from './states.ts';

const instant = z.iso.datetime();

export const stateSchema = z.enum(Object.keys(states)).pipe(z.custom<keyof typeof states>());

/** The last that is known of an invoice in Chorus Pro: its status, since when, when we saw it, the recipient's motive. */
const statusSchema = z.object({
  code: z.string(),
  /** Absent after a submission, whose answer does not say. */
  at: instant.optional(),
  observedAt: instant,
  motive: z.string().optional(),
});

const reasonSchema = z.object({ code: z.string(), path: z.string(), fr: z.string(), en: z.string() });

/** One invoice, one item. Amounts are decimal strings, dates ISO, instants ISO in UTC. */
export const recordSchema = z.object({
  /** `invoice#<environment>#<supplier SIRET>#<number>`, or `command#<message id>` for what has no such key. */
  pk: z.string(),
  /** Grows by one with each write: the optimistic lock. */
  version: z.int().positive(),
  /** Names the write itself, so that a writer whose reply was lost knows its own work. */
  writeId: z.string(),
  state: stateSchema,
  connection: z.string(),
  environment: environmentSchema.optional(),
  /** `<connection>/<supplier SIRET>/<number>`, as far as known. */
  subject: z.string(),
  supplier: z.string().optional(),
  number: z.string().optional(),
  type: z.enum(['invoice', 'credit-note']).optional(),
  recipient: z.string().optional(),
  /** Amount due, in `currency`. */
  amount: z.string().optional(),
  currency: z.string().optional(),
  issueDate: z.string().optional(),
  /** SHA-256 of what is deposited. */
  digest: z.string().optional(),
  /** Where the command lies in the document store, as it came. */
  commandKey: z.string().optional(),
  /** `pdf`: the answer is the invoice; `flux`: a file is deposited, and its report comes later. */
  route: z.enum(['pdf', 'flux']).optional(),
  /** What the settings decided where the command left it open. */
  terms: termsSchema.optional(),
  documents: z.array(z.object({ name: z.string(), sha256: z.string() })),
  /** The last messages that this record answered: a late duplicate of one of them says nothing new. */
  messageIds: z.array(z.string()),
  attempts: z.int().nonnegative(),
  lease: z.object({ owner: z.string(), until: instant }).optional(),
  /** Since when it is not known whether Chorus Pro has it, why, and the how-manieth doubt it is. */
  doubt: z
    .object({ since: instant, why: z.string(), times: z.int().positive(), refusal: z.array(reasonSchema).optional() })
    .optional(),
  /** What the ERP asked for and Chorus Pro has not certainly answered: by whom it is being asked, until when, since when. */
  asking: z.object({ messageId: z.string(), type: z.string(), since: instant, until: instant }).optional(),
  /** The last messages whose commands were answered. */
  answered: z.array(z.string()).optional(),
  depositId: z.string().optional(),
  depositedAt: instant.optional(),
  /** Chorus Pro's identifier of the invoice. */
  chorusProId: z.int().optional(),
  status: statusSchema.optional(),
  /** When Chorus Pro took it, as far as we saw: the term of payment counts from here. */
  submittedAt: instant.optional(),
  /** When the ERP was told that it is late. */
  lateToldAt: instant.optional(),
  /** Its recipient never reports a payment: an earlier status is the last. */
  paymentNotReported: z.boolean().optional(),
  reasons: z.array(reasonSchema).optional(),
  /** The number of the last event made; events of one invoice are in this order. */
  sequence: z.int().nonnegative(),
  /** Events of this very write that have not left yet. */
  outbox: z.array(cloudEventSchema),
  /** When the state itself wants the relay's attention (lease's end, next look, next try). */
  nextStepAt: instant.optional(),
  /** The index `due`: the earliest of the next step and the outbox. Absent: nothing to do. */
  dueAt: instant.optional(),
  /** The index `open`: since when its state is none that ends. Absent: it is at an end. */
  openSince: instant.optional(),
  createdAt: instant,
  updatedAt: instant,
});

export type LedgerRecord = z.infer<typeof recordSchema>;

export const invoiceKey = (key: { environment: string; supplier: string; number: string }): string =>
  `invoice#${key.environment}#${key.supplier}#${key.number}`;

export const commandKey = (messageId: string): string => `command#${messageId}`;
