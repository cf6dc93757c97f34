/** The events that tell the ERP about an invoice: their types and their format. */
import * as z from 'zod';

/** `action`: someone must do something. `fr` and `en`: the sentence for people, unless the event has a better one. */
export const eventTypes = {
  accepted: {
    action: false,
    fr: 'Facture contrôlée : envoi à Chorus Pro en cours.',
    en: 'Checked; on its way to Chorus Pro.',
  },
  withheld: {
    action: false,
    fr: 'Facture non transmise à Chorus Pro, selon les réglages.',
    en: 'Not sent to Chorus Pro, as the settings require.',
  },
  refused: {
    action: true,
    fr: 'Facture non déposée dans Chorus Pro : voir les motifs.',
    en: 'Not submitted to Chorus Pro: see the reasons.',
  },
  repeated: {
    action: false,
    fr: 'Facture déjà connue : rien n’est envoyé une seconde fois.',
    en: 'Already known: nothing is sent a second time.',
  },
  deposited: {
    action: false,
    fr: 'Fichier déposé, compte rendu attendu.',
    en: 'File deposited, waiting for its report.',
  },
  submitted: { action: false, fr: 'Facture déposée dans Chorus Pro.', en: 'Submitted to Chorus Pro.' },
  'status-changed': { action: false, fr: 'Nouvel état dans Chorus Pro.', en: 'New status in Chorus Pro.' },
  'action-needed': {
    action: true,
    fr: 'Une action est attendue de votre part.',
    en: 'Chorus Pro is waiting for you to act.',
  },
  rejected: { action: true, fr: 'Facture rejetée.', en: 'Rejected.' },
  paid: { action: false, fr: 'Facture mise en paiement.', en: 'Payment issued.' },
  late: {
    action: false,
    fr: 'Délai légal de paiement dépassé.',
    en: 'The legal payment term has passed.',
  },
  'in-doubt': {
    action: false,
    fr: 'Chorus Pro n’a pas donné de réponse certaine : le relais vérifie avant tout nouvel envoi.',
    en: 'Chorus Pro gave no clear reply: the relay checks before it sends again.',
  },
  answered: {
    action: false,
    fr: 'Votre demande a été exécutée dans Chorus Pro.',
    en: 'Your request was carried out in Chorus Pro.',
  },
  'answer-refused': {
    action: true,
    fr: 'Votre demande n’a pas pu être exécutée : voir les motifs.',
    en: 'Your request could not be carried out: see the reasons.',
  },
  failed: {
    action: true,
    fr: 'L’envoi est bloqué : une intervention est nécessaire.',
    en: 'The submission is stuck: someone must step in.',
  },
} as const satisfies Record<string, { action: boolean; fr: string; en: string }>;

export type EventType = keyof typeof eventTypes;

export const isEventType = (type: string): type is EventType => Object.hasOwn(eventTypes, type);

export const typeOf = <Type extends EventType>(type: Type) => `chorus-relay.invoice.${type}.v1` as const;

const reasonSchema = z.object({
  code: z.string().describe('A stable code, for programs: docs/reasons.md.'),
  path: z.string().describe('Where in the command: `invoice.lines[0].net`; empty if it is about the whole command.'),
  fr: z.string().describe('The sentence in French.'),
  en: z.string().describe('The sentence in English.'),
});

const statusSchema = z.object({
  code: z.string().describe('The status as Chorus Pro spells it: docs/statuses.md.'),
  at: z.string().optional().describe('Since when: ISO 8601, UTC. Absent if Chorus Pro did not say.'),
  fr: z.string().describe('Its meaning in French.'),
  en: z.string().describe('Its meaning in English.'),
  motive: z.string().optional().describe('The recipient’s own words.'),
  answer: z
    .string()
    .optional()
    .describe(
      'The command with which the ERP can respond. Absent if none helps: `message` says what a person must do.',
    ),
});

const euros = 'In euros, a decimal string: ';

const interestSchema = z.object({
  since: z.iso.date().describe('The first day that counts, YYYY-MM-DD: the day after the last day of the term.'),
  until: z.iso
    .date()
    .describe('The last day that counts, YYYY-MM-DD: that of the payment, or the day of the event if it is not paid.'),
  rate: z
    .string()
    .optional()
    .describe('Percent a year: "10.40". Absent, as are `amount` and `perDay`, if the relay does not know the rate.'),
  amount: z.string().optional().describe(`What has run so far. ${euros}"99.16".`),
  perDay: z.string().optional().describe(`What each further day adds, rounded. ${euros}"3.42".`),
  indemnity: z.string().describe(`What is owed once for the recovery. ${euros}"40.00".`),
});

/** Everything the ERP needs to book the event, so that it need not call back. */
const eventDataSchema = z.object({
  connection: z.string().describe('The connection that the message named.'),
  environment: z.string().optional().describe('`production` or `qualification`.'),
  messageId: z.string().optional().describe('The SQS message that brought the invoice.'),
  supplier: z.string().optional().describe('The supplier’s SIRET.'),
  number: z.string().optional().describe('The invoice’s number.'),
  invoiceType: z
    .enum(['invoice', 'credit-note'])
    .optional()
    .describe('A credit note’s amount is positive too: deduct it.'),
  recipient: z
    .string()
    .optional()
    .describe('The recipient’s SIRET; of a refused command as it gave it, even if it is wrong.'),
  amount: z
    .string()
    .optional()
    .describe(
      'Amount due: VAT included, less discount, earlier payments and deductions such as a retention. A decimal string in `currency`: "1200.00".',
    ),
  currency: z.string().optional().describe('Three capital letters: "EUR".'),
  issueDate: z.string().optional().describe('The invoice’s issue date, YYYY-MM-DD.'),
  state: z
    .string()
    .optional()
    .describe(
      'The invoice’s state in the ledger after the event: docs/ledger.md. Absent if the event is only about a message.',
    ),
  chorusProId: z.int().optional().describe('Chorus Pro’s id of the invoice.'),
  depositId: z.string().optional().describe('Chorus Pro’s number for the deposit of an e-invoice’s file.'),
  status: statusSchema.optional().describe('Chorus Pro’s status, if the event is about one.'),
  history: z.array(statusSchema).optional().describe('If a person must act: the statuses so far, oldest first.'),
  next: z
    .object({
      actor: z
        .string()
        .describe(
          '`main-contractor`, `lead`, `co-contractor`, `subcontractor`, `project-manager`, `works-owner`, `recipient`, `chorus-pro` or `nobody`.',
        ),
      until: z.iso.date().optional().describe('The last day, YYYY-MM-DD, as of Paris; absent if no time is known.'),
      fr: z.string().describe('The sentence in French.'),
      en: z.string().describe('The sentence in English.'),
    })
    .optional()
    .describe('Of a document of a works contract: who must act next, and until when. docs/works.md has the times.'),
  late: z
    .object({
      dueDate: z.iso
        .date()
        .describe(
          'The last day of the legal payment term, YYYY-MM-DD; of the longest one if the kind of body is not known.',
        ),
      days: z.int().describe('How many days ago that was; with `paid`, how many days before the payment.'),
      interest: interestSchema
        .optional()
        .describe(
          'What the recipient owes for it (intérêts moratoires): docs/interest.md. Absent if the amount is not in euros.',
        ),
    })
    .optional()
    .describe('With `late`, and with `paid` if the payment was late: how late it is, and what that is worth.'),
  reasons: z.array(reasonSchema).optional().describe('Why it was not done: all reasons at once.'),
  notes: z
    .array(reasonSchema)
    .optional()
    .describe(
      'With `accepted`: what was tolerated or has no effect, for example VAT that was rounded line by line, or an IBAN that Chorus Pro does not know. With `answered`: what to check, for example that a validator is a public body.',
    ),
  command: z
    .object({
      type: z.string().optional().describe('Its type. Absent if the message gives none.'),
      messageId: z.string().describe('The SQS message that brought it.'),
    })
    .optional()
    .describe('The command that this event responds to.'),
  document: z
    .object({
      key: z.string().describe('Its key in the document store.'),
      name: z.string().describe('Its file name.'),
    })
    .optional()
    .describe(
      'With `refused` and `withheld`: the invoice’s own file, if its key was named, or if it came without a command. With `answered`: the file that `invoice.fetch` fetched.',
    ),
  sequence: z.int().positive().describe('The event’s place among the events of its invoice: 1, 2, 3 …'),
  actionNeeded: z.boolean().describe('Whether someone must do something.'),
  message: z
    .object({ fr: z.string().describe('In French.'), en: z.string().describe('In English.') })
    .describe('The sentence for the person.'),
});

export type EventData = z.infer<typeof eventDataSchema>;

export const cloudEventSchema = z
  .object({
    specversion: z.literal('1.0').describe('CloudEvents’ version.'),
    id: z.string().describe('The same each time this event is published: ignore an id that you have seen.'),
    source: z.string().describe('`chorus-relay/<connection>`.'),
    type: z.string().describe('What happened: docs/events.md.'),
    subject: z
      .string()
      .describe(
        '`<connection>/<supplier>/<number>`: the invoice, with `#<year>` if the supplier’s numbers begin anew each year; `<connection>/-/message <id>` if it is only about a message.',
      ),
    time: z.iso.datetime().describe('When it happened: ISO 8601, UTC.'),
    datacontenttype: z.literal('application/json').describe('The format of `data`.'),
    data: eventDataSchema.describe('What happened to which invoice.'),
  })
  .describe('What happened to an invoice, as CloudEvents 1.0 in JSON.');

export type InvoiceEvent = z.infer<typeof cloudEventSchema>;
