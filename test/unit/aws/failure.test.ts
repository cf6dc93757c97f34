import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { InternalErrorException, SNSServiceException, ThrottledException } from '@aws-sdk/client-sns';
import { QueueDoesNotExist, RequestThrottled, SQSServiceException } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { isServiceFailure, ServiceUnavailable } from '../../../shared/aws/runtime.ts';

const message = 'no';
const of = (httpStatusCode: number) => ({ message, $metadata: { httpStatusCode, attempts: 4 } });
const client = (name: string, httpStatusCode = 400) => ({ name, $fault: 'client', ...of(httpStatusCode) }) as const;
const network = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', $metadata: { attempts: 4 } });

describe('a failure of an AWS service', () => {
  it.each<[string, Error]>([
    ['a broken connection', network],
    ['a timeout', Object.assign(new Error('silence'), { name: 'TimeoutError' })],
    ['a service error', new InternalErrorException(of(500))],
    ['a service error that the SDK has no class for', new SQSServiceException(client('ServiceUnavailable', 503))],
    ['an outage that the relay reports', new ServiceUnavailable('S3 answers 503')],
    [
      'the same from a chunk with its own class',
      Object.assign(new Error('S3 answers 503'), { name: 'ServiceUnavailable' }),
    ],
    ['too many writes', new DynamoDBServiceException(client('ProvisionedThroughputExceededException'))],
    ['too many calls', new ThrottledException(of(429))],
    ['too many calls of a queue', new RequestThrottled(of(403))],
    ['a wrong clock', new SNSServiceException(client('RequestTimeTooSkewed', 403))],
    ['expired credentials', new SQSServiceException(client('ExpiredToken', 403))],
  ])('includes %s', (_what, error) => {
    expect(isServiceFailure(error)).toBe(true);
  });
});

describe('a bug or a misconfiguration', () => {
  it.each<[string, unknown]>([
    ['a value that DynamoDB rejects', new DynamoDBServiceException(client('ValidationException'))],
    ['an item that is too large', new DynamoDBServiceException(client('ItemCollectionSizeLimitExceededException'))],
    ['a queue that does not exist', new QueueDoesNotExist(of(400))],
    ['a topic without permission', new SNSServiceException(client('AuthorizationError', 403))],
    ['a denied access', new DynamoDBServiceException(client('AccessDeniedException'))],
    ['an error without a service', new Error('no')],
    ['an object that is not an error', { $metadata: {} }],
  ])('includes %s', (_what, error) => {
    expect(isServiceFailure(error)).toBe(false);
  });
});
