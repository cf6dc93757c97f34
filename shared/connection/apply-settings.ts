import { reason, type Reason, type ReasonCode } from '../invoice/reasons.ts';
import {
  paymentMeans,
  vatRegimes,
  type DocumentKind,
  type SentAs,
  type SubmitInvoice,
} from '../invoice/submit-command.ts';
import type { Terms } from '../invoice/terms.ts';
import { letterheadOf, type Letterhead } from './letterhead.ts';
import { type ConnectionSettings, issuersOf } from './settings.ts';

// What a connection's settings decide about a command: whether its invoice is sent, by which supplier, on which terms,
// and by which route.

/** The fields that decide whether an invoice goes to Chorus Pro at all, as far as the command could be read. */
export interface TransferFacts {
  /** ISO. */
  issueDate?: string | undefined;
  contract?: string | undefined;
  worksite?: string | undefined;
  customer?: { category?: string | undefined; chorusPro?: boolean | undefined } | undefined;
}

/**
 * Why the settings withhold an invoice; empty if they do not. This is decided before the other fields are validated: an
 * invoice that does not go to Chorus Pro may lack a SIRET.
 */
export function withholdingReasons(
  { issueDate, contract, worksite, customer }: TransferFacts,
  { transfer }: ConnectionSettings,
): Reason[] {
  const { from, customerCategories, withoutContracts, withoutWorksites } = transfer;
  const { category, chorusPro } = customer ?? {};
  const outside = category !== undefined && customerCategories?.includes(category) === false;
  const held: [boolean, Reason][] = [
    [
      from !== undefined && issueDate !== undefined && issueDate < from,
      reason('before-transfer-date', 'invoice.issueDate', { value: issueDate ?? '', from: from ?? '' }),
    ],
    [chorusPro === false, reason('customer-not-chorus-pro', 'customer.chorusPro')],
    [
      chorusPro === undefined && outside,
      reason('customer-category', 'customer.category', {
        value: category ?? '',
        known: customerCategories?.join(', ') ?? '',
      }),
    ],
    [
      contract !== undefined && withoutContracts.includes(contract),
      reason('contract-not-transferred', 'invoice.contract', { value: contract ?? '' }),
    ],
    [
      worksite !== undefined && withoutWorksites.includes(worksite),
      reason('worksite-not-transferred', 'worksite', { value: worksite ?? '' }),
    ],
  ];
  return held.filter(([holds]) => holds).map(([, why]) => why);
}

const issuersWith = (settings: ConnectionSettings, siret: string) =>
  issuersOf(settings).filter((issuer) => issuer.siret === siret);

/** Whether a supplier's invoice numbers begin anew each year. */
export const isNumberedAnew = (settings: ConnectionSettings, siret: string): boolean =>
  issuersWith(settings, siret).some(({ numbering }) => numbering === 'per-year');

/** Whether the settings say how a supplier numbers its invoices: only then may they have said otherwise before. */
export const saysNumbering = (settings: ConnectionSettings, siret: string): boolean =>
  issuersWith(settings, siret).some(({ numbering }) => numbering !== undefined);

export interface Supplier {
  siret: string;
  /** The code of its own service, if it has one. */
  service?: string | undefined;
  letterhead: Letterhead;
}

/** The company or agency that a command names, with its SIRET, or the reason why the settings have no such one. */
export function supplierOf(
  settings: ConnectionSettings,
  { siret, company: companyName = '', agency: agencyName }: SubmitInvoice['supplier'],
): Supplier | { reason: Reason } {
  const { companies } = settings;
  if (siret !== undefined) {
    const known = issuersOf(settings).map((issuer) => `${issuer.siret} (${issuer.name})`);
    const issuer = issuerOf(settings, siret);
    if (issuer) return supplierOf(settings, issuer);
    return { reason: reason('unknown-supplier', 'supplier.siret', { value: siret, known: known.join(', ') }) };
  }
  const named = (list: readonly { name: string }[]): string => list.map(({ name }) => name).join(', ') || '–';
  const company = companies.find(({ name }) => name === companyName);
  if (!company)
    return { reason: reason('unknown-company', 'supplier.company', { value: companyName, known: named(companies) }) };
  if (agencyName === undefined)
    return { siret: company.siret, service: company.service, letterhead: letterheadOf(company) };
  const agency = company.agencies.find(({ name }) => name === agencyName);
  if (!agency) {
    const known = named(company.agencies);
    return { reason: reason('unknown-agency', 'supplier.agency', { value: agencyName, known }) };
  }
  return { siret: agency.siret, service: agency.service, letterhead: letterheadOf(company, agency) };
}

/** What the settings say of each company and agency with this SIRET. */
export const letterheadsOf = ({ companies }: Pick<ConnectionSettings, 'companies'>, siret: string): Letterhead[] =>
  companies.flatMap((company) => [
    ...(company.siret === siret ? [letterheadOf(company)] : []),
    ...company.agencies.filter((agency) => agency.siret === siret).map((agency) => letterheadOf(company, agency)),
  ]);

/** A document, however it may be sent, or the reason why not. */
type Way = SentAs | { not: ReasonCode };
const noPdf: Way = { not: 'route-without-pdf' };

/** As what each kind of document is sent, by the route that is wanted. It is printed in docs/e-invoices.md. */
export const ways = {
  // By `flux` too, unless an e-invoice can be put into it: whole-command.ts.
  pdf: { auto: 'pdf', pdf: 'pdf', flux: 'pdf' },
  'pdf-with-e-invoice': { auto: 'pdf', pdf: 'pdf', flux: 'factur-x' },
  'factur-x': { auto: 'factur-x', pdf: 'pdf', flux: 'factur-x' },
  cii: { auto: 'cii', pdf: noPdf, flux: 'cii' },
  'cii-with-pdf': { auto: 'cii-with-pdf', pdf: noPdf, flux: 'cii-with-pdf' },
  ubl: { auto: 'ubl', pdf: noPdf, flux: 'ubl' },
} as const satisfies Record<DocumentKind, Record<ConnectionSettings['route'], Way>>;

/** As what a document is sent. If the wanted route cannot be, its faults are told as those of the other. */
export function wayOf(
  kind: DocumentKind,
  wanted: ConnectionSettings['route'],
  name: string,
): { sentAs: SentAs; faults: Reason[] } {
  const way: Way = ways[kind][wanted];
  return typeof way === 'string'
    ? { sentAs: way, faults: [] }
    : { sentAs: ways[kind].auto, faults: [reason(way.not, 'route', { value: name })] };
}

/** The company or agency with this SIRET, by the names that the settings give it. */
export function issuerOf(
  { companies }: ConnectionSettings,
  siret: string,
): { company: string; agency?: string } | undefined {
  for (const company of companies) {
    if (company.siret === siret) return { company: company.name };
    const agency = company.agencies.find((one) => one.siret === siret);
    if (agency) return { company: company.name, agency: agency.name };
  }
  return undefined;
}

/** What decides how an e-invoice is checked. `asWorks`: it came as a document of a works contract. */
export type EInvoiceChecks = Pick<ConnectionSettings, 'eInvoices' | 'rounding'> & { asWorks?: boolean };

/** How a command's e-invoice is checked. The reform has no rules for a works document. */
export const checksOf = ({ works }: Pick<SubmitInvoice, 'works'>, settings: EInvoiceChecks): EInvoiceChecks =>
  works ? { ...settings, eInvoices: { ...settings.eInvoices, profile: 'chorus-classic' }, asWorks: true } : settings;

/** Whether the invoice's own file has all that is sent: an e-invoice that the ERP made. */
export const isInFile = ({ sentAs, isMade }: Pick<SubmitInvoice, 'sentAs' | 'isMade'>): boolean =>
  sentAs !== 'pdf' && !isMade;

/**
 * The terms in the command, with the connection's defaults for the rest. If neither gives a term, a PDF invoice is
 * refused; an e-invoice has all its terms in its own file.
 */
export function termsOf(
  command: Pick<SubmitInvoice, 'invoice' | 'sentAs' | 'isMade'>,
  { defaults, paymentMeans: words }: ConnectionSettings,
): { terms: Terms; reasons: Reason[] } {
  const { invoice } = command;
  const { means, reasons } = meansOf(invoice, defaults.creditNotePayment, words);
  const vatRegime = invoice.vatRegime ?? defaults.vatRegime;
  const open = [
    ...reasons,
    ...(vatRegime ? [] : [reason('missing-field', 'invoice.vatRegime', { known: vatRegimes.join(', ') })]),
  ];
  const terms: Terms = {
    // A placeholder is never sent: either the invoice is refused, or its own file has the value.
    framework: invoice.framework ?? (isInFile(command) ? 'A1' : defaults.framework),
    vatRegime: vatRegime ?? 'on-debits',
    ...(means ? { paymentMeans: means } : {}),
    ...(invoice.recipient.service ? { recipientService: invoice.recipient.service } : {}),
  };
  return { terms, reasons: isInFile(command) ? [] : open };
}

type Means = Terms['paymentMeans'];

/** The means of payment in the relay's words. Only a credit note may have none. */
function meansOf(
  { type, payment }: Pick<SubmitInvoice['invoice'], 'type' | 'payment'>,
  ofCreditNotes: Means,
  words: ConnectionSettings['paymentMeans'],
): { means: Means; reasons: Reason[] } {
  const word = payment?.means;
  const known = [...Object.keys(words), ...paymentMeans].join(', ');
  if (word === undefined) {
    if (type === 'credit-note') return { means: ofCreditNotes, reasons: [] };
    const path = payment ? 'invoice.payment.means' : 'invoice.payment';
    return { means: undefined, reasons: [reason('missing-field', path, payment ? { known } : {})] };
  }
  const means = (Object.hasOwn(words, word) ? words[word] : undefined) ?? paymentMeans.find((own) => own === word);
  const unknown = reason('unknown-payment-means', 'invoice.payment.means', { value: word, known });
  return { means, reasons: means ? [] : [unknown] };
}
