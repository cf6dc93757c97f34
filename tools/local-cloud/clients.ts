/** AWS SDK clients that talk to the local cloud only, whatever the machine's own AWS settings say. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

export interface Clients {
  sqs: SQSClient;
  sns: SNSClient;
  s3: S3Client;
  dynamodb: DynamoDBClient;
}

export interface ClientSettings {
  endpoint: string;
  region: string;
  /** The caller's name in the log of requests. */
  accessKeyId: string;
}

const common = ({ endpoint, region, accessKeyId }: ClientSettings) => ({
  endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

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
