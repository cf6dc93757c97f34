import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Clients } from './provision/context.ts';

export interface ClientSettings {
  endpoint: string;
  region: string;
  accessKeyId: string;
}

/** Clients that talk to the local cloud and to nothing else, whatever the machine is configured for. */
export const sqsClient = (settings: ClientSettings): SQSClient =>
  new SQSClient({ ...common(settings), useQueueUrlAsEndpoint: false });

export function localClients(settings: ClientSettings): Clients & { destroy: () => void } {
  const sqs = sqsClient(settings);
  const sns = new SNSClient(common(settings));
  const s3 = new S3Client({ ...common(settings), forcePathStyle: true });
  const dynamodb = new DynamoDBClient(common(settings));
  const destroy = () => [sqs, sns, s3, dynamodb].forEach((client) => client.destroy());
  return { sqs, sns, s3, dynamodb, destroy };
}

const common = ({ endpoint, region, accessKeyId }: ClientSettings) => ({
  endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});
