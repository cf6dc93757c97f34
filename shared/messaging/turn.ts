import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { ServiceUnavailable } from '../aws/runtime.ts';

/** A connection's turn, one message on the queue `turns` (docs/adr/0030): what is to be read for it now. */

export const turnSchema = z.object({
  connection: z.string(),
  what: z.enum(['statuses', 'validations', 'orders', 'mail']).default('statuses'),
  /** How many turns went before it without a pause, each of which ran out of time. */
  before: z.int().nonnegative().default(0),
});
export type Turn = z.infer<typeof turnSchema>;

/** @throws Error if a turn may not have been given; all may then be given again */
export type SendTurns = (turns: readonly Turn[]) => Promise<void>;

/** SQS accepts ten messages per batch. */
const batchSize = 10;

/** A connection is a message group: one with many or slow turns waits behind the others (SQS's fair queues). */
export const sqsTurns =
  (client: SQSClient, queueUrl: string): SendTurns =>
  async (turns) => {
    const batches = Array.from({ length: Math.ceil(turns.length / batchSize) }, (_, i) =>
      turns.slice(i * batchSize, (i + 1) * batchSize),
    );
    await Promise.all(batches.map((batch) => sendBatch(client, queueUrl, batch)));
  };

async function sendBatch(client: SQSClient, QueueUrl: string, batch: readonly Turn[]): Promise<void> {
  const Entries = batch.map((turn, i) => ({
    Id: String(i),
    MessageBody: JSON.stringify(turn),
    MessageGroupId: turn.connection,
  }));
  const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const [failed] = Failed;
  if (!failed) return;
  const why = `SQS did not take ${Failed.length} of ${batch.length} turns: ${failed.Code}`;
  throw failed.SenderFault ? new Error(why) : new ServiceUnavailable(why);
}
