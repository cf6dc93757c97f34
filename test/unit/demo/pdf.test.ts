import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { amount, day, euros, iban, quantity, rate, siret } from '../../../tools/demo/pdf/french.ts';
import { invoicePdf } from '../../../tools/demo/pdf/invoice-pdf.ts';
import { printedInvoice } from '../../../tools/demo/pdf/printed-invoice.ts';
import { purchaseOrderPdf } from '../../../tools/demo/papers.ts';
import { readSamples } from '../../../tools/demo/sample.ts';
import { sha256 } from '../../../shared/invoice/terms.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const invoices = readSamples().flatMap((sample) =>
  'command' in sample ? [printedInvoice(sample.command.invoice)] : [],
);

describe('French on paper', () => {
  it.each([
    [amount('14976.5'), '14 976,50'],
    [amount('0'), '0,00'],
    [euros('1234567.89'), '1 234 567,89 €'],
    [quantity('46.75'), '46,75'],
    [quantity('1240'), '1 240'],
    [rate('5.5'), '5,5 %'],
    [day('2026-11-05'), '5 novembre 2026'],
    [day('2026-08-01'), '1er août 2026'],
    [iban('FR7630006000011234567890189'), 'FR76 3000 6000 0112 3456 7890 189'],
    [siret('12345678200051'), '123 456 782 00051'],
  ])('%s', (written, expected) => expect(plain(written)).toBe(expected));
});

describe('the PDF of a sample', () => {
  it.each(invoices)('$number: one page of A4, the same bytes each time', async (invoice) => {
    const bytes = await invoicePdf(invoice, SUPPLIERS.company);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(sha256(await invoicePdf(invoice, SUPPLIERS.company))).toBe(sha256(bytes));
    const read = await PDFDocument.load(bytes, { updateMetadata: false });
    expect(read.getPages().map((page) => page.getSize())).toEqual([{ width: 595.28, height: 841.89 }]);
    expect(read.getTitle()).toContain(invoice.number);
  });

  it('differs from one invoice to the next', async () => {
    const digests = await Promise.all(invoices.map(async (one) => sha256(await invoicePdf(one, SUPPLIERS.company))));
    expect(new Set(digests).size).toBe(invoices.length);
  });

  it('can include a purchase order', async () => {
    const [invoice] = invoices;
    if (!invoice) throw new Error('no samples');
    const read = await PDFDocument.load(await purchaseOrderPdf(invoice, SUPPLIERS.company));
    expect(read.getPageCount()).toBe(1);
  });
});
