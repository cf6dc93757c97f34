/** Who is connected, as whoever gives turns or opens the desk needs it: a few settings, in few items of the table. */
import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { deskSetting } from './desk-setting.ts';
import type { ConnectionSettings } from './settings.ts';
import type { ConnectionTable, StoredConnection } from './stored-connections.ts';

/** A damaged field must not keep a connection from its turns: then the default counts. */
const entrySchema = z.object({
  name: z.string(),
  /** Of the settings that the entry was made from. */
  version: z.int().catch(0),
  state: z.enum(['connected', 'disconnected']).catch('connected'),
  pollingIntervalMinutes: z.int().positive().catch(15),
  /** In minutes; absent: requests to validate are not read. */
  validationsIntervalMinutes: z.int().positive().optional().catch(60),
  /** Whether the State's orders become events. */
  orders: z.boolean().catch(false),
  /** Whether somebody wants a mail in the morning. */
  mail: z.boolean().catch(false),
  hasOwnInbox: z.boolean().catch(false),
  /** Who sees the connection at the desk; damaged: nobody. */
  desk: deskSetting.catch(undefined),
});
export type RosterEntry = z.infer<typeof entrySchema>;

const shardSchema = z.object({ version: z.int(), entries: z.record(z.string(), entrySchema) });

/** An item of DynamoDB holds 400 KB: one sixteenth of 10,000 connections has 100. */
const shards = Array.from({ length: 16 }, (_, shard) => shard.toString(16));
const shardOf = (connection: string): string => createHash('sha256').update(connection).digest('hex').slice(0, 1);

async function readShard(table: ConnectionTable, shard: string): Promise<z.infer<typeof shardSchema>> {
  const item = await table.recall(`roster/${shard}`);
  return item === undefined ? { version: 0, entries: {} } : shardSchema.parse(item);
}

/** Every connection that ever was connected, in the order of their names. */
export async function readRoster(table: ConnectionTable): Promise<RosterEntry[]> {
  const all = await Promise.all(shards.map((shard) => readShard(table, shard)));
  return all.flatMap(({ entries }) => Object.values(entries)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const connectedNames = (roster: readonly RosterEntry[]): string[] =>
  roster.filter(({ state }) => state === 'connected').map(({ name }) => name);

/** Enters a connection as it is stored. It may be repeated, and a later version that is there already stays. */
export async function enrol(
  table: ConnectionTable,
  { version, state }: Pick<StoredConnection, 'version' | 'state'>,
  { name, pollingIntervalMinutes, validations, orders, morningMail, inbox, desk }: ConnectionSettings,
): Promise<void> {
  const shard = shardOf(name);
  const entry: RosterEntry = {
    ...{ name, version, state, pollingIntervalMinutes },
    ...(validations ? { validationsIntervalMinutes: validations.pollingIntervalMinutes } : {}),
    ...{ orders: orders?.events ?? false, mail: morningMail.length > 0, hasOwnInbox: inbox === 'own' },
    ...(desk ? { desk } : {}),
  };
  for (;;) {
    const { version: replaces, entries } = await readShard(table, shard);
    if ((entries[name]?.version ?? 0) >= version) return;
    const value = { version: replaces + 1, writeId: randomUUID(), entries: { ...entries, [name]: entry } };
    if ((await table.swap(`roster/${shard}`, { value, replaces })) === 'swapped') return;
  }
}
