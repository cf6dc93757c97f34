import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { extractXml, Profile, validateXsd } from '@stackforge-eu/factur-x';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../../shared/documents/pdf.ts';
import { makeFacturX, makeReadablePdf } from '../../../../shared/e-invoice/making/factur-x.ts';
import { valuesOf } from '../../../../shared/e-invoice/making/from-command.ts';
import type { InvoiceToMake } from '../../../../shared/e-invoice/making/invoice-to-make.ts';
import { writeCii } from '../../../../shared/e-invoice/write-cii.ts';
import { SUPPLIERS } from '../../../../tools/chorus-pro-simulator/index.ts';
import { completeCommand } from '../../../support/commands.ts';
import { contentOf, pagesOf } from '../../../support/pdf-pages.ts';
import { letterhead, randomInvoices } from '../../../support/random-invoices.ts';

const made = (changes: object = {}, more: Partial<InvoiceToMake> = {}): InvoiceToMake => {
  const { invoice } = completeCommand({ invoice: changes });
  return {
    invoice,
    seller: { siret: SUPPLIERS.company, ...letterhead },
    buyer: { siret: invoice.recipient.siret, name: 'Commune de Valbrume' },
    iban: 'FR7630006000011234567890189',
    paymentDays: 30,
    ...more,
  };
};

/** What a PDF says of itself, as far as PDF/A demands it. */
async function looked(pdf: Uint8Array) {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const { catalog, context } = document;
  const objects = context.enumerateIndirectObjects().map(([, object]) => object);
  const dictionaries = objects.flatMap((object) =>
    object instanceof PDFDict ? [object] : object instanceof PDFRawStream ? [object.dict] : [],
  );
  const ofType = (type: string) => dictionaries.filter((one) => one.get(PDFName.of('Type')) === PDFName.of(type));
  const metadata = catalog.lookup(PDFName.of('Metadata'));
  return { catalog, dictionaries, ofType, xmp: Buffer.from(contentOf(metadata), 'latin1').toString('utf8') };
}

const name = (text: string): PDFName => PDFName.of(text);

describe('a document that the relay makes', () => {
  it('is a PDF/A-3b: it says so, and all fonts are embedded with the characters that they show', async () => {
    const { xmp, ofType } = await looked(await makeFacturX(made(), 'chorus-classic'));
    expect(xmp).toMatch(/<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B</);
    const descriptors = ofType('FontDescriptor');
    expect(descriptors.length).toBeGreaterThanOrEqual(2);
    for (const one of descriptors) expect(one.lookup(name('FontFile2'))).toBeInstanceOf(PDFRawStream);
    for (const font of ofType('Font').filter((one) => one.get(name('Subtype')) === name('Type0')))
      expect(font.lookup(name('ToUnicode'))).toBeInstanceOf(PDFRawStream);
  });

  it('has a colour profile for its output, and nothing transparent, scripted or locked', async () => {
    const pdf = await makeFacturX(made(), 'chorus-classic');
    const { catalog, dictionaries } = await looked(pdf);
    const intent = catalog.lookup(name('OutputIntents'), PDFArray).lookup(0, PDFDict);
    expect(intent.get(name('S'))).toBe(name('GTS_PDFA1'));
    expect(contentOf(intent.lookup(name('DestOutputProfile'))).slice(36, 40)).toBe('acsp');
    for (const one of dictionaries)
      for (const key of ['SMask', 'ca', 'CA', 'BM', 'JavaScript', 'JS', 'AA', 'OpenAction', 'Encrypt'])
        expect(one.has(name(key)), key).toBe(false);
    expect(readPdf(pdf).kind).toBe('whole');
  });

  it('has the e-invoice inside, as an alternative of its pages, and says what it is', async () => {
    const pdf = await makeFacturX(made(), 'chorus-classic');
    const { catalog, xmp } = await looked(pdf);
    const file = catalog.lookup(name('AF'), PDFArray).lookup(0, PDFDict);
    expect(file.get(name('AFRelationship'))).toBe(name('Alternative'));
    const named = file.lookup(name('UF'));
    expect(named instanceof PDFString || named instanceof PDFHexString ? named.decodeText() : '').toBe('factur-x.xml');
    expect(xmp).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>');
    expect(xmp).toContain('<pdfaSchema:prefix>fx</pdfaSchema:prefix>');
  });

  it('is opened by another reader, which finds the e-invoice that we wrote, and valid', async () => {
    const invoices = fc.sample(randomInvoices, 12).filter(({ invoice }) => !invoice.validator);
    for (const one of [made(), ...invoices]) {
      const { xml, filename } = await extractXml(await makeFacturX(one, 'chorus-classic'));
      expect(filename).toBe('factur-x.xml');
      expect(xml).toBe(writeCii(valuesOf(one, 'chorus-classic')).toString('utf8'));
      expect(await validateXsd(xml, Profile.EN16931)).toMatchObject({ valid: true });
    }
  });

  it('has the same bytes each time it is made', async () => {
    const [first, second] = [await makeFacturX(made(), 'chorus-classic'), await makeFacturX(made(), 'chorus-classic')];
    expect(first.equals(second)).toBe(true);
  });

  it('without an e-invoice inside, has the same pages', async () => {
    const plain = await makeReadablePdf(made());
    expect(await pagesOf(plain)).toEqual(await pagesOf(await makeFacturX(made(), 'chorus-classic')));
    const pdf = readPdf(plain);
    expect(pdf.kind === 'whole' && pdf.embedded()).toEqual([]);
  });
});

describe('its pages', () => {
  const textOf = async (one: InvoiceToMake) => (await pagesOf(await makeReadablePdf(one))).join('\n');
  const said = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\n', ' ');

  it('say who, to whom, what, how much and how it is paid', async () => {
    const invoice = { commitment: 'EJ-2026-0042', contract: 'M-2026-17', issueDate: '2026-10-31' };
    const text = said(await textOf(made({ ...invoice, recipient: { siret: '12345678200051', service: 'VOIRIE' } })));
    for (const part of [
      ...[
        'Constructions Duval SAS',
        '1 rue des Carrières',
        '14000 Caen',
        'SIRET 999 100 019 00010',
        'TVA FR69999100019',
      ],
      ...['Facture', 'N° F-2026-0001', '31 octobre 2026', 'Commune de Valbrume', 'SIRET 123 456 782 00051'],
      ...[
        'EJ-2026-0042',
        'M-2026-17',
        'VOIRIE',
        'Maçonnerie',
        '1 000,00',
        '20 %',
        '200,00 €',
        'Net à payer',
        '1 200,00 €',
      ],
      ...['Virement', 'FR76 3000 6000 0112 3456 7890 189', 'Paiement à 30 jours', 'Page 1/1', 'RCS Caen'],
      ...['Option pour le paiement de la taxe d’après les débits.', '40 €', 'Pas d’escompte pour paiement anticipé.'],
    ])
      expect(text).toContain(part);
  });

  it.each([
    [{ deliveryDate: '2026-10-30' }, ['Date de la prestation', '30 octobre 2026']],
    [{ period: { start: '2026-10-01', end: '2026-10-31' } }, ['Période', 'du 1er octobre 2026 au 31 octobre 2026']],
  ])('say when the service was done: %j', async (changes, parts) => {
    const text = said(await textOf(made(changes)));
    for (const part of parts) expect(text).toContain(part);
  });

  it('say what lies between the total and what is due', async () => {
    const totals = {
      ...{ taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', paid: '100.00', due: '1010.00' },
      discount: { amount: '20.00', reason: 'Geste commercial' },
      deductions: [
        {
          kind: 'retention',
          name: 'Retenue de garantie',
          rate: '5',
          base: '1400',
          amount: '70.00',
          releaseDate: '2027-10-31',
        },
      ],
    };
    const text = said(await textOf(made({ totals })));
    expect(text).toContain('Retenue de garantie (5 % de 1 400,00 €), à');
    expect(text).toContain('libérer le 31 octobre 2027');
    for (const part of ['\u221270,00 €', '\u2212100,00 €', 'Remise : Geste commercial', '\u221220,00 €', '1 010,00 €'])
      expect(text).toContain(part);
  });

  it.each([
    ['exempt', { exemptionReason: '261-4' }, 'Exonération de TVA : 261-4.'],
    ['reverse-charge', {}, 'Autoliquidation.'],
    ['none', {}, 'Opération non soumise à la TVA.'],
  ])('say why there is no VAT: %s', async (vatRegime, more, sentence) => {
    const lines = [{ number: 1, name: 'Maçonnerie', quantity: '10', unitPrice: '100', vatRate: '0', net: '1000.00' }];
    const totals = { taxExclusive: '1000.00', vat: '0.00', taxInclusive: '1000.00', due: '1000.00' };
    expect(await textOf(made({ vatRegime, ...more, lines, vatBreakdown: [], totals }))).toContain(sentence);
  });

  it.each([
    ['exempt', { exemptionReason: '261-4' }, 'Exonérée'],
    ['reverse-charge', {}, 'Autoliquidation'],
    ['none', {}, 'Non soumise'],
  ])('name the regime where a rate would stand, on the line and in the table: %s', async (vatRegime, more, word) => {
    const lines = [{ number: 1, name: 'Maçonnerie', quantity: '10', unitPrice: '100', vatRate: '0', net: '1000.00' }];
    const vatBreakdown = [{ rate: '0', base: '1000.00', amount: '0.00' }];
    const totals = { taxExclusive: '1000.00', vat: '0.00', taxInclusive: '1000.00', due: '1000.00' };
    const rows = (await textOf(made({ vatRegime, ...more, lines, vatBreakdown, totals }))).split('\n');
    expect(rows.filter((row) => row === word)).toHaveLength(2);
    expect(rows.filter((row) => row === '0\u00a0%' || row === '–')).toEqual([]);
  });

  it('have a credit note’s title, and the invoice that it corrects', async () => {
    const credit = { type: 'credit-note', precedingInvoice: 'F-2026-0000', precedingInvoiceDate: '2026-09-01' };
    const text = said(await textOf(made(credit)));
    for (const part of ['Avoir', 'F-2026-0000 du 1er septembre 2026', 'Net à déduire']) expect(text).toContain(part);
    expect(text).not.toContain('Net à payer');
  });

  it('say nothing on a credit note of how and when it would be paid: nobody pays it', async () => {
    const credit = made({ type: 'credit-note', precedingInvoice: 'F-2026-0000' }, { account: 'Compte principal' });
    const text = said(await textOf(credit));
    for (const part of ['IBAN', 'Paiement', 'Virement', 'Compte principal', 'Échéance', 'Intérêts', '40 €', 'escompte'])
      expect(text).not.toContain(part);
    expect(text).toContain('Option pour le paiement de la taxe d’après les débits.');
    expect(valuesOf(credit, 'chorus-classic')['BT-20']).toEqual(['Avoir.']);
  });

  it('name no account to pay to where nothing is due', async () => {
    const totals = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', paid: '1200.00', due: '0.00' };
    const text = said(await textOf(made({ framework: 'A2', totals })));
    expect(text).toContain('Facture déjà payée.');
    expect(text).not.toContain('FR76 3000');
  });

  it('show every character that a builder may write, and something for any other', async () => {
    const name = 'œuvre Œ à 5 € l’unité – m² m³ é ç ½ × ± ° µ Ω Ł ş ≥ → ⌀ 漢 😀';
    const lines = [{ number: 1, name, quantity: '10', unitPrice: '100', vatRate: '20', net: '1000.00' }];
    const text = said(await textOf(made({ lines })));
    expect(text).not.toContain('\u{fffd}');
    for (const part of ['œuvre Œ à 5 € l’unité', '– m² m³ é ç ½ × ± ° µ', '>=', '->']) expect(text).toContain(part);
    expect(text.replaceAll(' ', '')).toContain('ΩŁş>=->Ø??');
  });

  it('have letters of the sizes that people read', async () => {
    const document = await PDFDocument.load(await makeReadablePdf(made()));
    const streams = document.getPages().map(({ node }) => contentOf(document.context.lookup(node.Contents())));
    const sizes = streams.flatMap((text) => [...text.matchAll(/\/\w+ ([\d.]+) Tf/g)].map(([, size]) => Number(size)));
    expect([...new Set(sizes)].sort((a, b) => a - b)).toEqual([8, 8.5, 9, 11, 12, 20]);
  });

  it('go on with the table’s head on each, and count themselves', async () => {
    const line = (number: number) => ({
      number,
      name: `Poste ${number}`,
      quantity: '1',
      unitPrice: '10',
      vatRate: '20',
      net: '10.00',
    });
    const lines = Array.from({ length: 100 }, (_, i) => line(i + 1));
    const pages = await pagesOf(await makeReadablePdf(made({ lines })));
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((text, i) => {
      expect(text).toContain(`Page ${i + 1}/${pages.length}`);
      expect(text.includes('Poste')).toBe(text.includes('Désignation'));
    });
    for (const { name } of lines) expect(pages.join('\n').split('\n')).toContain(name);
  });
});
