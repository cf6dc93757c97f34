import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { DrivenClock, type LocalCloud } from '../../tools/local-cloud/index.ts';
import { begun, moved } from '../unit/ledger/records.ts';
import { cloudOf, ledgerTable } from './local-fixture.ts';
import { runOperator } from './operator-fixture.ts';

const TableName = 'chorus-relay-qualification-data-LedgerF00-BA4';
const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
const SecretId = 'chorus-relay/example';

/** A stage as the operator's commands see it, with the credentials of one connection and nothing under way. */
async function deployed() {
  const cloud = await cloudOf(
    {
      table: ledgerTable(TableName),
      invoices: queue('chorus-relay-qualification-invoices'),
      deadLetters: queue('chorus-relay-qualification-invoices-dead-letters'),
    },
    { clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00Z') }) },
  );
  cloud.storeSecret(SecretId, { login: 'a' });
  const { endpoint, region } = cloud;
  const clients = localClients({ endpoint, region, accessKeyId: 'operator' });
  onTestFinished(clients.destroy);
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  const secrets = new SecretsManagerClient({ endpoint, region, credentials });
  onTestFinished(() => secrets.destroy());
  return { cloud, clients, secrets };
}

const reportSchema = z.looseObject({ result: z.string(), next: z.array(z.string()) });

async function run(cloud: LocalCloud, verb: 'remove' | 'restore', ...options: string[]) {
  const { code, output } = await runOperator('connection', [verb, 'example', '--json', ...options], cloud);
  return { code, ...reportSchema.parse(JSON.parse(output)) };
}

test('a connection is taken out and comes back, with what is left to do for a person', async () => {
  const { cloud, secrets } = await deployed();
  const removed = await run(cloud, 'remove');
  expect(removed).toMatchObject({ code: 0, result: 'removed', restorableUntil: '2026-12-23' });
  expect(removed.next).toEqual([
    expect.stringContaining('detach the policy chorus-relay-qualification-Erp-example'),
    'npx cdk destroy chorus-relay-qualification-example -c stage=qualification',
    expect.stringContaining('take "example" out of "connections" in cdk.json'),
    'npx cdk deploy --all -c stage=qualification',
  ]);
  expect(await run(cloud, 'remove')).toMatchObject({ code: 0, result: 'was removed before' });
  // As CloudFormation would find it, if the secret were one of its resources.
  await expect(secrets.send(new CreateSecretCommand({ Name: SecretId }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });

  const restored = await run(cloud, 'restore');
  expect(restored).toMatchObject({ code: 0, result: 'restored' });
  expect(restored.next.join('\n')).toContain('npx relay check example');
  expect(await run(cloud, 'restore')).toMatchObject({ code: 0, result: 'was there' });
});

test('after thirty days its credentials are gone: it comes back without them', async () => {
  const { cloud } = await deployed();
  await run(cloud, 'remove');
  await cloud.advance(30 * 86_400_000);
  const restored = await run(cloud, 'restore');
  expect(restored).toMatchObject({ code: 4, result: 'has no secret' });
  expect(restored.next).toContain('npx relay credentials example');
  expect(await run(cloud, 'remove')).toMatchObject({ code: 0, result: 'had no secret' });
});

test('what is under way is counted, and stays unless the operator insists', async () => {
  const { cloud, clients } = await deployed();
  const ledger = new DynamoDbLedger({ client: clients.dynamodb, table: TableName });
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
  expect(await run(cloud, 'remove')).toMatchObject({ code: 4, result: 'refused', underWay, next: [] });
  expect(await run(cloud, 'restore'), 'nothing was done').toMatchObject({ result: 'was there' });
  const { output } = await runOperator('connection', ['remove', 'example'], cloud);
  expect(output).toContain('Under way: 1 invoice that has not ended (1 sending), 0 commands, 1 event');
  expect(output).toContain('or say --yes');
  const french = (await runOperator('connection', ['remove', 'example', '--lang', 'fr'], cloud)).output;
  expect(french).toContain('En cours : 1 facture non terminée (1 « en cours d’envoi »), 0 commande, 1 événement');
  expect(output).not.toContain('another number');
  expect(await run(cloud, 'remove', '--yes')).toMatchObject({ code: 0, result: 'removed', underWay });
});

test('an invoice that was accepted will be sent after all: it is not to be issued under another number', async () => {
  const { cloud, clients } = await deployed();
  const ledger = new DynamoDbLedger({ client: clients.dynamodb, table: TableName });
  const claimed = begun('claim');
  await ledger.write(claimed);
  await ledger.write(moved(claimed.record, 'release', [{ type: 'accepted' }]));
  expect(await run(cloud, 'remove')).toMatchObject({ code: 4, underWay: { openInvoices: { accepted: 1 } } });
  const { output } = await runOperator('connection', ['remove', 'example', '--yes'], cloud);
  expect(output).toContain('1 accepted invoice will still be sent if the connection returns');
  expect(output).toContain('do not issue it under another number');
  const french = (await runOperator('connection', ['remove', 'example', '--yes', '--lang', 'fr'], cloud)).output;
  expect(french).toContain('1 facture contrôlée sera tout de même envoyée si la connexion revient');
});

test.each([
  [['remove', '--help'], 0, 'exit codes'],
  [['restore', '--help'], 0, 'exit codes'],
  [['remove'], 2, '<connection> is missing'],
  [['remove', 'Example'], 2, 'is not the name of a connection'],
  [['remove', 'unknown'], 2, 'another name than "unknown"'],
  [['rename', 'example'], 2, 'there are: remove, restore'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await runOperator('connection', args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});
