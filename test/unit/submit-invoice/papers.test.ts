import { describe, expect, it } from 'vitest';
import { cii, UBL } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { pdfText, submitCommand } from '../../support/commands.ts';
import { crossReferences, pdfOf, pdfWithFile, trailer } from '../../support/papers.ts';
import { relay } from '../../support/relay.ts';
import { codesOf, effectsOf, recordOf, told } from './scenario.ts';

type Bytes = Uint8Array | string;
const base64 = (bytes: Bytes) => Buffer.from(bytes).toString('base64');
const fileOf = (name: string, bytes: Bytes, format?: string) => ({
  name,
  content: base64(bytes),
  ...(format ? { format } : {}),
});
const command = (document: object, rest: object = {}) => submitCommand({ command: { document, ...rest } });
const { number } = submitCommand().invoice;

/** What is told of a command, and whether anything went to Chorus Pro. */
async function outcomeOf(body: object) {
  const world = relay();
  await world.submit(body);
  const record = await recordOf(world);
  const deposits = Object.keys(world.model.effects.calls).filter((path) => /deposer|soumettre|ajouter/.test(path));
  return { codes: codesOf(record), told: told(world), effects: effectsOf(world), deposits, reasons: record.reasons };
}

const refused = (...codes: string[]) => ({
  codes,
  told: ['refused'],
  effects: { invoices: 0, tries: 0 },
  deposits: [],
});

const locked = pdfOf(trailer('/Encrypt 2 0 R'));

describe('an invoice’s document', () => {
  it.each<[what: string, document: object, code: string]>([
    ['a PDF with a password', fileOf('a.pdf', locked), 'document-encrypted'],
    ['a new PDF with a password', fileOf('a.pdf', pdfOf(crossReferences(4, '/Encrypt 2 0 R'))), 'document-encrypted'],
    ['a PDF of which the upload broke off', fileOf('a.pdf', pdfText().slice(0, 25)), 'document-cut-off'],
    ['a letter under the name of a PDF', fileOf('a.pdf', 'PK\x03\x04'), 'document-not-pdf'],
    ['a name without extension', fileOf('FC-1501', pdfText()), 'document-extension'],
    ['a PDF under the name of a letter', fileOf('FC-1501.docx', pdfText()), 'document-extension'],
    ['an extension alone', fileOf('.pdf', pdfText()), 'document-extension'],
    ['an e-invoice under the name of a PDF', fileOf('a.pdf', cii({ number }), 'cii'), 'document-extension'],
    [
      'a Factur-X under the name of its XML',
      fileOf('a.xml', pdfWithFile(cii({ number })), 'factur-x'),
      'document-extension',
    ],
    ['a plain PDF as Factur-X', fileOf('a.pdf', pdfText(), 'factur-x'), 'e-invoice-missing'],
    ['a CII as UBL', fileOf('a.xml', cii({ number }), 'ubl'), 'document-format'],
    ['a UBL as CII', fileOf('a.xml', UBL, 'cii'), 'document-format'],
    ['an order as CII', fileOf('a.xml', '<SCRDMCCBDACIOMessageStructure/>', 'cii'), 'document-format'],
    ['a web page as CII', fileOf('a.xml', '<html><body/></html>', 'cii'), 'document-format'],
    ['a PDF as CII', fileOf('a.xml', pdfText(), 'cii'), 'document-not-xml'],
    ['an e-invoice that was cut off', fileOf('a.xml', cii({ number }).slice(0, 900), 'cii'), 'e-invoice-unreadable'],
    ['a Factur-X whose XML was cut off', fileOf('a.pdf', pdfWithFile('<a/'), 'factur-x'), 'e-invoice-unreadable'],
    [
      'an e-invoice with a DOCTYPE',
      fileOf('a.xml', '<!DOCTYPE a [<!ENTITY b "c">]><Invoice>&b;</Invoice>', 'ubl'),
      'e-invoice-unreadable',
    ],
  ])('%s is refused before anything is sent', async (_what, document, code) => {
    expect(await outcomeOf(command(document))).toMatchObject(refused(code));
  });

  it('with nothing in it is refused', async () => {
    const world = relay();
    const key = 'incoming/example/a.pdf';
    await world.documents.put(key, '');
    await world.submit(command({ name: 'a.pdf', key }));
    expect(codesOf(await recordOf(world))).toEqual(['document-empty']);
  });

  it.each<[what: string, document: object]>([
    ['a PDF with attachments that are no invoices', fileOf('a.pdf', pdfWithFile('<metrage/>', 'metrage.xml'))],
    ['a CII', fileOf('a.xml', cii({ number }), 'cii')],
    ['a CII in UTF-16', fileOf('a.xml', Buffer.from(`\uFEFF${cii({ number })}`, 'utf16le'), 'cii')],
    ['a UBL', fileOf('a.xml', UBL.replace('U-1', number), 'ubl')],
    ['a Factur-X', fileOf('a.pdf', pdfWithFile(cii({ number })), 'factur-x')],
  ])('%s is taken', async (_what, document) => {
    const { codes, deposits } = await outcomeOf(command(document));
    expect(codes).toEqual([]);
    expect(deposits).not.toEqual([]);
  });
});

const ways: [
  syntax: string,
  file: (xml: { number?: string; supplier?: string; type?: string; due?: string }) => object,
][] = [
  [
    'CII',
    ({ due = '1200.00', ...xml }) =>
      fileOf('a.xml', cii({ number, ...xml }).replace(/(DuePayableAmount>)[^<]*/, `$1${due}`), 'cii'),
  ],
  [
    'Factur-X',
    ({ due = '1200.00', ...xml }) =>
      fileOf('a.pdf', pdfWithFile(cii({ number, ...xml }).replace(/(DuePayableAmount>)[^<]*/, `$1${due}`)), 'factur-x'),
  ],
  [
    'UBL',
    ({ number: other = number, supplier = SUPPLIERS.company, type = '380', due = '1200.00' }) =>
      fileOf(
        'a.xml',
        UBL.replace('U-1', other)
          .replaceAll(SUPPLIERS.company, supplier)
          .replace('>380<', `>${type}<`)
          .replace(/(PayableAmount currencyID="EUR">)[^<]*/, `$1${due}`),
        'ubl',
      ),
  ],
];

describe.each(ways)('a file that is another invoice’s (%s)', (_syntax, file) => {
  it.each<[what: string, xml: Parameters<typeof file>[0], path: string, found: string, stated: string]>([
    ['by its number', { number: 'FC-0700' }, 'invoice.number', 'FC-0700', number],
    [
      'by a number that differs in its case',
      { number: number.toLowerCase() },
      'invoice.number',
      number.toLowerCase(),
      number,
    ],
    ['by its supplier', { supplier: SUPPLIERS.agency }, 'supplier', SUPPLIERS.agency, SUPPLIERS.company],
    [
      'by a supplier of which it has the SIREN only',
      { supplier: '356000000' },
      'supplier',
      '356000000',
      SUPPLIERS.company,
    ],
    ['by its type', { type: '381' }, 'invoice.type', 'credit note', 'invoice'],
    ['by its amount due', { due: '12.00' }, 'invoice.totals.due', '12.00 EUR', '1200.00 EUR'],
    ['by a cent', { due: '1200.01' }, 'invoice.totals.due', '1200.01 EUR', '1200.00 EUR'],
    ['by an amount that is none', { due: '1 200,00' }, 'invoice.totals.due', '1 200,00', '1200.00 EUR'],
  ])('%s is refused before anything is sent', async (_what, xml, path, found, stated) => {
    const { reasons = [], ...outcome } = await outcomeOf(command(file(xml)));
    // A file that was changed by hand no longer adds up either.
    expect(outcome.codes.filter((code) => code !== 'e-invoice-rule')).toEqual(['file-differs']);
    expect(reasons[0]?.path).toBe(path);
    expect(reasons[0]?.en).toContain(`the file says ${found}, the command ${stated}.`);
  });

  it('by everything is told everything at once', async () => {
    const { reasons = [] } = await outcomeOf(
      command(file({ number: 'X', supplier: SUPPLIERS.agency, type: '381', due: '1.00' })),
    );
    expect(reasons.map((each) => each.path)).toEqual([
      'invoice.number',
      'supplier',
      'invoice.type',
      'invoice.totals.due',
      // The amount due is not the total either.
      'document',
    ]);
  });

  it('is one that does not say its number, its supplier or its amount either', async () => {
    const { reasons = [], ...outcome } = await outcomeOf(command(file({ number: '', supplier: '', due: '' })));
    const codes = outcome.codes.filter((code) => code !== 'e-invoice-rule');
    expect(codes).toEqual(['e-invoice-incomplete', 'e-invoice-incomplete', 'e-invoice-incomplete']);
    expect(reasons[1]?.en).toContain('does not say: seller legal identifier, BT-30');
  });

  it.each<[what: string, xml: Parameters<typeof file>[0]]>([
    ['an amount with other zeros', { due: '1200.0' }],
    ['a SIRET in groups', { supplier: SUPPLIERS.company.replace(/(\d{3})(?=\d{5})/g, '$1 ') }],
    ['the SIREN only', { supplier: SUPPLIERS.company.slice(0, 9) }],
    ['an advance invoice', { type: '386' }],
    ['a type that we do not know', { type: '999' }],
  ])('is not one with %s', async (_what, xml) => {
    expect((await outcomeOf(command(file(xml)))).codes.filter((code) => code === 'file-differs')).toEqual([]);
  });
});

const png = Buffer.from('89504E470D0A1A0A', 'hex');

describe('an attachment', () => {
  it.each<[name: string, bytes: Bytes, code: string]>([
    ['plan.pdf', locked, 'document-encrypted'],
    ['plan.pdf', pdfText().slice(0, 25), 'document-cut-off'],
    ['plan.pdf', png, 'document-not-pdf'],
    ['plan.png', pdfText(), 'attachment-content'],
    ['plan.jpg', png, 'attachment-content'],
    ['lettre.docx', pdfText(), 'attachment-content'],
    ['lettre.doc', pdfText(), 'attachment-content'],
    ['metre.csv', 'PK\x03\x04', 'attachment-content'],
    ['metre.xml', 'a;b', 'attachment-content'],
    ['plans.zip', 'Rar!', 'attachment-content'],
  ])('%s with something else in it is refused before anything is sent', async (name, bytes, code) => {
    expect(await outcomeOf(submitCommand({ command: { attachments: [fileOf(name, bytes)] } }))).toMatchObject(
      refused(code),
    );
  });

  it.each<[name: string, bytes: Bytes]>([
    ['plan.PDF', pdfWithFile(cii(), 'factur-x.xml')],
    ['plan.png', png],
    ['photo.JPG', Buffer.from('FFD8FFE0', 'hex')],
    ['lettre.docx', 'PK\x03\x04'],
    ['export.xls', '<html xmlns:x="urn:schemas-microsoft-com:office:excel">'],
    ['export.xls', 'a\tb'],
    ['metre.csv', 'BMW;1'],
    ['metre.csv', '\ufeffPoste;Ouvrage'],
    ['page.html', 'Bonjour'],
    ['metre.xml', Buffer.from('\ufeff<a/>', 'utf16le')],
    ['signature.p7s', Buffer.from('3082', 'hex')],
  ])('%s as it should be is sent', async (name, bytes) => {
    const { codes } = await outcomeOf(submitCommand({ command: { attachments: [fileOf(name, bytes)] } }));
    expect(codes).toEqual([]);
  });
});
