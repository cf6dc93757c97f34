import { expect, it } from 'vitest';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { faultCount } from '../../../shared/messaging/fault-count.ts';

it('faults are counted for each message, also by another function', async () => {
  const memory = new InMemoryLedger();
  const [count, elsewhere] = [faultCount(memory), faultCount(memory)];
  expect([await count('m-1'), await elsewhere('m-1'), await count('m-2'), await count('m-1')]).toEqual([1, 2, 1, 3]);
});
