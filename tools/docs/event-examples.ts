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
import { reason } from '../../shared/invoice/reasons.ts';

const messageId = '0d1b3c5e-8f2a-4c6d-9e7f-1a2b3c4d5e6f';
const invoice = {
  connection: 'example',
  environment: 'qualification',
  supplier: '99910001900010',
  number: 'FA-2026-0101',
};
const key = `invoice#${invoice.environment}#${invoice.supplier}#${invoice.number}`;
const at = '2026-11-23T08:00:00.000Z';

const status = (code: keyof typeof statuses, motive?: string) => {
  const { fr, en } = statuses[code];
  return { status: { code, at, fr, en, ...(motive === undefined ? {} : { motive }) } };
};

/** What each adds to the invoice's own data. */
const particulars: Readonly<Record<EventType, Partial<EventData>>> = {
  accepted: { state: 'sending' },
  withheld: { state: 'withheld', reasons: [reason('customer-not-chorus-pro', 'customer.chorusPro')] },
  refused: {
    state: 'refused',
    reasons: [reason('service-required', 'invoice.recipient.service', { value: '12345678200051' })],
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
  late: { state: 'followed', chorusProId: 7_001, late: { dueDate: '2026-12-23', days: 8 } },
  'in-doubt': { state: 'in-doubt' },
  answered: { state: 'followed', chorusProId: 7_001, command: { type: 'invoice.status', messageId } },
  'answer-refused': {
    state: 'followed',
    chorusProId: 7_001,
    command: { type: 'invoice.complete', messageId },
    reasons: [reason('nothing-to-complete')],
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
      ...{ ...invoice, recipient: '12345678200051', amount: '21031.30', currency: 'EUR', issueDate: '2026-11-05' },
      ...{ invoiceType: 'invoice', messageId },
      ...particulars[type],
      ...{ sequence, actionNeeded: action, message: { fr, en } },
    },
  };
};

export const eventExamples = Object.fromEntries(
  Object.keys(eventTypes)
    .filter(isEventType)
    .map((type, i) => [type, eventOf(type, i + 1)]),
);
