import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { readStored, storeConnection } from '../../shared/connection/stored-connections.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { connectConnection, undoChange, type Connecting } from '../../tools/relay/change-connection.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { DrivenClock, type LocalCloud } from '../../tools/local-cloud/index.ts';
import { exampleConnections } from '../support/example-connection.ts';
import { begun, moved } from '../unit/ledger/records.ts';
import { cloudOf, lambda, ledgerTable, textLike } from './local-fixture.ts';
import { runOperator } from './operator-fixture.ts';

const TableName = 'chorus-relay-qualification-data-LedgerF00-BA4';
const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
const SecretId = 'chorus-relay/qualification/example';
const owner = { stage: 'qualification', connection: 'example' };
const start = new Date('2026-11-23T09:00:00Z');

const [company] = exampleConnections.get('example')?.companies ?? [];
const settings = {
  label: 'Duval',
  environment: 'qualification',
  companies: [{ name: company?.name, siret: company?.siret }],
};
const said = { fr: 'dit', en: 'said' };
const established = {
  established: true,
  conclusion: { fr: 'établie', en: 'established' },
  steps: [{ step: 'credentials', verdict: 'holds', finding: 'of a later version', said }],
} as const;
const broken = (finding: string) => ({
  established: false,
  conclusion: said,
  steps: [{ step: 'credentials', verdict: 'fails', finding, said }] as const,
});

/** A stage as the operator's commands see it. @param answer of the function that checks connections */
async function deployed(answer: object = established) {
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
  return { cloud, clients, secrets, ledger: new DynamoDbLedger({ client: clients.dynamodb, table: TableName }) };
}

/** The same, with one connection and its credentials, and nothing under way. */
async function connected() {
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

async function run(cloud: LocalCloud, verb: 'connect' | 'disconnect', ...options: string[]) {
  const { code, output } = await runOperator(verb, ['example', '--json', '--by', 'anna', ...options], cloud);
  return { code, ...reportSchema.parse(JSON.parse(output)) };
}

describe('relay connect', () => {
  test('stores a connection that the deployed relay finds in order, and says what has changed since', async () => {
    const { cloud, ledger } = await deployed();
    cloud.storeSecret(SecretId, { login: 'a' });
    const first = { version: 1, state: 'connected', changedBy: 'anna' };
    expect(await run(cloud, 'connect')).toMatchObject({ code: 0, result: 'connected', stored: first });
    expect(await run(cloud, 'connect')).toMatchObject({ code: 0, result: 'unchanged', changes: [], stored: first });
    expect(await readStored(ledger, 'example')).toMatchObject(first);
    const { output } = await runOperator('connect', ['example', '--lang', 'fr'], cloud);
    expect(output).toMatch(/^Inchangée : version 1, anna, \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\n\n✓ .*\n\nétablie$/m);
  });

  test('stores nothing of one that is not in order, unless the operator insists', async () => {
    const { cloud, ledger } = await deployed(broken('account-refused'));
    cloud.storeSecret(SecretId, { login: 'a' });
    expect(await run(cloud, 'connect')).toMatchObject({ code: 1, result: 'not established' });
    expect(await readStored(ledger, 'example')).toBeUndefined();
    const { output } = await runOperator('connect', ['example'], cloud);
    expect(output).toContain('Nothing was stored.');
    expect(await run(cloud, 'connect', '--yes')).toMatchObject({ code: 0, result: 'connected' });
  });

  test('stores nothing that the deployed version could not read, however much the operator insists', async () => {
    const { cloud, ledger } = await deployed(broken('settings-unreadable'));
    expect(await run(cloud, 'connect', '--yes')).toMatchObject({ code: 1, result: 'not established' });
    expect(await readStored(ledger, 'example')).toBeUndefined();
  });

  test('without credentials, and nobody to ask, says so: the messages wait', async () => {
    const { cloud } = await deployed(broken('credentials-missing'));
    expect(await run(cloud, 'connect')).toMatchObject({ code: 0, result: 'connected', hasCredentials: false });
    const { output } = await runOperator('connect', ['example'], cloud);
    expect(output).toContain(`There are no credentials yet (${SecretId}): "npx relay credentials example"`);
  });

  test('takes the credentials over that the connection had under its former name, with their age', async () => {
    const { cloud, secrets } = await deployed();
    const credentials = { pisteClientId: 'a', pisteClientSecret: 'b', technicalLogin: 'c', technicalPassword: 'd' };
    cloud.storeSecret('chorus-relay/example', credentials);
    await cloud.advance(40 * 86_400_000);
    expect(await run(cloud, 'connect')).toMatchObject({ code: 0, hasCredentials: true });
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    expect(JSON.parse(SecretString)).toEqual({ ...credentials, pisteSecretCreatedAt: textLike(/^2026-11-23T09:00/) });
    const former = await secrets.send(new GetSecretValueCommand({ SecretId: 'chorus-relay/example' }));
    expect(JSON.parse(former.SecretString ?? ''), 'of the version that still runs').toEqual(credentials);
  });

  test('brings the version before back', async () => {
    const { cloud, ledger } = await connected();
    const stage = { label: 'Constructions Duval (exemple)' };
    expect(await run(cloud, 'connect')).toMatchObject({ result: 'changed', stored: { version: 2, settings: stage } });
    const undone = await run(cloud, 'connect', '--undo');
    expect(undone).toMatchObject({ code: 0, result: 'changed', stored: { version: 3, settings } });
    expect(undone.changes).toContainEqual({ setting: 'label', before: stage.label, after: 'Duval' });
    expect((await readStored(ledger, 'example'))?.settings).toEqual(settings);
  });

  test('has nothing to bring back of a connection that was not connected before', async () => {
    const { cloud } = await connected();
    const { code, output } = await runOperator('connect', ['example', '--undo'], cloud);
    expect(code).toBe(1);
    expect(output).toContain('to stop it, "npx relay disconnect example"');
  });

  test('of two people at once, one is told that the other was faster', async () => {
    const { secrets, ledger } = await connected();
    const connecting = (by: string): Connecting => ({
      ...{ owner, secretsManager: secrets, connections: ledger, by, yes: false, now: () => start },
      given: { ...settings, label: by },
      check: () => Promise.resolve({ ...established, steps: [] }),
      askCredentials: () => Promise.resolve(false),
    });
    const both = await Promise.allSettled(['anna', 'bruno'].map((by) => connectConnection(connecting(by))));
    const [lost, ...more] = both.filter(({ status }) => status === 'rejected');
    expect(lost).toMatchObject({
      reason: { message: 'somebody else has just changed example: nothing was stored. Run it again' },
    });
    expect(more).toEqual([]);
    await expect(undoChange(connecting('carla'))).resolves.toMatchObject({ stored: { version: 3, settings } });
  });
});

describe('relay disconnect', () => {
  test('stops a connection, which comes back by relay connect', async () => {
    const { cloud, secrets, ledger } = await connected();
    const out = await run(cloud, 'disconnect');
    expect(out).toMatchObject({ code: 0, result: 'disconnected', restorableUntil: '2026-12-23' });
    expect(out.next).toEqual([
      expect.stringContaining('detach the policy chorus-relay-qualification-InvoiceSender-example'),
      expect.stringContaining('take "example" out of "connections" in cdk.json'),
      'npx cdk deploy --all -c stage=qualification',
    ]);
    expect(await readStored(ledger, 'example')).toMatchObject({ state: 'disconnected', changedBy: 'anna', settings });
    expect(await run(cloud, 'disconnect')).toMatchObject({ code: 0, result: 'was disconnected before' });
    await expect(secrets.send(new CreateSecretCommand({ Name: SecretId }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });

    expect(await run(cloud, 'connect')).toMatchObject({ code: 0, result: 'connected', hasCredentials: true });
    expect((await secrets.send(new DescribeSecretCommand({ SecretId }))).DeletedDate).toBeUndefined();
  });

  test('is undone like any change, with its secret', async () => {
    const { cloud, secrets } = await connected();
    await run(cloud, 'disconnect');
    expect(await run(cloud, 'connect', '--undo')).toMatchObject({
      result: 'connected',
      stored: { version: 3, settings },
    });
    expect((await secrets.send(new DescribeSecretCommand({ SecretId }))).DeletedDate).toBeUndefined();
  });

  test('after thirty days the credentials are gone: it comes back without them', async () => {
    const { cloud } = await connected();
    await run(cloud, 'disconnect');
    await cloud.advance(30 * 86_400_000);
    expect(await run(cloud, 'connect')).toMatchObject({ code: 0, result: 'connected', hasCredentials: false });
  });

  test('knows only connections that were connected', async () => {
    const { cloud } = await deployed();
    const { code, output } = await runOperator('disconnect', ['example'], cloud);
    expect(code).toBe(1);
    expect(output).toContain('example was never connected in stage qualification');
  });

  test('counts what is under way, and does nothing unless the operator insists', async () => {
    const { cloud, clients, ledger } = await connected();
    await ledger.write(begun('claim', [{ type: 'accepted' }]));
    const send = (name: string, body: object) =>
      clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: `${cloud.endpoint}/${cloud.accountId}/chorus-relay-qualification-${name}`,
          MessageBody: JSON.stringify(body),
        }),
      );
    await send('invoices', { connection: 'bertin' });
    await send('invoices-dead-letters', { connection: 'example' });
    await send('invoices-dead-letters', { connection: 'bertin' });

    const underWay = { openInvoices: { sending: 1 }, commands: 0, events: 1, deadLetters: 1, onQueue: 1 };
    expect(await run(cloud, 'disconnect')).toMatchObject({ code: 4, result: 'refused', underWay, next: [] });
    expect(await readStored(ledger, 'example'), 'nothing was done').toMatchObject({ state: 'connected' });
    const { output } = await runOperator('disconnect', ['example'], cloud);
    expect(output).toContain('Under way: 1 invoice that has not ended (1 sending), 0 commands, 1 event');
    expect(output).toContain('or say --yes');
    const french = (await runOperator('disconnect', ['example', '--lang', 'fr'], cloud)).output;
    expect(french).toContain('En cours : 1 facture non terminée (1 « en cours d’envoi »), 0 commande, 1 événement');
    expect(output).not.toContain('another number');
    expect(await run(cloud, 'disconnect', '--yes')).toMatchObject({ code: 0, result: 'disconnected', underWay });
  });

  test('says that an accepted invoice will be sent after all: it is not to be issued under another number', async () => {
    const { cloud, ledger } = await connected();
    const claimed = begun('claim');
    await ledger.write(claimed);
    await ledger.write(moved(claimed.record, 'release', [{ type: 'accepted' }]));
    expect(await run(cloud, 'disconnect')).toMatchObject({ code: 4, underWay: { openInvoices: { accepted: 1 } } });
    const { output } = await runOperator('disconnect', ['example', '--yes'], cloud);
    expect(output).toContain('1 accepted invoice will still be sent if the connection returns');
    expect(output).toContain('do not issue it under another number');
    const french = (await runOperator('disconnect', ['example', '--yes', '--lang', 'fr'], cloud)).output;
    expect(french).toContain('1 facture contrôlée sera tout de même envoyée si la connexion revient');
  });
});

test.each([
  [['connect', '--help'], 0, 'exit codes'],
  [['disconnect', '--help'], 0, 'exit codes'],
  [['disconnect'], 2, '<connection> is missing'],
  [['disconnect', 'Example'], 2, 'is not the name of a connection'],
  [['disconnect', 'unknown'], 2, 'another name than "unknown"'],
  [['connect', 'exemple'], 2, 'there is no connection "exemple"'],
])('%j ends with %i', async ([verb = '', ...args], code, expected) => {
  const ended = await runOperator(verb, args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(expected);
});
