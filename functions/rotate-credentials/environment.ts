import { chorusProOverride } from '../../shared/aws/environment.ts';

export const rotateCredentialsEnvironment = {
  required: ['OPERATIONS_TOPIC_ARN'],
  optional: chorusProOverride,
} as const;
