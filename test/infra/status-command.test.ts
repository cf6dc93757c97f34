import { expect, onTestFinished, test } from 'vitest';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { DrivenClock, type LocalCloud } from '../../tools/local-cloud/index.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { begin } from '../../shared/ledger/transition.ts';
import { claim, draft } from '../unit/ledger/records.ts';
import { cloudOf } from './local-fixture.ts';
import { runOperator } from './operator-fixture.ts';

const TableName = 'chorus-relay-qualification-data-LedgerF00-BA4';
const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
};

async function cloudWithInvoices(): Promise<LocalCloud> {
  const cloud = await cloudOf({ table }, { clock: new DrivenClock() });
  const clients = localClients({ endpoint: cloud.endpoint, region: cloud.region, accessKeyId: 'relay' });
  onTestFinished(clients.destroy);
  const ledger = new DynamoDbLedger({ client: clients.dynamodb, table: TableName });
  const now = new Date('2026-11-23T09:00:00Z');
  const reasons = [{ code: 'siret', path: '', fr: 'SIRET faux', en: 'wrong SIRET' }];
  for (const connection of ['example', 'gone']) {
    const sending = draft({ pk: `invoice#${connection}-1`, connection, number: `${connection}-1` });
    await ledger.write(claim(sending));
    const refused = draft({ pk: `invoice#${connection}-2`, connection, number: `${connection}-2` });
    await ledger.write(begin(refused, { name: 'refuse', changes: { reasons } }, now));
  }
  await ledger.remember('cursor#example', { since: now.toISOString() });
  return cloud;
}

const run = (args: readonly string[], cloud?: LocalCloud) => runOperator('status', args, cloud);

test('the ledger is found by its stack and listed, without what the relay remembers for itself', async () => {
  const cloud = await cloudWithInvoices();
  const all = await run([], cloud);
  expect(all.output).toContain('4 factures, dont 2 en attente d’une action (!).');
  expect(all.output).toContain('SIRET faux');
  const one = await run(['example', '--needs-action', '--json'], cloud);
  expect(JSON.parse(one.output)).toMatchObject([{ number: 'example-2', state: 'refused', fr: ['SIRET faux'] }]);
  const elsewhere = await run(['--stage', 'elsewhere'], cloud);
  expect(elsewhere).toMatchObject({ code: 1 });
  expect(elsewhere.output).toContain('there is no table chorus-relay-elsewhere-data-Ledger…');
});

test.each([
  [['--help'], 0, 'exit codes'],
  [['example', 'other'], 2, 'usage'],
  [['Example'], 2, 'lower-case'],
  [['unknown'], 2, 'there is no connection "unknown"; there are: example'],
  [['--language', 'de'], 2, '--language "de" is neither fr nor en'],
  [['--everything'], 2, '--everything'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await run(args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});
