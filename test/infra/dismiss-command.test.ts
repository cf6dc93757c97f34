import { expect, test } from 'vitest';
import { begin } from '../../shared/ledger/transition.ts';
import { at, claim, draft } from '../unit/ledger/records.ts';
import { cloudWithLedger, runOperator } from './operator-fixture.ts';

const keyOf = (supplier: string, number: string) => ({
  pk: `invoice#qualification#${supplier}#${number}`,
  ...{ supplier, number, subject: `example/${supplier}/${number}` },
});
const [one, other] = ['99910001900010', '99910001900028'] as const;

/** F-1 was refused; F-2 of two suppliers as well; F-3 is being sent. */
async function cloudWithInvoices() {
  const { cloud, ledger } = await cloudWithLedger();
  const reasons = [{ code: 'siret', path: '', fr: 'SIRET faux', en: 'wrong SIRET' }];
  for (const key of [keyOf(one, 'F-1'), keyOf(one, 'F-2'), keyOf(other, 'F-2')])
    await ledger.write(begin(draft(key), { name: 'refuse', changes: { reasons } }, at));
  await ledger.write(claim(draft(keyOf(one, 'F-3'))));
  return { cloud, ledger };
}

test('a mark is taken away, and the record says by whom; once is enough', async () => {
  const { cloud, ledger } = await cloudWithInvoices();
  const ended = await runOperator(
    'dismiss',
    ['example', 'F-1', '--by', 'marie', '--why', 'réglé par téléphone'],
    cloud,
  );
  expect(ended.code).toBe(0);
  expect(ended.output).toContain(`example/${one}/F-1: dismissed by marie`);
  expect(await ledger.get(keyOf(one, 'F-1').pk)).toMatchObject({ state: 'refused', dismissed: { by: 'marie' } });
  expect((await runOperator('status', ['example', '--needs-action'], cloud)).output).not.toContain('F-1');
  expect((await runOperator('status', ['example', '--lang', 'fr'], cloud)).output).toMatch(
    /Classée par marie le .* \(réglé par téléphone\) : rien à faire\./,
  );
  const again = await runOperator('dismiss', ['example', 'F-1', '--lang', 'fr'], cloud);
  expect([again.code, again.output.trim()]).toEqual([
    4,
    `example/${one}/F-1 : rien à classer, aucune action n’est attendue (pas de !).`,
  ]);
  const unknown = await runOperator('dismiss', ['example', 'F-9', '--lang', 'fr'], cloud);
  expect([unknown.code, unknown.output]).toEqual([4, expect.stringContaining('Rien dans le registre')]);
  expect((await runOperator('dismiss', ['example', 'F-3'], cloud)).code).toBe(4);
});

test('a number of two suppliers must be told apart by its subject', async () => {
  const { cloud } = await cloudWithInvoices();
  const both = await runOperator('dismiss', ['example', 'F-2'], cloud);
  expect(both.code).toBe(1);
  for (const supplier of [one, other]) expect(both.output).toContain(`example/${supplier}/F-2`);
  expect((await runOperator('dismiss', ['example', `example/${other}/F-2`], cloud)).code).toBe(0);
  expect((await runOperator('dismiss', ['example', 'F-2'], cloud)).output).toContain(`example/${one}/F-2: dismissed`);
});

test.each([
  [['--help'], 0, 'exit codes'],
  [['example'], 2, '<number> is missing'],
  [['nobody', 'F-1'], 2, 'there is no connection "nobody"'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await runOperator('dismiss', args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});

test('as JSON it says which record it was, or nothing', async () => {
  const { cloud } = await cloudWithInvoices();
  const dismissed = async (): Promise<unknown> =>
    JSON.parse((await runOperator('dismiss', ['example', 'F-1', '--by', 'marie', '--json'], cloud)).output);
  expect(await dismissed()).toEqual({ subject: `example/${one}/F-1`, by: 'marie' });
  expect(await dismissed()).toEqual({});
});
