import { describe, expect, it } from 'vitest';
import { accessTo } from '../../../shared/chorus-pro/chorus-pro.ts';
import { urlsFor } from '../../../shared/chorus-pro/piste.ts';
import type { HttpRequest, Sending } from '../../../shared/chorus-pro/transport.ts';
import { heldConnections, settingsOf } from '../../support/example-connection.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { response, done, version } from './session-fixture.ts';

const settings = (name: string, environment: string) => ({
  name,
  label: name,
  environment,
  companies: [{ name: 'Duval', siret: SUPPLIERS.company }],
});
const north = settings('north', 'production');

function opened(play: (request: HttpRequest) => Sending = () => done) {
  const urls: string[] = [];
  const telemetry = recordedTelemetry();
  const held = new Map(settingsOf(north, settings('south', 'production'), settings('trial', 'qualification')));
  const access = accessTo({
    connections: heldConnections(held),
    credentials: (name) => Promise.resolve(version(name)),
    transport: (request) => {
      urls.push(request.url);
      const token = request.url.endsWith('/token');
      return Promise.resolve(token ? response(200, { access_token: 'a', expires_in: 3600 }) : play(request));
    },
    memory: new InMemoryLedger(),
    telemetry,
    now: () => new Date(0),
    wait: () => Promise.resolve(),
    urls: {},
  });
  const run = async (name: string) => {
    const found = await access(name);
    if (!found) throw new Error(`no ${name}`);
    return found.chorusPro({ remainingMs: () => 9_000 }).suppliers();
  };
  return { access, run, urls, held, measured: telemetry.measured };
}

describe('the connections', () => {
  it('are opened by name, each once', async () => {
    const { access } = opened();
    expect((await access('north'))?.settings.name).toBe('north');
    expect(await access('north')).toBe(await access('north'));
    expect(await access('north')).not.toBe(await access('south'));
    expect(await access('nowhere')).toBeUndefined();
  });

  it('are opened anew when their settings change, and no more once they are gone', async () => {
    const { access, held } = opened();
    const before = await access('north');
    for (const [name, changed] of settingsOf({ ...north, label: 'North' })) held.set(name, changed);
    const after = await access('north');
    expect(after).not.toBe(before);
    expect(after?.settings.label).toBe('North');
    held.delete('north');
    expect(await access('north')).toBeUndefined();
  });

  it('go to the addresses of their own environment', async () => {
    const { run, urls } = opened();
    await run('north');
    await run('trial');
    expect(urls).toEqual([
      'https://oauth.piste.gouv.fr/api/oauth/token',
      'https://api.piste.gouv.fr/cpro/transverses/v1/recuperer/structures/actives/fournisseur',
      'https://sandbox-oauth.piste.gouv.fr/api/oauth/token',
      'https://sandbox-api.piste.gouv.fr/cpro/transverses/v1/recuperer/structures/actives/fournisseur',
    ]);
  });

  it('each have their own circuit breaker', async () => {
    const { run, urls, measured } = opened(({ url }) => (url.includes('sandbox') ? done : response(503)));
    await run('north');
    const before = urls.length;
    expect(await run('north')).toEqual({ kind: 'not-done', reason: 'platform-down', retryAfterSeconds: 60 });
    expect(urls.length).toBe(before);
    expect(await run('south')).toEqual({ kind: 'not-done', reason: 'platform-down' });
    expect(urls.length).toBeGreaterThan(before);
    expect(await run('trial')).toMatchObject({ kind: 'accepted' });
    expect(measured.filter(([metric]) => metric === 'BreakerOpened')).toEqual([
      ['BreakerOpened', 1, { connection: 'north' }],
      ['BreakerOpened', 1, { connection: 'south' }],
    ]);
  });

  it('are suspended separately', async () => {
    const { run, urls } = opened(({ url }) => (url.includes('sandbox') ? done : response(401)));
    expect(await run('north')).toEqual({ kind: 'not-done', reason: 'suspended' });
    expect(await run('trial')).toMatchObject({ kind: 'accepted' });
    const before = urls.length;
    expect(await run('south')).toEqual({ kind: 'not-done', reason: 'suspended' });
    expect(urls.length).toBeGreaterThan(before);
  });
});

describe('the addresses of Chorus Pro', () => {
  it('follow the environment unless the deployment overrides them', () => {
    expect(urlsFor('production', {}).api).toBe('https://api.piste.gouv.fr');
    expect(
      urlsFor('production', { CHORUS_PRO_URL: 'http://127.0.0.1:1/', PISTE_TOKEN_URL: 'http://127.0.0.1:1/t' }),
    ).toEqual({
      api: 'http://127.0.0.1:1',
      token: 'http://127.0.0.1:1/t',
    });
    expect(urlsFor('qualification', { CHORUS_PRO_URL: 'http://127.0.0.1:1' }).token).toContain('sandbox-oauth');
  });
});
