import type { Memory } from '../ledger/ledger.ts';
import { suspendedUntil } from './guards.ts';
import { openOutages, type OpenOutage } from './outages.ts';

/** What the functions remember of a connection's troubles with Chorus Pro, for people: nothing here makes a call. */
export interface RememberedTroubles {
  /** Until when its credentials are left alone, or were the last time: ISO. */
  suspendedUntil: string | undefined;
  /** The operations that fail now while others may work. */
  outages: OpenOutage[];
}

export async function rememberedTroubles(
  memory: Pick<Memory, 'recall'>,
  connection: string,
): Promise<RememberedTroubles> {
  const [until, outages] = await Promise.all([suspendedUntil(memory, connection), openOutages(memory, connection)]);
  return { suspendedUntil: until, outages };
}
