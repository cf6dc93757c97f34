import { chorusProOverride } from '../../shared/aws/environment.ts';

export const pollStatusesEnvironment = {
  required: ['LEDGER_TABLE', 'EVENTS_TOPIC_ARN', 'INVOICES_QUEUE_URL'],
  optional: chorusProOverride,
} as const;
