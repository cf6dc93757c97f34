/** An invoice as a PDF. */
import { amount, day, euros, iban, letterhead, quantity, rate, recipientOf, siret } from './french.ts';
import { meansOf, referencesOf, regimeOf, type PrintedInvoice } from './printed-invoice.ts';
import { leading, page, right, Sheet } from './sheet.ts';

/** The invoice on one page of A4, as a builder's software prints it. The same invoice makes the same bytes. */
export async function invoicePdf(invoice: PrintedInvoice, supplierSiret: string): Promise<Uint8Array> {
  const title = invoice.type === 'invoice' ? 'Facture' : 'Avoir';
  const meta = { title: `${title} ${invoice.number}`, author: letterhead.name, day: invoice.issueDate };
  const sheet = await Sheet.open(meta);
  drawHead(sheet, { supplierSiret, vatNumber: invoice.sellerVatNumber });
  drawTitle(sheet, invoice, title.toUpperCase());
  drawRecipient(sheet, invoice);
  const references = drawReferences(sheet, invoice);
  const subject = { bold: true, width: right - page.margin };
  const body = sheet.paragraph(`Objet : ${invoice.comment ?? ''}`, page.margin, references + 14, subject);
  const bottom = drawLines(sheet, invoice.lines, body + 8);
  drawVat(sheet, invoice, bottom + 26);
  drawTotals(sheet, invoice, bottom + 26);
  drawPayment(sheet, invoice);
  return sheet.bytes();
}

function drawHead(sheet: Sheet, supplier: { supplierSiret: string; vatNumber?: string | undefined }): void {
  const { supplierSiret, vatNumber } = supplier;
  sheet.box(page.margin, 44, 4, 58, 'head');
  sheet.text(letterhead.name, page.margin + 14, 60, { size: 18, bold: true, color: 'accent' });
  sheet.text(letterhead.trades, page.margin + 14, 76, { size: 9, color: 'soft' });
  sheet.text(letterhead.addressOf(supplierSiret).join(', '), page.margin + 14, 89, { size: 8, color: 'soft' });
  const vat = vatNumber ? `   ·   TVA ${vatNumber}` : '';
  sheet.text(`SIRET ${siret(supplierSiret)}${vat}`, page.margin + 14, 101, { size: 8, color: 'soft' });
}

function drawTitle(sheet: Sheet, { number, issueDate }: PrintedInvoice, title: string): void {
  sheet.text(title, page.margin, 148, { size: 20, bold: true });
  sheet.text(`N° ${number}`, page.margin, 168, { size: 11, bold: true });
  sheet.text(`Date : ${day(issueDate)}`, page.margin, 183, { size: 9 });
}

function drawRecipient(sheet: Sheet, { recipient }: PrintedInvoice): void {
  const { name, address } = recipientOf(recipient.siret);
  const x = 318;
  sheet.box(x, 126, right - x, 92, 'band');
  sheet.text('DESTINATAIRE', x + 12, 142, { size: 7, bold: true, color: 'soft' });
  sheet.text(name, x + 12, 158, { size: 10.5, bold: true });
  address.forEach((line, i) => sheet.text(line, x + 12, 171 + i * 11.5));
  sheet.text(`SIRET ${siret(recipient.siret)}`, x + 12, 209, { size: 8, color: 'soft' });
}

function drawReferences(sheet: Sheet, invoice: PrintedInvoice): number {
  let y = 236;
  for (const [label, value] of referencesOf(invoice)) {
    sheet.text(label, page.margin, y, { size: 8.5, color: 'soft' });
    sheet.text(value, page.margin + 118, y, { bold: true });
    y += 14;
  }
  return y;
}

function drawVat(sheet: Sheet, invoice: PrintedInvoice, top: number): void {
  const edges = [92, 178, 252];
  const row = (y: number, texts: string[], bold = false) =>
    texts.forEach((text, i) => sheet.text(text, edges[i] ?? 0, y, { size: 8.5, align: 'right', bold }));
  sheet.text('RÉCAPITULATIF DE TVA', page.margin, top, { size: 7, bold: true, color: 'soft' });
  row(top + 16, ['Taux', 'Base HT', 'Montant TVA'], true);
  sheet.rule(page.margin, top + 21, 252 - page.margin);
  invoice.vatBreakdown.forEach((vat, i) =>
    row(top + 34 + i * 14, [rate(vat.rate), amount(vat.base), amount(vat.amount)]),
  );
  const end = top + 34 + invoice.vatBreakdown.length * 14;
  sheet.paragraph(regimeOf(invoice), page.margin, end + 4, { size: 7.5, color: 'soft', width: 240 });
}

function drawTotals(sheet: Sheet, { totals, type }: PrintedInvoice, top: number): void {
  const x = 342;
  const { discount, deductions = [], paid = '0' } = totals;
  const rows: [string, string][] = [
    ['Total HT', totals.taxExclusive],
    ['Total TVA', totals.vat],
    ['Total TTC', totals.taxInclusive],
    ...[{ name: 'Remise', amount: discount?.amount ?? '0' }, { name: 'Déjà réglé', amount: paid }, ...deductions]
      .filter(({ amount: less }) => Number(less) !== 0)
      .map(({ name, amount: less }): [string, string] => [name, less]),
  ];
  rows.forEach(([label, value], i) => {
    sheet.text(label, x, top + i * 16);
    sheet.text(euros(value), right - 8, top + i * 16, { align: 'right' });
  });
  const y = top + rows.length * 16 - 6;
  sheet.box(x - 10, y, right - x + 10, 26, 'head');
  sheet.text(type === 'invoice' ? 'Net à payer' : 'Net à déduire', x, y + 17, { size: 11, bold: true, color: 'white' });
  sheet.text(euros(totals.due), right - 8, y + 17, { size: 11, bold: true, color: 'white', align: 'right' });
}

function drawPayment(sheet: Sheet, invoice: PrintedInvoice): void {
  const account = invoice.payment?.iban;
  const y = 716;
  sheet.rule(page.margin, y - 16, right - page.margin);
  sheet.text('RÈGLEMENT', page.margin, y, { size: 7, bold: true, color: 'soft' });
  sheet.text(meansOf(invoice), page.margin, y + 14);
  if (account) sheet.text(`IBAN ${iban(account)}`, page.margin, y + 28, { size: 10, bold: true });
  const late =
    'Retard de paiement : intérêts moratoires au taux de la BCE majoré de huit points et indemnité forfaitaire de 40 € ' +
    'pour frais de recouvrement (code de la commande publique, art. R. 2192-31 et D. 2192-35). Pas d’escompte.';
  sheet.paragraph(late, page.margin, y + 48, { size: 7, color: 'soft', width: right - page.margin });
  drawFoot(sheet);
}

function drawFoot(sheet: Sheet): void {
  sheet.text(letterhead.insurance, page.width / 2, 793, { size: 7, color: 'soft', align: 'center' });
  sheet.text(letterhead.legal, page.width / 2, 804, { size: 7, color: 'soft', align: 'center' });
  sheet.text('Exemple sans valeur  ·  page 1 / 1', page.width / 2, 815, { size: 7, color: 'soft', align: 'center' });
}

type Line = PrintedInvoice['lines'][number];

interface Column {
  head: string;
  /** Where its texts are aligned. */
  x: number;
  align: 'left' | 'right' | 'center';
  of: (line: Line) => string;
}

const padding = 6;
const columns: readonly Column[] = [
  { head: 'N°', x: page.margin + padding, align: 'left', of: ({ number }) => String(number) },
  { head: 'Désignation', x: 74, align: 'left', of: ({ name }) => name },
  { head: 'Quantité', x: 332, align: 'right', of: (line) => quantity(line.quantity) },
  { head: 'Unité', x: 354, align: 'center', of: ({ unit = '' }) => unit },
  { head: 'P.U. HT', x: 418, align: 'right', of: ({ unitPrice }) => amount(unitPrice) },
  { head: 'Remise', x: 460, align: 'right', of: ({ discount }) => (discount ? amount(discount) : '–') },
  { head: 'TVA', x: 491, align: 'right', of: ({ vatRate }) => rate(vatRate) },
  { head: 'Total HT', x: right - padding, align: 'right', of: ({ net }) => amount(net) },
];
const nameStyle = { size: 8.5, width: 214 };

/** @returns where the page goes on */
function drawLines(sheet: Sheet, lines: readonly Line[], top: number): number {
  const width = right - page.margin;
  sheet.box(page.margin, top, width, 20, 'head');
  for (const { head, x, align } of columns)
    sheet.text(head, x, top + 13.5, { size: 8, bold: true, color: 'white', align });
  let y = top + 20;
  for (const [i, line] of lines.entries()) {
    const name = columns[1];
    const baseline = y + 14;
    const height = sheet.broken(line.name, nameStyle).length * nameStyle.size * leading + 10.5;
    if (i % 2 === 1) sheet.box(page.margin, y, width, height, 'band');
    for (const column of columns) {
      if (column === name) sheet.paragraph(line.name, column.x, baseline, nameStyle);
      else sheet.text(column.of(line), column.x, baseline, { size: 8.5, align: column.align });
    }
    y += height;
  }
  sheet.rule(page.margin, y, width, 1);
  return y;
}
