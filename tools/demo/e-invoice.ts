/** A sample's invoice as an e-invoice: CII, alone or in its PDF. */
import { AFRelationship, PDFDocument } from '@cantoo/pdf-lib';
import type { Values } from '../../shared/e-invoice/terms.ts';
import { writeCii } from '../../shared/e-invoice/write-cii.ts';
import { letterhead, recipientOf } from './pdf/french.ts';
import type { PrintedInvoice } from './pdf/printed-invoice.ts';

/** As Chorus Pro takes it directly: its own framework, the SIRETs as legal identifiers (scheme 0002). */
function valuesOf(invoice: PrintedInvoice, supplierSiret: string): Values {
  const { number, type, issueDate, framework, currency, recipient, commitment, contract, totals } = invoice;
  const some = (value: string | undefined): string[] => (value === undefined ? [] : [value]);
  return {
    'BT-1': [number],
    'BT-2': [issueDate],
    'BT-3': [type === 'invoice' ? '380' : '381'],
    'BT-5': [currency],
    'BT-8': ['5'],
    'BT-10': some(recipient.service),
    'BT-12': some(contract),
    'BT-13': some(commitment),
    'BT-23': [framework],
    'BT-24': ['urn:cen.eu:en16931:2017'],
    'BT-27': [letterhead.name],
    'BT-30': [supplierSiret],
    'BT-30-1': ['0002'],
    'BT-31': some(invoice.sellerVatNumber),
    'BT-40': ['FR'],
    'BT-44': [recipientOf(recipient.siret).name],
    'BT-47': [recipient.siret],
    'BT-47-1': ['0002'],
    'BT-55': ['FR'],
    'BG-16': [{ 'BT-81': ['30'], 'BT-84': some(invoice.payment?.iban) }],
    'BG-23': invoice.vatBreakdown.map(({ rate, base, amount }) => ({
      ...{ 'BT-116': [base], 'BT-117': [amount], 'BT-118': ['S'], 'BT-119': [rate] },
    })),
    'BG-25': invoice.lines.map((line) => ({
      ...{ 'BT-126': [String(line.number)], 'BT-129': [line.quantity], 'BT-130': ['C62'], 'BT-131': [line.net] },
      ...{ 'BT-146': [line.unitPrice], 'BT-151': ['S'], 'BT-152': [line.vatRate], 'BT-153': [line.name] },
    })),
    'BT-106': [totals.taxExclusive],
    'BT-109': [totals.taxExclusive],
    'BT-110': [totals.vat],
    'BT-112': [totals.taxInclusive],
    'BT-115': [totals.due],
  };
}

export const ciiOf = (invoice: PrintedInvoice, supplierSiret: string): Buffer =>
  writeCii(valuesOf(invoice, supplierSiret));

/** A Factur-X: the PDF with the invoice's CII in it. */
export async function facturXOf(pdf: Uint8Array, cii: Uint8Array, day: string): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const made = new Date(`${day}T08:00:00Z`);
  await document.attach(cii, 'factur-x.xml', {
    mimeType: 'text/xml',
    afRelationship: AFRelationship.Data,
    creationDate: made,
    modificationDate: made,
  });
  return document.save();
}
