import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { DrivenClock, type LogLine } from '../../tools/local-cloud/index.ts';
import { startIssuer, type LocalIssuer } from '../../tools/local-cloud/issuer.ts';

import { desks, names, people, personNames, rights, type PersonName } from './desk-people.ts';
import { deskRoutes } from '../support/desk.ts';

const start = new Date('2026-11-23T09:00:00+01:00');
const seconds = start.getTime() / 1000;

describe('who gets through to the desk', () => {
  let relay: Relay;
  let issuer: LocalIssuer;
  let folder: string;
  let url: string;
  const lines: LogLine[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-relay-desk-'));
    for (const name of names) {
      const company = { name: 'Constructions Duval', siret: SUPPLIERS.company };
      const settings = { label: name, environment: 'qualification', companies: [company], desk: desks[name] };
      await writeFile(join(folder, `${name}.json`), JSON.stringify(settings));
    }
    relay = await bringUp({
      clock: new DrivenClock({ start }),
      context: { connections: names },
      build: { connectionsFolder: folder },
      desk: true,
      onLog: (line) => void lines.push(line),
    });
    issuer = relay.issuer ?? expect.fail('no issuer');
    url = relay.cloud.outputs['DeskUrl'] ?? expect.fail('no desk');
  });
  afterAll(async () => {
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  const get = (path: string, token?: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    });
  const tokenOf = (person: PersonName, claims: Record<string, unknown> = {}) =>
    issuer.token({ ...people[person], ...claims });
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = () => ({
    iss: issuer.url,
    aud: 'desk',
    ...people.duval,
    email_verified: true,
    iat: seconds,
    exp: seconds + 3600,
  });

  it('is whoever the provider says that they are', async () => {
    const response = await get('/pages', await tokenOf('duval'));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('duval');
  });

  describe.each<[string, () => Promise<string>]>([
    [
      'signed with another key',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'local' }).sign(privateKey);
      },
    ],
    ['without a signature', () => Promise.resolve(`${part({ alg: 'none', kid: 'local' })}.${part(claims())}.`)],
    [
      'signed with the public key as a password',
      async () => {
        const said = `${part({ alg: 'HS256', kid: 'local' })}.${part(claims())}`;
        const key = JSON.stringify(await issuer.publicKey());
        return `${said}.${createHmac('sha256', key).update(said).digest('base64url')}`;
      },
    ],
    [
      'with other claims than were signed',
      async () => {
        const [header, , signature] = (await tokenOf('stranger')).split('.');
        return `${header ?? ''}.${part(claims())}.${signature ?? ''}`;
      },
    ],
    ['that has expired', () => tokenOf('duval', { iat: seconds - 7200, exp: seconds - 1 })],
    ['that never expires', () => tokenOf('duval', { exp: undefined })],
    ['that is not valid yet', () => tokenOf('duval', { nbf: seconds + 600 })],
    ['that was issued in the future', () => tokenOf('duval', { iat: seconds + 600 })],
    ['for another audience', () => tokenOf('duval', { aud: 'payroll' })],
    [
      'for another audience, from a client of the desk’s name',
      () => tokenOf('duval', { aud: 'payroll', client_id: 'desk' }),
    ],
    [
      'of another issuer that has signed it',
      async () => {
        const other = await startIssuer(new DrivenClock({ start }), []);
        const token = await other.token(people.duval);
        await other.close();
        return token;
      },
    ],
    [
      'that another issuer signed in this one’s name',
      async () => {
        const other = await startIssuer(new DrivenClock({ start }), []);
        const token = await other.token({ ...people.duval, iss: issuer.url });
        await other.close();
        return token;
      },
    ],
    ['of somebody who signed in eight hours ago', () => tokenOf('duval', { auth_time: seconds - 8 * 3600 })],
    ['that is no token', () => Promise.resolve('duval')],
  ])('a token %s', (_what, forge) => {
    it('gets nothing', async () => {
      const token = await forge();
      for (const path of ['/pages', '/pages/duval/', '/actions/duval/x', '/nothing'])
        expect((await get(path, token)).status, path).toBe(401);
    });
  });

  it('an address that is not verified names nobody', async () => {
    const page = await get('/pages/duval/none', await tokenOf('duval', { email_verified: false }));
    expect(page.status).toBe(404);
  });

  it('nobody without a token, by any way of writing it', async () => {
    const token = await tokenOf('duval');
    expect((await get('/pages')).status).toBe(401);
    const written = ['/pages?token=', '/pages?access_token=', '/pages?authorization=Bearer '];
    for (const path of written) expect((await get(`${path}${token}`)).status, path).toBe(401);
    const cookies = { headers: { cookie: `authorization=Bearer ${token}; token=${token}` } };
    expect((await fetch(`${url}/pages`, cookies)).status).toBe(401);
    const form = new URLSearchParams({ authorization: `Bearer ${token}`, connection: 'duval' });
    expect((await fetch(`${url}/actions/duval/x`, { method: 'POST', body: form })).status).toBe(401);
    expect((await fetch(`${url}//pages`)).status).toBe(401);
    expect((await fetch(`${url}/desk.js/../pages`)).status).toBe(401);
  });

  it('no page of another site: nothing is allowed to it, and no cookie is set', async () => {
    const headers = { origin: 'https://evil.example', authorization: `Bearer ${await tokenOf('duval')}` };
    const asked = {
      ...headers,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const answers = [
      await fetch(`${url}/pages`, { headers }),
      await fetch(url, { headers: { origin: headers.origin } }),
      await fetch(`${url}/actions/duval/x`, { method: 'OPTIONS', headers: { ...asked, authorization: '' } }),
    ];
    for (const { headers: given } of answers) {
      expect([...given.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(given.get('set-cookie')).toBeNull();
    }
    expect(answers[2]?.status).toBe(401);
  });

  const pairs = personNames.flatMap((person) => names.map((name) => ({ person, name })));

  it.each(pairs)('$person at $name', async ({ person, name }) => {
    const token = await tokenOf(person);
    const may = rights[person][name];
    const absent = await get('/pages/no-such/none', token);
    const routes = deskRoutes(name);
    expect(routes.length).toBeGreaterThan(0);
    for (const { method, path } of routes) {
      const init = method === 'GET' ? {} : { method, body: '{}' };
      const response = await get(path, token, init);
      const isAction = path.startsWith('/actions/');
      if (may === undefined) {
        expect(response.status, `${method} ${path}`).toBe(404);
        expect(await response.text()).toBe(await absent.clone().text());
      } else if (may === 'read' && isAction) expect(response.status, `${method} ${path}`).toBe(403);
      else expect([401, 403], `${method} ${path}`).not.toContain(response.status);
    }
  });

  it('has the same headers on every answer of its own', async () => {
    const token = await tokenOf('duval');
    const paths = ['/', '/desk.js', '/desk.css', '/pages', '/nothing', ...deskRoutes('duval').map(({ path }) => path)];
    for (const path of paths) {
      const { headers } = await get(path, token);
      expect(headers.get('content-security-policy'), path).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${issuer.url}; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      );
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('x-frame-options'), path).toBe('DENY');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('strict-transport-security'), path).toMatch(/max-age=\d{8}/);
      expect(headers.get('cache-control'), path).toBe(path.startsWith('/desk.') ? 'no-cache' : 'no-store');
    }
  });

  it('leaves nothing of a person in a log', async () => {
    const token = await tokenOf('duval');
    await get('/pages/duval/none?q=FA-2026-0001', token);
    const written = lines.filter((line) => line.function.endsWith('-desk')).map(({ line }) => line);
    for (const secret of [token, 'people.example', 'Duval', 'p-1', 'FA-2026-0001'])
      expect(
        written.filter((line) => line.includes(secret)),
        secret,
      ).toEqual([]);
  });
});
