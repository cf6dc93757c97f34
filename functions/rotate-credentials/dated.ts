import type { Credentials } from '../../shared/connection/credentials.ts';

/** Each value with the date that is kept beside it. */
const dates = [
  ['pisteClientSecret', 'pisteSecretCreatedAt'],
  ['technicalPassword', 'technicalPasswordSetAt'],
] as const;

interface Present {
  credentials: Credentials;
  /** Of its version: where no date was kept, it counted. */
  createdAt: Date | undefined;
}

/**
 * The new credentials with the dates from which their days count: a value that changed begins anew, unless the operator dated
 * it; one that did not keeps its date, although the secret gets a new version.
 */
export function dated(next: Credentials, present: Present | undefined, now: Date): Credentials {
  const old: Partial<Credentials> = present?.credentials ?? {};
  const kept = dates.map(([value, date]) => {
    if (next[value] !== old[value]) return [date, next[date] === old[date] ? now.toISOString() : next[date]] as const;
    const ofVersion = date === 'pisteSecretCreatedAt' ? present?.createdAt?.toISOString() : undefined;
    return [date, next[date] ?? old[date] ?? ofVersion] as const;
  });
  return { ...next, ...Object.fromEntries(kept.filter(([, date]) => date !== undefined)) };
}
