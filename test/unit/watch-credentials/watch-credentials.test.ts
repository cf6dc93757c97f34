import { describe, expect, it } from 'vitest';
import { watchCredentials } from '../../../functions/watch-credentials/watch-credentials.ts';
import type { VersionedCredentials } from '../../../shared/connection/credentials.ts';
import { silentTelemetry, type Telemetry } from '../../../shared/telemetry/telemetry.ts';
import { version } from '../chorus-pro/session-fixture.ts';

const now = new Date('2026-11-23T09:00:00Z');

function watch(secrets: Record<string, VersionedCredentials | undefined>) {
  const measured: [string, number | undefined, Record<string, string> | undefined][] = [];
  const asked: (string | undefined)[] = [];
  const telemetry: Telemetry = {
    ...silentTelemetry,
    measure: (...given) => void measured.push([given[0], given[1], given[2]]),
  };
  const ages = watchCredentials({
    connections: Object.keys(secrets),
    credentials: (name, how) => {
      asked.push(how);
      return Promise.resolve(secrets[name]);
    },
    telemetry,
    now: () => now,
  });
  return { ages, measured, asked };
}

describe('the age of a client secret', () => {
  it('counts from the date that is kept with it, else from that of the secret’s version', async () => {
    const { ages, measured, asked } = watch({
      stated: { ...version('v1'), pisteSecretCreatedAt: '2026-08-23T09:00:01Z', versionCreatedAt: now },
      versioned: { ...version('v1'), versionCreatedAt: new Date('2026-11-22T09:00:00Z') },
    });
    expect(await ages).toEqual([
      { connection: 'stated', pisteSecretAgeDays: 91 },
      { connection: 'versioned', pisteSecretAgeDays: 1 },
    ]);
    expect(measured).toEqual([
      ['PisteSecretAgeDays', 91, { connection: 'stated' }],
      ['PisteSecretAgeDays', 1, { connection: 'versioned' }],
    ]);
    expect(asked).toEqual(['fresh', 'fresh']);
  });

  it('is none where there are no credentials, or nothing to count from', async () => {
    const { ages, measured } = watch({ missing: undefined, undated: version('v1') });
    expect(await ages).toEqual([{ connection: 'missing' }, { connection: 'undated' }]);
    expect(measured).toEqual([]);
  });
});
