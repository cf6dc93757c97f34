/** A connection is stored, changed, brought back to what it was, or disconnected: whole, or not at all. */
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Said } from '../../shared/invoice/spoken.ts';
import { enrol } from '../../shared/connection/roster.ts';
import {
  readEarlier,
  readStored,
  settingsIn,
  storeConnection,
  type ConnectionTable,
  type StoredConnection,
} from '../../shared/connection/stored-connections.ts';
import { timings } from '../../shared/facts/timings.ts';
import { Failure, inEnglish } from '../command-line/command.ts';
import type { CheckReport } from './ask-check.ts';
import { adoptFormerSecret, restoreSecret, scheduleDeletion, secretState, type Owner } from './connection-secret.ts';
import { isUnderWay, underWay, type Places, type UnderWay } from './under-way.ts';

export interface Changing {
  owner: Owner;
  /** Where they are stored. */
  connections: ConnectionTable;
  secretsManager: SecretsManagerClient;
  by: string;
  now: () => Date;
}

export interface Change {
  /** `companies.0.siret` */
  setting: string;
  /** As in the file; absent: it was not there. */
  before?: unknown;
  after?: unknown;
}

export interface Connected {
  /** `not established`: nothing was stored. */
  result: 'connected' | 'changed' | 'unchanged' | 'not established';
  changes: Change[];
  /** Absent if there are no credentials to check, and after an undo. */
  check?: CheckReport;
  hasCredentials: boolean;
  /** What is stored now. */
  stored?: StoredConnection | undefined;
}

export interface Connecting extends Changing {
  /** As the file has them. */
  given: Record<string, unknown>;
  /** Checks them with the deployed relay. */
  check: (settings: Record<string, unknown>) => Promise<CheckReport>;
  /** Asks for the first credentials, tries and stores them. @returns whether there are any now */
  askCredentials: () => Promise<boolean>;
  /** Stores them although the check does not hold. */
  yes: boolean;
}

/** Stores the whole connection, or nothing. */
export async function connectConnection(connecting: Connecting): Promise<Connected> {
  const { owner, connections, given, yes } = connecting;
  const before = await readStored(connections, owner.connection);
  const hasCredentials = await findCredentials(connecting);
  const check = await connecting.check(given);
  const changes = before?.state === 'connected' ? changesBetween(before.settings, given) : [];
  const isKnown = !check.steps.some(({ finding }) => finding === 'settings-unreadable');
  const said = { changes, hasCredentials, ...(hasCredentials || !isKnown ? { check } : {}) };
  // What the deployed version cannot read would stop the connection: no insisting helps.
  if (!isKnown || (hasCredentials && !check.established && !yes))
    return { result: 'not established', ...said, stored: before };
  if (before?.state === 'connected' && changes.length === 0) {
    // A change that was interrupted after its first write is whole after this.
    await enrol(connections, before, settingsIn(owner.connection, before));
    return { result: 'unchanged', ...said, stored: before };
  }
  const stored = await change(connecting, given, before);
  return { result: before?.state === 'connected' ? 'changed' : 'connected', ...said, stored };
}

/** Brings back what the last change replaced. */
export async function undoChange(changing: Changing): Promise<Connected> {
  const { owner, connections, secretsManager } = changing;
  const before = await readStored(connections, owner.connection);
  const earlier = before && (await readEarlier(connections, owner.connection, before.version - 1));
  if (!before || earlier?.state !== 'connected') throw nothingToUndo(owner);
  if ((await secretState(secretsManager, owner)) === 'leaving') await restoreSecret(secretsManager, owner);
  const stored = await change(changing, earlier.settings, before);
  const changes = changesBetween(before.settings, earlier.settings);
  return { result: before.state === 'connected' ? 'changed' : 'connected', changes, hasCredentials: true, stored };
}

export interface Disconnected {
  /** `refused`: something is under way, and nothing was done. `counted`: nothing was to be done. */
  result: 'disconnected' | 'was disconnected before' | 'refused' | 'counted';
  /** ISO date until which `npx relay connect` brings the credentials back, if there are any. */
  restorableUntil?: string | undefined;
  underWay: UnderWay;
}

/**
 * Nothing is sent or read for it any more, and its secret is scheduled for deletion; its invoices stay in the ledger.
 * @param yes disconnect it although something is under way
 * @param dryRun only count
 */
export async function disconnectConnection({
  yes,
  dryRun = false,
  ...places
}: Changing & Places & { yes: boolean; dryRun?: boolean }): Promise<Disconnected> {
  const { owner, connections, secretsManager, by, now } = places;
  const before = await readStored(connections, owner.connection);
  if (!before) throw notConnected(owner);
  const left = await underWay(owner.connection, places);
  if (dryRun) return { result: 'counted', underWay: left };
  // A secret that outlived an interrupted change still goes.
  if (before.state === 'connected' && isUnderWay(left) && !yes) return { result: 'refused', underWay: left };
  if (before.state === 'connected') {
    const next = { ...before, state: 'disconnected', changedBy: by, changedAt: now().toISOString() } as const;
    if (!(await storeConnection(connections, owner.connection, next, before))) throw overtaken(owner);
  }
  const isThere = (await secretState(secretsManager, owner)) === 'there';
  const until = isThere ? await scheduleDeletion(secretsManager, owner) : undefined;
  return {
    result: before.state === 'connected' ? 'disconnected' : 'was disconnected before',
    restorableUntil: until?.toISOString().slice(0, 10),
    underWay: left,
  };
}

const notConnected = ({ connection, stage }: Owner): Failure =>
  new Failure({
    fr: `la connexion ${connection} n’a jamais été connectée dans l’environnement ${stage}`,
    en: `${connection} was never connected in stage ${stage}`,
  });

async function findCredentials({ owner, secretsManager, askCredentials }: Connecting): Promise<boolean> {
  const state = await secretState(secretsManager, owner);
  if (state === 'leaving') await restoreSecret(secretsManager, owner);
  if (state !== 'absent') return true;
  return (await adoptFormerSecret(secretsManager, owner)) || (await askCredentials());
}

/** @throws Failure if somebody else was faster */
async function change(
  { owner, connections, by, now }: Changing,
  settings: Record<string, unknown>,
  before: StoredConnection | undefined,
): Promise<StoredConnection> {
  const next = { state: 'connected', settings, changedBy: by, changedAt: now().toISOString() } as const;
  const stored = await storeConnection(connections, owner.connection, next, before);
  if (!stored) throw overtaken(owner);
  // Until then a function may still believe that there is no such connection.
  if (before?.state !== 'connected') await wait(timings.unknownConnection.ms);
  return stored;
}

const overtaken = ({ connection }: Owner): Failure =>
  new Failure({
    fr: `une autre personne vient de modifier la connexion ${connection} : rien n’a été enregistré. Relancez la commande`,
    en: `somebody else has just changed ${connection}: nothing was stored. Run it again`,
  });

const nothingToUndo = ({ connection }: Owner): Failure =>
  new Failure({
    fr: `la connexion ${connection} n’était pas connectée avant la dernière modification : pour l’arrêter, « npx relay disconnect ${connection} »`,
    en: `${connection} was not connected before its last change: to stop it, "npx relay disconnect ${connection}"`,
  });

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Setting by setting, in the order of the new file. */
function changesBetween(before: unknown, after: unknown, path: readonly string[] = []): Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    const there = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
    return [{ setting: path.join('.'), ...there }];
  }
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names].flatMap((name) => changesBetween(before[name], after[name], [...path, name]));
}

const written = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

export const saidChanges = (changes: readonly Change[]): Said[] =>
  changes.map(({ setting, before, after }) => inEnglish(`  ${setting}: ${written(before)} → ${written(after)}`));
