import { describe, expect, it } from 'vitest';
import { daysBetween } from '../../../functions/watch-credentials/expiry.ts';
import { lastDayWithRate } from '../../../shared/facts/refinancing-rates.ts';
import { daysAgo, exampleVersion, watching } from './watching.ts';

describe('the days of a client secret', () => {
  it('count from the date that is kept with it, else from that of the secret’s version; calendar days of Paris', async () => {
    const versionCreatedAt = new Date('2026-11-22T22:59:00Z');
    const { run, measured, asked } = watching({
      secrets: {
        stated: exampleVersion({ pisteSecretCreatedAt: '2026-08-23T21:59:00Z', versionCreatedAt }),
        versioned: exampleVersion({ versionCreatedAt }),
      },
    });
    expect(await run()).toEqual([
      { connection: 'stated', pisteSecretAgeDays: 92, pisteSecretDaysLeft: -2, reminded: ['piste-secret'] },
      { connection: 'versioned', pisteSecretAgeDays: 1, pisteSecretDaysLeft: 89, reminded: [] },
    ]);
    expect(measured.filter(([name]) => name.startsWith('Piste'))).toEqual([
      ['PisteSecretDaysLeft', -2, { connection: 'stated' }],
      ['PisteSecretDaysLeft', 89, { connection: 'versioned' }],
    ]);
    expect(asked.filter((how) => how === 'fresh')).toHaveLength(2);
  });

  it('are as many as the connection’s settings allow', async () => {
    const secrets = { example: exampleVersion({ pisteSecretCreatedAt: daysAgo(20) }) };
    const { run } = watching({ secrets, settings: { secretRenewalDays: 30 } });
    expect(await run()).toMatchObject([{ pisteSecretDaysLeft: 10, reminded: ['piste-secret'] }]);
  });

  it('are none where there are no credentials, or nothing to count from', async () => {
    const { run, measured } = watching({ secrets: { missing: undefined, undated: exampleVersion() } });
    expect(await run()).toEqual([
      { connection: 'missing', reminded: [] },
      { connection: 'undated', reminded: [] },
    ]);
    expect(measured.filter(([name]) => name.startsWith('Piste'))).toEqual([]);
    expect(measured).toContainEqual(['CredentialsMissing', 1, { connection: 'missing' }]);
  });
});

describe('the days of the technical password', () => {
  const passwordEnds = Date.UTC(2026, 11, 3, 22, 30);

  it('are those that Chorus Pro says', async () => {
    const secrets = { example: exampleVersion({ technicalPasswordSetAt: daysAgo(1) }) };
    const { run, measured } = watching({ secrets, passwordEnds });
    expect(await run()).toEqual([
      { connection: 'example', technicalPasswordDaysLeft: 10, reminded: ['technical-password'] },
    ]);
    expect(measured).toContainEqual(['TechnicalPasswordDaysLeft', 10, { connection: 'example' }]);
  });

  it.each([
    ['Chorus Pro gives no date', {}],
    ['Chorus Pro does not answer', { down: true }],
  ])('are reckoned from the recorded date when %s', async (_when, { down = false }: { down?: boolean }) => {
    const { run, faults } = watching({
      secrets: { example: exampleVersion({ technicalPasswordSetAt: daysAgo(420) }) },
    });
    if (down) faults.add({ kind: 'unavailable' });
    expect(await run()).toMatchObject([{ technicalPasswordDaysLeft: 4, reminded: ['technical-password'] }]);
  });

  it('are those that it said last, as long as the secret is the same', async () => {
    const watched = watching({ secrets: { example: exampleVersion() }, passwordEnds });
    await watched.run();
    watched.faults.add({ kind: 'unavailable' });
    watched.advance(1);
    expect(await watched.run()).toMatchObject([{ technicalPasswordDaysLeft: 9 }]);
    // Another version may hold another password.
    watched.secrets['example'] = exampleVersion({ version: 'v2', technicalPasswordSetAt: daysAgo(-1) });
    expect(await watched.run()).toMatchObject([{ technicalPasswordDaysLeft: 424 }]);
  });

  it('are none where nobody knows', async () => {
    const { run, measured } = watching({ secrets: { example: exampleVersion() } });
    expect(await run()).toEqual([{ connection: 'example', reminded: [] }]);
    expect(measured.map(([name]) => name)).not.toContain('TechnicalPasswordDaysLeft');
  });
});

it('the days that the table of interest rates has left are measured once, for however many connections', async () => {
  const left = daysBetween('2026-11-23', lastDayWithRate());
  for (const secrets of [{}, { one: exampleVersion(), other: exampleVersion() }]) {
    const { run, measured } = watching({ secrets });
    await run();
    const days = measured.flatMap(([name, value]) => (name === 'InterestRateDaysLeft' ? [value] : []));
    expect(days).toEqual([left]);
  }
  expect(left).toBeGreaterThanOrEqual(38);
});

describe('the connections in trouble', () => {
  const inTrouble = ({ measured }: Pick<ReturnType<typeof watching>, 'measured'>): Record<string, number> => {
    const counts = measured.filter(([name]) => name === 'ConnectionsInTrouble');
    return Object.fromEntries(counts.map(([, count = NaN, about]) => [about?.['reason'] ?? '', count]));
  };

  it('are counted by what is due', async () => {
    const passwordEnds = Date.UTC(2026, 11, 3);
    const watched = watching({
      secrets: {
        due: exampleVersion({ pisteSecretCreatedAt: daysAgo(90) }),
        soon: exampleVersion({ pisteSecretCreatedAt: daysAgo(76) }),
        fresh: exampleVersion({ pisteSecretCreatedAt: daysAgo(75) }),
        missing: undefined,
      },
      passwordEnds,
    });
    await watched.run();
    expect(inTrouble(watched)).toEqual({
      // What is due is not also about to be.
      'piste-secret-warning': 1,
      'piste-secret-due': 1,
      'technical-password-warning': 3,
      'technical-password-due': 0,
      'credentials-unwatched': 0,
    });
  });

  it('are not said to be none while one of them cannot be watched', async () => {
    const watched = watching({
      secrets: { broken: exampleVersion(), due: exampleVersion({ pisteSecretCreatedAt: daysAgo(90) }) },
    });
    watched.broken.add('broken');
    await expect(watched.run()).rejects.toThrow('1 of 2');
    expect(inTrouble(watched)).toEqual({ 'piste-secret-due': 1 });
  });

  it('count one whose expiry is unknown from the second day on, and no more once it is known', async () => {
    const watched = watching({
      secrets: { example: exampleVersion({ pisteSecretCreatedAt: daysAgo(1) }) },
    });
    const unwatched = async () => {
      watched.measured.length = 0;
      await watched.run();
      return inTrouble(watched)['credentials-unwatched'];
    };
    expect([await unwatched(), await unwatched()]).toEqual([0, 0]);
    watched.advance(1);
    expect(await unwatched()).toBe(1);
    watched.secrets['example'] = exampleVersion({
      ...{ pisteSecretCreatedAt: daysAgo(1), technicalPasswordSetAt: daysAgo(1) },
    });
    watched.advance(1);
    expect(await unwatched()).toBe(0);
  });
});

describe('the people of a connection whose credentials cannot be used', () => {
  const subjects = ({ told }: Pick<ReturnType<typeof watching>, 'told'>) => told.map(({ subject }) => subject);

  it('are told once a day that none are stored', async () => {
    const watched = watching({ secrets: { missing: undefined } });
    await watched.run();
    await watched.run();
    watched.advance(1);
    await watched.run();
    const subject = 'chorus-relay missing : identifiants absents / no credentials';
    expect(subjects(watched)).toEqual([subject, subject]);
    expect(watched.told[0]?.text).toContain('npx relay credentials missing');
  });

  it('are told once a day that they are refused, until they are accepted', async () => {
    const made = { pisteSecretCreatedAt: daysAgo(1), technicalPasswordSetAt: daysAgo(1) };
    const watched = watching({ secrets: { example: exampleVersion({ ...made, technicalPassword: 'wrong' }) } });
    await watched.run();
    await watched.run();
    expect(subjects(watched)).toEqual(['chorus-relay example : identifiants refuses / credentials refused']);
    watched.secrets['example'] = exampleVersion({ ...made, version: 'v2' });
    watched.advance(1);
    await watched.run();
    expect(subjects(watched)).toHaveLength(1);
  });

  it('are not told by a second mail what a reminder says', async () => {
    const secret = { pisteSecretCreatedAt: daysAgo(95), technicalPassword: 'wrong' };
    const watched = watching({ secrets: { example: exampleVersion(secret) } });
    await watched.run();
    expect(subjects(watched)).toEqual([expect.stringContaining('secret client PISTE')]);
  });

  it('are not told that they are refused when Chorus Pro is closed', async () => {
    const watched = watching({ secrets: { example: exampleVersion() } });
    watched.faults.add({ kind: 'unavailable' });
    await watched.run();
    expect(watched.told).toEqual([]);
  });
});

it('a connection that cannot be watched is told, and does not stop the others', async () => {
  const { run, broken, events } = watching({
    secrets: { first: exampleVersion(), second: exampleVersion({ pisteSecretCreatedAt: daysAgo(90) }) },
  });
  broken.add('first');
  await expect(run()).rejects.toThrow('the credentials of 1 of 2 connections were not watched');
  expect(events.map(({ id }) => id)).toEqual(['credentials#second#piste-secret#2026-11-23#0']);
});
