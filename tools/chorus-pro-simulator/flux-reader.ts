/** Reads just enough of an e-invoice to know whose it is: patterns, no XML parser. */
import { gunzipSync, inflateSync } from 'node:zlib';
import { dayOfXml } from './time.ts';
import type { FluxContent, FluxInvoice } from './options.ts';

type Element = (path: string) => string | undefined;

/** `Parent/Child`: the text of the first Child inside the first Parent, namespaces aside. */
function elementsOf(xml: string): Element {
  const inside = (content: string, [name, ...rest]: string[]): string | undefined => {
    if (name === undefined) return content.replace(/<!--[\s\S]*?-->/g, '').trim();
    const found = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([\\s\\S]*?)</(?:\\w+:)?${name}>`).exec(content)?.[1];
    return found === undefined ? undefined : inside(found, rest);
  };
  return (path) => inside(xml, path.split('/'));
}

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));

function cii(element: Element): FluxInvoice {
  const totals = (name: string) => number(element(`SpecifiedTradeSettlementHeaderMonetarySummation/${name}`));
  const organization = (party: string) => element(`${party}/SpecifiedLegalOrganization/ID`);
  return {
    number: element('ExchangedDocument/ID') ?? '',
    type: element('ExchangedDocument/TypeCode') === '381' ? 'AVOIR' : 'FACTURE',
    date: dayOfXml(element('ExchangedDocument/IssueDateTime/DateTimeString') ?? ''),
    frame: element('BusinessProcessSpecifiedDocumentContextParameter/ID'),
    supplierSiret: organization('SellerTradeParty') ?? '',
    recipientSiret: organization('BuyerTradeParty') ?? '',
    serviceCode: element('ApplicableHeaderTradeAgreement/BuyerReference'),
    commitment: element('BuyerOrderReferencedDocument/IssuerAssignedID'),
    market: element('ContractReferencedDocument/IssuerAssignedID'),
    validatorSiret: organization('InvoiceeTradeParty'),
    currency: element('InvoiceCurrencyCode'),
    paymentMeans: element('SpecifiedTradeSettlementPaymentMeans/TypeCode'),
    total: totals('GrandTotalAmount') ?? Number.NaN,
    net: totals('TaxBasisTotalAmount'),
    vat: totals('TaxTotalAmount'),
    due: totals('DuePayableAmount'),
  };
}

/** The first `ID` of the document itself, before any aggregate. */
const ownId = (xml: string) => /^[\s\S]*?<(?:\w+:)?ID(?:\s[^>]*)?>([^<]*)</.exec(xml)?.[1]?.trim() ?? '';

function ubl(element: Element, xml: string): FluxInvoice {
  const totals = (name: string) => number(element(`LegalMonetaryTotal/${name}`));
  const party = (role: string) =>
    element(`${role}/PartyIdentification/ID`) ?? element(`${role}/PartyLegalEntity/CompanyID`);
  return {
    number: ownId(xml),
    type: element('InvoiceTypeCode') === '381' || /<(?:\w+:)?CreditNote[\s>]/.test(xml) ? 'AVOIR' : 'FACTURE',
    date: element('IssueDate'),
    frame: element('ProfileID'),
    supplierSiret: party('AccountingSupplierParty') ?? '',
    recipientSiret: party('AccountingCustomerParty') ?? '',
    serviceCode: element('BuyerReference'),
    commitment: element('OrderReference/ID'),
    market: element('ContractDocumentReference/ID'),
    currency: element('DocumentCurrencyCode'),
    paymentMeans: element('PaymentMeans/PaymentMeansCode'),
    total: totals('TaxInclusiveAmount') ?? Number.NaN,
    net: totals('TaxExclusiveAmount'),
    vat: number(element('TaxTotal/TaxAmount')),
    due: totals('PayableAmount'),
  };
}

function invoiceOf(xml: string): FluxInvoice | undefined {
  const invoice = xml.includes('CrossIndustryInvoice') ? cii(elementsOf(xml)) : ubl(elementsOf(xml), xml);
  return invoice.number && Number.isFinite(invoice.total) ? invoice : undefined;
}

/** The members of a tar: a header of 512 bytes, then the content in blocks of 512. */
function untar(tar: Buffer): string[] {
  const files: string[] = [];
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const size = parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    const regular = [0, 48].includes(tar[at + 156] ?? 0);
    if (regular) files.push(tar.toString('utf8', at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

/** The XML embedded in a Factur-X PDF, plain or deflated, when its stream is easily found. */
function embeddedXml(pdf: Buffer): string | undefined {
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    if (pdf.toString('latin1', at - 3, at) === 'end') continue;
    const start = at + (pdf[at + 6] === 13 ? 8 : 7);
    const end = pdf.indexOf('endstream', start);
    if (end < 0) return undefined;
    const content = streamText(pdf.subarray(start, end));
    if (content.includes('CrossIndustryInvoice')) return content;
  }
  return undefined;
}

function streamText(stream: Buffer): string {
  const deflated = stream[0] === 0x78;
  try {
    return (deflated ? inflateSync(stream) : stream).toString('utf8');
  } catch {
    return '';
  }
}

/** Every reader of XML must know UTF-8, and UTF-16 with its mark. [XML 1.0, 2.2] */
function xmlText(file: Buffer): string {
  const mark = file.toString('latin1', 0, 2);
  if (mark === '\xFF\xFE') return file.toString('utf16le');
  return mark === '\xFE\xFF'
    ? Buffer.from(file)
        .subarray(0, file.length & ~1)
        .swap16()
        .toString('utf16le')
    : file.toString('utf8');
}

function xmlsOf(file: Buffer): string[] {
  if (file[0] === 0x1f && file[1] === 0x8b) return untar(gunzipSync(file));
  if (file.subarray(0, 1024).includes('%PDF')) return [embeddedXml(file) ?? ''];
  return [xmlText(file)];
}

/** ERR_XSD_001 is the one technical error that was seen live [V-LIVE]. */
export function readFlux(file: Buffer): FluxContent {
  const invoices: FluxInvoice[] = [];
  for (const xml of xmlsOf(file)) {
    const invoice = invoiceOf(xml);
    if (!invoice) return { fault: { code: 'ERR_XSD_001', message: 'SIMULATEUR: facture illisible' } };
    invoices.push(invoice);
  }
  return { invoices };
}
