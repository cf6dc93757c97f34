import * as z from 'zod';
import type { Memory } from '../ledger/ledger.ts';

const countSchema = z.object({ count: z.int().positive() });

/**
 * How often a message met a fault of our own, this time included. Its receipts do not tell: one that waited for the platform
 * over a weekend has been received a hundred times.
 */
export const faultCount =
  (memory: Memory) =>
  async (messageId: string): Promise<number> => {
    const name = `faults#${messageId}`;
    const before = countSchema.safeParse(await memory.recall(name)).data?.count ?? 0;
    await memory.remember(name, { count: before + 1 });
    return before + 1;
  };
