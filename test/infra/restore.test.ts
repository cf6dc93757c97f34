import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { broughtKey } from '../../shared/documents/document-store.ts';
import { expect, onTestFinished, test } from 'vitest';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { spokenVerified } from '../../tools/relay/restore.ts';
import { applyRestored, verifyRestored } from '../../tools/relay/restored-table.ts';
import { placeOf } from '../../shared/lists/places.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import type { InvoiceDraft } from '../../shared/ledger/transition.ts';
import { claim, draft, moved } from '../unit/ledger/records.ts';
import { cloudOf, ledgerTable } from './local-fixture.ts';
import { runOperator } from './operator-fixture.ts';

test('verify compares a restored ledger with the document store', async () => {
  const [restored, bucket] = ['restored', 'documents'];
  const store = { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucket } };
  const cloud = await cloudOf({ table: ledgerTable(restored), store });
  const { dynamodb, s3, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  onTestFinished(destroy);
  const ledger = new DynamoDbLedger({ client: dynamodb, table: restored, placeOf });
  const received = (message: string) => `received/example/2026-11-23/${message}.json`;
  const invoice = (number: string, sha256: string) =>
    draft({
      pk: `invoice#${number}`,
      subject: `example/1/${number}`,
      messageIds: [number],
      commandKey: received(number),
      documents: [{ name: 'a.pdf', sha256 }],
    });
  const followed = (of: InvoiceDraft) => ({ ...moved(claim(of).record, 'follow'), replaces: 0 });
  await ledger.write(followed(invoice('whole', 'aa')));
  await ledger.write(followed(invoice('torn', 'bb')));
  const damaged = 'invoice#qualification#99910001900010#DAMAGED';
  await dynamodb.send(new PutItemCommand({ TableName: restored, Item: { pk: { S: damaged }, state: { S: '?' } } }));
  const brought = broughtKey(received('whole'));
  const later = (number: string) => JSON.stringify({ type: 'invoice.submit', invoice: { number } });
  const objects = {
    ...{ 'documents/aa': '{}', [received('whole')]: '{}', [brought]: '{}', [received('torn')]: '{}' },
    ...{ [received('later')]: later('FA-9'), [received('back')]: later('whole'), [received('no-command')]: '[' },
  };
  for (const [Key, Body] of Object.entries(objects)) await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));

  const reads: number[] = [];
  const verified = await verifyRestored({ dynamodb, table: restored, s3, bucket }, (read) => reads.push(read));
  expect(verified).toMatchObject({
    records: 2,
    commands: 5,
    unreadable: [damaged],
    missingDocuments: [{ subject: 'example/1/torn', key: 'documents/bb' }],
  });
  const unknown = Object.fromEntries(verified.unknownCommands.map(({ key, ...one }) => [key, one]));
  expect(unknown).toMatchObject({
    [received('later')]: { connection: 'example', type: 'invoice.submit', number: 'FA-9', numberKnownOf: [] },
    [received('back')]: { number: 'whole', numberKnownOf: ['1'] },
    [received('no-command')]: { connection: 'example', numberKnownOf: [] },
  });
  expect(Object.keys(unknown).length).toBe(3);
  expect(reads.at(-1)).toBe(10);
  expect(spokenVerified(verified, 'en')).toContain(`1 record cannot be read: ${damaged} → docs/runbooks/restore.md`);
  const english = spokenVerified(verified, 'en');
  expect(english).toContain('3 commands whose message the table does not know');
  expect(english).toMatch(/example +invoice\.submit {2}FA-9 +– +received\/example\/2026-11-23\/later\.json$/m);
  expect(english).toMatch(/whole +knows this number \(1\) {2}received\/example\/2026-11-23\/back\.json$/m);
  expect(english).toContain('sent back from the dead letters');
  expect(spokenVerified(verified, 'fr')).toMatch(/whole +connaît ce numéro \(1\) {2}received/);
  expect(spokenVerified({ ...verified, unreadable: [], missingDocuments: [], unknownCommands: [] }, 'en')).toBe(
    '2 records, 5 commands in the store.\nEvery record has its documents.\nEvery command is known to the table.',
  );
});

test('apply copies what the ledger has lost, and leaves what the ledger knows better', async () => {
  const cloud = await cloudOf({ ledger: ledgerTable('ledger'), restored: ledgerTable('restored') });
  const { dynamodb, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  onTestFinished(destroy);
  const ledger = new DynamoDbLedger({ client: dynamodb, table: 'ledger', placeOf });
  const restored = new DynamoDbLedger({ client: dynamodb, table: 'restored', placeOf });
  const written = (pk: string) => claim(draft({ pk }));
  const put = (TableName: string, pk: string) =>
    dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, version: { S: 'broken' } } }));

  for (const pk of ['missing', 'broken', 'newer', 'same']) await restored.write(written(pk));
  await put('restored', 'broken-in-both');
  await restored.remember('cursor#example', { since: 'old' });
  await restored.remember('cursor#other', { since: 'old' });
  await put('ledger', 'broken');
  const newer = moved(written('newer').record, 'doubt');
  await ledger.write(written('newer'));
  await ledger.write({ ...newer, replaces: 1 });
  await ledger.write(written('same'));
  await ledger.remember('cursor#example', { since: 'young' });

  const tables = { restored: 'restored', ledger: 'ledger' };
  const expected = { put: 3, left: 3, unreadable: ['broken-in-both'] };
  expect(await applyRestored(dynamodb, { ...tables, dryRun: true })).toEqual(expected);
  expect(await ledger.get('missing')).toBeUndefined();
  expect(await applyRestored(dynamodb, { ...tables, dryRun: false })).toEqual(expected);
  for (const pk of ['missing', 'broken']) expect(await ledger.get(pk), pk).toEqual(await restored.get(pk));
  expect(await ledger.get('newer')).toEqual(newer.record);
  expect(await ledger.recall('cursor#example')).toEqual({ since: 'young' });
  expect(await ledger.recall('cursor#other')).toEqual({ since: 'old' });
  expect(await applyRestored(dynamodb, { ...tables, dryRun: false })).toEqual({ ...expected, put: 0, left: 6 });
});

test.each([
  [['verify', '--help'], 0, 'exit codes'],
  [['verify'], 2, '--table is missing'],
  [['verify', '--table', 't'], 2, '--bucket is missing'],
  [['apply', '--dry-run'], 2, '--table is missing'],
  [['apply', '--table', 't', 'more'], 2, '"more" is one argument too many'],
  [['appyl'], 2, 'did you mean apply?'],
])('restore %j ends with %i', async (args, code, said) => {
  const ended = await runOperator('restore', args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});
