import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Every function, and every part of the cloud that calls AWS, signs with its own access key. */
const prefixes = { function: 'LOCALFN-', poller: 'LOCALPOLL-' } as const;

export const deploymentKey = 'LOCALDEPLOY';
export const platformKey = 'LOCALPLATFORM';
export const functionKey = (name: string): string => `${prefixes.function}${name}`;
export const pollerKey = (name: string): string => `${prefixes.poller}${name}`;

export function callerOf(accessKeyId: string): string {
  if (accessKeyId.startsWith(prefixes.function)) return accessKeyId.slice(prefixes.function.length);
  if (accessKeyId.startsWith(prefixes.poller)) return `poller:${accessKeyId.slice(prefixes.poller.length)}`;
  if (accessKeyId === deploymentKey) return 'deployment';
  return accessKeyId === platformKey ? 'platform' : accessKeyId;
}

export interface Clients {
  sqs: SQSClient;
  sns: SNSClient;
  s3: S3Client;
  dynamodb: DynamoDBClient;
}

export interface ClientSettings {
  endpoint: string;
  region: string;
  accessKeyId: string;
}

/** Clients that talk to the local cloud only, whatever the machine's own AWS settings say. */
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
