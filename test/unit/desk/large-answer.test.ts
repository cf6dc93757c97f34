/** What Lambda can answer with is limited: a long list travels compressed, as browsers take it. */
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { deskApp } from '../../../functions/desk/app.ts';
import { resultOf } from '../../../functions/desk/gateway.ts';
import { ask, deskDependencies } from '../../support/desk.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { recordIn } from '../ledger/records.ts';

/** What Lambda answers with, at most. [AWS: Lambda quotas] */
const mostBytes = 6_000_000;
const invoices = 2_000;

describe(`a list of ${invoices} invoices`, () => {
  const ledger = new InMemoryLedger();
  beforeAll(async () => {
    for (let i = 0; i < invoices; i += 1) {
      const record = recordIn('followed', { pk: `F-${i}`, number: `F-${i}`, connection: 'duval' });
      await ledger.write({ record, transition: 'claim', replaces: 0 });
    }
  });

  const page = async (path: string, headers: Record<string, string>) => {
    const app = deskApp(deskDependencies({ ledger }));
    const response = await ask(path, { app, claims: { email: 'compta@duval.example' }, headers });
    return resultOf(response);
  };

  it('is a file that has all of it; one invoice more, and its name says that it has not', async () => {
    const name = async (path: string) => (await page(path, {})).headers?.['content-disposition'];
    expect(await name('/pages/duval/fr/under-way.csv')).toContain('filename="duval-En-cours-2026-11-26.csv"');
    const record = recordIn('followed', { pk: 'F-X', number: 'F-X', connection: 'duval' });
    await ledger.write({ record, transition: 'claim', replaces: 0 });
    expect(await name('/pages/duval/fr/under-way.csv')).toContain('-incomplet-2000-factures-lues.csv"');
    expect(await name('/pages/duval/en/recipients.xlsx')).toContain('-incomplete-2000-invoices-read.xlsx"');
    expect(await name('/pages/duval/en/search.csv?text=F-')).toContain('-incomplete-2000-invoices-read.csv"');
  });

  it.each(['/pages/duval/fr/under-way.csv', '/pages/duval/fr/under-way?period=old', '/pages/duval/fr/search?text=F-'])(
    'is the same compressed, and short enough (%s)',
    async (path) => {
      const plain = await page(path, {});
      const packed = await page(path, { 'accept-encoding': 'gzip, deflate, br' });
      expect([plain.statusCode, plain.isBase64Encoded, packed.isBase64Encoded]).toEqual([200, false, true]);
      expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip' });
      const [body = '', text = ''] = [packed.body, plain.body];
      expect(gunzipSync(Buffer.from(body, 'base64')).toString('utf8')).toBe(text);
      // Nine places of a list may be as long.
      expect(body.length * 9).toBeLessThan(mostBytes);
    },
  );
});
