import * as z from 'zod';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { isNotDone, type Outcome, whyNot } from '../../shared/chorus-pro/outcome.ts';
import type { VersionedCredentials } from '../../shared/connection/credentials.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';

/** When credentials expire, in calendar days (ISO): the watcher runs once a day, whatever the hour and summer time. */

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

export const dayOf = (instant: Date | string): string => parisDay(new Date(instant));

/** The day on which the client secret was created: the date stored with it, else the date of the secret's version. */
export function pisteSecretDay({ pisteSecretCreatedAt, versionCreatedAt }: VersionedCredentials): string | undefined {
  const made = pisteSecretCreatedAt ?? versionCreatedAt;
  return made && dayOf(made);
}

const lastReadSchema = z.object({ version: z.string(), day: z.iso.date() });

interface PasswordDependencies {
  memory: Memory;
  telemetry: Telemetry;
}

interface PasswordEnd {
  /** Undefined where nobody knows it. */
  day: string | undefined;
  /** PISTE or Chorus Pro refused the credentials when it was asked. */
  areRefused: boolean;
}

/**
 * The day on which the technical account's password expires: as Chorus Pro says now; or as it last said, since an
 * account with an expired password cannot ask any more; or counted from the recorded date.
 */
export async function technicalPasswordDay(
  { version, technicalPasswordSetAt }: VersionedCredentials,
  access: Access,
  { memory, telemetry }: PasswordDependencies,
  deadline: Deadline,
): Promise<PasswordEnd> {
  const connection = access.settings.name;
  const name = `password-end#${connection}`;
  const read = await endAsRead(access, deadline);
  if (read.kind === 'accepted' && read.value) {
    const day = dayOf(read.value);
    await memory.remember(name, { version, day });
    return { day, areRefused: false };
  }
  const areRefused = isNotDone(read, 'suspended') || isNotDone(read, 'unauthorised');
  if (read.kind !== 'accepted') {
    telemetry.warn('PASSWORD_END_UNREAD', { connection, reason: whyNot(read) });
    const last = lastReadSchema.safeParse(await memory.recall(name)).data;
    if (last?.version === version) return { day: last.day, areRefused };
  }
  const { amount: life } = timings.technicalPasswordLife;
  return { day: technicalPasswordSetAt && dayAfter(dayOf(technicalPasswordSetAt), life), areRefused };
}

/** Reads the connection's structures one after the other, until one shows the date. */
async function endAsRead(
  { chorusPro, directory, settings }: Access,
  deadline: Deadline,
): Promise<Outcome<Date | undefined>> {
  const own = await directory(deadline).suppliers(undefined);
  if (own.kind !== 'accepted') return own;
  for (const { siret } of settings.companies) {
    const id = own.value?.[siret];
    const read = id === undefined ? undefined : await chorusPro(deadline).passwordExpiry(id);
    if (read && (read.kind !== 'accepted' || read.value)) return read;
  }
  return { kind: 'accepted', value: undefined };
}
