import { expect, test } from 'vitest';
import { claim, draft } from '../unit/ledger/records.ts';
import { cloudWithLedger, runOperator } from './operator-fixture.ts';

const [one, other] = ['99910001900010', '99910001900028'] as const;
const keyOf = (supplier: string) => ({
  pk: `invoice#qualification#${supplier}#F-1`,
  ...{ supplier, number: 'F-1', subject: `example/${supplier}/F-1` },
});

test('an invoice is found by its number or its subject; a number of two suppliers must be told apart', async () => {
  const { cloud, ledger } = await cloudWithLedger();
  await ledger.write(claim(draft(keyOf(one))));
  const found = await runOperator('support', ['example', 'F-1', '--language', 'fr'], cloud);
  expect([found.code, found.output]).toEqual([0, expect.stringContaining(`SIRET du fournisseur : ${one}`)]);
  await ledger.write(claim(draft(keyOf(other))));
  const both = await runOperator('support', ['example', 'F-1', '--language', 'en'], cloud);
  expect([both.code, both.output]).toEqual([1, expect.stringContaining(`example/${other}/F-1`)]);
  const named = await runOperator('support', ['example', `example/${other}/F-1`, '--language', 'en'], cloud);
  expect([named.code, named.output]).toEqual([0, expect.stringContaining(`SIRET of the supplier: ${other}`)]);
  expect((await runOperator('support', ['example', 'F-9'], cloud)).code).toBe(4);
});
