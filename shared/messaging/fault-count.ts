import * as z from 'zod';
import { timings } from '../facts/timings.ts';
import type { Memory } from '../ledger/ledger.ts';

const countSchema = z.object({ count: z.int().positive() });

/**
 * How often a message has met a fault of our own, this time included. The receive count does not say: a message that waited for
 * the platform over a weekend has been received a hundred times.
 */
export const faultCount =
  (memory: Memory, now: () => Date) =>
  async (messageId: string): Promise<number> => {
    const name = `faults#${messageId}`;
    const before = countSchema.safeParse(await memory.recall(name)).data?.count ?? 0;
    const until = new Date(now().getTime() + timings.faultMemory.ms);
    await memory.remember(name, { count: before + 1 }, until);
    return before + 1;
  };
