import { expect, test } from 'vitest';
import {
  createChorusPro,
  drivenClock,
  EXAMPLE_CREDENTIALS,
  exampleWorld,
  REFUSALS,
} from '../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, tokenRequest } from '../../tools/chorus-pro-simulator/example-client.ts';

const start = Date.UTC(2026, 10, 23, 9);
const clock = drivenClock({ start });
const model = createChorusPro({ clock });
const client = exampleClient(model);

test('gives a token for an hour', () => {
  const { status, body } = model.handle(tokenRequest());
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid' });
});

test('takes both secrets of an application while one replaces the other', () => {
  expect(model.handle(tokenRequest({ client_secret: EXAMPLE_CREDENTIALS.nextClientSecret })).status).toBe(200);
});

test.each([
  ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client'],
  ['an unknown client', { client_id: 'unknown' }, 'invalid_client'],
  ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
  ['no openid', { scope: 'other' }, 'invalid_scope'],
])('refuses a token for %s', (_case, fields, error) => {
  const { status, body } = model.handle(tokenRequest(fields));
  expect(status).toBe(400);
  expect(JSON.parse(body)).toMatchObject({ error });
});

test('takes only a form', () => {
  const json = { ...tokenRequest(), headers: { 'content-type': 'application/json' } };
  expect(model.handle(json)).toMatchObject({ status: 400 });
});

const without = (name: string) => Object.fromEntries(Object.entries(client.headers).filter(([key]) => key !== name));

test.each([
  ['no bearer', without('authorization')],
  ['an unknown bearer', { ...client.headers, authorization: 'Bearer unknown' }],
  ['no technical account', without('cpro-account')],
  ['a wrong technical account', { ...client.headers, 'cpro-account': Buffer.from('a:b').toString('base64') }],
])('replies 401 to %s', (_case, headers) => {
  const { status, headers: received } = client.raw({ headers });
  expect({ status, realm: received['www-authenticate'] }).toEqual({ status: 401, realm: 'Bearer realm="PISTE"' });
});

test('reads headers whatever their case', () => {
  const headers = Object.fromEntries(
    Object.entries(client.headers).map(([name, value]) => [name.toUpperCase(), value]),
  );
  expect(client.raw({ headers }).status).toBe(200);
});

test('a token expires, and so does the password of a technical account', () => {
  const own = drivenClock({ start });
  const other = createChorusPro({ clock: own });
  const early = exampleClient(other);
  own.advance(3_599_000);
  expect(early.call('transverses/recuperer/modereglements').status).toBe(200);
  own.advance(1000);
  expect(early.call('transverses/recuperer/modereglements').status).toBe(401);
  own.advance(EXAMPLE_CREDENTIALS.passwordExpiresAt - own.now());
  expect(exampleClient(other).call('transverses/recuperer/modereglements').status).toBe(401);
  expect(other.effects.failedLogins).toBe(1);
});

test('replies 403 to a route that does not exist, and to an API not subscribed to', () => {
  const unknown = client.raw({ path: '/cpro/factures/v1/consulter/cr' });
  expect({ status: unknown.status, realm: unknown.headers['www-authenticate'] }).toEqual({
    status: 403,
    realm: 'Bearer realm="DefaultRealm"',
  });
  const { clientId, clientSecret } = EXAMPLE_CREDENTIALS;
  const world = { ...exampleWorld(), applications: [{ clientId, clientSecrets: [clientSecret], apis: ['factures'] }] };
  const narrow = exampleClient(createChorusPro({ clock, world }));
  expect(narrow.call('structures/rechercher').status).toBe(403);
  expect(narrow.call('factures/rechercher/fournisseur').status).toBe(200);
});

test('refuses an account without raccordement', () => {
  const unconnected = exampleClient(model, { login: EXAMPLE_CREDENTIALS.unconnectedAccount });
  expect(unconnected.call('factures/rechercher/fournisseur').body).toEqual({
    codeRetour: 20001,
    libelle: 'GDP_MSG_11.005',
  });
});

test('the health check needs no technical account', () => {
  const path = '/cpro/transverses/v1/health-check';
  const reply = client.raw({ path, method: 'GET', headers: without('cpro-account'), body: '' });
  expect(reply).toMatchObject({ status: 200, body: { statusCodeValue: 200 } });
});

test.each([
  ['another content type', { headers: { ...client.headers, 'content-type': 'text/plain' } }, 415],
  ['a body that is not JSON', { body: '{' }, 400],
  ['an array', { body: '[]' }, 400],
  ['an unknown field', { body: '{"idUtilisateurCourant":1,"inconnu":1}' }, 400],
  ['a wrong type', { body: '{"idUtilisateurCourant":"5"}' }, 400],
  ['null for absent', { body: '{"idUtilisateurCourant":null}' }, 200],
])('%s: %#', (_case, changes, status) => {
  expect(client.raw(changes).status).toBe(status);
});

test('refuses on 200 and on 400 in turn, or as the option says', () => {
  const statuses = (errorStatus: 200 | 400 | 'both') => {
    const one = exampleClient(createChorusPro({ clock, options: { errorStatus } }));
    return [1, 2, 3].map(() => one.call('factures/consulter/fournisseur', { identifiantFactureCPP: 1 }).status);
  };
  expect(statuses('both')).toEqual([200, 400, 200]);
  expect(statuses(200)).toEqual([200, 200, 200]);
  expect(statuses(400)).toEqual([400, 400, 400]);
});

test('a refusal with a code and a message of our own says so in both, and each names its source', () => {
  for (const { code, message, source } of Object.values(REFUSALS)) {
    if (code < 90_000 || !message.startsWith('SIMULATEUR')) expect(source).toMatch(/^\[V-(AIFE|LIVE|3P)\]/);
    expect(source).toMatch(/^\[(V-AIFE|V-LIVE|V-3P|R|INF)\]/);
  }
});

test('tells an observer each request without its headers', () => {
  const seen: unknown[] = [];
  const own = createChorusPro({ clock });
  own.observe((request) => seen.push(request));
  exampleClient(own).call('structures/consulter', { idStructureCPP: 1 });
  expect(seen).toEqual([{ path: '/cpro/structures/v1/consulter', body: { idStructureCPP: 1 } }]);
});
