/**
 * Connections as data: each one's settings in the ledger's table, by version, with who changed them and when
 * (docs/adr/0029-connections-are-data.md).
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { enrol } from './roster.ts';
import { connectionSettingsSchema, type ConnectionSettings } from './settings.ts';

/** The part of the ledger's `Memory` that holds connections: shared/ledger/ imports this folder, not the reverse. */
export interface ConnectionTable {
  recall(name: string): Promise<unknown>;
  remember(name: string, value: object): Promise<void>;
  swap(
    name: string,
    swap: { value: { version: number; writeId: string; [field: string]: unknown }; replaces: number },
  ): Promise<'swapped' | 'lost'>;
}

const storedSchema = z.object({
  version: z.int().positive(),
  state: z.enum(['connected', 'disconnected']),
  /** As the connection's file has them: a setting that it leaves out has the default of the version that reads it. */
  settings: z.record(z.string(), z.unknown()),
  changedBy: z.string(),
  /** ISO. */
  changedAt: z.string(),
});
export type StoredConnection = z.infer<typeof storedSchema>;

/** Its settings do not have the form that this version knows, as after the way back from a newer one. */
export class UnreadableSettings extends Error {
  override readonly name = 'UnreadableSettings';
  /** The settings at fault: `works.answers`. */
  readonly paths: readonly string[];

  constructor(connection: string, paths: readonly string[]) {
    super(`the settings of ${connection} cannot be read: ${paths.join(', ')}`);
    this.paths = paths;
  }
}

/**
 * No connection was ever stored in this stage: it is new, or was deployed before its connections were stored. Nobody
 * may be told that a connection does not exist.
 */
export class NothingStored extends Error {
  override readonly name = 'NothingStored';
}

const pathsIn = ({ issues }: z.ZodError): string[] =>
  issues.flatMap(({ path, ...issue }) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    return keys.length > 0 ? keys.map((key) => [...path, key].join('.')) : [path.join('.')];
  });

const itemOf = (connection: string): string => `connection/${connection}`;
const earlierItemOf = (connection: string, version: number): string => `${itemOf(connection)}/${version}`;

function parsed(connection: string, item: unknown): StoredConnection | undefined {
  if (item === undefined) return undefined;
  const { data, error } = storedSchema.safeParse(item);
  if (data) return data;
  throw new UnreadableSettings(connection, pathsIn(error));
}

/** @throws UnreadableSettings */
export const readStored = async (table: ConnectionTable, connection: string): Promise<StoredConnection | undefined> =>
  parsed(connection, await table.recall(itemOf(connection)));

/** What an earlier change stored. @throws UnreadableSettings */
export const readEarlier = async (
  table: ConnectionTable,
  connection: string,
  version: number,
): Promise<StoredConnection | undefined> => parsed(connection, await table.recall(earlierItemOf(connection, version)));

/** @throws UnreadableSettings that names the settings at fault, never their values */
export function settingsIn(connection: string, { settings }: Pick<StoredConnection, 'settings'>): ConnectionSettings {
  const { data, error } = connectionSettingsSchema.safeParse(settings);
  if (data) return { name: connection, ...data };
  throw new UnreadableSettings(connection, pathsIn(error));
}

/**
 * Stores a new version in place of the one that was read before it; that one is kept.
 * @param before undefined: there was none
 * @returns undefined if somebody else has changed the connection meanwhile: then nothing is stored
 * @throws UnreadableSettings before anything is stored
 */
export async function storeConnection(
  table: ConnectionTable,
  connection: string,
  change: Omit<StoredConnection, 'version'>,
  before: StoredConnection | undefined,
): Promise<StoredConnection | undefined> {
  const stored = { ...change, version: (before?.version ?? 0) + 1 };
  const settings = settingsIn(connection, stored);
  if (before) await table.remember(earlierItemOf(connection, before.version), before);
  const value = { ...stored, writeId: randomUUID() };
  const won = await table.swap(itemOf(connection), { value, replaces: before?.version ?? 0 });
  if (won === 'lost') return undefined;
  await enrol(table, stored, settings);
  return stored;
}
