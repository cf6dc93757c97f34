import { expect, test } from 'vitest';
import { move } from '../../shared/ledger/transition.ts';
import { claim, draft, later } from '../unit/ledger/records.ts';
import { cloudWithLedger, runOperator } from './operator-fixture.ts';

const pkOf = (number: string) => `invoice#qualification#99910001900010#${number}`;

/** F-1 was given up after ten doubts; F-2 is being sent. */
async function cloudWithInvoices() {
  const { cloud, ledger } = await cloudWithLedger();
  for (const number of ['F-1', 'F-2'])
    await ledger.write(claim(draft({ pk: pkOf(number), number, subject: `example/99910001900010/${number}` })));
  const sending = claim(draft({ pk: pkOf('F-1') })).record;
  const doubt = { since: later(1).toISOString(), why: 'HTTP 504', times: 10 };
  const nextStepAt = later(24 * 60).toISOString();
  const stuck = move(sending, { name: 'doubt', changes: { doubt, nextStepAt } }, later(1));
  await ledger.write(stuck);
  return { cloud, ledger };
}

test('an invoice that was given up is due at once, and its ERP will hear of it', async () => {
  const { cloud, ledger } = await cloudWithInvoices();
  const { code, output } = await runOperator('retry', ['example', 'F-1', '--json'], cloud);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toEqual([
    { subject: 'example/99910001900010/F-1', state: 'in-doubt', result: 'put on again' },
  ]);
  const record = await ledger.get(pkOf('F-1'));
  expect(record).toMatchObject({ state: 'in-doubt', doubt: { why: 'HTTP 504', times: 1 } });
  expect(record?.dueAt !== undefined && record.dueAt <= new Date().toISOString()).toBe(true);
  expect(record?.outbox.map(({ type }) => type)).toEqual(['chorus-relay.invoice.in-doubt.v1']);
});

test('an invoice that the relay has not given up is left to it', async () => {
  const { cloud, ledger } = await cloudWithInvoices();
  const doubt = { since: later(1).toISOString(), why: 'HTTP 504', times: 9 };
  const changes = { doubt, nextStepAt: later(60).toISOString() };
  const sending = claim(draft({ pk: pkOf('F-4'), number: 'F-4', subject: 'example/99910001900010/F-4' }));
  await ledger.write(sending);
  await ledger.write(move(sending.record, { name: 'doubt', changes }, later(1)));
  const before = await ledger.get(pkOf('F-4'));
  const english = await runOperator('retry', ['example', 'F-4'], cloud);
  expect(english).toMatchObject({ code: 4 });
  expect(english.output).toContain('not given up: the relay still tries');
  const french = await runOperator('retry', ['example', 'F-4', '--lang', 'fr'], cloud);
  expect(french.output).toContain('pas abandonnée : le relais essaie encore');
  expect(await ledger.get(pkOf('F-4'))).toEqual(before);
});

test('an invoice in any other state is left as it is', async () => {
  const { cloud, ledger } = await cloudWithInvoices();
  const before = await ledger.get(pkOf('F-2'));
  expect((await runOperator('retry', ['example', 'F-2'], cloud)).code).toBe(4);
  expect((await runOperator('retry', ['example', 'F-3'], cloud)).code).toBe(4);
  expect((await runOperator('retry', ['example', 'F-2', '--lang', 'fr'], cloud)).output).toContain(
    'example/99910001900010/F-2 (en cours d’envoi) : rien n’est en doute',
  );
  expect(await ledger.get(pkOf('F-2'))).toEqual(before);
});

test.each([
  [['--help'], 0, 'exit codes'],
  [['example'], 2, '<number> is missing'],
  [['nobody', 'F-1'], 2, 'there is no connection "nobody"'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await runOperator('retry', args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});
