import { SendMessageCommand } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import * as z from 'zod';
import { snsClientOnce, sqsClient } from '../../shared/aws/runtime.ts';
import { timings } from '../../shared/facts/timings.ts';
import { snsMailbox } from '../../shared/messaging/mailbox.ts';
import { sqsTurns, turnSchema } from '../../shared/messaging/turn.ts';
import { wireInvoices } from '../../shared/invoice-wiring.ts';
import { readEnvironment, takeTurnsEnvironment } from '../environments.ts';
import { takeTurn, type TurnDependencies, type TurnReport } from './take-turn.ts';

/** The queue gives one turn at a time; an operator may call it with the turn itself, and reads what it came to. */
const inputSchema = z.union([
  z
    .object({ Records: z.tuple([z.object({ body: z.string() })]) })
    .transform(({ Records: [{ body }] }) => turnSchema.parse(JSON.parse(body))),
  turnSchema,
]);

const environment = readEnvironment(takeTurnsEnvironment, process.env);
const sqs = sqsClient();
const wiring = wireInvoices(environment, process.env);

const dependencies: TurnDependencies = {
  statuses: {
    ...wiring,
    remind: wiring.publish,
    publishWorks: wiring.publish,
    send: async (body, connection) => {
      const message = { QueueUrl: environment.INVOICES_QUEUE_URL, MessageBody: body, MessageGroupId: connection };
      await sqs.send(new SendMessageCommand(message));
    },
  },
  validations: wiring,
  orders: wiring,
  mail: {
    ...wiring,
    mailbox: snsMailbox(snsClientOnce(), environment.OPERATIONS_TOPIC_ARN),
    deskUrl: environment.DESK_URL,
  },
  giveTurns: sqsTurns(sqs, environment.TURNS_QUEUE_URL),
};

export const handler = middy<unknown, TurnReport>().handler((event, context) =>
  takeTurn(inputSchema.parse(event), dependencies, {
    remainingMs: () => context.getRemainingTimeInMillis() - timings.reserveAfterTurn.ms,
  }),
);
