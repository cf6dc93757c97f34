import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { move } from '../../shared/ledger/transition.ts';
import { pagesOf } from '../support/pdf-pages.ts';
import { at, claim, draft } from '../unit/ledger/records.ts';
import { cloudWithLedger, runOperator } from './operator-fixture.ts';

test('the letter of an invoice that was paid late is a file, and its sums are said; nothing is replaced', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'letter-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const out = join(folder, 'letter.pdf');
  const { cloud, ledger } = await cloudWithLedger();
  const first = claim(draft({ amount: '12000.00' }));
  await ledger.write(first);
  const status = { code: 'MISE_EN_PAIEMENT', at: at.toISOString(), observedAt: at.toISOString() };
  const changes = {
    ...{ chorusProId: 7, submittedAt: at.toISOString(), status },
    ...{ paymentDue: '2026-06-10', paidLateOn: '2026-07-20' },
  };
  await ledger.write(move(first.record, { name: 'settle', changes }, at));
  const args = ['example', 'F-1', '--out', out];
  const french = await runOperator('letter', [...args, '--language', 'fr'], cloud);
  expect([french.code, french.output.trim()]).toEqual([
    0,
    `${out} : intérêts 133,48\u00a0€, indemnité 40,00\u00a0€, total 173,48\u00a0€`,
  ]);
  expect((await pagesOf(readFileSync(out))).join(' ')).toContain('173,48');
  const again = await runOperator('letter', args, cloud);
  expect([again.code, again.output]).toEqual([1, expect.stringContaining('is there already')]);
  const json = await runOperator('letter', ['example', 'F-1', '--out', join(folder, 'json.pdf'), '--json'], cloud);
  expect(JSON.parse(json.output)).toMatchObject({
    ...{ subject: 'example/99910001900010/F-1', total: '173.48', paidOn: '2026-07-20' },
    interest: { since: '2026-06-11', until: '2026-07-20', days: 40, run: { amount: '133.48' } },
  });
});

test('an invoice that is not late has none, and a number that nobody knows neither', async () => {
  const { cloud, ledger } = await cloudWithLedger();
  await ledger.write(claim(draft()));
  const none = await runOperator('letter', ['example', 'F-1', '--language', 'fr'], cloud);
  expect([none.code, none.output]).toEqual([5, expect.stringContaining('rien à réclamer')]);
  expect((await runOperator('letter', ['example', 'F-9'], cloud)).code).toBe(4);
});
