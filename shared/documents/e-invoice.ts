/** Reads an e-invoice: which syntax it is, and those of its terms that a command has too. */
import { SaxesParser } from 'saxes';
import type { Fact } from '../facts/fact.ts';

type Syntax = 'cii' | 'ubl';

/**
 * By their numbers in EN 16931: BT-1 the invoice's number, BT-2 its date, BT-3 the code of its type, BT-5 its currency,
 * BT-29 and BT-30 the seller's identifiers, BT-46 and BT-47 the buyer's, BT-115 the amount due.
 */
type Term = 'BT-1' | 'BT-2' | 'BT-3' | 'BT-5' | 'BT-29' | 'BT-30' | 'BT-46' | 'BT-47' | 'BT-115';

export interface EInvoice {
  syntax: Syntax;
  /** The name of the root element: UBL has one for credit notes. */
  root: string;
  /** As they stand in the file, trimmed. A term that is not there is not in the map. */
  terms: ReadonlyMap<Term, readonly string[]>;
}

export type EInvoiceReading =
  | { kind: 'invoice'; invoice: EInvoice }
  | { kind: 'other-xml'; root: string }
  | { kind: 'not-xml' }
  | { kind: 'unreadable'; why: Unreadable };

export type Unreadable = 'packed' | 'encoding' | 'doctype' | 'too-deep' | 'malformed';

/** Where a syntax has each term, below its root element. What is not listed here is not read. */
type Places = Readonly<Record<string, Term>>;

const seller = 'SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/SellerTradeParty';
const buyer = 'SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/BuyerTradeParty';
const settlement = 'SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement';

const cii: Places = {
  'ExchangedDocument/ID': 'BT-1',
  'ExchangedDocument/IssueDateTime/DateTimeString': 'BT-2',
  'ExchangedDocument/TypeCode': 'BT-3',
  [`${seller}/ID`]: 'BT-29',
  [`${seller}/GlobalID`]: 'BT-29',
  [`${seller}/SpecifiedLegalOrganization/ID`]: 'BT-30',
  [`${buyer}/ID`]: 'BT-46',
  [`${buyer}/GlobalID`]: 'BT-46',
  [`${buyer}/SpecifiedLegalOrganization/ID`]: 'BT-47',
  [`${settlement}/InvoiceCurrencyCode`]: 'BT-5',
  [`${settlement}/SpecifiedTradeSettlementHeaderMonetarySummation/DuePayableAmount`]: 'BT-115',
};

const ubl: Places = {
  ID: 'BT-1',
  IssueDate: 'BT-2',
  DocumentCurrencyCode: 'BT-5',
  InvoiceTypeCode: 'BT-3',
  CreditNoteTypeCode: 'BT-3',
  'AccountingSupplierParty/Party/PartyIdentification/ID': 'BT-29',
  'AccountingSupplierParty/Party/PartyLegalEntity/CompanyID': 'BT-30',
  'AccountingCustomerParty/Party/PartyIdentification/ID': 'BT-46',
  'AccountingCustomerParty/Party/PartyLegalEntity/CompanyID': 'BT-47',
  'LegalMonetaryTotal/PayableAmount': 'BT-115',
};

/** By the name of the root element. Its namespace is not compared: Chorus Pro does that. */
const roots: ReadonlyMap<string, { syntax: Syntax; places: Places }> = new Map([
  ['CrossIndustryInvoice', { syntax: 'cii', places: cii }],
  ['Invoice', { syntax: 'ubl', places: ubl }],
  ['CreditNote', { syntax: 'ubl', places: ubl }],
]);

/** No invoice needs more; the parser's own time grows with the square of the depth. */
const deepest = 64;

/** Ends the reading of a file of which enough is known. */
class Stopped extends Error {
  readonly reading: EInvoiceReading;

  constructor(reading: EInvoiceReading) {
    super(reading.kind);
    this.reading = reading;
  }
}

/** Reads an e-invoice to its end, so that a fault there is noticed too; of other XML only the beginning. */
export function readEInvoice(bytes: Uint8Array): EInvoiceReading {
  const text = decode(bytes);
  if (text === undefined) return { kind: 'unreadable', why: 'encoding' };
  if (!/^\s*</.test(text)) return { kind: 'not-xml' };
  try {
    return parse(text);
  } catch (error) {
    return error instanceof Stopped ? error.reading : { kind: 'unreadable', why: 'malformed' };
  }
}

/** @throws Stopped, or Error if the XML is not well-formed */
function parse(text: string): EInvoiceReading {
  const terms = new Map<Term, string[]>();
  /** Of each open element, below the root element, whose own path is empty. */
  const paths: string[] = [];
  let root = '';
  let value = '';
  const keep = (term: Term, found: string) => {
    const known = terms.get(term);
    if (known) known.push(found);
    else terms.set(term, [found]);
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('doctype', () => {
    throw new Stopped({ kind: 'unreadable', why: 'doctype' });
  });
  parser.on('opentagstart', () => {
    if (paths.length >= deepest) throw new Stopped({ kind: 'unreadable', why: 'too-deep' });
  });
  parser.on('opentag', ({ local }) => {
    const parent = paths.at(-1);
    if (parent === undefined) {
      root = local;
      if (!roots.has(root)) throw new Stopped({ kind: 'other-xml', root });
    }
    paths.push(parent === undefined ? '' : parent === '' ? local : `${parent}/${local}`);
    value = '';
  });
  parser.on('text', (part) => {
    value += part;
  });
  parser.on('cdata', (part) => {
    value += part;
  });
  parser.on('closetag', () => {
    const term = roots.get(root)?.places[paths.pop() ?? ''];
    const found = value.trim();
    if (term && found) keep(term, found);
    value = '';
  });
  parser.write(text).close();
  const syntax = roots.get(root)?.syntax;
  return syntax ? { kind: 'invoice', invoice: { syntax, root, terms } } : { kind: 'other-xml', root };
}

const declared = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.-]{1,40})["']/;

/** By its first bytes, as XML has it, else by what the file says of itself. */
function decode(bytes: Uint8Array): string | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 400)).toString('latin1');
  const encoding = /^(\xFF\xFE|<\0)/.test(beginning)
    ? 'utf-16le'
    : /^(\xFE\xFF|\0<)/.test(beginning)
      ? 'utf-16be'
      : (declared.exec(beginning)?.[1] ?? 'utf-8');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UNTDID 1001, as far as the French rules list its codes. What is not listed is not compared with a command. */
const typeCodes: Fact<Readonly<Record<'invoice' | 'credit-note', readonly string[]>>> = {
  value: {
    'credit-note': ['381', '261', '262', '396', '502', '503'],
    invoice: ['380', '384', '386', '389', '393', '500', '501', '471', '472', '473'],
  },
  mark: 'V-3P',
  source: 'the list in rule BR-FR-04; which of 500 to 503 are credit notes: R',
};

/** @returns undefined if the file has no code that we know */
export function invoiceTypeOf({ root, terms }: EInvoice): 'invoice' | 'credit-note' | undefined {
  if (root === 'CreditNote') return 'credit-note';
  const [code = ''] = terms.get('BT-3') ?? [];
  const types = ['credit-note', 'invoice'] as const;
  return types.find((type) => typeCodes.value[type].includes(code));
}
