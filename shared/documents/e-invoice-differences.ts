/** An e-invoice against its command: the file is what Chorus Pro reads, the command is what the ERP is told about. */
import Big from 'big.js';
import { frenchAmount, inCents } from '../invoice/amounts.ts';
import { sirenOf } from '../invoice/fields.ts';
import { reason, type Reason } from '../invoice/reasons.ts';
import type { Invoice } from '../invoice/submit-command.ts';
import { invoiceTypeOf, type EInvoice } from './e-invoice.ts';

/** What a command says about its invoice. */
export interface Stated {
  invoice: Pick<Invoice, 'number' | 'type' | 'issueDate' | 'currency'> & {
    recipient: Pick<Invoice['recipient'], 'siret'>;
    totals: Pick<Invoice['totals'], 'due'>;
  };
  /** The supplier's SIRET; absent if the settings do not have the one that the command names. */
  supplier: string | undefined;
}

interface Bilingual {
  fr: string;
  en: string;
}

interface Comparison {
  /** Where the command says it. */
  path: string;
  term: Bilingual;
  inFile: (file: EInvoice) => string | undefined;
  inCommand: (stated: Stated) => string | undefined;
  isSame: (found: string, stated: string) => boolean;
  shown: (value: string) => string | Bilingual;
  /** The file must say it: without it nobody could tell whose invoice it is. */
  required: boolean;
}

const equal = (found: string, stated: string): boolean => found === stated;
const asItIs = (value: string): string => value;

const types: Readonly<Record<string, Bilingual>> = {
  invoice: { fr: 'facture', en: 'invoice' },
  'credit-note': { fr: 'avoir', en: 'credit note' },
};

const comparisons: readonly Comparison[] = [
  {
    path: 'invoice.number',
    term: { fr: 'numéro de facture', en: 'invoice number' },
    inFile: ({ terms }) => terms.get('BT-1')?.[0],
    inCommand: ({ invoice }) => invoice.number,
    isSame: equal,
    shown: asItIs,
    required: true,
  },
  {
    path: 'supplier',
    term: { fr: 'SIRET du fournisseur', en: 'supplier’s SIRET' },
    inFile: ({ terms }) => partyOf(terms.get('BT-30'), terms.get('BT-29')),
    inCommand: ({ supplier }) => supplier,
    isSame: (found, siret) => found === siret || found === sirenOf(siret),
    shown: asItIs,
    required: true,
  },
  {
    path: 'invoice.type',
    term: { fr: 'type de document', en: 'type of document' },
    inFile: invoiceTypeOf,
    inCommand: ({ invoice }) => invoice.type,
    isSame: equal,
    shown: (type) => types[type] ?? type,
    required: false,
  },
  {
    path: 'invoice.issueDate',
    term: { fr: 'date de facture', en: 'issue date' },
    // CII writes 20261123, UBL 2026-11-23.
    inFile: ({ terms }) => terms.get('BT-2')?.[0]?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
    inCommand: ({ invoice }) => invoice.issueDate,
    isSame: equal,
    shown: asItIs,
    required: false,
  },
  {
    path: 'invoice.currency',
    term: { fr: 'devise', en: 'currency' },
    inFile: ({ terms }) => terms.get('BT-5')?.[0],
    inCommand: ({ invoice }) => invoice.currency,
    isSame: equal,
    shown: asItIs,
    required: false,
  },
  {
    path: 'invoice.recipient.siret',
    term: { fr: 'SIRET du destinataire', en: 'recipient’s SIRET' },
    inFile: ({ terms }) => partyOf(terms.get('BT-47'), terms.get('BT-46')),
    inCommand: ({ invoice }) => invoice.recipient.siret,
    isSame: (found, siret) => found === siret || found === sirenOf(siret),
    shown: asItIs,
    required: false,
  },
  {
    path: 'invoice.totals.due',
    term: { fr: 'net à payer', en: 'amount due' },
    inFile: ({ terms }) => terms.get('BT-115')?.[0],
    inCommand: ({ invoice }) => inCents(invoice.totals.due),
    isSame: isSameAmount,
    shown: (amount) => ({ fr: frenchAmount(amount), en: amount }),
    required: true,
  },
];

/**
 * @param name the file's name, for the reader of a reason
 * @returns a reason for each thing that the file says otherwise than the command, or not at all
 */
export const differencesOf = (file: EInvoice, name: string, command: Stated): Reason[] =>
  comparisons.flatMap(({ path, term, inFile, inCommand, isSame, shown, required }) => {
    const [found, stated] = [inFile(file), inCommand(command)];
    if (found === undefined) return required ? [reason('e-invoice-incomplete', 'document', { value: name, term })] : [];
    if (stated === undefined || isSame(found, stated)) return [];
    return [reason('file-differs', path, { term, found: shown(found), stated: shown(stated) })];
  });

/** "1200" and "1200.00" are one amount; what is no decimal is none. */
function isSameAmount(found: string, stated: string): boolean {
  return /^[+-]?\d{1,20}(\.\d{1,20})?$/.test(found) && Big(found.replace('+', '')).eq(stated);
}

/**
 * Who the seller or the buyer is. Chorus Pro takes the legal identifier (BT-30, BT-47), a SIRET. Where that is only a
 * SIREN, the SIRET is among the other identifiers (BT-29, BT-46).
 */
function partyOf(...identifiers: (readonly string[] | undefined)[]): string | undefined {
  const [legal = [], others = []] = identifiers.map((ids) => ids?.map((id) => id.replace(/\s/g, '')));
  return [...legal, ...others].find((id) => /^\d{14}$/.test(id)) ?? legal[0];
}
