import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { endpointsOf, erpVariables } from '../../../tools/local-cloud/endpoints.ts';
import { sqsClient } from '../../../tools/local-cloud/clients.ts';
import { cloudOf } from '../../infra/local-fixture.ts';

/** Two queues, and what is put on the inbox. */
export async function queuesWith(bodies: readonly string[]) {
  const queue = (QueueName: string) => ({
    Type: 'AWS::SQS::Queue',
    Properties: { QueueName, VisibilityTimeout: 300 },
  });
  const cloud = await cloudOf(
    { inbox: queue('inbox'), invoices: queue('invoices') },
    { outputs: { ErpInboxQueueUrl: { Value: { Ref: 'inbox' } }, InvoicesQueueUrl: { Value: { Ref: 'invoices' } } } },
  );
  const sqs = sqsClient({ ...cloud, accessKeyId: 'relay' });
  onTestFinished(() => sqs.destroy());
  const variables = erpVariables(endpointsOf({ cloud }), 'example');
  for (const MessageBody of bodies)
    await sqs.send(new SendMessageCommand({ QueueUrl: variables.RELAY_ERP_INBOX_QUEUE_URL, MessageBody }));
  const left = async () => {
    const { visible = NaN, inFlight = NaN } = (await cloud.queues()).get('inbox') ?? {};
    return visible + inFlight;
  };
  const commands = async () => {
    const receive = new ReceiveMessageCommand({
      QueueUrl: variables.RELAY_INVOICES_QUEUE_URL,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
    });
    const { Messages = [] } = await sqs.send(receive);
    return Messages.map(({ Body = '' }): unknown => JSON.parse(Body));
  };
  return { variables, left, commands };
}
