import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { enrol } from '../../shared/connection/roster.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { noteCredentialEnds } from '../../shared/tracking/credential-ends.ts';
import { alarmDescription, readAlarmDescription } from '../../infra/constructs/alarm-description.ts';
import { askWhichConnection } from '../../infra/constructs/alarm-texts.ts';
import { projectRoot } from '../../infra/deployment.ts';
import type { LocalCloud } from '../../tools/local-cloud/index.ts';
import type { AlarmNow } from '../../tools/local-cloud/monitoring/alarms.ts';
import { AwsError, type Service } from '../../tools/local-cloud/services/aws-service.ts';
import { alarmList } from '../../tools/local-cloud/services/alarm-list.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { exampleSettings } from '../support/example-connection.ts';
import { cloudOf, ledgerTable } from './local-fixture.ts';
import { ledgerName, runOperator } from './operator-fixture.ts';
import { ofType, stacksOf, written } from './stacks-fixture.ts';

const stage = 'chorus-relay-qualification-';
const at = Date.parse('2026-11-26T08:00:00Z');
const inDoubt = {
  alarm: `${stage}in-doubt`,
  description: 'Perdue. Cherchez. / Lost. Search. Runbook: docs/runbooks/alarms/in-doubt.md',
  ...{ at, state: 'ALARM' },
} as const satisfies AlarmNow;
const quiet = { ...inDoubt, alarm: `${stage}unexpected`, state: 'OK' } as const;
const ofSomebodyElse = { ...inDoubt, alarm: 'another-application' } as const;

const warning = {
  ...inDoubt,
  alarm: `${stage}piste-secret-warning`,
  description: alarmDescription(
    { fr: `${askWhichConnection.fr} Renouvelez.`, en: `${askWhichConnection.en} Renew.` },
    'docs/runbooks/alarms/piste-secret-warning.md',
  ),
};
const dueToo = { ...warning, alarm: `${stage}piste-secret-due` };

const cloudWith = (monitoring: Service): Promise<LocalCloud> => cloudOf({}, { monitoring });
const cloudWithAlarms = (...alarms: AlarmNow[]) => cloudWith(alarmList(() => Promise.resolve(alarms)));
const run = (args: readonly string[], cloud: LocalCloud) => runOperator('alarms', args, cloud);

test('lists what rings in this stage, since when, what it says, and its page, in each language', async () => {
  const cloud = await cloudWithAlarms(quiet, inDoubt, ofSomebodyElse);
  expect(await run(['--lang', 'en'], cloud)).toEqual({
    code: 0,
    output: `in-doubt – rings since 2026-11-26 09:00 (Paris time)
  Lost. Search.
  → docs/runbooks/alarms/in-doubt.md

1 alarm rings, of 2 (qualification).
`,
  });
  expect(await run(['--lang', 'fr'], cloud)).toEqual({
    code: 0,
    output: `in-doubt – sonne depuis le 26/11/2026 09:00 (heure de Paris)
  Perdue. Cherchez.
  → docs/fr/procedures/alarmes/in-doubt.md

1 alarme sonne, sur 2 (qualification).
`,
  });
});

test('lists the quiet ones too if it is asked, and gives both languages as JSON', async () => {
  const { output } = await run(['--all', '--json'], await cloudWithAlarms(quiet, inDoubt));
  expect(JSON.parse(output)).toEqual([
    {
      ...{ name: 'in-doubt', state: 'ALARM', since: '2026-11-26T08:00:00.000Z', connections: [] },
      says: { fr: 'Perdue. Cherchez.', en: 'Lost. Search.' },
      runbook: { fr: 'docs/fr/procedures/alarmes/in-doubt.md', en: 'docs/runbooks/alarms/in-doubt.md' },
    },
    expect.objectContaining({ name: 'unexpected', state: 'OK' }),
  ]);
});

test('names the connections for which an alarm rings that knows them, all of them', async () => {
  const names = Array.from({ length: 60 }, (_, i) => `c${String(i).padStart(2, '0')}`);
  const contributors = names.map((name) => ({ name, at }));
  const expression = 'SELECT SUM(ConnectionSuspended) FROM … GROUP BY connection ORDER BY SUM() DESC';
  const suspended = { ...inDoubt, alarm: `${stage}connection-suspended`, query: { expression, contributors } };
  const quietToo = { ...suspended, alarm: `${stage}polls-stopped`, state: 'OK' } as const;
  const cloud = await cloudWithAlarms(inDoubt, suspended, quietToo);
  const { output } = await run(['--json', '--all'], cloud);
  const named = z.array(z.object({ name: z.string(), connections: z.array(z.string()) })).parse(JSON.parse(output));
  expect(named.map(({ name, connections }) => [name, connections])).toEqual([
    ['connection-suspended', names],
    ['in-doubt', []],
    ['polls-stopped', []],
  ]);
  expect((await run(['--lang', 'fr'], cloud)).output).toContain('  Connexions : c00, c01,');
  expect((await run(['--lang', 'en'], cloud)).output).toContain('  Connections: c00, c01,');
});

test('names the connections whose credentials the daily look found to be renewed, without advice to look here', async () => {
  const monitoring = alarmList(() => Promise.resolve([warning, dueToo]));
  const cloud = await cloudOf({ table: ledgerTable(ledgerName) }, { monitoring });
  const clients = localClients({ ...cloud, accessKeyId: 'relay' });
  onTestFinished(clients.destroy);
  const memory = new DynamoDbMemory({ client: clients.dynamodb, table: ledgerName });
  for (const [name, due] of [
    ['soon', '2026-12-01'],
    ['fine', '2026-12-31'],
    ['over', '2026-11-26'],
  ] as const) {
    await enrol(memory, { version: 1, state: 'connected' }, { ...exampleSettings, name });
    const look = { day: '2026-11-26', areUnusable: false, ends: { 'piste-secret': due } };
    await noteCredentialEnds(name, look, memory);
  }
  const { output } = await run(['--lang', 'en'], cloud);
  expect(output).toContain(
    'piste-secret-warning – rings since 2026-11-26 09:00 (Paris time)\n  Connections: soon\n  Renew.\n',
  );
  expect(output).toContain(
    'piste-secret-due – rings since 2026-11-26 09:00 (Paris time)\n  Connections: over\n  Renew.\n',
  );
});

test('lists them without names where the ledger cannot be read', async () => {
  const { code, output } = await run(['--lang', 'en'], await cloudWithAlarms(warning));
  expect(code).toBe(0);
  expect(output).toContain('(Paris time)\n  Renew.\n');
});

test('reads all pages of a long list, and the text of an alarm that another tool made', async () => {
  const description = 'made by hand\u001b[2J';
  const many = Array.from({ length: 230 }, (_, i) => ({ ...inDoubt, alarm: `${stage}a-${i}`, description }));
  const { output } = await run(['--lang', 'en'], await cloudWithAlarms(...many));
  expect(output).toContain('230 alarms ring, of 230');
  expect(output).toContain('made by hand?[2J');
  expect(output).not.toMatch(/→|\u001b/);
});

test('says that none rings, and what CloudWatch refused', async () => {
  expect(await run(['--lang', 'fr'], await cloudWithAlarms(quiet))).toEqual({
    code: 0,
    output: 'Aucune alarme ne sonne, sur 1 (qualification).\n',
  });
  const refused = new AwsError('AccessDenied', 'not authorized to perform: cloudwatch:DescribeAlarms', 403);
  const { code, output } = await run([], await cloudWith(() => Promise.resolve(refused.reply())));
  expect([code, output]).toEqual([1, expect.stringContaining('AccessDenied: not authorized')]);
});

test('each alarm of the template can be read, and its page is there in both languages', async () => {
  const alarms = ofType((await stacksOf('test')).all, 'AWS::CloudWatch::Alarm');
  expect(alarms.length).toBeGreaterThan(30);
  for (const { id, Properties } of alarms) {
    const { fr = '', en = '', runbook = '' } = readAlarmDescription(written(Properties['AlarmDescription'])) ?? {};
    expect(`${fr}${en}`, id).not.toMatch(/ \/ |Runbook/);
    const french = runbook.replace('runbooks/alarms/', 'fr/procedures/alarmes/');
    for (const page of [runbook, french]) expect(existsSync(join(projectRoot, page)), `${id}: ${page}`).toBe(true);
  }
});
