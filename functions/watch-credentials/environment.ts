import { chorusProOverride } from '../../shared/aws/environment.ts';

export const watchCredentialsEnvironment = {
  required: ['LEDGER_TABLE', 'EVENTS_TOPIC_ARN', 'OPERATIONS_TOPIC_ARN'],
  optional: chorusProOverride,
} as const;
