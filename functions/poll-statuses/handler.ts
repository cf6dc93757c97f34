import { SendMessageCommand } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import * as z from 'zod';
import { sqsClient, deadlineOf } from '../../shared/aws/runtime.ts';
import { connectedNames } from '../../shared/connection/roster.ts';
import { wireRelay } from '../../shared/wiring.ts';
import { pollStatusesEnvironment, readEnvironment } from '../environments.ts';
import type { PollDependencies, PollReport } from './dependencies.ts';
import { pollStatuses } from './poll-statuses.ts';

/** The schedule's input: each connection has its own schedule, so that one's trouble never delays another's poll. */
const inputSchema = z.object({ connection: z.string().optional() });

const environment = readEnvironment(pollStatusesEnvironment, process.env);
const sqs = sqsClient();

const wiring = wireRelay(environment);

const dependencies: PollDependencies = {
  ...wiring,
  remind: wiring.publish,
  publishWorks: wiring.publish,
  send: async (body, connection) => {
    const message = { QueueUrl: environment.INVOICES_QUEUE_URL, MessageBody: body, MessageGroupId: connection };
    await sqs.send(new SendMessageCommand(message));
  },
};

/** Without a connection's name, as an operator may call it, it polls all of them. */
export const handler = middy<unknown, PollReport[]>().handler(async (event, context) => {
  const { connection } = inputSchema.parse(event);
  const names = connection === undefined ? connectedNames(await wiring.connections.roster()) : [connection];
  return Promise.all(names.map((name) => pollStatuses(name, dependencies, deadlineOf(context))));
});
