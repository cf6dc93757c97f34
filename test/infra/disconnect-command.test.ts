import { CreateSecretCommand, DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { readStored } from '../../shared/connection/stored-connections.ts';
import { begun, moved } from '../unit/ledger/records.ts';
import { connected, deployed, run, SecretId, settings } from './connect-fixture.ts';
import { runOperator } from './operator-fixture.ts';

describe('relay disconnect', () => {
  test('stops a connection, which comes back by relay connect', async () => {
    const { cloud, secrets, ledger } = await connected();
    const out = await run(cloud, 'disconnect');
    expect(out).toMatchObject({ code: 0, result: 'disconnected', restorableUntil: '2026-12-23' });
    expect(out.next).toEqual([
      expect.stringContaining('detach the policy chorus-relay-qualification-Erp-example'),
      'npx cdk destroy chorus-relay-qualification-example -c stage=qualification',
      expect.stringContaining('take "example" out of "connections" in cdk.json'),
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
    expect(await run(cloud, 'disconnect')).toMatchObject({ code: 0, result: 'was disconnected before' });
  });

  test('waits for the queue: what is on it would be refused', async () => {
    const { cloud, clients, ledger } = await connected();
    const QueueUrl = `${cloud.endpoint}/${cloud.accountId}/chorus-relay-qualification-invoices`;
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"connection":"example"}' }));

    expect(await run(cloud, 'disconnect')).toMatchObject({ code: 4, result: 'refused', underWay: { onQueue: 1 } });
    expect(await readStored(ledger, 'example'), 'nothing was done').toMatchObject({ state: 'connected' });
    const { output } = await runOperator('disconnect', ['example'], cloud);
    expect(output).toContain('1 message waits on the queue; if it is of this connection, it will be refused.');
    expect(output).toContain('what waits on the queue would be refused. Wait until all has ended, or say --yes.');
    expect(output).toContain('Let the ERP stop sending');
    const french = (await runOperator('disconnect', ['example', '--lang', 'fr'], cloud)).output;
    expect(french).toContain('1 message attend dans la file ; s’il est de cette connexion, il sera refusé.');
    expect(await run(cloud, 'disconnect', '--yes')).toMatchObject({ code: 0, result: 'disconnected' });
  });

  test('only counts in a dry run', async () => {
    const { cloud, clients, ledger } = await connected();
    expect(await run(cloud, 'disconnect', '--dry-run')).toMatchObject({ code: 0, result: 'counted', next: [] });
    expect((await runOperator('disconnect', ['example', '--dry-run'], cloud)).output).toContain('Nothing was done');
    const QueueUrl = `${cloud.endpoint}/${cloud.accountId}/chorus-relay-qualification-invoices`;
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    expect(await run(cloud, 'disconnect', '--dry-run', '--yes')).toMatchObject({ code: 4, result: 'counted' });
    expect((await runOperator('disconnect', ['example', '--dry-run'], cloud)).output).toContain(
      '2 messages wait on the queue; those of this connection will be refused.',
    );
    expect(await readStored(ledger, 'example')).toMatchObject({ state: 'connected' });
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
  [['disconnect', '--help'], 0, 'exit codes'],
  [['disconnect'], 2, '<connection> is missing'],
  [['disconnect', 'Example'], 2, 'is not the name of a connection'],
  [['disconnect', 'unknown'], 2, 'another name than "unknown"'],
])('%j ends with %i', async ([verb = '', ...args], code, expected) => {
  const ended = await runOperator(verb, args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(expected);
});
