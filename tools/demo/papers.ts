/** The documents that are sent with the samples: invoices, purchase orders, measurements. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { supplierOf } from '../../shared/connection/apply-settings.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { ciiOf, facturXOf } from './e-invoice.ts';
import { amount, day, euros, letterhead, quantity, recipientOf, siret } from './pdf/french.ts';
import { invoicePdf } from './pdf/invoice-pdf.ts';
import { printedInvoice, type PrintedInvoice } from './pdf/printed-invoice.ts';
import { page, right, Sheet } from './pdf/sheet.ts';
import type { AttachmentPaper, InvoiceSample } from './sample.ts';

interface Paper {
  name: string;
  bytes: Uint8Array;
}

/** What goes with a command: the invoice's own document, and the attachments in the sample's order. */
interface Papers {
  main: Paper;
  attachments: Paper[];
}

export type PaperMaker = (sample: InvoiceSample) => Promise<Papers>;

/** Our own PDFs; with a folder, its PDFs one after the other as the invoices' documents. */
export function paperMaker(settings: ConnectionSettings, folder?: string): PaperMaker {
  const next = folder === undefined ? undefined : pdfsOf(folder);
  return async ({ command, documents }) => {
    const { says, agency = command.supplier.agency, spoilt } = documents.file;
    const supplier = supplierOf(settings, { ...command.supplier, agency });
    if ('reason' in supplier) throw new Error(supplier.reason.en);
    const invoice = printedInvoice({ ...command.invoice, ...says });
    const own = async (): Promise<Paper> => {
      const { extension, bytes } = await mainOf(invoice, supplier.siret, documents.as);
      return { name: `${command.invoice.number}${extension}`, bytes: spoilt ? spoiled[spoilt](bytes) : bytes };
    };
    const attachments = documents.attachments.map((paper) => attachmentOf(paper, invoice, supplier.siret));
    const given = documents.as === 'pdf' ? next?.() : undefined;
    return { main: given ?? (await own()), attachments: await Promise.all(attachments) };
  };
}

async function mainOf(invoice: PrintedInvoice, supplier: string, as: InvoiceSample['documents']['as']) {
  if (as === 'cii') return { extension: '.xml', bytes: ciiOf(invoice, supplier) };
  const pdf = await invoicePdf(invoice, supplier);
  const bytes = as === 'pdf' ? pdf : await facturXOf(pdf, ciiOf(invoice, supplier), invoice.issueDate);
  return { extension: '.pdf', bytes };
}

type Spoilt = NonNullable<InvoiceSample['documents']['file']['spoilt']>;

const spoiled: Readonly<Record<Spoilt, (bytes: Uint8Array) => Uint8Array>> = {
  page: () => Buffer.from('<!doctype html><html><title>Connexion</title><p>Votre session a expiré.</p></html>'),
  'cut-off': (bytes) => bytes.subarray(0, bytes.length / 2),
  'utf-16': (bytes) =>
    Buffer.from(`\uFEFF${Buffer.from(bytes).toString('utf8').replace('UTF-8', 'UTF-16')}`, 'utf16le'),
};

/** @throws Error when the folder has no PDF */
function pdfsOf(folder: string): () => Paper {
  const names = readdirSync(folder).filter((name) => name.toLowerCase().endsWith('.pdf'));
  const papers = names.sort().map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  let used = 0;
  return () => {
    const paper = papers[used % papers.length];
    if (!paper) throw new Error(`there is no PDF in ${folder}`);
    used += 1;
    return paper;
  };
}

async function attachmentOf({ name, content }: AttachmentPaper, invoice: PrintedInvoice, supplier: string) {
  switch (content) {
    case 'purchase-order':
      return { name, bytes: await purchaseOrderPdf(invoice, supplier) };
    case 'measurements':
      return { name, bytes: Buffer.from(measurements(invoice)) };
  }
}

/** For a French spreadsheet: a byte order mark, semicolons, decimal commas. */
function measurements({ lines }: PrintedInvoice): string {
  const rows = lines.map(({ number, name, quantity, unit = '' }) => [number, name, quantity.replace('.', ','), unit]);
  const table = [['Poste', 'Ouvrage', 'Quantité', 'Unité'], ...rows];
  return `\ufeff${table.map((row) => `${row.join(';')}\r\n`).join('')}`;
}

/** The purchase order that an invoice answers, as its recipient would have sent it. */
export async function purchaseOrderPdf(invoice: PrintedInvoice, supplierSiret: string): Promise<Uint8Array> {
  const { name, address } = recipientOf(invoice.recipient.siret);
  const number = invoice.commitment ?? invoice.number;
  const sheet = await Sheet.open({ title: `Bon de commande ${number}`, author: name, day: invoice.issueDate });
  sheet.text(name, page.margin, 62, { size: 14, bold: true });
  sheet.text(address.join(', '), page.margin, 78, { color: 'soft' });
  sheet.text(`SIRET ${siret(invoice.recipient.siret)}`, page.margin, 91, { size: 8, color: 'soft' });
  sheet.text('BON DE COMMANDE', page.margin, 140, { size: 18, bold: true });
  sheet.text(`N° ${number}`, page.margin, 160, { size: 11, bold: true });
  sheet.text(`Fournisseur : ${letterhead.name}, SIRET ${siret(supplierSiret)}`, page.margin, 186);
  sheet.text(`Objet : ${invoice.comment ?? ''}`, page.margin, 202);
  sheet.text(`Délai d’exécution : achevé avant le ${day(invoice.issueDate)}`, page.margin, 218);
  let y = 252;
  for (const { name: work, quantity: count, unit = '', net } of invoice.lines) {
    sheet.text(work, page.margin, y);
    sheet.text(`${quantity(count)} ${unit}`, 420, y, { align: 'right' });
    sheet.text(amount(net), right, y, { align: 'right' });
    sheet.rule(page.margin, y + 6, right - page.margin);
    y += 20;
  }
  sheet.text('Montant maximal TTC', 420, y + 6, { align: 'right', bold: true });
  sheet.text(euros(invoice.totals.taxInclusive), right, y + 6, { align: 'right', bold: true });
  sheet.text('Bon pour accord, le maire', page.margin, y + 60, { color: 'soft' });
  sheet.text('Exemple sans valeur', page.width / 2, 815, { size: 7, color: 'soft', align: 'center' });
  return sheet.bytes();
}
