import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import * as z from 'zod';
import { dynamoDbClient, secretsManagerClient, snsClient, sqsClient } from '../../shared/aws/clients.ts';
import { accessTo } from '../../shared/chorus-pro/access.ts';
import { fetchTransport } from '../../shared/chorus-pro/transport.ts';
import { secretsManagerCredentials } from '../../shared/connection/secrets-manager-credentials.ts';
import { readConnections } from '../../shared/connection/settings.ts';
import { readEnvironment } from '../../shared/environment.ts';
import { snsEventPublisher } from '../../shared/events/sns-event-publisher.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { deadlineOf } from '../../shared/retry/deadline.ts';
import { powertoolsTelemetry } from '../../shared/telemetry/powertools-telemetry.ts';
import { pollStatusesEnvironment } from './environment.ts';
import { pollStatuses, type PollDependencies, type PollReport } from './poll-statuses.ts';

/** The schedule's input: one schedule for each connection, so that one's trouble never delays another's poll. */
const inputSchema = z.object({ connection: z.string() });

const environment = readEnvironment(pollStatusesEnvironment, process.env);
const connections = readConnections(
  readFileSync(join(process.env['LAMBDA_TASK_ROOT'] ?? '', 'connections.json'), 'utf8'),
);
const now = () => new Date();
const telemetry = powertoolsTelemetry();
const ledger = new DynamoDbLedger({ client: dynamoDbClient(), table: environment.LEDGER_TABLE });
const credentials = secretsManagerCredentials(secretsManagerClient(), now);
const shared = { connections, credentials, transport: fetchTransport, memory: ledger, telemetry, now, wait };
const sqs = sqsClient();

const dependencies: PollDependencies = {
  ledger,
  publish: snsEventPublisher(snsClient(), environment.EVENTS_TOPIC_ARN),
  access: accessTo({ ...shared, urls: environment }),
  send: async (body, connection) => {
    const message = { QueueUrl: environment.INVOICES_QUEUE_URL, MessageBody: body, MessageGroupId: connection };
    await sqs.send(new SendMessageCommand(message));
  },
  telemetry,
  now,
};

export const handler = middy<unknown, PollReport>().handler((event, context) =>
  pollStatuses(inputSchema.parse(event).connection, dependencies, deadlineOf(context)),
);
