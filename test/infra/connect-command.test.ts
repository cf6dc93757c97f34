import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { readStored } from '../../shared/connection/stored-connections.ts';
import { atDesk, missingInTemplate, missingStack } from '../../tools/relay/connect.ts';
import { isInTemplate } from '../../tools/relay/next-steps.ts';
import { connectionFile } from '../../tools/relay/targets.ts';
import { connectConnection, undoChange, type Connecting } from '../../tools/relay/change-connection.ts';
import { broken, connected, deployed, established, owner, run, SecretId, settings, start } from './connect-fixture.ts';
import { textLike } from './local-fixture.ts';
import { runOperator } from './operator-fixture.ts';

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
    const insisted = await runOperator('connect', ['example', '--yes', '--lang', 'fr'], cloud);
    expect(insisted.output).toMatch(/^Connectée : .* Les fonctions en tiennent compte dans la minute/);
    expect(await run(cloud, 'connect', '--yes')).toMatchObject({ code: 0, result: 'unchanged' });
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
    expect(output).toContain('nothing is checked, not even the SIRETs: afterwards, "npx relay check example"');
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

  test('says which stack is missing while a connection has no inbox, but should have its own', async () => {
    const { clients } = await deployed();
    const own = { name: 'example', inbox: 'own' } as const;
    const missing = (inbox: 'own' | 'shared') => missingStack({ ...own, inbox }, 'qualification', clients.sqs);
    expect(await missing('shared')).toBeUndefined();
    expect(await missing('own')).toBe('chorus-relay-qualification-example');
    await clients.sqs.send(new CreateQueueCommand({ QueueName: 'chorus-relay-qualification-erp-inbox-example' }));
    expect(await missing('own')).toBeUndefined();
  });

  test('says what else a connection needs that no deployment knows', async () => {
    const { cloud } = await deployed();
    cloud.storeSecret(SecretId, { login: 'a' });
    expect(await run(cloud, 'connect'), 'cdk.json has it').toMatchObject({ result: 'connected', next: [] });
    const martin = { ...owner, connection: 'martin' };
    expect([isInTemplate(owner), isInTemplate(martin)]).toEqual([true, false]);
    expect(missingInTemplate(martin, false).map(({ en }) => en)).toEqual([
      'add "martin" to "connections" in cdk.json',
      'npx cdk deploy chorus-relay-qualification-martin -c stage=qualification -c only=martin',
      textLike(/^attach the policy chorus-relay-qualification-Erp-martin to the ERP’s identity/),
    ]);
    expect(missingInTemplate(martin, true).map(({ en }) => en)).toContainEqual(textLike(/^start "npx relay local"/));
  });

  test('leaves a connection of the local relay to the people of its desk', async () => {
    const file = await connectionFile('example');
    const deskOf = (outputs: Record<string, string>) => atDesk(file, { outputs }).settings.desk;
    expect(deskOf({})).toEqual(file.settings.desk);
    expect(deskOf({ DeskUrl: 'http://127.0.0.1:1' })?.act).toContain('comptable@poste.example');
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

test.each([
  [['connect', '--help'], 0, 'exit codes'],
  [['connect', 'exemple'], 2, 'there is no connection "exemple"'],
])('%j ends with %i', async ([verb = '', ...args], code, expected) => {
  const ended = await runOperator(verb, args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(expected);
});
