import * as z from 'zod';
import type { AccessByName } from '../../shared/chorus-pro/chorus-pro.ts';
import { tellMissing, type CredentialsSource } from '../../shared/connection/credentials.ts';
import type { Connections } from '../../shared/connection/connections.ts';
import { connectedNames } from '../../shared/connection/roster.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { lastDayWithRate } from '../../shared/facts/refinancing-rates.ts';
import type { Credential } from '../../shared/messaging/credentials-event.ts';
import type { Deadline } from '../../shared/aws/runtime.ts';
import { endAlarm, endAlarms, noteCredentialEnds, unwatchedAlarm } from '../../shared/tracking/credential-ends.ts';
import { tellFault, type Telemetry } from '../../shared/telemetry/telemetry.ts';
import { dayAfter, dayOf, daysBetween, pisteSecretDay, technicalPasswordDay } from './expiry.ts';
import { tellUnusable } from './unusable.ts';
import { remind, type RemindDependencies } from './reminder.ts';

export interface WatchDependencies extends RemindDependencies {
  connections: Connections;
  credentials: CredentialsSource;
  access: AccessByName;
  telemetry: Telemetry;
}

/** In whole days; absent where no date is known. */
export interface CredentialsReport {
  connection: string;
  pisteSecretAgeDays?: number;
  pisteSecretDaysLeft?: number;
  technicalPasswordDaysLeft?: number;
  /** When one of them expires has been unknown since yesterday or longer. */
  areUnwatched?: true;
  /** The credentials that people were reminded of in this run. */
  reminded: Credential[];
}

/**
 * Measures for each connection how many days its credentials have left, and reminds the people who renew them. Once for
 * all of them: how many days the table of interest rates has left.
 * @throws Error if a connection could not be watched; the others were
 */
export async function watchCredentials(
  dependencies: WatchDependencies,
  deadline: Deadline,
): Promise<CredentialsReport[]> {
  const { connections, telemetry, now } = dependencies;
  telemetry.measure('InterestRateDaysLeft', daysBetween(dayOf(now()), lastDayWithRate()));
  const names = connectedNames(await connections.roster());
  const reports: CredentialsReport[] = [];
  let failed = 0;
  // One name after the other is taken, a few at a time: not a thousand calls at once.
  const left = names.values();
  const worker = async (): Promise<void> => {
    for (const name of left) {
      try {
        const connection = await connections.get(name);
        if (connection) reports.push(await watch(connection, dependencies, deadline));
      } catch (error) {
        tellFault(telemetry, error, { connection: name });
        failed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: watchedAtOnce }, worker));
  measureTroubles(reports, telemetry, failed === 0);
  if (failed > 0) throw new Error(`the credentials of ${failed} of ${names.length} connections were not watched`);
  return reports.toSorted((a, b) => (a.connection < b.connection ? -1 : 1));
}

export const watchedAtOnce = 20;

/** By the name of their alarm. Nobody is called for one day on which Chorus Pro could not be asked. */
const troublesOf = (report: CredentialsReport): (string | undefined)[] => [
  endAlarm('piste-secret', report.pisteSecretDaysLeft ?? Infinity),
  endAlarm('technical-password', report.technicalPasswordDaysLeft ?? Infinity),
  report.areUnwatched && unwatchedAlarm,
];

/** That there is none is certain only if all were watched. */
function measureTroubles(reports: readonly CredentialsReport[], telemetry: Telemetry, areAll: boolean): void {
  const found = reports.flatMap(troublesOf);
  for (const reason of endAlarms) {
    const count = found.filter((one) => one === reason).length;
    if (count > 0 || areAll) telemetry.measure('ConnectionsInTrouble', count, { reason });
  }
}

async function watch(
  connection: ConnectionSettings,
  dependencies: WatchDependencies,
  deadline: Deadline,
): Promise<CredentialsReport> {
  const { credentials, access: open, memory, telemetry, now } = dependencies;
  const { name, secretRenewalDays } = connection;
  const report: CredentialsReport = { connection: name, reminded: [] };
  const today = dayOf(now());
  const found = await credentials(name, 'fresh');
  const access = await open(name);
  if (!found || !access) {
    tellMissing(telemetry, name);
    await tellUnusable(connection, 'missing', dependencies);
    await noteCredentialEnds(name, { day: today, areUnusable: true, ends: {} }, memory);
    return report;
  }
  const remindOf = async (credential: Credential, due: string, daysLeft: number) => {
    if (!(await remind({ connection, credential, due, daysLeft }, dependencies))) return;
    telemetry.warn('CREDENTIALS_REMINDED', { connection: name, reason: credential, days: daysLeft });
    report.reminded.push(credential);
  };

  const made = pisteSecretDay(found);
  if (made !== undefined) {
    const age = daysBetween(made, today);
    const left = secretRenewalDays - age;
    report.pisteSecretAgeDays = age;
    report.pisteSecretDaysLeft = left;
    telemetry.measure('PisteSecretDaysLeft', left, { connection: name });
    telemetry.info('CREDENTIALS_WATCHED', { connection: name, reason: 'piste-secret', days: left });
    await remindOf('piste-secret', dayAfter(made, secretRenewalDays), left);
  }
  const { day: end, areRefused } = await technicalPasswordDay(found, access, dependencies, deadline);
  if (end !== undefined) {
    const left = daysBetween(today, end);
    report.technicalPasswordDaysLeft = left;
    telemetry.measure('TechnicalPasswordDaysLeft', left, { connection: name });
    telemetry.info('CREDENTIALS_WATCHED', { connection: name, reason: 'technical-password', days: left });
    await remindOf('technical-password', end, left);
  }
  // Whoever was just reminded to renew a credential knows what to do.
  const ends = {
    ...(made === undefined ? {} : { 'piste-secret': dayAfter(made, secretRenewalDays) }),
    ...(end === undefined ? {} : { 'technical-password': end }),
  };
  const isUnknown = [made, end].includes(undefined);
  const areUnwatched = await lastsSinceYesterday(isUnknown, `expiry-unknown#${name}`, today, dependencies);
  await noteCredentialEnds(name, { day: today, areUnusable: areRefused, ends, areUnwatched }, memory);
  if (areRefused && report.reminded.length === 0) await tellUnusable(connection, 'refused', dependencies);
  if (areUnwatched) report.areUnwatched = true;
  return report;
}

const sinceSchema = z.object({ since: z.iso.date().optional() });

async function lastsSinceYesterday(
  isSo: boolean,
  note: string,
  today: string,
  { memory }: WatchDependencies,
): Promise<boolean> {
  const { since } = sinceSchema.safeParse(await memory.recall(note)).data ?? {};
  if (isSo === (since === undefined)) await memory.remember(note, isSo ? { since: today } : {});
  return isSo && since !== undefined && since < today;
}
