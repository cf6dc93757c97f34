import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accessTo, type Access } from './chorus-pro/chorus-pro.ts';
import { nodeTransport } from './chorus-pro/transport.ts';
import type { CredentialsSource } from './connection/credentials.ts';
import { secretsManagerCredentials } from './connection/secrets-manager.ts';
import { readConnections, type Connections } from './connection/settings.ts';
import { snsEventPublisher, type EventPublisher, type RelayEvent } from './messaging/senders.ts';
import { DynamoDbLedger } from './ledger/dynamodb-ledger.ts';
import { powertoolsTelemetry } from './telemetry/powertools.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import { dynamoDbClient, secretsManagerClient, snsClient } from './aws/runtime.ts';

/** Connects the functions to AWS and Chorus Pro: the one place where the real clients are created. */

/** What every function needs: the deployment's connections, their credentials, telemetry and a clock. */
export interface CommonWiring {
  connections: Connections;
  credentials: CredentialsSource;
  telemetry: Telemetry;
  now: () => Date;
}

/** @param taskRoot the folder with the bundle and `connections.json` */
export function wireCommon(taskRoot: string | undefined): CommonWiring {
  const now = () => new Date();
  return {
    connections: readConnections(readFileSync(join(taskRoot ?? '', 'connections.json'), 'utf8')),
    credentials: secretsManagerCredentials(secretsManagerClient(), now),
    telemetry: powertoolsTelemetry(),
    now,
  };
}

export interface RelayWiring extends CommonWiring {
  ledger: DynamoDbLedger;
  publish: EventPublisher<RelayEvent>;
  access: (connection: string) => Access | undefined;
}

interface RelayEnvironment {
  LEDGER_TABLE: string;
  EVENTS_TOPIC_ARN: string;
  CHORUS_PRO_URL?: string;
  PISTE_TOKEN_URL?: string;
}

/** What the functions that talk to Chorus Pro need in addition. */
export function wireRelay(environment: RelayEnvironment, taskRoot: string | undefined): RelayWiring {
  const common = wireCommon(taskRoot);
  const ledger = new DynamoDbLedger({ client: dynamoDbClient(), table: environment.LEDGER_TABLE, now: common.now });
  return {
    ...common,
    ledger,
    publish: snsEventPublisher({
      client: snsClient(),
      topicArn: environment.EVENTS_TOPIC_ARN,
      hasOwnInbox: (connection) => common.connections.get(connection)?.inbox === 'own',
    }),
    access: accessTo({ ...common, transport: nodeTransport, memory: ledger, wait, urls: environment }),
  };
}
