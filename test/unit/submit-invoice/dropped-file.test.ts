import { describe, expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { visible } from '../../../shared/invoice/characters.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
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

  it.each([
    ['page.xml', '<html></html>'],
    ['saved-page.xml', '<!DOCTYPE html><html></html>'],
    ['page.pdf', '<html></html>'],
    ['notes.txt', 'pay by Friday'],
    ['plain.pdf', Buffer.from(tinyPdf, 'base64')],
    ['lot.zip', 'PK\x03\x04'],
    ['Thumbs.db', '\0\0'],
  ])('is refused with one reason and the key of its file, if it is no e-invoice: %s', async (name, file) => {
    const at = `incoming/example/e-invoices/2026/${name}`;
    const world = await drop(relay(), Buffer.from(file), at);
    const [refused, ...others] = world.published;
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ type: 'chorus-relay.invoice.refused.v1', data: { document: { name, key: at } } });
    expect(refused?.data.reasons?.map(({ code }) => code)).toEqual(['dropped-no-e-invoice']);
    expect(refused?.data.message.en).toContain(`The file ${name} came without a command`);
  });

  it.each([
    ...[
      '2026/F:1.pdf',
      'a?b.pdf',
      'a\\b.pdf',
      'a\u0001b.pdf',
      'a\u200bb.pdf',
      'F.txt',
      'F.xml',
      'lot.zip',
      'F',
      '.pdf',
    ],
    ...['a//b.pdf', 'a/../b.pdf', '   ', `${'x'.repeat(230)}.pdf`, `${'x'.repeat(600)}.pdf`],
  ])(
    'is refused with what a name may be, and no field of a command, if nothing can be sent under its name: %s',
    async (name) => {
      const world = relay();
      const at = `incoming/example/e-invoices/${name}`;
      if (name !== 'a//b.pdf' && name !== 'a/../b.pdf') await world.documents.put(at, facturX);
      await world.submit(s3Tells(at));
      expect(told(world)).toEqual(['refused']);
      const { data } = world.published[0] ?? {};
      expect(data?.document?.key).toBe(at);
      expect(data?.reasons?.map(({ code, path }) => [code, path])).toEqual([['dropped-name', 'document']]);
      expect(data?.message.en).toContain(visible(name.slice(0, 300)));
      expect(data?.message.fr).toContain('.xml (CII, UBL)');
      expect(data?.message.fr).not.toMatch(/document\./);
    },
  );

  it('is refused with what is wrong with an e-invoice, and the key of its file', async () => {
    const world = await drop(relay(), pdfWithFile(cii({ number, supplier: '99910002700013' })));
    const { data } = world.published[0] ?? {};
    expect(data?.document).toEqual({ name: 'F-2026-0001.pdf', key });
    expect(data?.reasons?.map(({ code }) => code)).toEqual(['file-supplier-unknown']);
  });

  it('is told of by its key also with a command, unless that is accepted', async () => {
    const world = relay();
    const document = { name: 'F.pdf', key: 'incoming/example/F.pdf' };
    await world.submit(submitCommand({ command: { document }, invoice: { number: '' } }));
    expect(world.published[0]?.data.document).toEqual(document);
    await world.submit(submitCommand({ command: { document, customer: { chorusPro: false } } }), { messageId: 'm-2' });
    expect(world.published[1]?.data).toMatchObject({ state: 'withheld', document });
    await world.submit(submitCommand(), { messageId: 'm-3' });
    expect(world.published.slice(2).map(({ data }) => data.document)).toEqual([undefined, undefined]);
  });

  it.each(['incoming/example/plans/e-invoices/plan.pdf', 'incoming/example/e-invoices/', 'documents/e-invoices/x'])(
    'is none elsewhere: %s',
    async (at) => {
      const world = await drop(relay(), facturX, at);
      expect(world.published).toEqual([]);
    },
  );
});
