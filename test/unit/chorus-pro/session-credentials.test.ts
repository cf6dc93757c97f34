import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../shared/chorus-pro/transport.ts';
import { response, done, session, unauthorised, version, world } from './session-fixture.ts';

const accepted = { kind: 'accepted', value: { codeRetour: 0, libelle: '', id: 7 } };
const suspended = { kind: 'not-done', reason: 'suspended' };
const tokensOf = (calls: readonly HttpRequest[]) => calls.map(({ headers }) => headers['authorization']);

/** A call that must not be repeated was, after it had been turned away. */
const repeated = { ...accepted, repeated: true };

describe('a 401', () => {
  it('leads to one new token and one retry, a second later', async () => {
    const { run, calls, waits } = session((_request, nth) => (nth === 1 ? unauthorised : done));
    expect(await run('once')).toEqual(repeated);
    expect(tokensOf(calls)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(waits).toEqual([1_000]);
  });

  it('twice reads the secret again, and suspends it if it is unchanged', async () => {
    const { run, calls } = session(() => unauthorised);
    expect(await run('once')).toEqual(suspended);
    expect(calls).toHaveLength(2);
  });

  it('twice with an old secret leads to a retry with the new one', async () => {
    const { run, calls, secret } = session((_request, nth) => (nth <= 2 ? unauthorised : done));
    secret.now = version('v2');
    expect(await run('once')).toEqual(repeated);
    expect(calls).toHaveLength(3);
  });

  it('from both secrets suspends the new one', async () => {
    const { run, calls, secret } = session(() => unauthorised);
    secret.now = version('v2');
    expect(await run('once')).toEqual(suspended);
    expect(calls).toHaveLength(4);
    expect(await run('once')).toEqual(suspended);
    expect(calls).toHaveLength(4);
  });

  it('suspends the tried credentials when the secret has been deleted since', async () => {
    const { run, secret } = session(() => unauthorised);
    secret.now = undefined;
    expect(await run('once')).toEqual(suspended);
  });

  it('is not retried when no time is left', async () => {
    const { run, calls } = session(() => unauthorised);
    expect(await run('once', { remainingMs: () => (calls.length === 0 ? 9_000 : 500) })).toEqual({
      kind: 'not-done',
      reason: 'no-time-left',
    });
    expect(calls).toHaveLength(1);
  });
});

describe('a client id or secret that PISTE refuses', () => {
  const invalidClient = response(400, { error: 'invalid_client' });

  it('suspends the connection without calling Chorus Pro', async () => {
    const { run, calls, tokenRequests } = session(
      () => done,
      world(),
      () => invalidClient,
    );
    expect(await run('once')).toEqual(suspended);
    expect(await run('once')).toEqual(suspended);
    expect([calls.length, tokenRequests.length]).toEqual([0, 5]);
  });

  it('is replaced as soon as Secrets Manager has a new one', async () => {
    const { run, secret } = session(
      () => done,
      world(),
      ({ body }) => (body?.includes('v2') ? response(200, { access_token: 'good', expires_in: 3600 }) : invalidClient),
    );
    secret.now = version('v2');
    expect(await run('once')).toEqual(repeated);
  });

  it('is replaced in every function, also where others have used up its failed logins', async () => {
    const shared = world();
    const onlyNew: Parameters<typeof session>[2] = ({ body }) =>
      body?.includes('v2') ? response(200, { access_token: 'good', expires_in: 3600 }) : invalidClient;
    const each = [0, 1, 2].map(() => {
      const secret = { now: version('v2'), cached: version('v1') };
      return session(() => done, { ...shared, secret }, onlyNew);
    });
    for (const { run } of each) expect((await run('once')).kind).toBe('accepted');
    const refused = each.flatMap(({ tokenRequests }) => tokenRequests).filter(({ body }) => !body?.includes('v2'));
    expect(refused).toHaveLength(5);
  });

  it('leads to no suspension when PISTE is down, and PISTE is not called again', async () => {
    const { run, tokenRequests, memory } = session(
      () => done,
      world(),
      () => response(503, '<html>'),
    );
    expect(await run('once')).toEqual({ kind: 'not-done', reason: 'platform-down' });
    expect(await run('once')).toMatchObject({ kind: 'not-done', reason: 'platform-down', retryAfterSeconds: 60 });
    expect(tokenRequests).toHaveLength(1);
    expect(await memory.recall('suspension#example')).toBeUndefined();
  });
});

describe('a suspension', () => {
  it('lasts an hour: no call is made with these credentials', async () => {
    const { run, calls, advance } = session((_request, nth) => (nth <= 2 ? unauthorised : done));
    await run();
    advance(59);
    expect(await run()).toEqual(suspended);
    expect(calls).toHaveLength(2);
    advance(1);
    expect(await run()).toEqual(accepted);
  });

  it('ends at once with a new version of the secret', async () => {
    const { run, secret } = session((_request, nth) => (nth <= 2 ? unauthorised : done));
    await run();
    secret.cached = version('v2');
    expect(await run()).toEqual(accepted);
  });

  it('also stops the other functions from trying the credentials', async () => {
    const shared = world();
    await session(() => unauthorised, shared).run();
    const other = session(() => done, shared);
    expect(await other.run()).toEqual(suspended);
    expect([other.calls, other.tokenRequests]).toEqual([[], []]);
  });

  it('reaches a warm function within a minute', async () => {
    const shared = world();
    const warm = session(() => done, shared);
    expect(await warm.run()).toEqual(accepted);
    await session(() => unauthorised, shared).run();
    warm.advance(1);
    expect(await warm.run()).toEqual(suspended);
  });

  it('is read from the ledger once a minute, not for every call', async () => {
    const shared = world();
    const recall = shared.memory.recall.bind(shared.memory);
    let lookUps = 0;
    shared.memory.recall = (name) => {
      lookUps += name.startsWith('suspension#') ? 1 : 0;
      return recall(name);
    };
    const { run, advance } = session(() => done, shared);
    for (const minutes of [0, 0.9, 0.1, 0.9]) {
      advance(minutes);
      await run();
    }
    expect(lookUps).toBe(2);
  });

  it('blocks all calls while the ledger cannot be read, and is then read again', async () => {
    const shared = world();
    const recall = shared.memory.recall.bind(shared.memory);
    const answers = [() => Promise.reject(new Error('no table'))];
    shared.memory.recall = (name) => (answers.shift() ?? (() => recall(name)))();
    const { run, calls } = session(() => done, shared);
    await expect(run()).rejects.toThrow('no table');
    expect(calls).toEqual([]);
    expect(await run()).toEqual(accepted);
  });

  it('is ignored when its record is malformed', async () => {
    const shared = world();
    await shared.memory.remember('suspension#example', { version: 'v1', until: 'for ever' });
    expect(await session(() => done, shared).run()).toEqual(accepted);
  });
});

describe('credentials that were never accepted before', () => {
  it('are not tried when the platform went down in the meantime', async () => {
    const { run, calls, waits } = session(() => response(503, '<html>'));
    const outcomes = await Promise.all([run('once'), run('once'), run('once')]);
    expect(outcomes).toMatchObject([
      { kind: 'unknown' },
      { kind: 'not-done', reason: 'platform-down', retryAfterSeconds: 60 },
      { kind: 'not-done', reason: 'platform-down', retryAfterSeconds: 60 },
    ]);
    expect([calls.length, waits]).toEqual([1, []]);
  });
});

describe('a 401 for credentials that have worked in this function', () => {
  const proven = async (refusals: number) => {
    const made = session((_request, nth) => (nth > 1 && nth <= 1 + refusals ? unauthorised : done));
    expect(await made.run('once')).toEqual(accepted);
    return made;
  };

  it('does not suspend them the second time', async () => {
    const { run, waits, memory } = await proven(2);
    expect(await run('once')).toEqual(repeated);
    expect(waits).toEqual([1_000, 3_000]);
    expect(await memory.recall('suspension#example')).toBeUndefined();
  });

  it('suspends them the third time, and they must then be proven again', async () => {
    const { run, calls, advance } = await proven(6);
    expect(await run('once')).toEqual(suspended);
    expect(calls).toHaveLength(1 + 3);
    advance(60);
    expect(await run('once')).toEqual(suspended);
    expect(calls).toHaveLength(1 + 3 + 2);
  });
});
