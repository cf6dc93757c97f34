/** Invoices as facts, and each as a file in every syntax. */
import fc from 'fast-check';
import type { Stated } from '../../shared/e-invoice/differences.ts';
import { writeCii } from '../../shared/e-invoice/write-cii.ts';
import { pdfWithFile } from './papers.ts';

/** What an invoice says of itself: of the file as of the command. */
export interface Facts {
  number: string;
  type: 'invoice' | 'credit-note';
  issueDate: string;
  currency: string;
  supplier: string;
  recipient: string;
  service: string;
  commitment: string;
  contract: string;
  preceding: string;
  deliveryDate: string;
  periodStart: string;
  periodEnd: string;
  taxExclusive: string;
  vat: string;
  taxInclusive: string;
  due: string;
}

export const statedOf = (facts: Facts): Stated => ({
  supplier: facts.supplier,
  invoice: {
    number: facts.number,
    type: facts.type,
    issueDate: facts.issueDate,
    currency: facts.currency,
    recipient: { siret: facts.recipient, service: facts.service },
    commitment: facts.commitment,
    contract: facts.contract,
    precedingInvoice: facts.preceding,
    deliveryDate: facts.deliveryDate,
    period: { start: facts.periodStart, end: facts.periodEnd },
    totals: { taxExclusive: facts.taxExclusive, vat: facts.vat, taxInclusive: facts.taxInclusive, due: facts.due },
  },
});

const ciiOf = (facts: Facts) =>
  writeCii({
    'BT-1': [facts.number],
    'BT-2': [facts.issueDate],
    'BT-3': [facts.type === 'invoice' ? '380' : '381'],
    'BT-5': [facts.currency],
    'BT-10': [facts.service],
    'BT-12': [facts.contract],
    'BT-13': [facts.commitment],
    'BT-30': [facts.supplier],
    'BT-47': [facts.recipient],
    'BG-3': [{ 'BT-25': [facts.preceding] }],
    'BT-72': [facts.deliveryDate],
    'BT-73': [facts.periodStart],
    'BT-74': [facts.periodEnd],
    'BT-109': [facts.taxExclusive],
    'BT-110': [facts.vat],
    'BT-112': [facts.taxInclusive],
    'BT-115': [facts.due],
  });

/** A root of its own for credit notes. */
function ublOf(facts: Facts) {
  const root = facts.type === 'invoice' ? 'Invoice' : 'CreditNote';
  const party = (siret: string) =>
    `<cac:Party><cac:PartyLegalEntity><cbc:CompanyID>${siret}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>`;
  return `<${root} xmlns="i" xmlns:cbc="b" xmlns:cac="a"><cbc:ID>${facts.number}</cbc:ID>
  <cbc:IssueDate>${facts.issueDate}</cbc:IssueDate><cbc:DocumentCurrencyCode>${facts.currency}</cbc:DocumentCurrencyCode>
  <cac:InvoicePeriod><cbc:StartDate>${facts.periodStart}</cbc:StartDate><cbc:EndDate>${facts.periodEnd}</cbc:EndDate></cac:InvoicePeriod>
  <cbc:BuyerReference>${facts.service}</cbc:BuyerReference>
  <cac:OrderReference><cbc:ID>${facts.commitment}</cbc:ID></cac:OrderReference>
  <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>${facts.preceding}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>
  <cac:ContractDocumentReference><cbc:ID>${facts.contract}</cbc:ID></cac:ContractDocumentReference>
  <cac:AccountingSupplierParty>${party(facts.supplier)}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${party(facts.recipient)}</cac:AccountingCustomerParty>
  <cac:Delivery><cbc:ActualDeliveryDate>${facts.deliveryDate}</cbc:ActualDeliveryDate></cac:Delivery>
  <cac:TaxTotal><cbc:TaxAmount currencyID="${facts.currency}">${facts.vat}</cbc:TaxAmount></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>${facts.taxExclusive}</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount>${facts.taxInclusive}</cbc:TaxInclusiveAmount>
  <cbc:PayableAmount>${facts.due}</cbc:PayableAmount></cac:LegalMonetaryTotal></${root}>`;
}

export const formats = {
  cii: { name: 'F.xml', file: ciiOf },
  ubl: { name: 'F.xml', file: (facts: Facts) => Buffer.from(ublOf(facts)) },
  'factur-x': { name: 'F.pdf', file: (facts: Facts) => pdfWithFile(ciiOf(facts)) },
} as const;

const codes = fc.stringMatching(/^[A-Z][A-Z0-9-]{3,11}$/);
const sirets = fc.stringMatching(/^[1-9][0-9]{13}$/);
const amounts = fc.nat(9_999_999).map((cents) => (cents / 100).toFixed(2));
const dates = fc.integer({ min: 10, max: 28 }).map((day) => `2026-11-${day}`);

export const someFacts: fc.Arbitrary<Facts> = fc.record(
  {
    number: codes,
    type: fc.constantFrom('invoice', 'credit-note'),
    issueDate: dates,
    currency: fc.constantFrom('EUR', 'CHF', 'XPF'),
    supplier: sirets,
    recipient: sirets,
    service: codes,
    commitment: codes,
    contract: codes,
    preceding: codes,
    deliveryDate: dates,
    periodStart: dates,
    periodEnd: dates,
    taxExclusive: amounts,
    vat: amounts,
    taxInclusive: amounts,
    due: amounts,
  },
  { noNullPrototype: true },
);
