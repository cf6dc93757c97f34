import { describe, expect, it } from 'vitest';
import { incomingPrefix, type DocumentStore } from '../../../shared/documents/document-store.ts';
import { exampleSettings } from '../../support/example-connection.ts';
import { InMemoryDocumentStore } from '../../support/in-memory-document-store.ts';
import { loadDocuments, loadMain } from '../../../shared/documents/load-documents.ts';
import { sha256 } from '../../../shared/invoice/terms.ts';
import { submitInvoiceSchema } from '../../../shared/invoice/submit-command.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { cii, UBL } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { pdfText, submitCommand, tinyPdf, wholeOf } from '../../support/commands.ts';

const million = 1_000_000;
const { number } = submitCommand().invoice;
const inline = (name: string, text = pdfText()) => ({ name, content: Buffer.from(text).toString('base64') });
const byKey = (name: string) => ({ name, key: `${incomingPrefix('example')}${name}` });
async function load(changes: object, store: DocumentStore = new InMemoryDocumentStore()) {
  const command = wholeOf(submitInvoiceSchema.parse(submitCommand({ command: changes })));
  const main = await loadMain(store, command);
  return loadDocuments(store, command, { supplier: SUPPLIERS.company, main, checks: exampleSettings });
}
const faultsOf = async (changes: object, store?: DocumentStore) =>
  (await load(changes, store)).reasons.map(({ code, path }) => `${code} at ${path}`);

/** A store in which every object has the given size. All share one buffer, so nothing is copied. */
const full = (size: number): DocumentStore => {
  const whole = pdfText();
  const bytes = Buffer.alloc(size, '\n');
  bytes.write(whole);
  bytes.write(whole, Math.max(0, size - whole.length));
  return {
    get: (_key, most) => Promise.resolve(size > most ? { kind: 'too-large', size } : { kind: 'found', bytes }),
    put: () => Promise.resolve(),
  };
};

describe('the documents of a command', () => {
  it('are loaded in order, with their digests, whether inline or by key', async () => {
    const store = new InMemoryDocumentStore();
    await store.put('incoming/example/plan.pdf', pdfText('% plan'));
    const { documents, reasons } = await load(
      { attachments: [byKey('plan.pdf'), inline('notes.txt', 'notes')] },
      store,
    );
    expect(reasons).toEqual([]);
    expect(documents.map(({ name }) => name)).toEqual(['F-2026-0001.pdf', 'plan.pdf', 'notes.txt']);
    expect(documents.map((document) => document.sha256)).toEqual([
      sha256(Buffer.from(tinyPdf, 'base64')),
      sha256(pdfText('% plan')),
      sha256('notes'),
    ]);
  });

  it.each([
    ['pdf', 'a.PDF', pdfText()],
    ['cii', 'a.xml', cii({ number })],
    ['ubl', 'a.Xml', `\uFEFF\n  ${UBL.replace('U-1', number)}`],
  ])('may be in the format %s', async (format, name, text) => {
    expect(await faultsOf({ document: { ...inline(name, text), format } })).toEqual([]);
  });

  it.each<[what: string, attachments: object[], faults: string[]]>([
    ['two of one name', [inline('plan.pdf'), inline('Plan.PDF')], ['file-name-twice at attachments[1].name']],
    ['one named as the document', [inline('F-2026-0001.pdf')], ['file-name-twice at attachments[0].name']],
    ['two names', [inline('plan.pdf'), inline('plan-2.pdf')], []],
  ])('may not have one name for two files: %s', async (_what, attachments, faults) => {
    expect(await faultsOf({ attachments })).toEqual(faults);
  });

  it('may not include attachments with an e-invoice, which embeds its own', async () => {
    const given = {
      document: { ...inline('a.xml', cii({ number })), format: 'cii' },
      attachments: [inline('plan.pdf')],
    };
    expect(await faultsOf(given)).toEqual(['attachments-inside at attachments']);
  });

  it.each(['JVBERi0', '====', 'JVBERi_='])('are refused if they are not base64: %j', async (content) => {
    expect(await faultsOf({ document: { name: 'a.pdf', content } })).toContain('document-base64 at document.content');
  });

  it.each([
    ['of another connection', 'incoming/other/a.pdf'],
    ['of the relay itself', 'documents/0123'],
    ['outside the folder', 'incoming/example'],
  ])('are never fetched from a key %s', async (_what, key) => {
    expect(await faultsOf({ document: { name: 'a.pdf', key } }, full(10))).toEqual(['document-key at document.key']);
  });

  it.each([
    ['plan.exe', false],
    ['plan', false],
    ['pdf', false],
    ['plan.PDF', true],
    ['a.b.Pdf', true],
  ])('must have an extension that Chorus Pro accepts: %s', async (name, taken) => {
    const faults = await faultsOf({ attachments: [inline(name)] });
    expect(faults).toEqual(taken ? [] : ['attachment-extension at attachments[0].name']);
  });
});

describe('the size of documents', () => {
  it('is limited to 10 MB each', async () => {
    const document = byKey('a.pdf');
    expect(await faultsOf({ document }, full(10 * million))).toEqual([]);
    expect(await faultsOf({ document, attachments: [byKey('b.pdf')] }, full(10 * million + 1))).toEqual([
      'document-too-large at document',
      'document-too-large at attachments[0]',
    ]);
    const content = Buffer.alloc(10 * million + 2, '%PDF-').toString('base64');
    expect(await faultsOf({ document: { name: 'a.pdf', content } })).toEqual(['document-too-large at document']);
  });

  it('is limited to 120 MB in total', async () => {
    const attachments = (count: number) => Array.from({ length: count }, (_, i) => byKey(`${i}.pdf`));
    const document = byKey('a.pdf');
    expect(await faultsOf({ document, attachments: attachments(11) }, full(10 * million))).toEqual([]);
    const tooMany = await load({ document, attachments: attachments(12) }, full(10 * million));
    expect(tooMany.reasons).toMatchObject([{ code: 'dossier-too-large', path: 'attachments' }]);
    expect(tooMany.reasons[0]?.en).toContain('130000000');
  });
});

describe('a key', () => {
  it.each([
    'incoming/example/../other/payroll.pdf',
    'incoming/example/../../received/other/m.json',
    'incoming/example/./a.pdf',
    'incoming/example//a.pdf',
    'incoming/example/\ud800.pdf',
    `incoming/example/${'é'.repeat(600)}.pdf`,
  ])('is refused unless it names a file in the connection’s own folder: %j', async (key) => {
    expect(await faultsOf({ document: { name: 'a.pdf', key } })).toEqual(['document-key at document.key']);
  });
});

it('content in base64 may be broken into lines, as many encoders do', async () => {
  const content = tinyPdf.replace(/(.{64})/g, '$1\r\n');
  const { reasons, documents } = await load({ document: { name: 'F.pdf', content } });
  expect(reasons).toEqual([]);
  expect(Buffer.from(documents[0]?.bytes ?? []).toString('base64')).toBe(tinyPdf);
});
