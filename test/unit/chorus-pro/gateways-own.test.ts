import { describe, expect, it } from 'vitest';
import { done, response, session } from './session-fixture.ts';

const no = response(200, { codeRetour: 1, libelle: '' });

describe('a 401, 403, 413 or 429 for a call that must not be repeated', () => {
  const statuses = [401, 403, 413, 429];

  it.each(statuses)('(%i) is believed if it is certainly the gateway’s', async (status) => {
    const own = [
      response(status, { httpCode: String(status), httpMessage: 'no' }),
      { kind: 'response', status, headers: { 'www-authenticate': 'Bearer realm="PISTE"' }, body: '' },
    ] as const;
    for (const sending of own) expect((await session(() => sending).run('once')).kind).not.toBe('unknown');
  });

  it.each(statuses)('(%i) leaves it in doubt otherwise: it is not repeated', async (status) => {
    const others = [
      response(status, '<html>'),
      response(status, { httpCode: '500' }),
      response(status, { httpCode: String(status), codeRetour: 0 }),
    ];
    for (const sending of others) {
      const { run, calls } = session(({ url }) => (url.endsWith('once') ? sending : done));
      expect(await run('once')).toMatchObject({ kind: 'unknown', why: `HTTP ${status}` });
      expect(calls.filter(({ url }) => url.endsWith('once'))).toHaveLength(1);
    }
  });

  it('that is a 401 and proves nothing has the credentials tested by a harmless call', async () => {
    const { run, calls } = session(() => response(401, '<html>'));
    expect(await run('once')).toMatchObject({ kind: 'unknown' });
    expect(calls.slice(1).every(({ url }) => url.endsWith('recuperer/structures/actives/fournisseur'))).toBe(true);
    expect(await run('once')).toEqual({ kind: 'not-done', reason: 'suspended' });
  });

  it('marks a refusal that follows within the same call', async () => {
    const { run } = session((_request, nth) => (nth === 1 ? response(401, { httpCode: '401' }) : no));
    expect(await run('once')).toMatchObject({ kind: 'refused', refusal: { repeated: true } });
  });
});
