import * as z from 'zod';

/**
 * What the ERP is told, by type. `action` says that somebody must do something; `fr` is the sentence for the person, with
 * `{…}` filled from the event's data.
 */
export const eventTypes = {
  accepted: {
    action: false,
    fr: 'Facture contrôlée, envoi à Chorus Pro en cours.',
    en: 'Checked; on its way to Chorus Pro.',
  },
  withheld: {
    action: false,
    fr: 'Facture non transmise à Chorus Pro selon les réglages.',
    en: 'Withheld by the settings.',
  },
  refused: { action: true, fr: 'Facture refusée : voir les motifs.', en: 'Refused: see the reasons.' },
  deposited: {
    action: false,
    fr: 'Fichier déposé, compte rendu attendu.',
    en: 'File deposited; its report is awaited.',
  },
  submitted: { action: false, fr: 'Facture déposée dans Chorus Pro.', en: 'Submitted to Chorus Pro.' },
  'status-changed': { action: false, fr: 'Nouvel état dans Chorus Pro.', en: 'New status in Chorus Pro.' },
  'action-needed': { action: true, fr: 'Une action est attendue de vous.', en: 'You are expected to act.' },
  rejected: { action: true, fr: 'Facture rejetée.', en: 'Rejected.' },
  paid: { action: false, fr: 'Facture mise en paiement.', en: 'Payment issued.' },
  late: { action: false, fr: 'Délai légal de paiement dépassé.', en: 'The legal term of payment has passed.' },
  'in-doubt': {
    action: false,
    fr: 'Chorus Pro n’a pas répondu : le relais vérifie avant tout nouvel envoi.',
    en: 'Chorus Pro did not answer: the relay looks before it sends again.',
  },
  answered: { action: false, fr: 'Votre demande est faite dans Chorus Pro.', en: 'Done in Chorus Pro as asked.' },
  'answer-refused': {
    action: true,
    fr: 'Votre demande n’a pas été faite : voir les motifs.',
    en: 'Not done as asked: see the reasons.',
  },
  failed: { action: true, fr: 'L’envoi demande une intervention.', en: 'The sending needs a person.' },
} as const;

export type EventType = keyof typeof eventTypes;

export const isEventType = (type: string): type is EventType => Object.hasOwn(eventTypes, type);

const reasonSchema = z.object({ code: z.string(), path: z.string(), fr: z.string(), en: z.string() });

/** A status of Chorus Pro as a person reads it, since when (ISO), and the recipient's words. */
const statusSchema = z.object({
  code: z.string(),
  at: z.string().optional(),
  fr: z.string(),
  en: z.string(),
  motive: z.string().optional(),
  /** The command by which the ERP answers it. */
  answer: z.string().optional(),
});

/** All that is needed to book the event: no call back. */
const eventDataSchema = z.object({
  connection: z.string(),
  environment: z.string().optional(),
  /** The SQS message that the invoice came with. */
  messageId: z.string().optional(),
  supplier: z.string().optional(),
  number: z.string().optional(),
  /** A credit note's amount is positive too: it is to be deducted. */
  invoiceType: z.enum(['invoice', 'credit-note']).optional(),
  recipient: z.string().optional(),
  /** Amount due, VAT included, less discount and what was paid before; in `currency`. */
  amount: z.string().optional(),
  currency: z.string().optional(),
  issueDate: z.string().optional(),
  /** The relay's state after the event. */
  state: z.string(),
  chorusProId: z.int().optional(),
  depositId: z.string().optional(),
  status: statusSchema.optional(),
  /** Where a person must act: the statuses it went through, oldest first. */
  history: z.array(statusSchema).optional(),
  /** The last day of the legal term of payment (ISO), and by how many days it has passed. */
  late: z.object({ dueDate: z.iso.date(), days: z.int() }).optional(),
  reasons: z.array(reasonSchema).optional(),
  /** The command that is answered, and the message it came with. */
  command: z.object({ type: z.string(), messageId: z.string() }).optional(),
  /** What was fetched, by its key in the document store. */
  document: z.object({ key: z.string(), name: z.string() }).optional(),
  /** The event's place among those of its invoice: 1, 2, 3 … */
  sequence: z.int().positive(),
  actionNeeded: z.boolean(),
  message: z.object({ fr: z.string(), en: z.string() }),
});

export type EventData = z.infer<typeof eventDataSchema>;

/** CloudEvents 1.0 in JSON. The id is the same each time the event is published: consumers drop what they have seen. */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: eventDataSchema,
});

export type InvoiceEvent = z.infer<typeof cloudEventSchema>;

export const typeOf = (type: EventType): string => `chorus-relay.invoice.${type}.v1`;
