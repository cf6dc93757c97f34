import { describe, expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../../support/commands.ts';
import { pdfWithFile } from '../../support/papers.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { keyOf, paths, recordOf, told } from './scenario.ts';

const number = 'F-2026-0001';
const key = 'incoming/example/e-invoices/2026/F-2026-0001.pdf';

/** What S3 tells of an object that was written. */
const s3Tells = (at: string, version = 'v1') => ({
  version: '0',
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: {
    bucket: { name: 'documents' },
    object: { key: at, size: 1, 'version-id': version, sequencer: '617f08299329d189' },
    reason: 'PutObject',
  },
});

async function drop(world: Relay, file: Buffer, at = key): Promise<Relay> {
  await world.documents.put(at, file);
  await world.submit(s3Tells(at));
  return world;
}
const facturX = pdfWithFile(cii({ number }));

describe('an e-invoice that is dropped into its folder', () => {
  it('is sent, without a command', async () => {
    const world = await drop(relay(), facturX);
    expect(await recordOf(world)).toMatchObject({ state: 'deposited', documents: [{ name: 'F-2026-0001.pdf' }] });
    expect(told(world)).toEqual(['accepted', 'deposited']);
  });

  it('is sent once and told once, though S3 tells of it twice', async () => {
    const world = await drop(relay(), facturX);
    const before = told(world);
    await world.submit(s3Tells(key));
    await world.submit(s3Tells(key), { redelivered: true });
    expect(told(world)).toEqual(before);
    expect(world.model.effects.calls[paths.flux]).toBe(1);
  });

  it('is sent once though its key is written again; the ERP hears where it stands', async () => {
    const world = await drop(relay(), facturX);
    await world.documents.put(key, facturX);
    await world.submit(s3Tells(key, 'v2'));
    expect(told(world)).toEqual(['accepted', 'deposited', 'repeated']);
    expect(world.model.effects.calls[paths.flux]).toBe(1);
  });

  it('is sent though another one is at its key before it is read: both are', async () => {
    const world = relay();
    for (const each of [number, 'F-2026-0002']) await world.documents.put(key, pdfWithFile(cii({ number: each })));
    await world.submit(s3Tells(key, 'v1'));
    await world.submit(s3Tells(key, 'v2'));
    const records = [await recordOf(world), await recordOf(world, keyOf('F-2026-0002'))];
    expect(records.map(({ state }) => state)).toEqual(['deposited', 'deposited']);
    expect(told(world)).toEqual(['accepted', 'deposited', 'accepted', 'deposited']);
  });

  it('is sent whoever dropped it: the folder is that of the connection', async () => {
    const settings = { allowedSenders: ['AROAERP000000000000'] };
    const world = await drop(relay({ settings }), facturX);
    expect((await recordOf(world)).state).toBe('deposited');
    await world.submit(submitCommand({ invoice: { number: 'F-2' } }), { senderId: 'AIDAOTHER' });
    expect(world.published.at(-1)?.data.reasons).toMatchObject([{ code: 'sender-not-allowed' }]);
  });

  it('is refused with a reason that names the file, if it is no e-invoice', async () => {
    const world = await drop(relay(), Buffer.from('<html></html>'), 'incoming/example/e-invoices/page.xml');
    const [refused, ...others] = world.published;
    expect(others).toEqual([]);
    expect(refused?.type).toBe('chorus-relay.invoice.refused.v1');
    expect(refused?.data.reasons?.[0]?.fr).toContain('page.xml');
  });

  it.each(['incoming/example/plans/e-invoices/plan.pdf', 'incoming/example/e-invoices/', 'documents/e-invoices/x'])(
    'is none elsewhere: %s',
    async (at) => {
      const world = await drop(relay(), facturX, at);
      expect(world.published).toEqual([]);
    },
  );
});
