/** E-invoices and archives of them, for tests. */
import { deflateSync } from 'node:zlib';
import { RECIPIENTS, SUPPLIERS } from './example-world.ts';

export interface FluxSample {
  number?: string;
  supplier?: string;
  recipient?: string;
  date?: string;
  type?: string;
  means?: string;
  /** The cadre's bare code, A4. */
  frame?: string | undefined;
  /** The SIRET in InvoiceeTradeParty: a validator, or a project manager. */
  invoicee?: string | undefined;
  market?: string | undefined;
}

const frameBlock = (frame?: string) =>
  frame === undefined
    ? ''
    : `<rsm:ExchangedDocumentContext><ram:BusinessProcessSpecifiedDocumentContextParameter><ram:ID>${frame}</ram:ID></ram:BusinessProcessSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>`;
const marketBlock = (market?: string) =>
  market === undefined
    ? ''
    : `<ram:ContractReferencedDocument><ram:IssuerAssignedID>${market}</ram:IssuerAssignedID></ram:ContractReferencedDocument>`;
const invoiceeBlock = (siret?: string) =>
  siret === undefined
    ? ''
    : `<ram:InvoiceeTradeParty><ram:SpecifiedLegalOrganization><ram:ID schemeID="1">${siret}</ram:ID></ram:SpecifiedLegalOrganization></ram:InvoiceeTradeParty>`;

/** A minimal CII invoice of 1,200 €. */
export const cii = ({
  number = 'F-1',
  recipient = RECIPIENTS.nothingMandatory,
  ...sample
}: FluxSample = {}) => `<?xml version="1.0"?>
<rsm:CrossIndustryInvoice xmlns:rsm="r" xmlns:ram="a" xmlns:udt="u">
  ${frameBlock(sample.frame)}<rsm:ExchangedDocument>
    <ram:ID>${number}</ram:ID><ram:TypeCode>${sample.type ?? '380'}</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">${sample.date ?? '20261120'}</udt:DateTimeString></ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty><ram:SpecifiedLegalOrganization>
        <ram:ID schemeID="0002">${sample.supplier ?? SUPPLIERS.company}</ram:ID><!-- SIRET -->
      </ram:SpecifiedLegalOrganization></ram:SellerTradeParty>
      <ram:BuyerTradeParty><ram:SpecifiedLegalOrganization>
        <ram:ID schemeID="0002">${recipient}</ram:ID>
      </ram:SpecifiedLegalOrganization></ram:BuyerTradeParty>${marketBlock(sample.market)}
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>${invoiceeBlock(sample.invoicee)}
      ${sample.means ?? '<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>30</ram:TypeCode></ram:SpecifiedTradeSettlementPaymentMeans>'}
      <ram:ApplicableTradeTax>
        <ram:CalculatedAmount>200.00</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
        <ram:BasisAmount>1000.00</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
        <ram:RateApplicablePercent>20</ram:RateApplicablePercent>
      </ram:ApplicableTradeTax>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:TaxBasisTotalAmount>1000.00</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="EUR">200.00</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>1200.00</ram:GrandTotalAmount>
        <ram:DuePayableAmount>1200.00</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>`;

/** A minimal UBL invoice of 1,200 €. */
export const UBL = `<Invoice xmlns="i" xmlns:cbc="b" xmlns:cac="a"><cbc:ProfileID>A1</cbc:ProfileID><cbc:ID>U-1</cbc:ID>
  <cbc:IssueDate>2026-11-20</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cac:OrderReference><cbc:ID>E1</cbc:ID></cac:OrderReference>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:CompanyID>${SUPPLIERS.company}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party><cac:PartyIdentification><cbc:ID>${RECIPIENTS.nothingMandatory}</cbc:ID></cac:PartyIdentification></cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode></cac:PaymentMeans>
  <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">200.00</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">1000.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">200.00</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">1000.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">1200.00</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="EUR">1200.00</cbc:PayableAmount></cac:LegalMonetaryTotal></Invoice>`;

export function tarOf(files: string[]): Buffer {
  const blocks = files.flatMap((content, index) => {
    const header = Buffer.alloc(512);
    header.write(`FSO1106A_${index}.xml`, 0);
    header.write(Buffer.byteLength(content).toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    return [header, Buffer.from(content), Buffer.alloc((512 - (Buffer.byteLength(content) % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** Not a real PDF, but it has an embedded stream as a Factur-X file does. */
export const pdfWith = (xml: string) =>
  Buffer.concat([
    Buffer.from(
      '%PDF-1.7\n1 0 obj <</Length 5>> stream\nabcde\nendstream endobj\n2 0 obj <</Type /EmbeddedFile /Filter /FlateDecode>> stream\r\n',
    ),
    deflateSync(Buffer.from(xml)),
    Buffer.from('\r\nendstream endobj\n%%EOF'),
  ]);
