import { describe, expect, it } from 'vitest';
import { documentKey } from '../../../shared/documents/document-store.ts';
import type { LifeEntry } from '../../../shared/ledger/life.ts';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { complete, path, suspended } from '../invoice-commands/scenario.ts';
import { paths, recordOf } from './scenario.ts';

const senderId = 'AROAEXAMPLE:erp';

/** Each entry in a word or two. */
const inWords = (entry: LifeEntry): string => {
  if ('command' in entry) return `${entry.command} ${entry.end ?? 'asked'}`;
  if ('call' in entry) return `${entry.call} ${entry.noReply ?? entry.http ?? ''} ${entry.code ?? ''}`.trim();
  if ('status' in entry) return entry.motive ? `${entry.status}: ${entry.motive}` : entry.status;
  if ('doubt' in entry) return `doubt: ${entry.doubt}`;
  if ('resolved' in entry) return entry.resolved;
  if ('report' in entry) return entry.report;
  return 'deposit';
};
const lifeOf = async (world: Relay) => ((await recordOf(world)).life ?? []).map(inWords);

/** What is kept of an exchange, by its hash. */
async function exchanges(world: Relay): Promise<string[]> {
  const life = (await recordOf(world)).life ?? [];
  const hashes = life.flatMap((entry) => ('call' in entry && entry.kept ? [entry.kept] : []));
  const stored = await Promise.all(hashes.map((hash) => world.documents.get(documentKey(hash), 1e6)));
  return stored.map((one) => (one.kind === 'found' ? Buffer.from(one.bytes).toString() : one.kind));
}

describe('the life of an invoice', () => {
  it('has who asked for it, each call that changes something, and each status', async () => {
    const world = relay();
    await world.submit(submitCommand(), { senderId });
    world.advance(20);
    await world.poll();
    expect(await lifeOf(world)).toEqual([
      'invoice.submit asked',
      'upload-pdf 200 0',
      'submit 200 0',
      'DEPOSEE',
      'EN_COURS_ACHEMINEMENT',
    ]);
    expect((await recordOf(world)).life?.[0]).toMatchObject({ by: senderId });
  });

  it('keeps what was sent and what was answered, without the credentials', async () => {
    const world = relay();
    await world.submit(submitCommand());
    const [exchange = ''] = await exchanges(world);
    expect(JSON.parse(exchange)).toMatchObject({
      operation: 'factures/v1/soumettre',
      request: { numeroFactureSaisi: 'F-2026-0001' },
      response: { status: 200 },
    });
    expect(exchange).toContain('identifiantFactureCPP');
    expect(exchange).not.toMatch(/cpro-account|Bearer/);
  });

  it('says that there was no reply, and how the doubt ended', async () => {
    const world = relay();
    world.faults.add({ kind: 'reset-after', path: paths.submit, count: 1 });
    await world.submit(submitCommand());
    world.advance(1);
    await world.poll();
    expect(await lifeOf(world)).toEqual([
      'invoice.submit asked',
      'upload-pdf 200 0',
      'submit sent',
      'doubt: ECONNRESET',
      'found',
      'DEPOSEE',
    ]);
    expect(JSON.parse((await exchanges(world))[0] ?? '')).not.toHaveProperty('response');
  });

  it('says that it was absent, and then sent again', async () => {
    const world = relay();
    world.faults.add({ kind: 'reset-before', path: paths.submit, count: 1 });
    await world.submit(submitCommand());
    world.advance(31);
    await world.poll();
    for (const body of world.sent) await world.submit(body);
    const life = await lifeOf(world);
    expect(life.slice(2)).toEqual([
      'submit sent',
      'doubt: ECONNRESET',
      'absent',
      'upload-pdf 200 0',
      'submit 200 0',
      'DEPOSEE',
    ]);
  });

  it('has calls that were turned away, each with its HTTP status', async () => {
    const world = relay();
    world.faults.add({ kind: 'too-many-requests', path: paths.submit, count: 1 });
    await world.submit(submitCommand());
    expect(await lifeOf(world)).toEqual(['invoice.submit asked', 'upload-pdf 200 0', 'submit 429']);
  });

  it('of a file has its deposit and the report, once', async () => {
    const world = relay();
    const number = 'F-2026-0001';
    const content = Buffer.from(cii({ number })).toString('base64');
    await world.submit(submitCommand({ command: { document: { name: `${number}.xml`, format: 'cii', content } } }));
    world.advance(10);
    await world.poll();
    expect(await lifeOf(world)).toEqual([
      'invoice.submit asked',
      'deposit-file 200 0',
      'deposit',
      'IN_INTEGRE',
      'DEPOSEE',
    ]);
    const [exchange = ''] = await exchanges(world);
    expect(JSON.parse(exchange)).toMatchObject({ request: { nomFichier: `${number}.xml` } });
    expect(exchange).not.toContain(content.slice(0, 40));
  });

  it('goes on if an exchange cannot be stored, and the log says so', async () => {
    const telemetry = recordedTelemetry();
    const world = relay({ telemetry });
    const put = world.documents.put.bind(world.documents);
    world.documents.put = (key, bytes) =>
      typeof bytes === 'string' && bytes.includes('soumettre')
        ? Promise.reject(Object.assign(new Error('S3 is busy'), { name: 'ServiceUnavailable', $metadata: {} }))
        : put(key, bytes);
    expect(await world.submit(submitCommand())).toEqual({ kind: 'done' });
    expect((await recordOf(world)).state).toBe('followed');
    expect(await exchanges(world)).toEqual(['missing']);
    expect(telemetry.logged.map(([, code]) => code)).toContain('EXCHANGE_NOT_KEPT');
  });
});

describe('the life of an invoice that gets commands', () => {
  const message = { messageId: 'm-2', redelivered: true, senderId };

  it('has the motive, who answered it, and that it was done', async () => {
    const world = await suspended();
    await world.submit(complete, message);
    const life = await lifeOf(world);
    expect(life.slice(-4)).toEqual([
      expect.stringMatching(/^SUSPENDUE: ./),
      'invoice.complete asked',
      'complete 200 0',
      'invoice.complete done',
    ]);
    const asked = (await recordOf(world)).life?.at(-3);
    expect(asked).toMatchObject({ by: senderId, key: 'received/example/2026-11-25/m-2.json' });
  });

  it('says that an attempt got no certain reply', async () => {
    const world = await suspended();
    world.faults.add({ kind: 'reset-before', path: path('completer'), count: 1 });
    await world.submit(complete, message);
    world.advance(40);
    await world.submit(complete, message);
    expect((await lifeOf(world)).slice(-4)).toEqual([
      'invoice.complete asked',
      'invoice.complete uncertain',
      'complete 200 0',
      'invoice.complete done',
    ]);
  });

  it('says that one was refused, and nothing of one that only reads', async () => {
    const world = await suspended();
    await world.submit({ ...complete, type: 'invoice.acknowledge-rejection', comment: undefined }, message);
    const life = await lifeOf(world);
    expect(life.at(-1)).toBe('invoice.acknowledge-rejection refused');
    await world.submit({ ...complete, type: 'invoice.status', comment: undefined }, { messageId: 'm-3' });
    expect(await lifeOf(world)).toEqual(life);
  });

  it('has the same invoice that came again', async () => {
    const world = relay();
    await world.submit(submitCommand(), { messageId: 'm-1' });
    await world.submit(submitCommand(), message);
    expect((await lifeOf(world)).at(-1)).toBe('invoice.submit asked');
  });
});
