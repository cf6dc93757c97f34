import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { InternalErrorException, SNSServiceException, ThrottledException } from '@aws-sdk/client-sns';
import { QueueDoesNotExist, RequestThrottled, SQSServiceException } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { isServiceFailure, ServiceUnavailable } from '../../../shared/aws/runtime.ts';

const message = 'no';
const of = (httpStatusCode: number) => ({ message, $metadata: { httpStatusCode, attempts: 4 } });
const client = (name: string, httpStatusCode = 400) => ({ name, $fault: 'client', ...of(httpStatusCode) }) as const;
const network = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', $metadata: { attempts: 4 } });

describe('an AWS service that did not answer', () => {
  it.each<[string, Error]>([
    ['a broken connection', network],
    ['silence', Object.assign(new Error('silence'), { name: 'TimeoutError' })],
    ['a fault of its own', new InternalErrorException(of(500))],
    ['a fault of its own that the SDK has no class for', new SQSServiceException(client('ServiceUnavailable', 503))],
    ['an outage said by us', new ServiceUnavailable('S3 answers 503')],
    ['too many writes', new DynamoDBServiceException(client('ProvisionedThroughputExceededException'))],
    ['too many calls', new ThrottledException(of(429))],
    ['too many calls of a queue', new RequestThrottled(of(403))],
    ['a clock that is off', new SNSServiceException(client('RequestTimeTooSkewed', 403))],
    ['credentials of an hour ago', new SQSServiceException(client('ExpiredToken', 403))],
  ])('gave: %s', (_what, error) => {
    expect(isServiceFailure(error)).toBe(true);
  });
});

describe('a mistake of our own', () => {
  it.each<[string, unknown]>([
    ['a value that DynamoDB does not take', new DynamoDBServiceException(client('ValidationException'))],
    ['an item that is too large', new DynamoDBServiceException(client('ItemCollectionSizeLimitExceededException'))],
    ['a queue that is not there', new QueueDoesNotExist(of(400))],
    ['a topic that is not ours', new SNSServiceException(client('AuthorizationError', 403))],
    ['an access denied', new DynamoDBServiceException(client('AccessDeniedException'))],
    ['an error without a service', new Error('no')],
    ['no error at all', { $metadata: {} }],
  ])('is: %s', (_what, error) => {
    expect(isServiceFailure(error)).toBe(false);
  });
});
