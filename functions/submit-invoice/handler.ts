import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoDbClient, s3Client, secretsManagerClient, snsClient, sqsClient } from '../../shared/aws/clients.ts';
import { accessTo } from '../../shared/chorus-pro/access.ts';
import { fetchTransport } from '../../shared/chorus-pro/transport.ts';
import { secretsManagerCredentials } from '../../shared/connection/secrets-manager-credentials.ts';
import { readConnections } from '../../shared/connection/settings.ts';
import { s3DocumentStore } from '../../shared/documents/s3-document-store.ts';
import { readEnvironment } from '../../shared/environment.ts';
import { snsEventPublisher } from '../../shared/events/sns-event-publisher.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { runBatch } from '../../shared/queue/batch-runner.ts';
import { sqsQueue } from '../../shared/queue/sqs-queue.ts';
import { deadlineOf } from '../../shared/retry/deadline.ts';
import { powertoolsTelemetry } from '../../shared/telemetry/powertools-telemetry.ts';
import { submitInvoiceEnvironment } from './environment.ts';
import { submitInvoice, type SubmitDependencies } from './submit-invoice.ts';

const environment = readEnvironment(submitInvoiceEnvironment, process.env);
const connections = readConnections(
  readFileSync(join(process.env['LAMBDA_TASK_ROOT'] ?? '', 'connections.json'), 'utf8'),
);
const now = () => new Date();
const telemetry = powertoolsTelemetry();
const ledger = new DynamoDbLedger({ client: dynamoDbClient(), table: environment.LEDGER_TABLE });
const credentials = secretsManagerCredentials(secretsManagerClient(), now);
const shared = { connections, credentials, transport: fetchTransport, memory: ledger, telemetry, now, wait };

const dependencies: SubmitDependencies = {
  ledger,
  documents: s3DocumentStore(s3Client(), environment.DOCUMENTS_BUCKET),
  publish: snsEventPublisher(snsClient(), environment.EVENTS_TOPIC_ARN),
  access: accessTo({ ...shared, urls: environment }),
  connections: [...connections.keys()],
  newOwner: randomUUID,
  telemetry,
  now,
};
const queue = sqsQueue({
  client: sqsClient(),
  queueUrl: environment.INVOICES_QUEUE_URL,
  deadLettersUrl: environment.DEAD_LETTERS_QUEUE_URL,
});

export const handler = middy<SQSEvent, SQSBatchResponse>().handler((event, context: Context) =>
  runBatch(
    event,
    ({ messageId, body, attributes }) => {
      const redelivered = attributes.ApproximateReceiveCount !== '1';
      return submitInvoice({ messageId, body, redelivered }, dependencies, deadlineOf(context));
    },
    { queue, telemetry, random: Math.random },
  ),
);
