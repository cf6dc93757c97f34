/** An e-invoice against its command: the file is what Chorus Pro reads, the command is what the ERP is told about. */
import Big from 'big.js';
import type { Fact } from '../facts/fact.ts';
import { frenchAmount, frenchDate, inCents } from '../invoice/amounts.ts';
import { tidy, ungrouped, withPlainSpaces } from '../invoice/characters.ts';
import { sirenOf } from '../invoice/fields.ts';
import { reason, type Reason } from '../invoice/reasons.ts';
import type { Invoice } from '../invoice/submit-command.ts';
import { isWorksFramework } from '../works/documents.ts';
import type { EInvoice } from './read-e-invoice.ts';
import { first, frameworkOf, terms, type Term, type Values } from './terms.ts';

/** What a command says about its invoice. */
export interface Stated {
  invoice: Pick<Invoice, 'number' | 'type' | 'framework' | 'issueDate' | 'currency' | 'commitment' | 'contract'> &
    Pick<Invoice, 'precedingInvoice' | 'deliveryDate' | 'period' | 'totals' | 'validator'> & {
      recipient: Invoice['recipient'];
    };
  /** The supplier's SIRET; absent if the settings do not have the one that the command names. */
  supplier: string | undefined;
}

interface Bilingual {
  fr: string;
  en: string;
}

interface Comparison {
  term: Term;
  /** Where the command says it. */
  path: ComparedPath;
  /** Without it in the file nobody could tell whose invoice it is, or what it is about. */
  required: boolean;
  inFile?: (file: EInvoice) => string | undefined;
  inCommand: (stated: Stated) => string | undefined;
  isSame?: (found: string, stated: string) => boolean;
  shown?: (value: string, currency: string) => string | Bilingual;
}

const asDate = (date: string): Bilingual => ({ fr: frenchDate(date), en: date });
const isSirenOf = (found: string, siret: string): boolean => found === siret || found === sirenOf(siret);

const types: Readonly<Record<string, Bilingual>> = {
  invoice: { fr: 'facture', en: 'invoice' },
  'credit-note': { fr: 'avoir', en: 'credit note' },
};

type Total = 'taxExclusive' | 'vat' | 'taxInclusive' | 'due';

/** What both the file and the command say, where the command says it. */
export type ComparedPath =
  | 'supplier'
  | `invoice.${'number' | 'type' | 'framework' | 'issueDate' | 'currency' | 'commitment' | 'contract' | 'precedingInvoice'}`
  | 'invoice.validator.siret'
  | 'invoice.deliveryDate'
  | `invoice.period.${'start' | 'end'}`
  | `invoice.recipient.${'siret' | 'service'}`
  | `invoice.totals.${Total}`;

const total = (term: Term, name: Total): Comparison => ({
  term,
  path: `invoice.totals.${name}`,
  required: name === 'due',
  inCommand: ({ invoice }) => inCents(invoice.totals[name]),
  isSame: isSameAmount,
  shown: (amount, currency) =>
    isDecimal(amount) ? { fr: frenchAmount(amount, currency), en: `${amount} ${currency}` } : amount,
});

const date = (term: Term, path: ComparedPath, inCommand: Comparison['inCommand']): Comparison => ({
  ...{ term, path, inCommand },
  required: false,
  shown: asDate,
});

/** In the order in which a person would look. */
const comparisons: readonly Comparison[] = [
  { term: 'BT-1', path: 'invoice.number', required: true, inCommand: ({ invoice }) => invoice.number },
  {
    term: 'BT-30',
    path: 'supplier',
    required: true,
    inFile: ({ values }) => partyOf(values, 'BT-30', 'BT-29'),
    inCommand: ({ supplier }) => supplier,
    isSame: isSirenOf,
  },
  {
    term: 'BT-3',
    path: 'invoice.type',
    required: false,
    inFile: invoiceTypeOf,
    inCommand: ({ invoice }) => invoice.type,
    shown: (type) => types[type] ?? type,
  },
  {
    term: 'BT-23',
    path: 'invoice.framework',
    required: false,
    inFile: ({ values }) => classicFrameworkOf(values),
    inCommand: ({ invoice }) => invoice.framework,
  },
  {
    term: 'BT-2',
    path: 'invoice.issueDate',
    required: true,
    inCommand: ({ invoice }) => invoice.issueDate,
    shown: asDate,
  },
  { term: 'BT-5', path: 'invoice.currency', required: false, inCommand: ({ invoice }) => invoice.currency },
  {
    term: 'BT-47',
    path: 'invoice.recipient.siret',
    required: true,
    inFile: ({ values }) => partyOf(values, 'BT-47', 'BT-46'),
    inCommand: ({ invoice }) => invoice.recipient.siret,
    isSame: isSirenOf,
  },
  {
    term: 'BT-10',
    path: 'invoice.recipient.service',
    required: false,
    inCommand: ({ invoice }) => invoice.recipient.service,
  },
  {
    term: 'validator',
    path: 'invoice.validator.siret',
    required: false,
    // Of an invoice the file alone says it. A works document must reach who looks at it first.
    inCommand: ({ invoice }) => (isWorksFramework(invoice.framework ?? '') ? invoice.validator?.siret : undefined),
  },
  { term: 'BT-13', path: 'invoice.commitment', required: false, inCommand: ({ invoice }) => invoice.commitment },
  { term: 'BT-12', path: 'invoice.contract', required: false, inCommand: ({ invoice }) => invoice.contract },
  {
    term: 'BT-25',
    path: 'invoice.precedingInvoice',
    required: false,
    inFile: ({ values }) => values['BG-3']?.map((preceding) => first(preceding, 'BT-25')).join(', '),
    inCommand: ({ invoice }) => invoice.precedingInvoice,
    // A file may correct several invoices, a command names one.
    isSame: (found, stated) => found.split(', ').includes(stated),
  },
  date('BT-72', 'invoice.deliveryDate', ({ invoice }) => invoice.deliveryDate),
  date('BT-73', 'invoice.period.start', ({ invoice }) => invoice.period?.start),
  date('BT-74', 'invoice.period.end', ({ invoice }) => invoice.period?.end),
  total('BT-109', 'taxExclusive'),
  total('BT-110', 'vat'),
  total('BT-112', 'taxInclusive'),
  total('BT-115', 'due'),
];

/** The reform's frameworks (S1, B2 …) have no counterpart among those of a command. */
function classicFrameworkOf(values: Values): string | undefined {
  const framework = frameworkOf(values);
  return /^[BSM]\d$/.test(framework) ? undefined : framework;
}

/** What a file may leave out though the command has it: Chorus Pro's own examples do, but for the dates. */
const maybeAbsent: readonly Term[] = ['BT-3', 'BT-5', 'BT-23', 'BT-72', 'BT-73', 'BT-74', 'BT-109', 'BT-110', 'BT-112'];

const nothing: Bilingual = { fr: 'rien', en: 'nothing' };

/**
 * @param name the file's name, for the reader of a reason
 * @returns a reason for each thing that the file says otherwise than the command, or not at all
 */
export const differencesOf = (file: EInvoice, name: string, command: Stated): Reason[] =>
  comparisons.flatMap((comparison) => {
    const { term: id, path, required, inCommand } = comparison;
    const { isSame = isSameText, shown = String } = comparison;
    const [found, stated] = [foundIn(file, comparison), inCommand(command)];
    const term = { fr: `${terms[id].fr}, ${id}`, en: `${terms[id].en}, ${id}` };
    if (found === undefined && required) return [reason('e-invoice-incomplete', 'document', { value: name, term })];
    if (stated === undefined || (found === undefined && maybeAbsent.includes(id))) return [];
    if (found !== undefined && isSame(found, stated)) return [];
    const { currency } = command.invoice;
    const inFileWords = found === undefined ? nothing : shown(found, first(file.values, 'BT-5') ?? currency);
    return [reason('file-differs', path, { term, found: inFileWords, stated: shown(stated, currency) })];
  });

const foundIn = (file: EInvoice, { term, inFile: read }: Comparison): string | undefined =>
  read ? read(file) : first(file.values, term);

/** What the file says where a command has this path. */
export function inFile(file: EInvoice, path: ComparedPath): string | undefined {
  const comparison = comparisons.find((one) => one.path === path);
  return comparison && foundIn(file, comparison);
}

/** The term of what a command has at this path. */
export const termOf = (path: string): Term | undefined => comparisons.find((one) => one.path === path)?.term;

/** A command's texts are spelled our way when it is read. */
const isSameText = (found: string, stated: string): boolean => withPlainSpaces(tidy(found)) === stated;

export const isDecimal = (text: string): boolean => /^[+-]?\d{1,20}(\.\d{1,20})?$/.test(text);

/** "1200" and "1200.00" are one amount; what is no decimal is none. */
function isSameAmount(found: string, stated: string): boolean {
  return isDecimal(found) && Big(found.replace('+', '')).eq(stated);
}

/**
 * Who the seller or the buyer is. Chorus Pro takes the legal identifier (BT-30, BT-47), a SIRET. Where that is only a
 * SIREN, the SIRET is among the other identifiers (BT-29, BT-46), where other numbers may have 14 digits too.
 */
function partyOf(values: Values, legalTerm: Term, otherTerm: Term): string | undefined {
  const idsOf = (term: Term) => (values[term] ?? []).map(ungrouped);
  const [legal, others] = [idsOf(legalTerm), idsOf(otherTerm)];
  const siren = legal.find((id) => /^\d{9}$/.test(id)) ?? '';
  return [...legal, ...others.filter((id) => id.startsWith(siren))].find((id) => /^\d{14}$/.test(id)) ?? legal[0];
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
export function invoiceTypeOf({ root, values }: EInvoice): 'invoice' | 'credit-note' | undefined {
  if (root === 'CreditNote') return 'credit-note';
  const code = first(values, 'BT-3');
  if (code === undefined) return root === 'Invoice' ? 'invoice' : undefined;
  return (['credit-note', 'invoice'] as const).find((type) => typeCodes.value[type].includes(code));
}
