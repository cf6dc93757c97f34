import { setTimeout as wait } from 'node:timers/promises';
import { accessTo, type AccessByName } from './chorus-pro/chorus-pro.ts';
import { nodeTransport } from './chorus-pro/transport.ts';
import { CachedConnections, type Connections } from './connection/connections.ts';
import type { CredentialsSource } from './connection/credentials.ts';
import { secretsManagerCredentials } from './connection/secrets-manager.ts';
import { snsEventPublisher, type EventPublisher, type RelayEvent } from './messaging/senders.ts';
import { DynamoDbMemory } from './ledger/dynamodb-memory.ts';
import { cloudWatchTelemetry } from './telemetry/cloud-watch.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import { dynamoDbClient, secretsManagerClient, snsClient } from './aws/runtime.ts';

/** Connects the functions to AWS and Chorus Pro: the one place where the real clients are created. */

interface CommonEnvironment {
  STAGE: string;
  LEDGER_TABLE: string;
}

/** What every function needs: what is remembered, the connections in it, their credentials, telemetry and a clock. */
export interface CommonWiring {
  memory: DynamoDbMemory;
  connections: Connections;
  credentials: CredentialsSource;
  telemetry: Telemetry;
  now: () => Date;
}

/** @param runtime what Lambda itself says, anew for each invocation */
export function wireCommon(
  { STAGE, LEDGER_TABLE: table }: CommonEnvironment,
  runtime: NodeJS.ProcessEnv,
): CommonWiring {
  const now = () => new Date();
  const telemetry = cloudWatchTelemetry(runtime);
  const memory = new DynamoDbMemory({ client: dynamoDbClient(), table, now });
  const connections = new CachedConnections({ table: memory, telemetry, now });
  return {
    memory,
    connections,
    credentials: secretsManagerCredentials(secretsManagerClient(), STAGE, now),
    telemetry,
    now,
  };
}

export interface RelayWiring extends CommonWiring {
  publish: EventPublisher<RelayEvent>;
  access: AccessByName;
}

export interface RelayEnvironment extends CommonEnvironment {
  EVENTS_TOPIC_ARN: string;
  CHORUS_PRO_URL?: string;
  PISTE_TOKEN_URL?: string;
}

/** What the functions that talk to Chorus Pro need in addition. */
export function wireRelay(environment: RelayEnvironment, runtime: NodeJS.ProcessEnv): RelayWiring {
  const common = wireCommon(environment, runtime);
  return {
    ...common,
    publish: snsEventPublisher({
      client: snsClient(),
      topicArn: environment.EVENTS_TOPIC_ARN,
      hasOwnInbox: (connection) => common.connections.hasOwnInbox(connection),
    }),
    access: accessTo({ ...common, transport: nodeTransport, wait, urls: environment }),
  };
}
