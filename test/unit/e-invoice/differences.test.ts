import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument, inspectDocument } from '../../../shared/documents/inspect-document.ts';
import type { Stated } from '../../../shared/e-invoice/differences.ts';
import { writeCii } from '../../../shared/e-invoice/write-cii.ts';
import type { DocumentFormat } from '../../../shared/invoice/submit-command.ts';
import { readFlux } from '../../../tools/chorus-pro-simulator/flux-reader.ts';
import { pdfWithFile } from '../../support/papers.ts';
import { atScale } from '../../support/scale.ts';

/** What an invoice says of itself: of the file as of the command. */
interface Facts {
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
  taxExclusive: string;
  vat: string;
  taxInclusive: string;
  due: string;
}

const statedOf = (facts: Facts): Stated => ({
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
  <cbc:BuyerReference>${facts.service}</cbc:BuyerReference>
  <cac:OrderReference><cbc:ID>${facts.commitment}</cbc:ID></cac:OrderReference>
  <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>${facts.preceding}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>
  <cac:ContractDocumentReference><cbc:ID>${facts.contract}</cbc:ID></cac:ContractDocumentReference>
  <cac:AccountingSupplierParty>${party(facts.supplier)}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${party(facts.recipient)}</cac:AccountingCustomerParty>
  <cac:TaxTotal><cbc:TaxAmount currencyID="${facts.currency}">${facts.vat}</cbc:TaxAmount></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>${facts.taxExclusive}</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount>${facts.taxInclusive}</cbc:TaxInclusiveAmount>
  <cbc:PayableAmount>${facts.due}</cbc:PayableAmount></cac:LegalMonetaryTotal></${root}>`;
}

const formats = {
  cii: { name: 'F.xml', file: ciiOf },
  ubl: { name: 'F.xml', file: (facts: Facts) => Buffer.from(ublOf(facts)) },
  'factur-x': { name: 'F.pdf', file: (facts: Facts) => pdfWithFile(ciiOf(facts)) },
} as const;

const codes = fc.stringMatching(/^[A-Z][A-Z0-9-]{3,11}$/);
const sirets = fc.stringMatching(/^[1-9][0-9]{13}$/);
const amounts = fc.nat(9_999_999).map((cents) => (cents / 100).toFixed(2));
const dates = fc.integer({ min: 10, max: 28 }).map((day) => `2026-11-${day}`);

const someFacts: fc.Arbitrary<Facts> = fc.record(
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
    taxExclusive: amounts,
    vat: amounts,
    taxInclusive: amounts,
    due: amounts,
  },
  { noNullPrototype: true },
);

const paths: Readonly<Record<keyof Facts, string>> = {
  number: 'invoice.number',
  type: 'invoice.type',
  issueDate: 'invoice.issueDate',
  currency: 'invoice.currency',
  supplier: 'supplier',
  recipient: 'invoice.recipient.siret',
  service: 'invoice.recipient.service',
  commitment: 'invoice.commitment',
  contract: 'invoice.contract',
  preceding: 'invoice.precedingInvoice',
  taxExclusive: 'invoice.totals.taxExclusive',
  vat: 'invoice.totals.vat',
  taxInclusive: 'invoice.totals.taxInclusive',
  due: 'invoice.totals.due',
};
const fields = Object.entries(paths);

/** A file as whatever its command calls it, sent as that. */
async function checked(name: string, bytes: Uint8Array, as: DocumentFormat, stated: Stated) {
  const inspected = await inspectDocument({ name, bytes }, as);
  return checkDocument({ name, inspected, sentAs: as }, stated);
}

describe.each(['cii', 'ubl', 'factur-x'] as const)('a file in %s', (format) => {
  const { name, file } = formats[format];
  const found = async (inFile: Facts, inCommand: Facts) =>
    (await checked(name, Buffer.from(file(inFile)), format, statedOf(inCommand))).reasons
      .filter(({ code }) => code !== 'e-invoice-rule')
      .map(({ code, path }) => `${code} ${path}`);

  it('and its command are held against each other, field by field', { timeout: atScale(300_000, 60_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(someFacts, someFacts, fc.constantFrom(...fields), async (facts, others, [field, path]) => {
        expect(await found(facts, facts)).toEqual([]);
        const other = Object.entries(others).filter(([key]) => key === field);
        const changed: Facts = { ...facts, ...Object.fromEntries(other) };
        const differs = !isDeepStrictEqual(changed, facts);
        const expected = differs ? [`file-differs ${path}`] : [];
        expect(await found(changed, facts)).toEqual(expected);
        expect(await found(facts, changed)).toEqual(expected);
      }),
      { numRuns: atScale(1_000, 100) },
    );
  });
});

const examples = process.env['AIFE_EXAMPLES'];
const names = examples ? readdirSync(examples).filter((name) => /\.(xml|pdf)$/.test(name)) : [];

describe.skipIf(!examples)('AIFE’s own examples', () => {
  /** As the simulator's own reader finds it. */
  function statedIn(bytes: Buffer): Stated {
    const content = readFlux(bytes);
    if (!('invoices' in content)) throw new Error(content.fault.message);
    const [own] = content.invoices;
    if (own?.due === undefined) throw new Error('there is no invoice in it');
    const euros = (amount = 0) => amount.toFixed(2);
    return {
      supplier: own.supplierSiret,
      invoice: {
        type: own.type === 'AVOIR' ? 'credit-note' : 'invoice',
        ...{ number: own.number, issueDate: own.date ?? '', currency: own.currency ?? 'EUR' },
        ...{ commitment: own.commitment, contract: own.market, precedingInvoice: undefined },
        recipient: { siret: own.recipientSiret, service: own.serviceCode },
        totals: {
          ...{ taxExclusive: euros(own.net), vat: euros(own.vat), taxInclusive: euros(own.total) },
          due: euros(own.due),
        },
      },
    };
  }

  it.each(names)('%s is recognised, and held against its command', async (name) => {
    const bytes = readFileSync(join(examples ?? '', name));
    const format = name.endsWith('.pdf') ? 'factur-x' : 'cii';
    const stated = statedIn(bytes);
    const codesOf = async (as: keyof typeof formats | 'pdf', said: Stated) =>
      (await checked(name, bytes, as, said)).reasons
        .map(({ code }) => code)
        .filter((code) => code !== 'e-invoice-rule');
    expect(await codesOf(format, stated)).toEqual([]);
    const other = { ...stated.invoice, number: 'X', commitment: 'E-0', recipient: { siret: '1' } };
    expect(await codesOf(format, { ...stated, invoice: other })).toEqual(Array(3).fill('file-differs'));
    expect(await codesOf(format === 'cii' ? 'ubl' : 'pdf', stated)).toEqual(
      format === 'cii' ? ['document-format'] : [],
    );
  });
});
