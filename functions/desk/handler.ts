import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyEventV2WithRequestContext,
  APIGatewayEventRequestContextV2,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import { s3Access, sqsClientOnce } from '../../shared/aws/runtime.ts';
import { s3DocumentStore } from '../../shared/documents/document-store.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { placeOf } from '../../shared/lists/places.ts';
import { wireCommon } from '../../shared/wiring.ts';
import { deskEnvironment, readEnvironment } from '../environments.ts';
import { deskApp } from './app.ts';
import { requestOf, resultOf } from './gateway.ts';

const environment = readEnvironment(deskEnvironment, process.env);

/** Beside the bundle: infra/build.ts. */
const built = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

const sqs = sqsClientOnce();

const common = wireCommon(environment, process.env);

const app = deskApp({
  ...common,
  ledger: new DynamoDbLedger({ ...common.memory.at, now: common.now, placeOf }),
  documents: s3DocumentStore(s3Access(environment.DOCUMENTS_BUCKET, process.env)),
  send: async (body, connection) => {
    const message = { QueueUrl: environment.INVOICES_QUEUE_URL, MessageBody: body, MessageGroupId: connection };
    const { MessageId } = await sqs.send(new SendMessageCommand(message));
    if (MessageId === undefined) throw new Error('SQS gave no id for a message that it took');
    return MessageId;
  },
  signIn: {
    issuer: environment.DESK_ISSUER_URL,
    clientId: environment.DESK_AUDIENCE,
    tokenOrigin: environment.DESK_TOKEN_URL,
  },
  client: { script: built('desk.js'), style: built('desk.css') },
});

/** A route of the gateway either checks tokens or has no authorizer. */
type DeskEvent =
  APIGatewayProxyEventV2WithJWTAuthorizer | APIGatewayProxyEventV2WithRequestContext<APIGatewayEventRequestContextV2>;

export const handler = middy<DeskEvent, APIGatewayProxyStructuredResultV2>().handler(async (event) => {
  const { requestContext } = event;
  const checked = 'authorizer' in requestContext ? requestContext.authorizer.jwt.claims : undefined;
  return resultOf(await app.fetch(requestOf(event), { checked }));
});
