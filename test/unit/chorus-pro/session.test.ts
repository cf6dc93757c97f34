import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operations, type Operation } from '../../../shared/chorus-pro/operations.ts';
import { response, done, lost, session, world } from './session-fixture.ts';

const accepted = { kind: 'accepted', value: { codeRetour: 0, libelle: '', id: 7 } };
const down = { kind: 'not-done', reason: 'platform-down' };

describe('a call', () => {
  it('carries the token, the technical account and JSON', async () => {
    const { run, calls } = session(() => done);
    expect(await run()).toEqual(accepted);
    expect(calls).toMatchObject([
      {
        method: 'POST',
        url: 'https://api.test/cpro/test/v1/none',
        headers: {
          authorization: 'Bearer token-1',
          'cpro-account': Buffer.from('TECH:é:password').toString('base64'),
          'content-type': 'application/json;charset=utf-8',
        },
        body: '{"a":1}',
        timeoutMs: 20_000,
      },
    ]);
  });

  it('waits at most thirty seconds, however long the invocation lasts', async () => {
    const { run, calls } = session(() => done);
    await run('none', { remainingMs: () => 500_000 });
    expect(calls[0]?.timeoutMs).toBe(30_000);
  });

  it('is not started with too little time left', async () => {
    const { run, calls, tokenRequests } = session(() => done);
    expect(await run('once', { remainingMs: () => 999 })).toEqual({ kind: 'not-done', reason: 'no-time-left' });
    expect([calls, tokenRequests]).toEqual([[], []]);
  });

  it('is not started when getting the token used up the time', async () => {
    const { run, calls, tokenRequests } = session(() => done);
    const remainingMs = () => (tokenRequests.length > 0 ? 10 : 5_000);
    expect(await run('once', { remainingMs })).toEqual({
      kind: 'not-done',
      reason: 'no-time-left',
    });
    expect([calls.length, tokenRequests.length]).toEqual([0, 1]);
  });

  it('is not started without credentials', async () => {
    const { run, secret, tokenRequests, measured } = session(() => done);
    secret.cached = undefined;
    expect(await run()).toEqual({ kind: 'not-done', reason: 'secret-missing' });
    expect(tokenRequests).toEqual([]);
    expect(measured).toEqual([['CredentialsMissing', 1, { connection: 'example' }]]);
  });

  it.each([
    ['once', { kind: 'unknown', why: 'a response of more than 40 MB' }],
    ['repeatable', down],
    [
      'none',
      {
        kind: 'refused',
        refusal: { operation: 'test/v1/none', code: 413, message: 'a response of more than 40 MB' },
      },
    ],
  ] as const)('%s whose response is too large to be read has an outcome of its own', async (effect, outcome) => {
    const { run, calls } = session(() => ({ kind: 'too-large', bytes: 40_000_000 }));
    expect(await run(effect)).toMatchObject(outcome);
    expect(calls).toHaveLength(1);
  });

  it('without a token counts as a token failure, not as a call', async () => {
    const { run, measured } = session(
      () => done,
      world(),
      () => response(503, '<html>'),
    );
    expect(await run()).toEqual(down);
    expect(measured).toEqual([['TokenFailures', 1, { connection: 'example' }]]);
  });

  it('uses a fresh connection only for operations that must not repeat', async () => {
    const { run, calls } = session(() => done);
    for (const effect of ['none', 'repeatable', 'once'] as const) await run(effect);
    expect(calls.map(({ fresh }) => fresh)).toEqual([false, false, true]);
  });

  it('reports a refusal by Chorus Pro', async () => {
    const { run } = session(() => response(400, { codeRetour: 20001, libelle: 'GDP_MSG_11.005' }));
    expect(await run('once')).toEqual({
      kind: 'refused',
      refusal: { operation: 'test/v1/once', code: 20001, message: 'GDP_MSG_11.005' },
    });
  });
});

describe('an unknown outcome', () => {
  it.each<[Operation<unknown>['effect'], object]>([
    ['none', down],
    ['repeatable', down],
    ['once', { kind: 'unknown', why: 'TimeoutError' }],
  ])('of an operation whose effect is %s', async (effect, outcome) => {
    const { run, calls } = session(() => lost);
    expect(await run(effect)).toMatchObject(outcome);
    expect(calls).toHaveLength(1);
  });

  it.each([500, 502, 503, 504])('on %i is not retried for an operation that must not repeat', async (status) => {
    const { run, calls } = session(() => response(status, '<html>'));
    expect(await run('once')).toMatchObject({ kind: 'unknown', why: `HTTP ${status}` });
    expect(calls).toHaveLength(1);
  });
});

/** All that can come back and says neither yes nor no. */
const unclear = fc.oneof(
  fc.constantFrom(lost, ...[200, 400, 404, 415, 503].map((status) => response(status, '<html>'))),
  fc.constantFrom(response(200, ''), response(200, { codeRetour: 0 })),
  fc
    .tuple(
      fc.integer({ min: 300, max: 599 }).filter((status) => ![401, 403, 413, 429].includes(status)),
      fc.constantFrom('', '<html>', '{"httpCode":"500"}'),
    )
    .map(([status, body]) => response(status, body)),
);

describe('the rule of `once`', () => {
  it('an unknown outcome of a `once` call stays unknown: it is never taken for not done or refused', async () => {
    await fc.assert(
      fc.asyncProperty(unclear, async (sending) => {
        const { run, calls } = session(() => sending);
        expect(await run('once')).toMatchObject({ kind: 'unknown' });
        expect(calls).toHaveLength(1);
      }),
    );
  });

  it('holds for every call that changes an invoice or makes one', () => {
    const once = Object.entries(operations).flatMap(([path, { effect }]) => (effect === 'once' ? [path] : []));
    expect(once.sort()).toEqual([
      'factures/v1/completer',
      'factures/v1/corriger/valideur/facture',
      'factures/v1/deposer/flux',
      'factures/v1/recycler',
      'factures/v1/soumettre',
      'factures/v1/traiter/factureAValider',
      'factures/v1/traiterRejet',
      'facturesTravaux/v1/completer',
      'facturesTravaux/v1/recycler',
      'facturesTravaux/v1/soumettre',
    ]);
  });
});

describe('a refusal by the gateway, without a codeRetour', () => {
  const statuses = [400, 404, 415];

  it.each(statuses)('(%i) is final for an operation that may be repeated', async (status) => {
    for (const effect of ['none', 'repeatable'] as const) {
      const { run } = session(() => response(status, { httpCode: String(status) }));
      expect(await run(effect)).toEqual({
        kind: 'refused',
        refusal: { operation: `test/v1/${effect}`, code: status, message: `HTTP ${status}` },
      });
    }
  });

  it.each(statuses)('(%i) leaves the outcome unknown for an operation that must not repeat', async (status) => {
    const { run } = session(() => response(status, { httpCode: String(status) }));
    expect(await run('once')).toMatchObject({ kind: 'unknown', why: `HTTP ${status}` });
  });

  it('is final only for these statuses: any other may be temporary', async () => {
    for (const status of [405, 409, 500]) expect(await session(() => response(status)).run('none')).toEqual(down);
  });
});

describe('a platform that is down', () => {
  it.each([502, 503, 504])('(%i) is not called again for a minute, from any function', async (status) => {
    const { run, calls, advance } = session((_request, nth) => (nth === 1 ? response(status) : done));
    await run();
    expect(await run('once')).toEqual({ ...down, retryAfterSeconds: 60 });
    advance(0.5);
    expect(await run('once')).toEqual({ ...down, retryAfterSeconds: 30 });
    expect(calls).toHaveLength(1);
    advance(0.5);
    expect(await run('once')).toEqual(accepted);
  });

  it('cannot be reached', async () => {
    const { run, calls } = session(() => ({ kind: 'not-connected', why: 'ECONNREFUSED' }));
    expect(await run('once')).toEqual({ kind: 'not-done', reason: 'no-connection' });
    expect(await run('once')).toMatchObject(down);
    expect(calls).toHaveLength(1);
  });

  it('is assumed after three calls in a row without a response, not after two', async () => {
    const { run, calls } = session(() => lost);
    for (const nth of [1, 2, 3]) {
      expect(await run('once')).toMatchObject({ kind: 'unknown', why: 'TimeoutError' });
      expect(calls).toHaveLength(nth);
    }
    expect(await run('once')).toMatchObject(down);
    expect(calls).toHaveLength(3);
  });

  it('counts as up again after any response, even a refusal', async () => {
    const no = response(200, { codeRetour: 1, libelle: '' });
    const { run, calls } = session((_request, nth) => (nth % 3 === 0 ? no : lost));
    for (let i = 0; i < 9; i += 1) await run('none');
    expect(calls).toHaveLength(9);
  });

  it('gets a single trial call when the pause is over', async () => {
    const { run, calls, advance } = session(() => lost);
    for (let i = 0; i < 3; i += 1) await run('once');
    advance(1);
    await run('once');
    expect(await run('once')).toMatchObject(down);
    expect(calls).toHaveLength(4);
  });

  it('is not assumed when calls are throttled: they pause as long as PISTE says, and half a minute at least', async () => {
    const { run, calls, advance } = session((_request, nth) =>
      nth === 1 ? { kind: 'response', status: 429, headers: { 'retry-after': '9' }, body: '{"httpCode":"429"}' } : done,
    );
    expect(await run('once')).toEqual({ kind: 'not-done', reason: 'throttled', retryAfterSeconds: 9 });
    expect(await run('once')).toEqual({ kind: 'not-done', reason: 'throttled', retryAfterSeconds: 30 });
    expect(calls).toHaveLength(1);
    advance(0.5);
    expect(await run('once')).toEqual(accepted);
  });

  it('is not assumed when an API is not subscribed to', async () => {
    const { run } = session((_request, nth) => (nth === 1 ? response(403, { httpCode: '403' }) : done));
    expect(await run('once')).toEqual({ kind: 'not-done', reason: 'api-not-subscribed' });
    expect(await run('once')).toEqual(accepted);
  });
});
