import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { s3Access, deadlineOf } from '../../shared/aws/runtime.ts';
import { wireInvoices } from '../../shared/invoice-wiring.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { receivedKey, s3DocumentStore } from '../../shared/documents/document-store.ts';
import { MemoryBudget } from '../../shared/documents/memory-budget.ts';
import { runBatch, faultCount, madeWhenNeeded } from '../../shared/messaging/batch-runner.ts';
import { submitInvoiceEnvironment, readEnvironment } from '../environments.ts';
import type { SubmitDependencies } from './dependencies.ts';
import { processMessage } from './process-message.ts';

const environment = readEnvironment(submitInvoiceEnvironment, process.env);
const wiring = wireInvoices(environment, process.env);

const dependencies: SubmitDependencies = {
  ...wiring,
  publishValidation: wiring.publish,
  documents: s3DocumentStore(s3Access(environment.DOCUMENTS_BUCKET, process.env)),
  deskRole: environment.DESK_ROLE_ID,
};
const memory = new MemoryBudget();
/** SQS deletes what is done by itself: what speaks to it is loaded with the first message that is not. */
const queue = madeWhenNeeded(async () => {
  const { openQueue } = await import('../../shared/messaging/sqs-queue.ts');
  return openQueue({
    queueUrl: environment.INVOICES_QUEUE_URL,
    deadLettersUrl: environment.DEAD_LETTERS_QUEUE_URL,
    keepBody: async ({ messageId, body, attributes }) => {
      const day = parisDay(new Date(Number(attributes.SentTimestamp)));
      const key = receivedKey({ connection: 'unknown', day, messageId });
      await dependencies.documents.put(key, body);
      return { bucket: environment.DOCUMENTS_BUCKET, key };
    },
  });
});

export const handler = middy<SQSEvent, SQSBatchResponse>().handler((event, context: Context) =>
  runBatch(
    event,
    ({ messageId, body, attributes }) => {
      const sentAt = new Date(Number(attributes.SentTimestamp));
      const redelivered = attributes.ApproximateReceiveCount !== '1';
      const message = { messageId, body, sentAt, redelivered, senderId: attributes.SenderId };
      const deadline = deadlineOf(context);
      return memory.within(dependencies.documents, deadline, (documents) =>
        processMessage(message, { ...dependencies, documents }, deadline),
      );
    },
    {
      ...{ queue, telemetry: wiring.telemetry, now: wiring.now },
      random: Math.random,
      countFault: faultCount(wiring.ledger, wiring.now),
    },
  ),
);
