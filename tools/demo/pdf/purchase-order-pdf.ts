import { amount, day, euros, quantity, siret } from './format.ts';
import { letterhead, recipientOf } from './parties.ts';
import type { PrintedInvoice } from './printed-invoice.ts';
import { page, right, Sheet } from './sheet.ts';

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
