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

const reasonSchema = z.object({
  code: z.string().describe('Stable code, for the machine: docs/reasons.md.'),
  path: z.string().describe('Where in the command: `invoice.lines[0].net`; empty for the whole.'),
  fr: z.string().describe('The sentence in French.'),
  en: z.string().describe('The sentence in English.'),
});

const statusSchema = z.object({
  code: z.string().describe('Chorus Pro’s status, as it spells it: docs/statuses.md.'),
  at: z.string().optional().describe('Since when: ISO 8601, UTC. Missing where Chorus Pro did not say.'),
  fr: z.string().describe('Its meaning in French.'),
  en: z.string().describe('Its meaning in English.'),
  motive: z.string().optional().describe('The recipient’s own words.'),
  answer: z.string().optional().describe('The command by which the ERP answers it.'),
});

/** All that is needed to book the event: no call back. */
const eventDataSchema = z.object({
  connection: z.string().describe('The connection that the message named.'),
  environment: z.string().optional().describe('`production` or `qualification`.'),
  messageId: z.string().optional().describe('The SQS message that the invoice came with.'),
  supplier: z.string().optional().describe('The supplier’s SIRET.'),
  number: z.string().optional().describe('The invoice’s number.'),
  invoiceType: z
    .enum(['invoice', 'credit-note'])
    .optional()
    .describe('A credit note’s amount is positive too: it is to be deducted.'),
  recipient: z.string().optional().describe('The recipient’s SIRET.'),
  amount: z
    .string()
    .optional()
    .describe(
      'Amount due, VAT included, less discount and what was paid before: a decimal string in `currency`, "1200.00".',
    ),
  currency: z.string().optional().describe('Three capital letters: "EUR".'),
  issueDate: z.string().optional().describe('The invoice’s issue date, YYYY-MM-DD.'),
  state: z.string().describe('The relay’s state after the event: docs/ledger.md.'),
  chorusProId: z.int().optional().describe('Chorus Pro’s id of the invoice.'),
  depositId: z.string().optional().describe('Chorus Pro’s number of the deposit, of an e-invoice’s file.'),
  status: statusSchema.optional().describe('Chorus Pro’s status, where the event is about one.'),
  history: z
    .array(statusSchema)
    .optional()
    .describe('Where a person must act: the statuses it went through, oldest first.'),
  late: z
    .object({
      dueDate: z.iso.date().describe('The last day of the legal term of payment, YYYY-MM-DD.'),
      days: z.int().describe('By how many days it has passed.'),
    })
    .optional()
    .describe('With `late`: how late the payment is.'),
  reasons: z.array(reasonSchema).optional().describe('Why it was not done, all at once.'),
  command: z
    .object({
      type: z.string().describe('Its type.'),
      messageId: z.string().describe('The SQS message that it came with.'),
    })
    .optional()
    .describe('The command that is answered.'),
  document: z
    .object({
      key: z.string().describe('Its key in the document store.'),
      name: z.string().describe('Its file name.'),
    })
    .optional()
    .describe('What `invoice.fetch` has fetched.'),
  sequence: z.int().positive().describe('The event’s place among those of its invoice: 1, 2, 3 …'),
  actionNeeded: z.boolean().describe('Whether somebody must do something.'),
  message: z
    .object({ fr: z.string().describe('In French.'), en: z.string().describe('In English.') })
    .describe('The sentence for the person.'),
});

export type EventData = z.infer<typeof eventDataSchema>;

export const cloudEventSchema = z
  .object({
    specversion: z.literal('1.0').describe('CloudEvents’ version.'),
    id: z.string().describe('The same each time the event is published: drop what you have seen.'),
    source: z.string().describe('`chorus-relay/<connection>`.'),
    type: z.string().describe('What happened: docs/events.md.'),
    subject: z
      .string()
      .describe(
        '`<connection>/<supplier>/<number>`: the invoice; `<connection>/-/message <id>` where it is about the message alone.',
      ),
    time: z.iso.datetime().describe('When it happened: ISO 8601, UTC.'),
    datacontenttype: z.literal('application/json').describe('`data` is JSON.'),
    data: eventDataSchema.describe('What happened to which invoice.'),
  })
  .describe('What happened to an invoice, as CloudEvents 1.0 in JSON.');

export type InvoiceEvent = z.infer<typeof cloudEventSchema>;

export const typeOf = (type: EventType): string => `chorus-relay.invoice.${type}.v1`;
