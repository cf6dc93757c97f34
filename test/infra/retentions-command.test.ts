import { expect, test } from 'vitest';
import { move } from '../../shared/ledger/transition.ts';
import type { LocalCloud } from '../../tools/local-cloud/index.ts';
import { claim, draft } from '../unit/ledger/records.ts';
import { cloudWithLedger, runOperator } from './operator-fixture.ts';

const at = '2026-11-23T09:00:00.000Z';
const inChorusPro = { chorusProId: 7, status: { code: 'DEPOSEE', observedAt: at }, submittedAt: at };

/** 60.00 is held of one invoice, of which another releases 20.00. */
async function cloudWithRetentions(): Promise<LocalCloud> {
  const { cloud, ledger } = await cloudWithLedger();
  const retentions = [{ name: 'Retenue de garantie', amount: '60.00', until: '2026-11-30' }];
  const holds = { pk: 'invoice#1', number: 'F-1', contract: '2026-GO-007', retentions };
  const releases = [{ of: holds.pk, name: 'Retenue de garantie', amount: '20.00' }];
  for (const changes of [holds, { pk: 'invoice#2', number: 'F-2', releases }, { pk: 'invoice#3', number: 'F-3' }]) {
    const claimed = claim(draft(changes));
    await ledger.write(claimed);
    const sent = { ...inChorusPro, nextStepAt: at };
    await ledger.write(move(claimed.record, { name: 'follow', changes: sent }, new Date(at)));
  }
  return cloud;
}

const run = (args: readonly string[], cloud?: LocalCloud) => runOperator('retentions', args, cloud);

test('what is held is listed from the ledger, with what was released of it', async () => {
  const cloud = await cloudWithRetentions();
  const french = await runOperator('retentions', ['example'], cloud, 'fr_FR.UTF-8');
  expect(french.code).toBe(0);
  expect(french.output).toMatch(
    /example +F-1 .* 2026-GO-007 +Retenue de garantie +40,00\u00a0€ +20\/11\/2026 +30\/11\/2026/,
  );
  expect(french.output).toContain(
    '    Versement de 20,00\u00a0€ sur 60,00\u00a0€ demandé par F-2 (pas encore mise en paiement).',
  );
  const json = await run(['--json', '--contract', '2026-GO-007'], cloud);
  expect(JSON.parse(json.output)).toMatchObject([{ number: 'F-1', held: '40.00', releasedBy: [{ number: 'F-2' }] }]);
  const csv = await run(['--csv', '--language', 'en'], cloud);
  expect(csv.output.split('\r\n')[1]).toContain(',Retenue de garantie,60.00,20.00,40.00,EUR,2026-11-30,,,,F-2');
  expect((await run(['--due-before', '29/11/2026'], cloud)).output).toContain('No retention.');
  const status = await run(['--recipient', '12345678200051'], cloud);
  expect(status.output).toContain('1 retention. Held: 40.00 EUR');
});

test('the acceptance of the works is noted, once, by whom; the list shows the day that follows', async () => {
  const { cloud, ledger } = await cloudWithLedger();
  const retentions = [{ name: 'Retenue de garantie', amount: '60.00', until: '2027-11-20', expected: true as const }];
  const claimed = claim(draft({ pk: 'invoice#1', number: 'F-1', contract: '2026-GO-007', retentions }));
  await ledger.write(claimed);
  const accept = (...args: string[]) =>
    run(['example', '--contract', '2026-GO-007', '--accepted', '31/10/2026', '--by', 'marie', ...args], cloud);
  const waiting = await accept();
  expect([waiting.code, waiting.output]).toEqual([4, expect.stringContaining('not in Chorus Pro yet: F-1')]);
  await ledger.write(
    move(claimed.record, { name: 'follow', changes: { ...inChorusPro, nextStepAt: at } }, new Date(at)),
  );
  const noted = await accept('--language', 'fr');
  expect(noted.code).toBe(0);
  expect(noted.output).toContain(
    'Marché 2026-GO-007 : réception du 31 octobre 2026 notée par marie. À libérer le 31 octobre 2027 : F-1.',
  );
  expect(await ledger.get('invoice#1')).toMatchObject({
    retentions: [{ until: '2027-10-31', accepted: { on: '2026-10-31', by: 'marie' } }],
  });
  const listed = await run(['example', '--language', 'fr'], cloud);
  expect(listed.output).toMatch(/31\/10\/2027/);
  expect(listed.output).toContain('Réception du 31 octobre 2026, notée par marie.');
  const again = await accept('--json');
  expect([again.code, JSON.parse(again.output)]).toEqual([
    4,
    expect.objectContaining({ noted: [], waiting: [], kept: [expect.objectContaining({ by: 'acceptance' })] }),
  ]);
  const csv = await run(['--csv', '--language', 'fr'], cloud);
  expect(csv.output).toContain(';réception du;réception notée par;');
  expect(csv.output).toContain(';31/10/2026;marie;');
});

test.each([
  [['--accepted', '2026-10-31'], 2, '--accepted needs a connection and --contract'],
  [['example', '--accepted', '2026-10-31'], 2, '--accepted needs a connection and --contract'],
  [['example', '--contract', 'M', '--accepted', '2999-01-01'], 2, 'has not come yet'],
  [['--by', 'marie'], 2, '--by goes with --accepted'],
  [['--help'], 0, 'exit codes'],
  [['--help', '--language', 'fr'], 0, 'ce que les destinataires retiennent'],
  [['nobody'], 2, 'there is no connection "nobody"'],
  [['--due-before', 'soon'], 2, '--due-before "soon" is not a day'],
  [['--csv', '--json'], 2, '--csv and --json do not go together'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await run(args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});
