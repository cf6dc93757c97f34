import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { supplierOf } from '../../shared/connection/apply-settings.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { invoicePdf } from './pdf/invoice-pdf.ts';
import { printedInvoice, type PrintedInvoice } from './pdf/printed-invoice.ts';
import { purchaseOrderPdf } from './pdf/purchase-order-pdf.ts';
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
    const supplier = supplierOf(settings, command.supplier);
    if ('reason' in supplier) throw new Error(supplier.reason.en);
    const invoice = printedInvoice(command.invoice);
    const own = async () => ({ name: `${invoice.number}.pdf`, bytes: await invoicePdf(invoice, supplier.siret) });
    const attachments = documents.attachments.map((paper) => attachmentOf(paper, invoice, supplier.siret));
    return { main: next?.() ?? (await own()), attachments: await Promise.all(attachments) };
  };
}

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
