import { issuerOf, wayOf } from '../../shared/connection/apply-settings.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { type DocumentStore, isDropped } from '../../shared/documents/document-store.ts';
import { faultsOfName, inspectDocument } from '../../shared/documents/inspect-document.ts';
import { loadMain, type MainDocument } from '../../shared/documents/load-documents.ts';
import { type Identity, identityOf } from '../../shared/invoice/read-command.ts';
import { type Reason, type ReasonCode, reason } from '../../shared/invoice/reasons.ts';
import type { DocumentReference, GivenInvoice, SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import type { Document } from '../../shared/invoice/terms.ts';
import type { Content } from '../../shared/ledger/record.ts';
import type { Message } from './draft.ts';

/** A command becomes whole: what the ERP left out is read from the file. */

/** A command that says itself whose invoice it is, and which. */
type Stated = GivenInvoice & Pick<SubmitInvoice, 'invoice' | 'supplier'>;

export const isStated = (given: GivenInvoice): given is Stated =>
  given.invoice !== undefined && given.supplier !== undefined;

export type Made =
  | {
      kind: 'whole';
      command: SubmitInvoice;
      /** Whose invoice it is, or which, only the file says. */
      leftToFile: boolean;
      identity: Identity;
      /** Its faults, if there are any, are not told yet. */
      main: MainDocument;
    }
  /** Nobody can tell whose invoice it is, or which, as it should be told. `identity`: as far as the file says it. */
  | { kind: 'faulty'; reasons: Reason[]; identity: Identity };

export interface Context {
  settings: ConnectionSettings;
  store: DocumentStore;
  /** The SHA-256 of the file that the command brought before, if it did. */
  brought?: string | undefined;
  /** The file's version, if one is meant. */
  version?: string | undefined;
}

/** Loads a command's file, and reads from it what the command does not say: the format, the invoice, the supplier. */
export async function makeWhole(given: GivenInvoice, { settings, store, ...which }: Context): Promise<Made> {
  if (given.works) {
    const { makeWorksWhole } = await import('./works-document.ts');
    return makeWorksWhole(given, { store, ...which });
  }
  const reference = given.document;
  const wanted = given.route ?? settings.route;
  if (!reference) return withoutDocument(given, wanted);
  const loaded = await loadMain(store, { connection: given.connection, document: reference }, which);
  const { sentAs, faults } = wayOf(loaded.kind, wanted, reference.name);
  const main = loaded.faults.length > 0 ? loaded : { ...loaded, faults };
  // A PDF that goes as the e-invoice in it is a Factur-X, whatever the command calls it.
  const format = main.format === 'pdf' && sentAs !== 'pdf' ? 'factur-x' : main.format;
  const document = { ...reference, format };
  if (!isStated(given)) return leftToFile({ ...given, document }, { main, sentAs, settings });
  if (loaded.document && main.kind === 'pdf' && wanted === 'flux' && main.faults.length === 0)
    return withOwnPdf({ ...given, document }, { ...loaded, document: loaded.document });
  const command = { ...given, document, sentAs, isMade: false };
  return { kind: 'whole', leftToFile: false, main, command, identity: identityOf(given) };
}

interface Recognised {
  main: MainDocument;
  sentAs: SubmitInvoice['sentAs'];
  settings: ConnectionSettings;
}

/** What the command does not say, its e-invoice does. */
async function leftToFile(
  given: GivenInvoice & Pick<SubmitInvoice, 'document'>,
  { main, sentAs, settings }: Recognised,
): Promise<Made> {
  const { inside } = main;
  if (main.faults.length > 0 || !inside?.invoice)
    return { kind: 'faulty', reasons: noneInFile(given, main), identity: identityOf(given) };
  const { invoiceInFile, supplierInFile, incomplete } = await import('../../shared/e-invoice/invoice-in-file.ts');
  const { invoice, said, reasons } = given.invoice
    ? { invoice: given.invoice, said: given.invoice, reasons: [] }
    : invoiceInFile(inside.invoice, inside.name, sentAs);
  const siret = supplierInFile(inside.invoice);
  const supplier = given.supplier ?? (siret === undefined ? undefined : issuerOf(settings, siret));
  const identity = identityOf({ ...given, invoice: said, supplier });
  if (invoice && supplier) {
    const command = { ...given, supplier, invoice, sentAs, isMade: false };
    return { kind: 'whole', leftToFile: true, main, command, identity };
  }
  const unknown = { value: inside.name, siret: siret ?? '' };
  const ofSupplier =
    siret === undefined ? incomplete(inside.name, 'BT-30') : reason('file-supplier-unknown', 'supplier', unknown);
  const { checkRules } = await import('../../shared/e-invoice/check-e-invoice.ts');
  const broken = invoice ? [] : checkRules(inside.invoice, inside.name, settings).reasons;
  return { kind: 'faulty', reasons: [...(supplier ? [] : [ofSupplier]), ...reasons, ...broken], identity };
}

/** Why the file says no invoice. Whoever put it into the folder for e-invoices has no command to complete. */
function noneInFile(given: GivenInvoice & Pick<SubmitInvoice, 'document'>, { faults }: MainDocument): Reason[] {
  const { name, key, format } = given.document;
  if (isDropped(given.connection, key) && faults.every(({ code }) => noEInvoice.has(code)))
    return [reason('dropped-no-e-invoice', 'document', { value: name })];
  return [...faultsOfName(name, format), ...(faults.length > 0 ? faults : dataMissing(given, name))];
}

/** What is wrong with a file that is simply no e-invoice. */
const noEInvoice: ReadonlySet<string> = new Set<ReasonCode>([
  'document-not-pdf',
  'document-not-xml',
  'document-unknown',
]);

const dataMissing = ({ invoice, supplier }: GivenInvoice, value: string): Reason[] => [
  ...(supplier ? [] : [reason('pdf-without-data', 'supplier', { value })]),
  ...(invoice ? [] : [reason('pdf-without-data', 'invoice', { value })]),
];

/** The relay makes the document of a command that has none, once it knows everything else. */
async function withoutDocument(given: GivenInvoice, wanted: ConnectionSettings['route']): Promise<Made> {
  const identity = identityOf(given);
  if (!isStated(given)) {
    // Whoever gives the data means a document to be made of them.
    const lacking = given.invoice ? 'supplier' : 'document';
    return { kind: 'faulty', reasons: [reason('missing-field', lacking)], identity };
  }
  const { wayOfData } = await import('../../shared/e-invoice/making/factur-x.ts');
  const { sentAs, faults } = wayOfData(given, wanted);
  const document = { name: `${given.invoice.number.replaceAll('/', '-')}.pdf`, format: sentAs };
  const main = { format: sentAs, kind: sentAs, faults };
  return { kind: 'whole', leftToFile: false, main, command: { ...given, document, sentAs, isMade: true }, identity };
}

const otherInside = {
  fr: 'il contient déjà une facture électronique d’une autre sorte',
  en: 'it has an e-invoice of another kind in it',
};

/** A plain PDF goes by `flux` if an e-invoice can be put into it; else with its data, and the ERP hears why. */
async function withOwnPdf(
  given: Stated & { document: DocumentReference },
  loaded: MainDocument & { document: Document },
): Promise<Made> {
  const { whyNotPdfA } = await import('../../shared/e-invoice/making/embed-factur-x.ts');
  const { wayOfData } = await import('../../shared/e-invoice/making/factur-x.ts');
  const { beyond } = wayOfData(given, 'flux');
  const why = loaded.inside ? otherInside : ((await whyNotPdfA(loaded.document.bytes)) ?? beyond);
  const whole = { kind: 'whole', leftToFile: false, identity: identityOf(given) } as const;
  if (!why) {
    const document = { ...given.document, format: 'factur-x' } as const;
    return { ...whole, main: loaded, command: { ...given, document, sentAs: 'factur-x', isMade: true } };
  }
  const notes = [reason('route-without-e-invoice', 'route', { value: given.document.name, why })];
  return { ...whole, main: { ...loaded, notes }, command: { ...given, sentAs: 'pdf', isMade: false } };
}

/** What was sent of a command, beside its documents. */
export type Original = Pick<SubmitInvoice, 'invoice' | 'attachments' | 'sentAs' | 'works'>;

/**
 * Makes a command whole that was whole before: its supplier is in the record.
 * @param route the one that was chosen then
 * @param readMain the file that was sent, which is read only if something was left to it
 */
export async function makeWholeAgain(
  given: GivenInvoice,
  route: Content['route'],
  readMain: () => Promise<Uint8Array | undefined>,
): Promise<Original | undefined> {
  if (given.works) {
    const { makeWorksWholeAgain } = await import('./works-document.ts');
    return makeWorksWholeAgain(given, readMain);
  }
  const { invoice, attachments, document } = given;
  if (invoice && route === 'pdf') return { invoice, attachments, sentAs: route };
  if (!document) return invoice && { invoice, attachments, sentAs: 'factur-x' };
  const bytes = await readMain();
  if (!bytes) return undefined;
  const { kind, inside } = await inspectDocument({ name: document.name, bytes }, document.format);
  const { sentAs } = wayOf(kind, route, document.name);
  if (invoice) return { invoice, attachments, sentAs };
  if (!inside?.invoice) return undefined;
  const { invoiceInFile } = await import('../../shared/e-invoice/invoice-in-file.ts');
  const inFile = invoiceInFile(inside.invoice, inside.name, sentAs);
  return inFile.invoice && { invoice: inFile.invoice, attachments, sentAs };
}

/**
 * A message as the command that it means: S3 tells of e-invoices that an ERP dropped into its folder. Only whoever
 * sends for the connection may write there, so who sent the message does not matter.
 * @returns undefined if it means nothing: S3 tells of objects beside the folder too
 */
export async function asCommand(message: Message): Promise<Message | undefined> {
  // Only a look, since other messages are long.
  if (!message.body.includes('"aws.s3"')) return message;
  const { readDropped } = await import('../../shared/documents/dropped-file.ts');
  const dropped = readDropped(message.body);
  if (!dropped) return message;
  const { kind, ...command } = dropped;
  return kind === 'nothing' ? undefined : { ...message, ...command, senderId: undefined };
}
