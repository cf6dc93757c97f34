/** An event of each type, as an ERP receives it: one invoice's life, and what may happen to others. */
import { statuses } from '../../shared/chorus-pro/statuses.ts';
import {
  eventTypes,
  isEventType,
  typeOf,
  type EventData,
  type EventType,
  type InvoiceEvent,
} from '../../shared/invoice/events.ts';
import { commandsDone } from '../../shared/invoice/invoice-commands.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { CredentialsReminder } from '../../shared/messaging/credentials-event.ts';
import type { OrderNotified } from '../../shared/messaging/order-event.ts';
import type { RetentionDue } from '../../shared/messaging/retention-event.ts';
import type { ValidationEvent } from '../../shared/messaging/validation-event.ts';
import { lateTold } from '../../shared/tracking/late-told.ts';
import type { validationEvent, ValidationEventType } from '../../shared/validations/event.ts';

const messageId = '0d1b3c5e-8f2a-4c6d-9e7f-1a2b3c4d5e6f';
const invoice = {
  connection: 'example',
  environment: 'qualification',
  supplier: '99910001900010',
  number: 'FA-2026-0101',
};
const owed = { type: 'invoice', amount: '21031.30', currency: 'EUR' } as const;
const key = `invoice#${invoice.environment}#${invoice.supplier}#${invoice.number}`;
const at = '2026-11-23T08:00:00.000Z';

const status = (code: keyof typeof statuses, motive?: string) => {
  const { fr, en } = statuses[code];
  return { status: { code, at, fr, en, ...(motive === undefined ? {} : { motive }) } };
};

const told = lateTold(owed, { dueDate: '2026-12-23', isLongest: false }, new Date('2026-12-31T08:00:00.000Z'));

/** Of a refusal for one reason: the event's message says it. */
const refusedFor = (why: Reason): Pick<EventData, 'reasons' | 'message'> => ({
  reasons: [why],
  message: { fr: why.fr, en: why.en },
});

/** What each adds to the invoice's own data. */
const particulars: Readonly<Record<EventType, Partial<EventData>>> = {
  accepted: { state: 'sending' },
  withheld: { state: 'withheld', reasons: [reason('customer-not-chorus-pro', 'customer.chorusPro')] },
  refused: {
    state: 'refused',
    ...refusedFor(reason('service-required', 'invoice.recipient.service', { value: '12345678200051' })),
    document: { name: `${invoice.number}.pdf`, key: `incoming/${invoice.connection}/${invoice.number}.pdf` },
  },
  repeated: {
    state: 'followed',
    reasons: [
      reason('same-invoice', 'invoice.number', {
        value: invoice.number,
        standing: statuses.DEPOSEE,
        next: { fr: 'Rien à faire.', en: 'Nothing to do.' },
      }),
    ],
    command: { type: 'invoice.submit', messageId },
  },
  deposited: { state: 'deposited', depositId: 'CPP_000000001' },
  submitted: { state: 'followed', chorusProId: 7_001, ...status('DEPOSEE') },
  'status-changed': { state: 'followed', chorusProId: 7_001, ...status('MISE_A_DISPOSITION') },
  'action-needed': { state: 'followed', chorusProId: 7_001, ...status('SUSPENDUE', 'Joindre le métré.') },
  rejected: { state: 'rejected', chorusProId: 7_001, ...status('REJETEE', 'Facture reçue en double.') },
  paid: { state: 'settled', chorusProId: 7_001, ...status('MISE_EN_PAIEMENT') },
  late: { state: 'followed', chorusProId: 7_001, late: told.late, ...(told.message ? { message: told.message } : {}) },
  'in-doubt': { state: 'in-doubt' },
  answered: {
    state: 'followed',
    chorusProId: 7_001,
    command: { type: 'invoice.status', messageId },
    message: commandsDone['invoice.status'],
  },
  'answer-refused': {
    state: 'followed',
    chorusProId: 7_001,
    command: { type: 'invoice.complete', messageId },
    ...refusedFor(reason('nothing-to-complete')),
  },
  failed: { state: 'in-doubt' },
};

const eventOf = (type: EventType, sequence: number): InvoiceEvent => {
  const { action, fr, en } = eventTypes[type];
  return {
    specversion: '1.0',
    id: `${key}#${sequence}`,
    source: `chorus-relay/${invoice.connection}`,
    type: typeOf(type),
    subject: [invoice.connection, invoice.supplier, invoice.number].join('/'),
    time: at,
    datacontenttype: 'application/json',
    data: {
      ...{ ...invoice, recipient: '12345678200051', amount: owed.amount, currency: owed.currency },
      ...{ issueDate: '2026-11-05', invoiceType: owed.type, messageId },
      ...{ sequence, actionNeeded: action, message: { fr, en } },
      ...particulars[type],
    },
  };
};

export const eventExamples = Object.fromEntries(
  Object.keys(eventTypes)
    .filter(isEventType)
    .map((type, i) => [type, eventOf(type, i + 1)]),
);

export const reminderExample: CredentialsReminder = {
  specversion: '1.0',
  id: 'credentials#example#piste-secret#2026-12-07#14',
  source: 'chorus-relay/example',
  type: 'chorus-relay.credentials.reminder.v1',
  subject: 'example/-/piste-secret',
  time: at,
  datacontenttype: 'application/json',
  data: {
    connection: 'example',
    environment: 'qualification',
    credential: 'piste-secret',
    due: '2026-12-07',
    daysLeft: 14,
    actionNeeded: true,
    message: {
      fr: 'Le secret client PISTE de la connexion « example » est à renouveler avant le 7 décembre 2026.',
      en: 'The PISTE client secret of the connection "example" should be renewed by 2026-12-07.',
    },
  },
};

type Particulars = Pick<ValidationEvent['data'], 'outcome' | 'by' | 'reasons' | 'command'>;
const answered = { type: 'validation.answer', messageId } as const;

/** A subcontractor's request on its tenth day, and what each event adds. */
export const requestExample: {
  settings: Parameters<typeof validationEvent>[0];
  request: Parameters<typeof validationEvent>[1]['request'];
  at: Date;
  particulars: Readonly<Record<ValidationEventType, Particulars>>;
} = {
  settings: { name: 'example', environment: 'qualification' },
  at: new Date('2026-12-03T08:00:00.000Z'),
  request: {
    ...{ chorusProId: 3_000_000_123, round: 1, number: 'ST-2026-07', type: 'invoice', worksDocument: false },
    validator: { siret: '99910001900010' },
    subcontractor: { siret: '99910006800017', name: 'Charpentes Morel' },
    recipient: { siret: '12345678200051', name: 'Commune de Valbrume' },
    ...{ contract: '2026-BAT-1', taxExclusive: '8400.00', taxInclusive: '8400.00', due: '8400.00', currency: 'EUR' },
    ...{ issueDate: '2026-11-22', deposited: '2026-11-23' },
  },
  particulars: {
    requested: {},
    due: {},
    tacit: {},
    answered: { outcome: 'accepted', by: 'relay', command: answered },
    'answer-refused': {
      reasons: [reason('refusal-reason-unknown', 'reason', { value: 'PRIX', known: 'AUTRE (Autre motif)' })],
      command: answered,
    },
  },
};

export const orderExample: OrderNotified = {
  specversion: '1.0',
  id: 'order#example#1501966748#2026-11-20',
  source: 'chorus-relay/example',
  type: 'chorus-relay.order.notified.v1',
  subject: 'example/-/order 1501966748',
  time: at,
  datacontenttype: 'application/json',
  data: {
    connection: 'example',
    environment: 'production',
    supplier: '99910001900010',
    number: '1501966748',
    notifiedAt: '2026-11-20T08:30:00.000Z',
    recipient: { siret: '11000201100044', name: 'État', service: 'AAASCPV', serviceName: 'Service acheteur' },
    amount: '48000.00',
    currency: 'EUR',
    invoiced: '0.00',
    actionNeeded: false,
    message: {
      fr: 'L’État a notifié le bon de commande 1501966748 à Constructions Duval le 20 novembre 2026, d’un montant de 48 000,00 € TTC. À facturer : SIRET 11000201100044, service AAASCPV.',
      en: 'The State has notified the order 1501966748 to Constructions Duval on 2026-11-20, of 48000.00 EUR with VAT. To be invoiced to: SIRET 11000201100044, service AAASCPV.',
    },
  },
};

export const retentionExample: RetentionDue = {
  ...{ specversion: '1.0', datacontenttype: 'application/json', type: 'chorus-relay.retention.due.v1' },
  ...{ source: 'chorus-relay/example', time: '2028-03-01T06:15:00.000Z', subject: 'example/99910001900010/F-118' },
  id: 'invoice#production#99910001900010#F-118#retention 0#2028-03-31#before',
  data: {
    ...{ connection: 'example', environment: 'production', supplier: '99910001900010', number: 'F-118' },
    ...{ retention: 'Retenue de garantie', amount: '1020.00', held: '1020.00', currency: 'EUR', daysLeft: 30 },
    ...{ until: '2028-03-31', expected: false, issueDate: '2026-11-18', recipient: '12345678200051' },
    actionNeeded: true,
    message: {
      fr: '« Retenue de garantie » sur la facture F-118 : 1\u202f020,00\u00a0€ encore retenus, à libérer le 31 mars 2028. Demandez-en le versement par une facture qui désigne celle-ci.',
      en: '"Retenue de garantie" on the invoice F-118: 1020.00 EUR is still held, to be released on 2028-03-31. Ask for it by an invoice that names this one.',
    },
  },
};
