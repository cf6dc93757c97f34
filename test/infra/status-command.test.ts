import { expect, test } from 'vitest';
import type { LocalCloud } from '../../tools/local-cloud/index.ts';
import { begin } from '../../shared/ledger/transition.ts';
import { claim, draft } from '../unit/ledger/records.ts';
import {
  cloudWithDeadLetters,
  cloudWithLedger,
  damage,
  enqueue,
  invoicesQueue,
  queue,
  runOperator,
} from './operator-fixture.ts';

async function cloudWithInvoices(): Promise<LocalCloud> {
  const { cloud, ledger } = await cloudWithLedger();
  const now = new Date('2026-11-23T09:00:00Z');
  const reasons = [{ code: 'siret', path: '', fr: 'SIRET faux', en: 'wrong SIRET' }];
  for (const connection of ['example', 'gone']) {
    const sending = draft({ pk: `invoice#${connection}-1`, connection, number: `${connection}-1` });
    await ledger.write(claim(sending));
    const refused = draft({ pk: `invoice#${connection}-2`, connection, number: `${connection}-2` });
    await ledger.write(begin(refused, { name: 'refuse', changes: { reasons } }, now));
  }
  await ledger.remember('cursor#example', { since: now.toISOString() });
  const recipient = { at: now.toISOString(), value: { name: 'Mairie de Caen' } };
  await ledger.remember('recipient#qualification#12345678200051', recipient);
  const asks = { number: 'DG-7', framework: 'A20', until: '2027-01-12' };
  const told = { version: 1, status: 'A_ASSOCIER_FOURNISSEUR' };
  await ledger.remember('works-document#example#qualification#7', { ...told, asks });
  await ledger.remember('works-document#example#qualification#8', { ...told, status: 'ASSOCIEE' });
  return cloud;
}

test('says why messages wait, before any alarm rings', async () => {
  const { cloud, ledger } = await cloudWithLedger();
  const none = await run(['--outages'], cloud);
  expect(none.output).toBe('By the last readings, nothing holds invoices up.\n');
  await ledger.remember('standstill', { since: '2026-11-26T23:06:00.000Z' });
  const said =
    'Chorus Pro ne répond pas, depuis le 27 novembre 2026 à 00:06 au plus tard : les factures attendent, rien n’est perdu.';
  expect((await inFrance([], cloud)).output).toContain(said);
  expect((await inFrance(['--outages'], cloud)).output).toBe(`${said}\n`);
  expect(JSON.parse((await run(['example', '--outages', '--json'], cloud)).output)).toEqual({
    outages: [{ kind: 'platform-closed', since: '2026-11-26T23:06:00.000Z' }],
  });
});

const run = (args: readonly string[], cloud?: LocalCloud) => runOperator('status', args, cloud);
const inFrance = (args: readonly string[], cloud: LocalCloud) => runOperator('status', args, cloud, 'fr_FR.UTF-8');

test('the ledger is found by its stack and listed, without what the relay remembers for itself', async () => {
  const cloud = await cloudWithInvoices();
  const all = await inFrance([], cloud);
  expect(all.output).toContain('4 factures, dont 2 en attente d’une action (!).');
  expect(all.output).toContain('SIRET faux');
  expect(all.output).toContain(
    'À faire aussi : décompte général DG-7 (A20) attend votre réponse, par votre logiciel ou sur le portail Chorus Pro (au plus tard le 12 janvier 2027)',
  );
  expect(all.output.match(/À faire aussi/g)).toHaveLength(1);
  expect((await inFrance(['gone'], cloud)).output).not.toContain('À faire aussi');
  const one = await run(['example', '--needs-action', '--json'], cloud);
  expect(JSON.parse(one.output)).toMatchObject([{ number: 'example-2', state: 'refused', fr: ['SIRET faux'] }]);
  const csv = await run(['example', '--text', 'siret faux', '--csv', '--language', 'en'], cloud);
  expect(csv.output.split('\r\n').slice(1)).toEqual([
    expect.stringMatching(/^yes,example-2,.*,Mairie de Caen,.*,example,/),
    '',
  ]);
  const named = await inFrance(['example', '--recipient', 'caen', '--unpaid'], cloud);
  expect(named.output).toContain('Mairie de Caen (12345678200051)');
  expect(named.output).toContain('1 facture, aucune action attendue. Reste à payer : 1\u202f200,00\u00a0€.');
  expect((await inFrance(['--late'], cloud)).output).toContain('Aucune facture.');
  expect((await inFrance(['--to', '31/12/2019'], cloud)).output).toContain('Aucune facture.');
  const elsewhere = await run(['--stage', 'elsewhere'], cloud);
  expect(elsewhere).toMatchObject({ code: 1 });
  expect(elsewhere.output).toContain('there is no table chorus-relay-elsewhere-data-Ledger…');
  const said = (await inFrance(['--stage', 'elsewhere'], cloud)).output;
  expect(said).toContain('il n’y a pas de table chorus-relay-elsewhere-data-Ledger… : vérifiez');
});

test.each(['status', 'retentions'])('a damaged record hides no other from %s', async (verb) => {
  const { cloud, ledger } = await cloudWithLedger();
  await ledger.write(claim(draft({ connection: 'example', number: 'WHOLE-1' })));
  const key = 'invoice#qualification#99910001900010#DAMAGED-1';
  await damage(cloud, key);
  for (const args of [[], ['example']]) {
    const { code, output } = await runOperator(verb, args, cloud);
    expect(code).toBe(1);
    expect(output).toContain(verb === 'status' ? 'WHOLE-1' : 'No retention');
    expect(output).toContain(`1 record cannot be read: ${key} → docs/runbooks/restore.md`);
  }
  const french = await runOperator(verb, ['--json'], cloud, 'fr_FR.UTF-8');
  expect(french.output).toContain(`1 enregistrement est illisible : ${key} → docs/runbooks/restore.md`);
});

test.each(['support', 'retry'])('what %s cannot find may be a damaged record', async (verb) => {
  const { cloud } = await cloudWithLedger();
  await damage(cloud, 'invoice#qualification#99910001900010#DAMAGED-1');
  const { code, output } = await runOperator(verb, ['example', 'DAMAGED-1'], cloud);
  expect(code).toBe(4);
  expect(output).toContain('1 record cannot be read: invoice#qualification#99910001900010#DAMAGED-1');
});

test('what is among the dead letters is not in the list, and the list says so', async () => {
  const letters = await cloudWithDeadLetters([{ MessageBody: '{"facture":"FA-2026-0117"}' }]);
  expect((await inFrance([], letters)).output).toContain(
    '1 message illisible n’est pas dans cette liste (peut-être une facture) : npx relay dead-letters',
  );
  expect((await run(['--json'], letters)).output.trim()).toBe('[]');
});

test('what waits on the queue is not in the list yet, and the list says so', async () => {
  const { cloud } = await cloudWithLedger({ invoices: queue(invoicesQueue) });
  expect((await run([], cloud)).output).not.toContain('queue');
  await enqueue(cloud, invoicesQueue, { MessageBody: '{}' });
  expect((await run([], cloud)).output).toContain('1 message waits on the queue.');
  await enqueue(cloud, invoicesQueue, { MessageBody: '[]' });
  expect((await inFrance([], cloud)).output).toContain('2 messages attendent dans la file.');
});

test.each([
  [['--help'], 0, 'exit codes'],
  [['example', 'other'], 2, 'usage'],
  [['Example'], 2, 'lower-case'],
  [['nobody'], 2, 'there is no connection "nobody"; there are: example'],
  [['--language', 'de'], 2, '--language "de" is neither fr nor en'],
  [['--everything'], 2, '--everything'],
  [['--from', '31/13/2026'], 2, '--from "31/13/2026" is not a day: YYYY-MM-DD or DD/MM/YYYY'],
  [['--csv', '--json'], 2, '--csv and --json do not go together'],
  [['--help'], 0, 'npm run -s status --'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await run(args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});
