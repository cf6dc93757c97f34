import { expect, it } from 'vitest';
import { faultCount } from '../../../shared/messaging/batch-runner.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';

const hourMs = 3_600_000;

it('faults are counted per message, across functions', async () => {
  const now = () => new Date();
  const memory = new InMemoryLedger(now);
  const [count, elsewhere] = [faultCount(memory, now), faultCount(memory, now)];
  expect([await count('m-1'), await elsewhere('m-1'), await count('m-2'), await count('m-1')]).toEqual([1, 2, 1, 3]);
});

it('the fault count outlives the 14 days that a queue keeps a message by one day', async () => {
  let hours = 0;
  const now = () => new Date(Date.UTC(2026, 10, 23) + hours * hourMs);
  const count = faultCount(new InMemoryLedger(now), now);
  await count('m-1');
  hours = 14 * 24;
  expect(await count('m-1')).toBe(2);
  hours += 15 * 24 + 1;
  expect(await count('m-1')).toBe(1);
});
