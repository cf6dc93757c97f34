/** What an e-invoice says of itself, as the invoice of a command that leaves it to the file. */
import Big from 'big.js';
import { tidy } from '../invoice/characters.ts';
import { reasonsOf } from '../invoice/issue-reasons.ts';
import { reason, type Reason } from '../invoice/reasons.ts';
import { invoiceSchema, paymentMeans, type Invoice, type SentAs } from '../invoice/submit-command.ts';
import { meansCodes, regimeCodes } from './command-codes.ts';
import { inFile, isDecimal, termOf, type ComparedPath } from './differences.ts';
import type { EInvoice } from './read-e-invoice.ts';
import { isOfPeppol } from './rules/chorus-pro.ts';
import { first, terms, type Term } from './terms.ts';

export interface InvoiceInFile {
  /** Absent if something is wrong with it. */
  invoice?: Invoice;
  /** What it says, right or wrong. */
  said: object;
  reasons: Reason[];
}

/**
 * Reads the invoice through the gates of a command's own.
 * @param name the file's name, for the reader of a reason
 * @param sentAs a plain PDF is sent with more of its data
 */
export function invoiceInFile(file: EInvoice, name: string, sentAs: SentAs): InvoiceInFile {
  const said = { ...saidBy(file), ...(sentAs === 'pdf' ? saidForPdf(file) : {}) };
  const parsed = invoiceSchema.safeParse(said, { reportInput: true });
  if (parsed.success) return { invoice: parsed.data, said, reasons: [] };
  const faults = reasonsOf(parsed.error, invoiceSchema).map((fault) => inWordsOfFile(fault, name));
  return { said, reasons: faults };
}

/** The seller's SIRET. */
export const supplierInFile = (file: EInvoice): string | undefined => inFile(file, 'supplier');

/** The reason for a term that a file must have. */
export const incomplete = (name: string, term: Term): Reason =>
  reason('e-invoice-incomplete', 'document', { value: name, term: inWords(term) });

const inWords = (term: Term) => ({ fr: `${terms[term].fr}, ${term}`, en: `${terms[term].en}, ${term}` });

function saidBy(file: EInvoice) {
  const { values } = file;
  const text = (path: ComparedPath) => tidied(inFile(file, path));
  const amount = (path: ComparedPath) => spelled(inFile(file, path));
  const validator = tidied(first(values, 'validator'));
  const framework = text('invoice.framework');
  const [preceding] = values['BG-3'] ?? [];
  const [taxExclusive, taxInclusive] = [amount('invoice.totals.taxExclusive'), amount('invoice.totals.taxInclusive')];
  return {
    number: text('invoice.number'),
    type: text('invoice.type') ?? tidied(first(values, 'BT-3')),
    issueDate: text('invoice.issueDate'),
    // A Peppol profile is told of by a rule, and says nothing of the framework.
    framework: framework !== undefined && isOfPeppol(framework) ? undefined : framework,
    currency: text('invoice.currency'),
    recipient: { siret: text('invoice.recipient.siret'), service: text('invoice.recipient.service') },
    validator: validator === undefined ? undefined : { siret: validator },
    commitment: text('invoice.commitment'),
    contract: text('invoice.contract'),
    precedingInvoice: preceding && tidied(first(preceding, 'BT-25')),
    totals: {
      taxExclusive,
      vat: amount('invoice.totals.vat') ?? difference(taxInclusive, taxExclusive),
      taxInclusive,
      paid: paidIn(file),
      due: amount('invoice.totals.due'),
    },
  };
}

/** The categories of VAT by which a whole invoice has a regime of its own. */
const regimeOfCategory: ReadonlyMap<string, Invoice['vatRegime']> = new Map([
  ['AE', 'reverse-charge'],
  ...['Z', 'O', 'K', 'G'].map((category) => [category, 'none'] as const),
]);

/** What is sent of an invoice only beside a PDF. Its lines may stay in the PDF. */
function saidForPdf({ values }: EInvoice) {
  const [payment] = values['BG-16'] ?? [];
  const code = payment && first(payment, 'BT-81');
  const breakdown = values['BG-23'] ?? [];
  const categories = new Set(breakdown.map((vat) => first(vat, 'BT-118')));
  const [category, ...others] = [...categories];
  const ofAll = others.length === 0 && category !== undefined ? regimeOfCategory.get(category) : undefined;
  return {
    payment: payment && {
      means: paymentMeans.find((means) => code !== undefined && meansCodes.value[means].includes(code)) ?? code,
      iban: tidied(first(payment, 'BT-84')),
    },
    vatRegime: ofAll ?? regimeCodes.value.get(first(values, 'BT-8') ?? ''),
    vatBreakdown: ofAll
      ? []
      : breakdown.map((vat) => ({
          rate: spelled(first(vat, 'BT-119')),
          base: spelled(first(vat, 'BT-116')),
          amount: spelled(first(vat, 'BT-117')),
        })),
  };
}

function tidied(value: string | undefined): string | undefined {
  const text = value === undefined ? '' : tidy(value);
  return text === '' ? undefined : text;
}

/** "+1200.000" is 1200 euros: a rule tells of decimals that are too many. */
const spelled = (value: string | undefined): string | undefined =>
  value !== undefined && isDecimal(value) ? decimal(value).toFixed() : value;

const decimal = (value: string | undefined): Big => Big(value?.replace('+', '') ?? 0);

/** Chorus Pro's own examples leave out the VAT where there is none. */
const difference = (whole: string | undefined, part: string | undefined): string | undefined =>
  whole !== undefined && part !== undefined && isDecimal(whole) && isDecimal(part)
    ? decimal(whole).minus(decimal(part)).toFixed()
    : undefined;

/** What lies between the total with VAT and the amount due: what is paid (BT-113), less what it is rounded up by. */
function paidIn({ values }: EInvoice): string | undefined {
  const [paid, rounding] = [first(values, 'BT-113'), first(values, 'BT-114')];
  if (paid === undefined && rounding === undefined) return undefined;
  return difference(paid ?? '0', rounding ?? '0') ?? paid;
}

const typeCode = {
  fr: 'le code d’une facture, par exemple 380 (facture) ou 381 (avoir)',
  en: 'the code of an invoice, for example 380 (invoice) or 381 (credit note)',
};

/** The same reason, for whoever looks for it in the file. */
function inWordsOfFile({ code, path, fr, en }: Reason, name: string): Reason {
  const term = termOf(`invoice.${path}`);
  if (code === 'missing-field' && term) return incomplete(name, term);
  const at = term ? inWords(term) : { fr: path, en: path };
  // A file has a code where a command has a word.
  const why = code === 'invalid-value' && term === 'BT-3' ? reason(code, term, { expected: typeCode }) : { fr, en };
  return { code, path: 'document', fr: `${name} (${at.fr}) : ${why.fr}`, en: `${name} (${at.en}): ${why.en}` };
}
