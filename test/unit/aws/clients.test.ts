import { expect, it } from 'vitest';
import {
  dynamoDbClient,
  secretsManagerClient,
  snsClient,
  snsClientOnce,
  sqsClient,
  sqsClientOnce,
} from '../../../shared/aws/runtime.ts';

it.each(Object.entries({ dynamoDbClient, secretsManagerClient, snsClient, snsClientOnce, sqsClient, sqsClientOnce }))(
  '%s copies nothing for a log that nobody keeps',
  (_name, client) => {
    expect(client().middlewareStack.identify().join()).not.toContain('logger');
  },
);
