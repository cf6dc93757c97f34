import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Arns } from '../arn.ts';
import type { MappingSettings } from '../event-source-mapping.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Scheduler } from '../schedules/scheduler.ts';
import type { SecretsManager } from '../services/secrets-manager.ts';

export interface Clients {
  sqs: SQSClient;
  sns: SNSClient;
  s3: S3Client;
  dynamodb: DynamoDBClient;
}

export interface ProvisionContext {
  region: string;
  endpoint: string;
  arns: Arns;
  clients: Clients;
  secrets: SecretsManager;
  functions: Functions;
  scheduler: Scheduler;
  /** Where the functions' files are copied to. */
  workshop: string;
  addMapping: (settings: MappingSettings) => void;
  /** To be undone when the cloud stops; only what outlives this process needs it. */
  onStop: (undo: () => Promise<unknown>) => void;
}

export interface Declared {
  logicalId: string;
  type: string;
  stack: string;
  properties: Record<string, unknown>;
  asset: (s3Key: string) => string | undefined;
}

export interface Provisioned {
  /** The physical name. */
  name: string;
  ref: string;
  attributes: Record<string, string>;
}

export type Provisioner = (declared: Declared, context: ProvisionContext) => Provisioned | Promise<Provisioned>;
