import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { storeConnection } from '../../shared/connection/stored-connections.ts';
import { placeOf } from '../../shared/lists/places.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { DrivenClock, type LocalCloud } from '../../tools/local-cloud/index.ts';
import { exampleConnections } from '../support/example-connection.ts';
import { cloudOf, lambda, ledgerTable } from './local-fixture.ts';
import { runOperator } from './operator-fixture.ts';

const TableName = 'chorus-relay-qualification-data-LedgerF00-BA4';
const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
export const SecretId = 'chorus-relay/qualification/example';
export const owner = { stage: 'qualification', connection: 'example' };
export const start = new Date('2026-11-23T09:00:00Z');

const [company] = exampleConnections.get('example')?.companies ?? [];
export const settings = {
  label: 'Duval',
  environment: 'qualification',
  companies: [{ name: company?.name, siret: company?.siret }],
};
const said = { fr: 'dit', en: 'said' };
export const established = {
  established: true,
  conclusion: { fr: 'établie', en: 'established' },
  steps: [{ step: 'credentials', verdict: 'holds', finding: 'of a later version', said }],
} as const;
export const broken = (finding: string) => ({
  established: false,
  conclusion: said,
  steps: [{ step: 'credentials', verdict: 'fails', finding, said }] as const,
});

/** A stage as the operator's commands see it. @param answer of the function that checks connections */
export async function deployed(answer: object = established) {
  const cloud = await cloudOf(
    {
      table: ledgerTable(TableName),
      invoices: queue('chorus-relay-qualification-invoices'),
      deadLetters: queue('chorus-relay-qualification-invoices-dead-letters'),
      check: lambda('check', { FunctionName: 'chorus-relay-qualification-check-connection' }),
    },
    {
      clock: new DrivenClock({ start }),
      bundles: { check: `exports.handler = () => [${JSON.stringify(answer)}];` },
    },
  );
  const { endpoint, region } = cloud;
  const clients = localClients({ endpoint, region, accessKeyId: 'operator' });
  onTestFinished(clients.destroy);
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  const secrets = new SecretsManagerClient({ endpoint, region, credentials });
  onTestFinished(() => secrets.destroy());
  return {
    cloud,
    clients,
    secrets,
    ledger: new DynamoDbLedger({ client: clients.dynamodb, table: TableName, placeOf }),
  };
}

/** The same, with one connection and its credentials, and nothing under way. */
export async function connected() {
  const stage = await deployed();
  stage.cloud.storeSecret(SecretId, { login: 'a' });
  const change = { state: 'connected', settings, changedBy: 'anna', changedAt: start.toISOString() } as const;
  await storeConnection(stage.ledger, 'example', change, undefined);
  return stage;
}

const reportSchema = z.looseObject({
  result: z.string(),
  changes: z.unknown().optional(),
  next: z.unknown().optional(),
});

export async function run(cloud: LocalCloud, verb: 'connect' | 'disconnect', ...options: string[]) {
  const { code, output } = await runOperator(verb, ['example', '--json', '--by', 'anna', ...options], cloud);
  return { code, ...reportSchema.parse(JSON.parse(output)) };
}
