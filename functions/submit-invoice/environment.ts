import { chorusProOverride } from '../../shared/aws/environment.ts';

export const submitInvoiceEnvironment = {
  required: ['LEDGER_TABLE', 'DOCUMENTS_BUCKET', 'EVENTS_TOPIC_ARN', 'INVOICES_QUEUE_URL', 'DEAD_LETTERS_QUEUE_URL'],
  optional: chorusProOverride,
} as const;
