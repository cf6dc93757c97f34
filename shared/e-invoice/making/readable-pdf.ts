/** An invoice as people read it: a PDF/A-3b in French. */
import Big from 'big.js';
import { frenchAmount, frenchDate, frenchNumber, inCents } from '../../invoice/amounts.ts';
import type { CompleteInvoice } from '../../invoice/terms.ts';
import { mentions, type Address, type InvoiceToMake } from './invoice-to-make.ts';
import {
  amountDue,
  given,
  ibanOf,
  means,
  paymentTerms,
  plain,
  price,
  referencesOf,
  regimeOf,
  siretOf,
  titles,
  totalsOf,
  vatAt,
} from './printed-terms.ts';
import { page, Sheet, type Style } from './sheet.ts';

type Line = CompleteInvoice['lines'][number];

const small: Style = { size: 8, colour: '#555555' };
const strong: Style = { weight: 'bold' };

const addressLines = ({ lines, postcode, city }: Omit<Address, 'country'>): string[] => [
  ...lines,
  `${postcode} ${city}`,
];

const middle = 305;

function writeHead(sheet: Sheet, made: InvoiceToMake): void {
  const { invoice, seller, buyer } = made;
  const vat = invoice.sellerVatNumber ?? seller.vatNumber;
  const width = middle - page.left - 20;
  const write = (x: number, text: string, style: Style = {}, at = sheet.y): number => {
    const wide = x === middle ? page.right - middle : width;
    return at + sheet.write(sheet.wrapped(text, wide, style), { x, y: at, width: wide }, style);
  };
  const top = sheet.y;
  let left = write(page.left, seller.legalName, { weight: 'bold', size: 12 });
  for (const line of addressLines(seller.address)) left = write(page.left, line, {}, left);
  left = write(page.left, `SIRET ${siretOf(seller.siret)}`, {}, left + 3);
  if (vat) left = write(page.left, `TVA ${vat}`, {}, left);
  let right = write(middle, titles[invoice.type], { weight: 'bold', size: 20 }, top - 4);
  right = write(middle, `N° ${invoice.number}`, { weight: 'bold', size: 11 }, right);
  right = write(middle, frenchDate(invoice.issueDate), {}, right);
  sheet.y = Math.max(left, right) + 18;

  let at = write(middle, 'Destinataire', small);
  at = write(middle, buyer.name, strong, at);
  if (buyer.address) for (const line of addressLines(buyer.address)) at = write(middle, line, {}, at);
  at = write(middle, `SIRET ${siretOf(buyer.siret)}`, {}, at + 3);
  let reference = sheet.y;
  for (const [label, value] of referencesOf(made)) {
    reference = write(page.left, label, small, reference);
    reference = write(page.left, value, strong, reference) + 2;
  }
  sheet.y = Math.max(at, reference) + 16;
}

/** The columns of the table, from left to right. */
const columns = [
  { head: 'N°', x: page.left, width: 24, align: 'left' },
  { head: 'Désignation', x: page.left + 28, width: 178, align: 'left' },
  { head: 'Quantité', x: 252, width: 52, align: 'right' },
  { head: 'Unité', x: 310, width: 46, align: 'left' },
  { head: 'Prix unitaire HT', x: 360, width: 62, align: 'right' },
  { head: 'TVA', x: 424, width: 66, align: 'right' },
  { head: 'Montant HT', x: 492, width: 61, align: 'right' },
] as const;

const inTable = 8.5;

function writeTableHead(sheet: Sheet): void {
  sheet.fill(sheet.y, 26);
  for (const { head, x, width, align } of columns) {
    const style: Style = { weight: 'bold', size: 8, align };
    sheet.write(sheet.wrapped(head, width - 2, style), { x: x + 2, y: sheet.y + 3, width: width - 4 }, style);
  }
  sheet.y += 30;
}

function writeLine(sheet: Sheet, line: Line, { vatRegime }: CompleteInvoice): void {
  const vat = vatAt(line.vatRate, vatRegime);
  const cells = [String(line.number), line.name, plain(line.quantity), line.unit ?? '', price(line.unitPrice), vat];
  const texts = [...cells, frenchNumber(inCents(line.net))];
  const discount = line.discount && !Big(line.discount).eq(0) ? `Remise : ${frenchNumber(inCents(line.discount))}` : '';
  const notes = [line.reference && `Réf. ${line.reference}`, discount].filter(Boolean).join(' – ');
  const rows = columns.map(({ width }, i) => sheet.wrapped(texts[i] ?? '', width - 2, { size: inTable }));
  const height = sheet.heightOf(Math.max(...rows.map((row) => row.length)), { size: inTable });
  const noteLines = notes === '' ? [] : sheet.wrapped(notes, columns[1].width, small);
  const whole = height + sheet.heightOf(noteLines.length, small) + 7;
  if (sheet.keep(whole)) writeTableHead(sheet);
  columns.forEach(({ x, width, align }, i) => {
    sheet.write(rows[i] ?? [], { x: x + 2, y: sheet.y, width: width - 4 }, { size: inTable, align });
  });
  sheet.write(noteLines, { x: columns[1].x + 2, y: sheet.y + height, width: columns[1].width }, small);
  sheet.y += whole;
  sheet.rule(sheet.y - 4, '#e2e2e2');
}

/** VAT by rate: nothing if there is none. */
function writeBreakdown(sheet: Sheet, { vatBreakdown, vatRegime, currency }: CompleteInvoice): void {
  const [x, widths] = [page.left, [60, 80, 80]] as const;
  const row = (texts: readonly string[], style: Style): void => {
    let at: number = x;
    texts.forEach((text, i) => {
      const width = widths[i] ?? 0;
      sheet.write([text], { x: at, y: sheet.y, width }, { ...style, align: i === 0 ? 'left' : 'right' });
      at += width;
    });
    sheet.y += sheet.heightOf(1, style) + 1;
  };
  if (vatBreakdown.length > 0) row(['TVA', 'Base HT', 'Montant'], { weight: 'bold', size: 8 });
  for (const { rate, base, amount, discount } of vatBreakdown) {
    const amounts = [base, amount].map((one) => frenchAmount(inCents(one), currency));
    row([vatAt(rate, vatRegime), ...amounts], { size: 8.5 });
    if (!discount || Big(discount.amount).eq(0)) continue;
    const text = `dont remise ${frenchAmount(inCents(discount.amount), currency)} : ${discount.reason}`;
    const lines = sheet.wrapped(text, 220, small);
    sheet.y += sheet.write(lines, { x, y: sheet.y, width: 220 }, small);
  }
}

/** From the total without VAT to what is due, on the right; the VAT by rate on the left of it. */
function writeTotals(sheet: Sheet, made: InvoiceToMake): void {
  const { invoice } = made;
  const [x, wide] = [middle, page.right - middle - 80] as const;
  const entries = totalsOf(invoice).map(([label, amount]) => ({ lines: sheet.wrapped(label, wide, {}), amount }));
  const height = entries.reduce((sum, { lines }) => sum + sheet.heightOf(lines.length, {}) + 3, 40);
  sheet.keep(Math.max(height, 30 + invoice.vatBreakdown.length * 36));
  sheet.y += 8;
  const top = sheet.y;
  writeBreakdown(sheet, invoice);
  const left = sheet.y;
  let at = top;
  for (const { lines, amount } of entries) {
    const taken = sheet.write(lines, { x, y: at, width: wide });
    sheet.write([amount], { x: page.right - 80, y: at, width: 78 }, { align: 'right' });
    at += taken + 3;
  }
  sheet.fill(at, 22, middle - 6);
  const due: Style = { weight: 'bold', size: 11 };
  sheet.write([amountDue[invoice.type]], { x, y: at + 4, width: wide }, due);
  const amount = frenchAmount(inCents(invoice.totals.due), invoice.currency);
  sheet.write([amount], { x: page.right - 120, y: at + 4, width: 118 }, { ...due, align: 'right' });
  sheet.y = Math.max(left, at + 22) + 14;
}

/** How and when it is paid, and what the law has said of that. Nobody pays a credit note. */
function paymentOf(made: InvoiceToMake): { terms: [string, string][]; notices: string[] } {
  const { invoice, iban, account, seller } = made;
  if (invoice.type === 'credit-note') return { terms: [], notices: [] };
  const isDue = Big(invoice.totals.due).gt(0);
  const terms = given([
    ['Paiement', invoice.payment && means[invoice.payment.means]],
    ['IBAN', isDue ? iban && ibanOf(iban) : undefined],
    ['Compte', isDue ? account : undefined],
    ['Échéance', paymentTerms(made)],
  ]);
  const notices = [mentions.latePenalties.value, mentions.recoveryCosts.value, seller.earlyPaymentNotice];
  return { terms, notices };
}

function writeEnd(sheet: Sheet, made: InvoiceToMake): void {
  const { invoice } = made;
  const { terms, notices } = paymentOf(made);
  const width = page.right - page.left;
  const write = (text: string, style: Style): void => {
    for (const line of sheet.wrapped(text, width, style)) {
      sheet.keep(sheet.heightOf(1, style));
      sheet.y += sheet.write([line], { x: page.left, y: sheet.y, width }, style);
    }
  };
  for (const [label, value] of terms) write(`${label} : ${value}`, {});
  if (invoice.comment) {
    sheet.y += 8;
    write(invoice.comment, {});
  }
  sheet.y += 8;
  const regime = regimeOf(invoice);
  for (const notice of [...(regime ? [regime] : []), ...notices]) write(notice, small);
}

function writeFoot(sheet: Sheet, { invoice, seller }: InvoiceToMake): void {
  const width = page.right - page.left - 70;
  const issuer = [seller.legalName, seller.legalNotice].filter(Boolean).join(' – ');
  const lines = sheet.wrapped(issuer, width, small);
  const title = `${titles[invoice.type]} ${invoice.number}`;
  sheet.onEachPage((number, count) => {
    sheet.rule(page.bottom + 8);
    sheet.write([title, ...lines], { x: page.left, y: page.bottom + 12, width }, small);
    const at = { x: page.right - 70, y: page.bottom + 12, width: 70 };
    sheet.write([`Page ${number}/${count}`], at, { ...small, align: 'right' });
  });
}

/** @returns the pages, to which something may be attached before their bytes are taken */
export function readablePdf(made: InvoiceToMake): Sheet {
  const { invoice } = made;
  const sheet = new Sheet(`${titles[invoice.type]} ${invoice.number}`, new Date(`${invoice.issueDate}T00:00:00Z`));
  writeHead(sheet, made);
  writeTableHead(sheet);
  for (const line of invoice.lines) writeLine(sheet, line, invoice);
  writeTotals(sheet, made);
  writeEnd(sheet, made);
  writeFoot(sheet, made);
  return sheet;
}
