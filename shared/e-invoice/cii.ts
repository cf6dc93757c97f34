import {
  alternative,
  always,
  each,
  element,
  fixed,
  ofInvoice,
  term,
  type FixedRow,
  type Row,
  type Syntax,
} from './syntax.ts';
import type { Term } from './terms.ts';

/** Where UN/CEFACT's Cross Industry Invoice (D16B, D22B) has the terms of EN 16931. Factur-X is the same in a PDF. */

/** A name alone has no scheme, a global one needs it. */
const ids = (name: Term, scheme: Term): Row[] => [
  term('ram:ID', name, { schemeID: { term: scheme, given: 'never' } }),
  term('ram:GlobalID', name, { schemeID: { term: scheme, given: 'needed' } }),
];

type Lines = readonly [one: Term, two: Term, three: Term, city: Term, postcode: Term, subdivision: Term, country: Term];

const address = ([one, two, three, city, postcode, subdivision, country]: Lines) =>
  element('ram:PostalTradeAddress', [
    term('ram:PostcodeCode', postcode),
    term('ram:LineOne', one),
    term('ram:LineTwo', two),
    term('ram:LineThree', three),
    term('ram:CityName', city),
    term('ram:CountryID', country),
    term('ram:CountrySubDivisionName', subdivision),
  ]);

const contact = (person: Term, telephone: Term, email: Term) =>
  element('ram:DefinedTradeContact', [
    term('ram:PersonName', person),
    alternative(term('ram:DepartmentName', person)),
    term('ram:TelephoneUniversalCommunication/ram:CompleteNumber', telephone),
    term('ram:EmailURIUniversalCommunication/ram:URIID', email),
  ]);

const taxNumber = (scheme: 'VA' | 'FC', name: Term) =>
  element('ram:SpecifiedTaxRegistration', [term('ram:ID', name, { schemeID: { is: scheme } })]);

const vat: FixedRow = { ...fixed('ram:TypeCode', 'VAT'), otherwise: 'other-tax' };

const period = (start: Term, end: Term) =>
  element('ram:BillingSpecifiedPeriod', [
    term('ram:StartDateTime/udt:DateTimeString', start),
    term('ram:EndDateTime/udt:DateTimeString', end),
  ]);

type Adjustment = readonly [rate: Term, base: Term, amount: Term, code: Term, reason: Term];

/** An allowance or a charge. */
const adjustment = (kind: 'allowance' | 'charge', [rate, base, amount, code, reason]: Adjustment): Row[] => [
  fixed('ram:ChargeIndicator/udt:Indicator', kind === 'charge' ? 'true' : 'false'),
  term('ram:CalculationPercent', rate),
  term('ram:BasisAmount', base),
  term('ram:ActualAmount', amount),
  term('ram:ReasonCode', code),
  term('ram:Reason', reason),
];
const adjustmentVat = (category: Term, rate: Term) =>
  element('ram:CategoryTradeTax', [vat, term('ram:CategoryCode', category), term('ram:RateApplicablePercent', rate)]);

/** What BT-17 and BT-18 share with supporting documents: an element that is told apart by a code. */
const reference = (code: string, name: Term, more: readonly Row[] = []) =>
  element('ram:AdditionalReferencedDocument', [
    term('ram:IssuerAssignedID', name),
    fixed('ram:TypeCode', code),
    ...more,
  ]);

const line = each('BG-25', 'ram:IncludedSupplyChainTradeLineItem', [
  element('ram:AssociatedDocumentLineDocument', [
    term('ram:LineID', 'BT-126'),
    term('ram:IncludedNote/ram:Content', 'BT-127'),
  ]),
  element('ram:SpecifiedTradeProduct', [
    term('ram:GlobalID', 'BT-157', { schemeID: 'BT-157-1' }),
    term('ram:SellerAssignedID', 'BT-155'),
    term('ram:BuyerAssignedID', 'BT-156'),
    term('ram:Name', 'BT-153'),
    term('ram:Description', 'BT-154'),
    each('BG-32', 'ram:ApplicableProductCharacteristic', [
      term('ram:Description', 'BT-160'),
      term('ram:Value', 'BT-161'),
    ]),
    term('ram:DesignatedProductClassification/ram:ClassCode', 'BT-158', {
      listID: 'BT-158-1',
      listVersionID: 'BT-158-2',
    }),
    term('ram:OriginTradeCountry/ram:ID', 'BT-159'),
  ]),
  element('ram:SpecifiedLineTradeAgreement', [
    term('ram:BuyerOrderReferencedDocument/ram:LineID', 'BT-132'),
    element('ram:GrossPriceProductTradePrice', [
      term('ram:ChargeAmount', 'BT-148'),
      element('ram:AppliedTradeAllowanceCharge', [
        fixed('ram:ChargeIndicator/udt:Indicator', 'false'),
        term('ram:ActualAmount', 'BT-147'),
      ]),
    ]),
    element('ram:NetPriceProductTradePrice', [
      term('ram:ChargeAmount', 'BT-146'),
      term('ram:BasisQuantity', 'BT-149', { unitCode: 'BT-150' }),
    ]),
  ]),
  term('ram:SpecifiedLineTradeDelivery/ram:BilledQuantity', 'BT-129', { unitCode: 'BT-130' }),
  element('ram:SpecifiedLineTradeSettlement', [
    element('ram:ApplicableTradeTax', [
      vat,
      term('ram:CategoryCode', 'BT-151'),
      term('ram:RateApplicablePercent', 'BT-152'),
    ]),
    period('BT-134', 'BT-135'),
    each(
      'BG-27',
      'ram:SpecifiedTradeAllowanceCharge',
      adjustment('allowance', ['BT-138', 'BT-137', 'BT-136', 'BT-140', 'BT-139']),
    ),
    each(
      'BG-28',
      'ram:SpecifiedTradeAllowanceCharge',
      adjustment('charge', ['BT-143', 'BT-142', 'BT-141', 'BT-145', 'BT-144']),
    ),
    term('ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount', 'BT-131'),
    reference('130', 'BT-128', [term('ram:ReferenceTypeCode', 'BT-128-1')]),
    term('ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID', 'BT-133'),
  ]),
]);

const agreement = element('ram:ApplicableHeaderTradeAgreement', [
  term('ram:BuyerReference', 'BT-10'),
  element('ram:SellerTradeParty', [
    ...ids('BT-29', 'BT-29-1'),
    term('ram:Name', 'BT-27'),
    term('ram:Description', 'BT-33'),
    element('ram:SpecifiedLegalOrganization', [
      term('ram:ID', 'BT-30', { schemeID: 'BT-30-1' }),
      term('ram:TradingBusinessName', 'BT-28'),
    ]),
    contact('BT-41', 'BT-42', 'BT-43'),
    address(['BT-35', 'BT-36', 'BT-162', 'BT-37', 'BT-38', 'BT-39', 'BT-40']),
    term('ram:URIUniversalCommunication/ram:URIID', 'BT-34', { schemeID: 'BT-34-1' }),
    taxNumber('VA', 'BT-31'),
    taxNumber('FC', 'BT-32'),
  ]),
  element('ram:BuyerTradeParty', [
    ...ids('BT-46', 'BT-46-1'),
    term('ram:Name', 'BT-44'),
    element('ram:SpecifiedLegalOrganization', [
      term('ram:ID', 'BT-47', { schemeID: 'BT-47-1' }),
      term('ram:TradingBusinessName', 'BT-45'),
    ]),
    contact('BT-56', 'BT-57', 'BT-58'),
    address(['BT-50', 'BT-51', 'BT-163', 'BT-52', 'BT-53', 'BT-54', 'BT-55']),
    term('ram:URIUniversalCommunication/ram:URIID', 'BT-49', { schemeID: 'BT-49-1' }),
    taxNumber('VA', 'BT-48'),
  ]),
  element('ram:SellerTaxRepresentativeTradeParty', [
    term('ram:Name', 'BT-62'),
    address(['BT-64', 'BT-65', 'BT-164', 'BT-66', 'BT-67', 'BT-68', 'BT-69']),
    taxNumber('VA', 'BT-63'),
  ]),
  term('ram:SellerOrderReferencedDocument/ram:IssuerAssignedID', 'BT-14'),
  term('ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID', 'BT-13'),
  term('ram:ContractReferencedDocument/ram:IssuerAssignedID', 'BT-12'),
  each('BG-24', 'ram:AdditionalReferencedDocument', [
    term('ram:IssuerAssignedID', 'BT-122'),
    term('ram:URIID', 'BT-124'),
    fixed('ram:TypeCode', '916'),
    term('ram:Name', 'BT-123'),
    term('ram:AttachmentBinaryObject', 'BT-125', { mimeCode: 'BT-125-1', filename: 'BT-125-2' }),
  ]),
  reference('50', 'BT-17'),
  reference('130', 'BT-18', [term('ram:ReferenceTypeCode', 'BT-18-1')]),
  term('ram:SpecifiedProcuringProject/ram:ID', 'BT-11'),
]);

const delivery = element('ram:ApplicableHeaderTradeDelivery', [
  element('ram:ShipToTradeParty', [
    ...ids('BT-71', 'BT-71-1'),
    term('ram:Name', 'BT-70'),
    address(['BT-75', 'BT-76', 'BT-165', 'BT-77', 'BT-78', 'BT-79', 'BT-80']),
  ]),
  term('ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString', 'BT-72'),
  term('ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID', 'BT-16'),
  term('ram:ReceivingAdviceReferencedDocument/ram:IssuerAssignedID', 'BT-15'),
]);

const settlement = element('ram:ApplicableHeaderTradeSettlement', [
  term('ram:CreditorReferenceID', 'BT-90'),
  term('ram:PaymentReference', 'BT-83'),
  term('ram:TaxCurrencyCode', 'BT-6'),
  term('ram:InvoiceCurrencyCode', 'BT-5'),
  element('ram:InvoiceeTradeParty', [
    term('ram:Name', 'validator-name'),
    term('ram:SpecifiedLegalOrganization/ram:ID', 'validator', { schemeID: 'validator-scheme' }),
    term('ram:DefinedTradeContact/ram:DepartmentName', 'validator-service'),
  ]),
  element('ram:PayeeTradeParty', [
    ...ids('BT-60', 'BT-60-1'),
    term('ram:Name', 'BT-59'),
    term('ram:SpecifiedLegalOrganization/ram:ID', 'BT-61', { schemeID: 'BT-61-1' }),
  ]),
  each('BG-16', 'ram:SpecifiedTradeSettlementPaymentMeans', [
    term('ram:TypeCode', 'BT-81'),
    term('ram:Information', 'BT-82'),
    element('ram:ApplicableTradeSettlementFinancialCard', [
      term('ram:ID', 'BT-87'),
      term('ram:CardholderName', 'BT-88'),
    ]),
    term('ram:PayerPartyDebtorFinancialAccount/ram:IBANID', 'BT-91'),
    element('ram:PayeePartyCreditorFinancialAccount', [
      term('ram:IBANID', 'BT-84'),
      term('ram:AccountName', 'BT-85'),
      alternative(term('ram:ProprietaryID', 'BT-84')),
    ]),
    term('ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID', 'BT-86'),
  ]),
  each('BG-23', 'ram:ApplicableTradeTax', [
    term('ram:CalculatedAmount', 'BT-117'),
    vat,
    term('ram:ExemptionReason', 'BT-120'),
    term('ram:BasisAmount', 'BT-116'),
    term('ram:CategoryCode', 'BT-118'),
    term('ram:ExemptionReasonCode', 'BT-121'),
    ofInvoice(term('ram:TaxPointDate/udt:DateString', 'BT-7')),
    ofInvoice(term('ram:DueDateTypeCode', 'BT-8')),
    term('ram:RateApplicablePercent', 'BT-119'),
  ]),
  period('BT-73', 'BT-74'),
  each('BG-20', 'ram:SpecifiedTradeAllowanceCharge', [
    ...adjustment('allowance', ['BT-94', 'BT-93', 'BT-92', 'BT-98', 'BT-97']),
    adjustmentVat('BT-95', 'BT-96'),
  ]),
  each('BG-21', 'ram:SpecifiedTradeAllowanceCharge', [
    ...adjustment('charge', ['BT-101', 'BT-100', 'BT-99', 'BT-105', 'BT-104']),
    adjustmentVat('BT-102', 'BT-103'),
  ]),
  element('ram:SpecifiedTradePaymentTerms', [
    term('ram:Description', 'BT-20'),
    term('ram:DueDateDateTime/udt:DateTimeString', 'BT-9'),
    term('ram:DirectDebitMandateID', 'BT-89'),
  ]),
  element('ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
    term('ram:LineTotalAmount', 'BT-106'),
    term('ram:ChargeTotalAmount', 'BT-108'),
    term('ram:AllowanceTotalAmount', 'BT-107'),
    term('ram:TaxBasisTotalAmount', 'BT-109'),
    term('ram:TaxTotalAmount', 'BT-110', { currencyID: { sameAs: 'BT-5' } }),
    term('ram:TaxTotalAmount', 'BT-111', { currencyID: { sameAs: 'BT-6', needed: true } }),
    term('ram:RoundingAmount', 'BT-114'),
    term('ram:GrandTotalAmount', 'BT-112'),
    term('ram:TotalPrepaidAmount', 'BT-113'),
    term('ram:DuePayableAmount', 'BT-115'),
  ]),
  each('BG-3', 'ram:InvoiceReferencedDocument', [
    term('ram:IssuerAssignedID', 'BT-25'),
    term('ram:FormattedIssueDateTime/qdt:DateTimeString', 'BT-26'),
  ]),
  term('ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID', 'BT-19'),
]);

export const cii: Syntax = {
  roots: ['CrossIndustryInvoice'],
  rows: [
    element('rsm:ExchangedDocumentContext', [
      term('ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID', 'BT-23'),
      term('ram:GuidelineSpecifiedDocumentContextParameter/ram:ID', 'BT-24'),
    ]),
    element('rsm:ExchangedDocument', [
      term('ram:ID', 'BT-1'),
      term('ram:TypeCode', 'BT-3'),
      term('ram:IssueDateTime/udt:DateTimeString', 'BT-2'),
      each('BG-1', 'ram:IncludedNote', [term('ram:Content', 'BT-22'), term('ram:SubjectCode', 'BT-21')]),
    ]),
    element('rsm:SupplyChainTradeTransaction', [line, agreement, always(delivery), settlement]),
  ],
  hasIsoDates: false,
  readDate: (text) => text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
};
