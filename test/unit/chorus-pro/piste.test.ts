import { describe, expect, it } from 'vitest';
import { TokenSource } from '../../../shared/chorus-pro/piste.ts';
import type { HttpRequest, Sending } from '../../../shared/chorus-pro/transport.ts';
import type { Credentials } from '../../../shared/connection/credentials.ts';

const credentials: Credentials = {
  pisteClientId: 'client',
  pisteClientSecret: 'secret & more',
  technicalLogin: 'TECH',
  technicalPassword: 'password',
};
const deadline = { remainingMs: () => 9_000 };
const json = (status: number, content: unknown): Sending => ({
  kind: 'response',
  status,
  headers: {},
  body: JSON.stringify(content),
});
const token = (name: string, seconds: unknown = 3600) => json(200, { access_token: name, expires_in: seconds });
const invalidClient = json(400, { error: 'invalid_client' });

/** PISTE with its responses in order; the last one is repeated. Time stands still unless it is moved. */
function piste(...answers: Sending[]) {
  const requests: HttpRequest[] = [];
  const waits: number[] = [];
  let nowMs = Date.UTC(2026, 10, 23);
  const tokens = new TokenSource({
    url: 'https://piste.test/token',
    transport: (request) => {
      requests.push(request);
      const answer = answers[Math.min(requests.length, answers.length) - 1];
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('no answer'));
    },
    now: () => new Date(nowMs),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return {
    tokens,
    requests,
    waits,
    advance: (seconds: number) => (nowMs += seconds * 1000),
    get: (of = credentials) => tokens.get(of, deadline),
  };
}

describe('a token', () => {
  it('is requested with client credentials and the scope openid', async () => {
    const { get, requests } = piste(token('a'));
    expect(await get()).toEqual({ kind: 'accepted', value: 'a' });
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: 'https://piste.test/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        timeoutMs: 9_000,
      },
    ]);
    expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'secret & more',
      scope: 'openid',
    });
  });

  it('is requested once for all concurrent callers', async () => {
    const { get, requests } = piste(token('a'));
    expect(await Promise.all([get(), get(), get()])).toEqual(Array(3).fill({ kind: 'accepted', value: 'a' }));
    expect(requests).toHaveLength(1);
  });

  it('is used until four minutes before it expires', async () => {
    const { get, requests, advance } = piste(token('a'), token('b'));
    await get();
    advance(3600 - 241);
    expect(await get()).toMatchObject({ value: 'a' });
    advance(1);
    expect(await get()).toMatchObject({ value: 'b' });
    expect(requests).toHaveLength(2);
  });

  it('may state its lifetime as text', async () => {
    const { get, requests } = piste(token('a', '3600'));
    await get();
    expect(await get()).toMatchObject({ value: 'a' });
    expect(requests).toHaveLength(1);
  });

  it('that expires within the margin is used for one call only', async () => {
    const { get } = piste(token('a', 60), token('b', 60));
    expect([await get(), await get()]).toMatchObject([{ value: 'a' }, { value: 'b' }]);
  });

  it('is dropped when a call reports it refused, unless a newer one has replaced it', async () => {
    const { get, tokens } = piste(token('a'), token('b'), token('c'));
    await get();
    tokens.drop('an older one');
    expect(await get()).toMatchObject({ value: 'a' });
    tokens.drop('a');
    expect(await get()).toMatchObject({ value: 'b' });
  });

  it('is not shared with another application', async () => {
    const { get } = piste(token('a'), token('b'));
    await get();
    expect(await get({ ...credentials, pisteClientId: 'other' })).toMatchObject({ value: 'b' });
  });

  it('for a new secret does not wait for a request with the old one', async () => {
    let answerFirst: (sending: Sending) => void = () => undefined;
    const secrets: (string | null)[] = [];
    const tokens = new TokenSource({
      url: 'https://piste.test/token',
      transport: ({ body }) => {
        const secret = new URLSearchParams(body).get('client_secret');
        secrets.push(secret);
        if (secret === 'new') return Promise.resolve(token('new'));
        return secrets.length > 1 ? Promise.resolve(invalidClient) : new Promise((resolve) => (answerFirst = resolve));
      },
      now: () => new Date(0),
      wait: () => Promise.resolve(),
    });
    const old = tokens.get(credentials, deadline);
    const fresh = tokens.get({ ...credentials, pisteClientSecret: 'new' }, deadline);
    answerFirst(invalidClient);
    expect(await fresh).toEqual({ kind: 'accepted', value: 'new' });
    expect(await old).toMatchObject({ kind: 'not-done', reason: 'token-refused' });
  });
});

describe('PISTE’s refusal of valid credentials', () => {
  it.each([1, 2, 3, 4])('is not believed %i times in a row', async (times) => {
    const { get, waits } = piste(...Array<Sending>(times).fill(invalidClient), token('a'));
    expect(await get()).toEqual({ kind: 'accepted', value: 'a' });
    expect(waits).toHaveLength(times);
  });

  it.each([400, 401])('is believed the fifth time (%i), with growing pauses between', async (status) => {
    const { get, requests, waits } = piste(json(status, { error: 'invalid_client' }));
    expect(await get()).toEqual({ kind: 'not-done', reason: 'token-refused' });
    expect(requests).toHaveLength(5);
    expect(waits).toHaveLength(4);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
  });

  it('is checked again by the next call that needs a token', async () => {
    const { get } = piste(...Array<Sending>(5).fill(invalidClient), token('a'));
    await get();
    expect(await get()).toEqual({ kind: 'accepted', value: 'a' });
  });
});

describe('no token when PISTE', () => {
  const html: Sending = { kind: 'response', status: 200, headers: {}, body: '<html>maintenance</html>' };
  it.each<[what: string, answer: Sending, reason: string]>([
    ['cannot be reached', { kind: 'not-connected', why: 'ENOTFOUND' }, 'no-connection'],
    ['does not respond', { kind: 'lost', why: 'TimeoutError' }, 'platform-down'],
    ['has had too many requests', json(429, {}), 'throttled'],
    ['has an error', json(500, {}), 'platform-down'],
    ['is closed', { ...html, status: 503 }, 'platform-down'],
    ['responds in HTML', html, 'platform-down'],
    ['forgets the token', json(200, { expires_in: 3600 }), 'platform-down'],
    ['gives an empty one', token(''), 'platform-down'],
    ['gives an expired one', token('a', 0), 'platform-down'],
    ['forgets its lifetime', json(200, { access_token: 'a' }), 'platform-down'],
  ])('%s', async (_what, answer, reason) => {
    const { get, requests } = piste(answer);
    expect(await get()).toEqual({ kind: 'not-done', reason });
    expect(requests).toHaveLength(1);
  });
});
