import { alternative, each, element, fixed, term, type FixedRow, type Row, type Syntax } from './syntax.ts';
import type { Term } from './terms.ts';

/** OASIS UBL 2.1, Invoice and CreditNote: where it has the terms of EN 16931. It is read and never written. */

type Lines = readonly [one: Term, two: Term, three: Term, city: Term, postcode: Term, subdivision: Term, country: Term];

const address = (path: string, [one, two, three, city, postcode, subdivision, country]: Lines) =>
  element(path, [
    term('cbc:StreetName', one),
    term('cbc:AdditionalStreetName', two),
    term('cbc:CityName', city),
    term('cbc:PostalZone', postcode),
    term('cbc:CountrySubentity', subdivision),
    term('cac:AddressLine/cbc:Line', three),
    term('cac:Country/cbc:IdentificationCode', country),
  ]);

const contact = (person: Term, telephone: Term, email: Term) =>
  element('cac:Contact', [
    term('cbc:Name', person),
    term('cbc:Telephone', telephone),
    term('cbc:ElectronicMail', email),
  ]);

const vat = fixed('cac:TaxScheme/cbc:ID', 'VAT');
/** Where only VAT belongs, another tax is read too, so that it can be told. */
const onlyVat: FixedRow = { ...vat, otherwise: 'other-tax' };
const vatNumber = (name: Term) => element('cac:PartyTaxScheme', [term('cbc:CompanyID', name), vat]);

type Adjustment = readonly [rate: Term, base: Term, amount: Term, code: Term, reason: Term];

/** An allowance or a charge. */
const adjustment = (kind: 'allowance' | 'charge', [rate, base, amount, code, reason]: Adjustment): Row[] => [
  fixed('cbc:ChargeIndicator', kind === 'charge' ? 'true' : 'false'),
  term('cbc:AllowanceChargeReasonCode', code),
  term('cbc:AllowanceChargeReason', reason),
  term('cbc:MultiplierFactorNumeric', rate),
  term('cbc:Amount', amount),
  term('cbc:BaseAmount', base),
];
const adjustmentVat = (category: Term, rate: Term) =>
  element('cac:TaxCategory', [term('cbc:ID', category), term('cbc:Percent', rate), vat]);

const supplier = element('cac:AccountingSupplierParty/cac:Party', [
  term('cbc:EndpointID', 'BT-34', { schemeID: 'BT-34-1' }),
  term('cac:PartyIdentification/cbc:ID', 'BT-90', { schemeID: { is: 'SEPA' } }),
  term('cac:PartyIdentification/cbc:ID', 'BT-29', { schemeID: 'BT-29-1' }),
  term('cac:PartyName/cbc:Name', 'BT-28'),
  address('cac:PostalAddress', ['BT-35', 'BT-36', 'BT-162', 'BT-37', 'BT-38', 'BT-39', 'BT-40']),
  vatNumber('BT-31'),
  term('cac:PartyTaxScheme/cbc:CompanyID', 'BT-32'),
  element('cac:PartyLegalEntity', [
    term('cbc:RegistrationName', 'BT-27'),
    term('cbc:CompanyID', 'BT-30', { schemeID: 'BT-30-1' }),
    term('cbc:CompanyLegalForm', 'BT-33'),
  ]),
  contact('BT-41', 'BT-42', 'BT-43'),
]);

const customer = element('cac:AccountingCustomerParty/cac:Party', [
  term('cbc:EndpointID', 'BT-49', { schemeID: 'BT-49-1' }),
  term('cac:PartyIdentification/cbc:ID', 'BT-46', { schemeID: 'BT-46-1' }),
  term('cac:PartyName/cbc:Name', 'BT-45'),
  address('cac:PostalAddress', ['BT-50', 'BT-51', 'BT-163', 'BT-52', 'BT-53', 'BT-54', 'BT-55']),
  vatNumber('BT-48'),
  element('cac:PartyLegalEntity', [
    term('cbc:RegistrationName', 'BT-44'),
    term('cbc:CompanyID', 'BT-47', { schemeID: 'BT-47-1' }),
  ]),
  contact('BT-56', 'BT-57', 'BT-58'),
]);

const payment = each('BG-16', 'cac:PaymentMeans', [
  term('cbc:PaymentMeansCode', 'BT-81', { name: 'BT-82' }),
  element('cac:CardAccount', [term('cbc:PrimaryAccountNumberID', 'BT-87'), term('cbc:HolderName', 'BT-88')]),
  element('cac:PayeeFinancialAccount', [
    term('cbc:ID', 'BT-84'),
    term('cbc:Name', 'BT-85'),
    term('cac:FinancialInstitutionBranch/cbc:ID', 'BT-86'),
  ]),
  element('cac:PaymentMandate', [term('cbc:ID', 'BT-89'), term('cac:PayerFinancialAccount/cbc:ID', 'BT-91')]),
]);

const line = each('BG-25', 'cac:InvoiceLine|cac:CreditNoteLine', [
  term('cbc:ID', 'BT-126'),
  term('cbc:Note', 'BT-127'),
  term('cbc:InvoicedQuantity|cbc:CreditedQuantity', 'BT-129', { unitCode: 'BT-130' }),
  term('cbc:LineExtensionAmount', 'BT-131'),
  term('cbc:AccountingCost', 'BT-133'),
  term('cac:InvoicePeriod/cbc:StartDate', 'BT-134'),
  term('cac:InvoicePeriod/cbc:EndDate', 'BT-135'),
  term('cac:OrderLineReference/cbc:LineID', 'BT-132'),
  term('cac:DocumentReference/cbc:ID', 'BT-128', { schemeID: 'BT-128-1' }),
  each('BG-27', 'cac:AllowanceCharge', adjustment('allowance', ['BT-138', 'BT-137', 'BT-136', 'BT-140', 'BT-139'])),
  each('BG-28', 'cac:AllowanceCharge', adjustment('charge', ['BT-143', 'BT-142', 'BT-141', 'BT-145', 'BT-144'])),
  element('cac:Item', [
    term('cbc:Description', 'BT-154'),
    term('cbc:Name', 'BT-153'),
    term('cac:BuyersItemIdentification/cbc:ID', 'BT-156'),
    term('cac:SellersItemIdentification/cbc:ID', 'BT-155'),
    term('cac:StandardItemIdentification/cbc:ID', 'BT-157', { schemeID: 'BT-157-1' }),
    term('cac:OriginCountry/cbc:IdentificationCode', 'BT-159'),
    term('cac:CommodityClassification/cbc:ItemClassificationCode', 'BT-158', {
      listID: 'BT-158-1',
      listVersionID: 'BT-158-2',
    }),
    element('cac:ClassifiedTaxCategory', [term('cbc:ID', 'BT-151'), term('cbc:Percent', 'BT-152'), onlyVat]),
    each('BG-32', 'cac:AdditionalItemProperty', [term('cbc:Name', 'BT-160'), term('cbc:Value', 'BT-161')]),
  ]),
  element('cac:Price', [
    term('cbc:PriceAmount', 'BT-146'),
    term('cbc:BaseQuantity', 'BT-149', { unitCode: 'BT-150' }),
    element('cac:AllowanceCharge', [
      fixed('cbc:ChargeIndicator', 'false'),
      term('cbc:Amount', 'BT-147'),
      term('cbc:BaseAmount', 'BT-148'),
    ]),
  ]),
]);

export const ubl: Syntax = {
  roots: ['Invoice', 'CreditNote'],
  rows: [
    term('cbc:CustomizationID', 'BT-24'),
    term('cbc:ProfileID', 'BT-23'),
    term('cbc:ID', 'BT-1'),
    term('cbc:IssueDate', 'BT-2'),
    term('cbc:DueDate', 'BT-9'),
    term('cbc:InvoiceTypeCode|cbc:CreditNoteTypeCode', 'BT-3'),
    each('BG-1', 'cbc:Note', [{ ...term('.', 'BT-22'), subject: 'BT-21' }]),
    term('cbc:TaxPointDate', 'BT-7'),
    term('cbc:DocumentCurrencyCode', 'BT-5'),
    term('cbc:TaxCurrencyCode', 'BT-6'),
    term('cbc:AccountingCost', 'BT-19'),
    term('cbc:BuyerReference', 'BT-10'),
    element('cac:InvoicePeriod', [
      term('cbc:StartDate', 'BT-73'),
      term('cbc:EndDate', 'BT-74'),
      term('cbc:DescriptionCode', 'BT-8'),
    ]),
    term('cac:OrderReference/cbc:ID', 'BT-13'),
    term('cac:OrderReference/cbc:SalesOrderID', 'BT-14'),
    each('BG-3', 'cac:BillingReference/cac:InvoiceDocumentReference', [
      term('cbc:ID', 'BT-25'),
      term('cbc:IssueDate', 'BT-26'),
    ]),
    term('cac:DespatchDocumentReference/cbc:ID', 'BT-16'),
    term('cac:ReceiptDocumentReference/cbc:ID', 'BT-15'),
    term('cac:OriginatorDocumentReference/cbc:ID', 'BT-17'),
    term('cac:ContractDocumentReference/cbc:ID', 'BT-12'),
    element('cac:AdditionalDocumentReference', [
      { ...fixed('cbc:DocumentTypeCode', '130'), needed: true },
      term('cbc:ID', 'BT-18', { schemeID: 'BT-18-1' }),
    ]),
    each('BG-24', 'cac:AdditionalDocumentReference', [
      term('cbc:ID', 'BT-122'),
      term('cbc:DocumentDescription', 'BT-123'),
      term('cac:Attachment/cac:ExternalReference/cbc:URI', 'BT-124'),
      term('cac:Attachment/cbc:EmbeddedDocumentBinaryObject', 'BT-125', { mimeCode: 'BT-125-1', filename: 'BT-125-2' }),
    ]),
    term('cac:ProjectReference/cbc:ID', 'BT-11'),
    supplier,
    customer,
    element('cac:PayeeParty', [
      term('cac:PartyIdentification/cbc:ID', 'BT-90', { schemeID: { is: 'SEPA' } }),
      term('cac:PartyIdentification/cbc:ID', 'BT-60', { schemeID: 'BT-60-1' }),
      term('cac:PartyName/cbc:Name', 'BT-59'),
      term('cac:PartyLegalEntity/cbc:CompanyID', 'BT-61', { schemeID: 'BT-61-1' }),
    ]),
    element('cac:TaxRepresentativeParty', [
      term('cac:PartyName/cbc:Name', 'BT-62'),
      address('cac:PostalAddress', ['BT-64', 'BT-65', 'BT-164', 'BT-66', 'BT-67', 'BT-68', 'BT-69']),
      vatNumber('BT-63'),
    ]),
    element('cac:Delivery', [
      term('cbc:ActualDeliveryDate', 'BT-72'),
      element('cac:DeliveryLocation', [
        term('cbc:ID', 'BT-71', { schemeID: 'BT-71-1' }),
        address('cac:Address', ['BT-75', 'BT-76', 'BT-165', 'BT-77', 'BT-78', 'BT-79', 'BT-80']),
      ]),
      term('cac:DeliveryParty/cac:PartyName/cbc:Name', 'BT-70'),
    ]),
    // A credit note has its due date here.
    alternative(term('cac:PaymentMeans/cbc:PaymentDueDate', 'BT-9')),
    term('cac:PaymentMeans/cbc:PaymentID', 'BT-83'),
    payment,
    term('cac:PaymentTerms/cbc:Note', 'BT-20'),
    each('BG-20', 'cac:AllowanceCharge', [
      ...adjustment('allowance', ['BT-94', 'BT-93', 'BT-92', 'BT-98', 'BT-97']),
      adjustmentVat('BT-95', 'BT-96'),
    ]),
    each('BG-21', 'cac:AllowanceCharge', [
      ...adjustment('charge', ['BT-101', 'BT-100', 'BT-99', 'BT-105', 'BT-104']),
      adjustmentVat('BT-102', 'BT-103'),
    ]),
    term('cac:TaxTotal/cbc:TaxAmount', 'BT-110', { currencyID: { sameAs: 'BT-5' } }),
    term('cac:TaxTotal/cbc:TaxAmount', 'BT-111', { currencyID: { sameAs: 'BT-6', needed: true } }),
    each('BG-23', 'cac:TaxTotal/cac:TaxSubtotal', [
      term('cbc:TaxableAmount', 'BT-116'),
      term('cbc:TaxAmount', 'BT-117'),
      element('cac:TaxCategory', [
        term('cbc:ID', 'BT-118'),
        term('cbc:Percent', 'BT-119'),
        term('cbc:TaxExemptionReasonCode', 'BT-121'),
        term('cbc:TaxExemptionReason', 'BT-120'),
        onlyVat,
      ]),
    ]),
    element('cac:LegalMonetaryTotal', [
      term('cbc:LineExtensionAmount', 'BT-106'),
      term('cbc:TaxExclusiveAmount', 'BT-109'),
      term('cbc:TaxInclusiveAmount', 'BT-112'),
      term('cbc:AllowanceTotalAmount', 'BT-107'),
      term('cbc:ChargeTotalAmount', 'BT-108'),
      term('cbc:PrepaidAmount', 'BT-113'),
      term('cbc:PayableRoundingAmount', 'BT-114'),
      term('cbc:PayableAmount', 'BT-115'),
    ]),
    line,
  ],
  hasIsoDates: true,
  readDate: (text) => text,
};
