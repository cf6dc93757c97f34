/** E-invoices of many lines, as an ERP writes them: two rates, and all that a line of works has. */
import { writeCii } from '../../shared/e-invoice/write-cii.ts';
import type { Values } from '../../shared/e-invoice/terms.ts';
import { pdfWithFile } from '../support/papers.ts';
import { wholeEInvoice } from '../support/whole-e-invoice.ts';

const net = '12.50';

function line(i: number): Values {
  return {
    ...{ 'BT-126': [String(i)], 'BT-153': [`Poste ${i} : fourniture et pose`], 'BT-155': [`REF-${i}`] },
    ...{ 'BT-129': ['5'], 'BT-130': ['MTK'], 'BT-146': ['2.50'], 'BT-131': [net] },
    ...{ 'BT-151': ['S'], 'BT-152': [i % 2 === 0 ? '20' : '10'] },
  };
}

function ciiOf(lines: number): Buffer {
  const half = ((Number(net) * lines) / 2).toFixed(2);
  const breakdown = (rate: string): Values => ({
    ...{ 'BT-116': [half], 'BT-117': [((Number(half) * Number(rate)) / 100).toFixed(2)] },
    ...{ 'BT-118': ['S'], 'BT-119': [rate] },
  });
  return writeCii({
    ...wholeEInvoice(),
    ...{ 'BG-20': [], 'BG-21': [], 'BG-23': [breakdown('20'), breakdown('10')] },
    'BG-25': Array.from({ length: lines }, (_, i) => line(i + 1)),
  });
}

const ublLine = (i: number) => `<cac:InvoiceLine><cbc:ID>${i}</cbc:ID>
  <cbc:InvoicedQuantity unitCode="MTK">5</cbc:InvoicedQuantity>
  <cbc:LineExtensionAmount currencyID="EUR">${net}</cbc:LineExtensionAmount>
  <cac:Item><cbc:Name>Poste ${i} : fourniture et pose</cbc:Name>
  <cac:SellersItemIdentification><cbc:ID>REF-${i}</cbc:ID></cac:SellersItemIdentification>
  <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>${i % 2 === 0 ? 20 : 10}</cbc:Percent>
  <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="EUR">2.50</cbc:PriceAmount></cac:Price></cac:InvoiceLine>`;

const ublSubtotal = (rate: number, base: string): string => `<cac:TaxSubtotal>
  <cbc:TaxableAmount currencyID="EUR">${base}</cbc:TaxableAmount>
  <cbc:TaxAmount currencyID="EUR">${((Number(base) * rate) / 100).toFixed(2)}</cbc:TaxAmount>
  <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>${rate}</cbc:Percent>
  <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>`;

const ublParty = (role: string, siret: string): string => `<cac:${role}><cac:Party><cac:PartyLegalEntity>
  <cbc:RegistrationName>Un nom</cbc:RegistrationName><cbc:CompanyID schemeID="0009">${siret}</cbc:CompanyID>
  </cac:PartyLegalEntity></cac:Party></cac:${role}>`;

function ublOf(lines: number): Buffer {
  const half = ((Number(net) * lines) / 2).toFixed(2);
  const [total, vat] = [(Number(half) * 2).toFixed(2), (Number(half) * 0.3).toFixed(2)];
  const amount = (name: string, value: string) => `<cbc:${name} currencyID="EUR">${value}</cbc:${name}>`;
  const gross = (Number(total) + Number(vat)).toFixed(2);
  return Buffer.from(`<Invoice xmlns="i" xmlns:cbc="b" xmlns:cac="a"><cbc:ProfileID>A1</cbc:ProfileID><cbc:ID>U-1</cbc:ID>
  <cbc:IssueDate>2026-11-20</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  ${ublParty('AccountingSupplierParty', '99910001900010')}${ublParty('AccountingCustomerParty', '12345678200051')}
  <cac:TaxTotal>${amount('TaxAmount', vat)}${ublSubtotal(20, half)}${ublSubtotal(10, half)}</cac:TaxTotal>
  <cac:LegalMonetaryTotal>${amount('LineExtensionAmount', total)}${amount('TaxExclusiveAmount', total)}
  ${amount('TaxInclusiveAmount', gross)}${amount('PayableAmount', gross)}</cac:LegalMonetaryTotal>
  ${Array.from({ length: lines }, (_, i) => ublLine(i + 1)).join('\n')}</Invoice>`);
}

export const formats = {
  cii: ciiOf,
  ubl: ublOf,
  'factur-x': (lines: number) => pdfWithFile(ciiOf(lines)),
} as const;
