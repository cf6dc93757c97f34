/** The connections as functions read them: from the ledger's table, with a short cache. */
import { timings } from '../facts/timings.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { readRoster, type RosterEntry } from './roster.ts';
import { connectionNameSchema, type ConnectionSettings } from './settings.ts';
import {
  NothingStored,
  readStored,
  settingsIn,
  UnreadableSettings,
  type ConnectionTable,
} from './stored-connections.ts';

export interface Connections {
  /**
   * The same object as long as the settings are the same. Undefined: there is no such connection, or not any more.
   * @throws UnreadableSettings, NothingStored
   */
  get(name: string): Promise<ConnectionSettings | undefined>;
  roster(): Promise<readonly RosterEntry[]>;
  /** Also of one that was disconnected: what is still told of it is nobody else's. @throws as `get` */
  hasOwnInbox(name: string): Promise<boolean>;
}

interface Known {
  readAt: number;
  version: number;
  settings: ConnectionSettings;
}

/** Messages can name anything: at most so many names that are not connected are remembered. */
const mostUnknown = 1_000;

export class CachedConnections implements Connections {
  private readonly table: ConnectionTable;
  private readonly telemetry: Telemetry;
  private readonly now: () => Date;
  private readonly known = new Map<string, Known>();
  /** When it was read that there is no connection of this name. */
  private readonly unknown = new Map<string, number>();
  private readonly reading = new Map<string, Promise<ConnectionSettings | undefined>>();
  private enrolled: { readAt: number; roster: Promise<readonly RosterEntry[]> } | undefined;

  constructor({ table, telemetry, now }: { table: ConnectionTable; telemetry: Telemetry; now: () => Date }) {
    this.table = table;
    this.telemetry = telemetry;
    this.now = now;
  }

  async get(name: string): Promise<ConnectionSettings | undefined> {
    // Another text could name an item that is no connection: an earlier version of one.
    if (!connectionNameSchema.safeParse(name).success) return undefined;
    const known = this.known.get(name);
    if (known && this.isWithin(timings.connectionCache, known.readAt)) return known.settings;
    const unknownAt = this.unknown.get(name);
    if (unknownAt !== undefined && this.isWithin(timings.unknownConnection, unknownAt)) return undefined;
    const reading = this.reading.get(name) ?? this.read(name).finally(() => this.reading.delete(name));
    this.reading.set(name, reading);
    return reading;
  }

  async roster(): Promise<readonly RosterEntry[]> {
    const before = this.enrolled;
    if (before && this.isWithin(timings.connectionCache, before.readAt)) return before.roster;
    const roster = readRoster(this.table);
    this.enrolled = { readAt: this.now().getTime(), roster };
    return roster.catch((error: unknown) => {
      this.enrolled = before;
      if (before) return before.roster;
      throw error;
    });
  }

  async hasOwnInbox(name: string): Promise<boolean> {
    const settings = await this.get(name);
    if (settings) return settings.inbox === 'own';
    return (await this.roster()).some((entry) => entry.name === name && entry.hasOwnInbox);
  }

  private isWithin({ ms }: { ms: number }, readAt: number): boolean {
    return this.now().getTime() - readAt < ms;
  }

  private async read(name: string): Promise<ConnectionSettings | undefined> {
    const readAt = this.now().getTime();
    const before = this.known.get(name);
    try {
      const stored = await readStored(this.table, name);
      if (stored?.state !== 'connected') {
        if ((await this.roster()).length === 0) throw new NothingStored('no connection is stored in this stage');
        this.known.delete(name);
        this.noteUnknown(name, readAt);
        return undefined;
      }
      const { version } = stored;
      const settings = before?.version === version ? before.settings : settingsIn(name, stored);
      this.known.set(name, { readAt, version, settings });
      return settings;
    } catch (error) {
      if (error instanceof UnreadableSettings) this.telemetry.error('SETTINGS_UNREADABLE', { connection: name });
      // What was read last serves while the table cannot be read.
      else if (before) return before.settings;
      throw error;
    }
  }

  private noteUnknown(name: string, readAt: number): void {
    this.unknown.delete(name);
    this.unknown.set(name, readAt);
    const [oldest] = this.unknown.keys();
    if (this.unknown.size > mostUnknown && oldest !== undefined) this.unknown.delete(oldest);
  }
}
