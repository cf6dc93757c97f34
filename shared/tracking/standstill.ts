import * as z from 'zod';
import { timings } from '../facts/timings.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { RetryReason } from '../messaging/retry-reasons.ts';

/** Since when readings come to nothing, and whose trouble that is: one connection's, or that of a closed platform. */

export interface Reading {
  connection: string;
  what: 'statuses' | 'validations';
  intervalMinutes: number;
  /** Why it came to nothing, if it did. */
  stopped?: string | undefined;
}

export interface Standstill {
  /**
   * For how many hours Chorus Pro or PISTE has been closed to every connection. Undefined if this reading cannot know,
   * as with refused credentials.
   */
  closedHours: number | undefined;
  /** The connection has been alone with its trouble for so long that a person must look. */
  isStuck: boolean;
}

interface Dependencies {
  memory: Memory;
  now: () => Date;
}

/** Absent once a reading got through. */
const sinceSchema = z.object({ since: z.iso.datetime().optional() });

/** Shared by all connections: the first reading that found the platform closed, with none getting through since. */
const ofPlatform = 'standstill';

const closed = ['platform-down', 'no-connection'] satisfies RetryReason[];

const ofReading = (connection: string, what: Reading['what']): string => `${ofPlatform}#${connection}#${what}`;

type Recall = Pick<Memory, 'recall'>;

const instantOf = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

/** For people: since when no reading of any connection has got through, as far as that is the platform's doing. */
export const platformClosedSince = async (memory: Recall): Promise<string | undefined> =>
  instantOf(await sinceOf(ofPlatform, memory));

/** For people: since when no reading of a connection's statuses has got through, whatever the reason. */
export const statusesUnreadSince = async (memory: Recall, connection: string): Promise<string | undefined> =>
  instantOf(await sinceOf(ofReading(connection, 'statuses'), memory));

/** Called at the end of each reading. It writes only when something begins or ends, or while the platform is closed. */
export async function judgeReading(reading: Reading, { memory, now }: Dependencies): Promise<Standstill> {
  const { connection, what, intervalMinutes, stopped } = reading;
  const noteOfReading = ofReading(connection, what);
  const [own, platform] = await Promise.all([noteOfReading, ofPlatform].map((name) => sinceOf(name, memory)));
  const at = now().getTime();
  const begin = (name: string) => memory.remember(name, { since: new Date(at).toISOString() });

  if (stopped === undefined) {
    if (own !== undefined) await memory.remember(noteOfReading, {});
    if (platform !== undefined) await memory.remember(ofPlatform, {});
    return { closedHours: 0, isStuck: false };
  }
  const foundClosed = closed.some((reason) => reason === stopped);
  if (foundClosed && platform === undefined) await begin(ofPlatform);
  const closedHours = foundClosed ? hoursBetween(platform ?? at, at) : undefined;
  // While it is closed to all, nobody is alone with it: the time begins anew.
  const isClosedToAll = closedHours !== undefined && closedHours >= timings.closedToAll.amount;
  const since = isClosedToAll ? at : (own ?? at);
  if (since !== own) await begin(noteOfReading);
  const patience = Math.max(timings.standstill.amount, (2 * intervalMinutes) / 60);
  return { closedHours, isStuck: hoursBetween(since, at) >= patience };
}

/** To a tenth: a poll that comes some seconds early must not wait for the next one. */
const hoursBetween = (from: number, to: number): number => Math.round((to - from) / 360_000) / 10;

async function sinceOf(name: string, memory: Recall): Promise<number | undefined> {
  const { since } = sinceSchema.safeParse(await memory.recall(name)).data ?? {};
  return since === undefined ? undefined : Date.parse(since);
}

const ordersReadSchema = z.object({ at: z.iso.datetime() });
const ordersRead = (connection: string): string => `orders-read#${connection}`;

/** The State's orders were read to their end. */
export const noteOrdersRead = (connection: string, { memory, now }: Dependencies): Promise<void> =>
  memory.remember(ordersRead(connection), { at: now().toISOString() });

/**
 * Whether the State's orders, which are read each morning, have not been read for two of them: refused, or never tried.
 * Each poll of the statuses asks, so that it is known all day.
 */
export async function areOrdersUnread(connection: string, { memory, now }: Dependencies): Promise<boolean> {
  const last = ordersReadSchema.safeParse(await memory.recall(ordersRead(connection))).data;
  // A connection that nobody has read orders for yet has them read tomorrow.
  if (!last) return noteOrdersRead(connection, { memory, now }).then(() => false);
  return now().getTime() - Date.parse(last.at) >= timings.ordersUnread.ms;
}
