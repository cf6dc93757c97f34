/** What the relay would say of a command, as far as it can tell without Chorus Pro, AWS and what was sent before. */
import { rulesOfWorks } from '../../functions/submit-invoice/check-works-document.ts';
import { contentOf, routeOf } from '../../functions/submit-invoice/draft.ts';
import { makeDocument } from '../../functions/submit-invoice/make-document.ts';
import { makeWhole, type Made } from '../../functions/submit-invoice/whole-command.ts';
import {
  checksOf,
  isInFile,
  isNumberedAnew,
  supplierOf,
  termsOf,
  withholdingReasons,
} from '../../shared/connection/apply-settings.ts';
import { validatorIsOther } from '../../shared/chorus-pro/directory.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { loadAttachments, loadDocuments } from '../../shared/documents/load-documents.ts';
import type { InvoiceCommand } from '../../shared/invoice/invoice-commands.ts';
import { readCommand, submits, type Identity, type Reading } from '../../shared/invoice/read-command.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import { brokenRules, tolerated } from '../../shared/invoice/rules.ts';
import type { GivenInvoice } from '../../shared/invoice/submit-command.ts';
import { completed, type Document } from '../../shared/invoice/terms.ts';

/** `withheld`: there is nothing wrong with it, but the settings keep it from Chorus Pro. */
export type Verdict = 'accepted' | 'withheld' | 'refused' | 'unreadable';

/** A reason of the relay, and where in the command it is. With `accepted` it is a note. */
interface Finding {
  rule: string;
  at: string;
  fr: string;
  en: string;
}

/** What only the relay in AWS can know. */
export const beyondOffline = {
  directory: {
    fr: 'ce que le destinataire, le valideur et le fournisseur exigent (annuaire de Chorus Pro)',
    en: 'what the recipient, the validator and the supplier require (Chorus Pro’s directory)',
  },
  lists: {
    fr: 'les codes et le compte à créditer (listes de Chorus Pro)',
    en: 'codes and the account to pay (its lists)',
  },
  documents: { fr: 'les fichiers désignés par leur clé (key)', en: 'the files that are named by key' },
  ledger: {
    fr: 'si le numéro est déjà utilisé, ou si la facture est bien dans Chorus Pro',
    en: 'whether the number is taken already, or the invoice is in Chorus Pro',
  },
  request: {
    fr: 'si la demande de validation existe et attend une réponse',
    en: 'whether the request to validate exists and waits for an answer',
  },
  'e-invoice': {
    fr: 'si le fichier désigné par sa clé est une facture électronique : un PDF simple serait refusé (pdf-without-data), faute de données (invoice, supplier)',
    en: 'whether the file that is named by key is an e-invoice: a plain PDF would be refused (pdf-without-data), since the command has not all of invoice and supplier',
  },
  buyer: {
    fr: 'le nom et l’adresse du destinataire, que le document établi reprend de l’annuaire (à défaut de nom, on lit ici son SIRET)',
    en: 'the recipient’s name and address, which a made document takes from the directory (without a name, its SIRET stands there)',
  },
  sender: { fr: 'si l’expéditeur a le droit d’envoyer', en: 'whether its sender may send' },
} as const;

export interface Judgement {
  kind: 'command';
  verdict: Verdict;
  findings: Finding[];
  /** As far as the command says it. Amounts are decimal strings, dates are ISO. */
  invoice?:
    | { number?: string | undefined; issueDate?: string | undefined }
    | (ReturnType<typeof contentOf> & { route: ReturnType<typeof routeOf> });
  /** What was left out: keys of `beyondOffline`. */
  notChecked: (keyof typeof beyondOffline)[];
}

export interface JudgeDependencies {
  /** Undefined if there is no such connection. */
  settingsOf: (connection: string) => Promise<ConnectionSettings | undefined>;
  /** The calendar day in Paris, ISO. */
  today: string;
  /** Gets the documents that the relay would make. */
  keep?: (made: Document) => Promise<void>;
}

interface Said {
  verdict: Verdict;
  reasons: readonly Reason[];
  invoice?: Judgement['invoice'];
}

/** @param body the message as it is put on the queue */
export async function judgeCommand(body: string, dependencies: JudgeDependencies): Promise<Judgement> {
  const reading = readCommand(body);
  const { verdict, reasons, invoice = invoiceOf(reading) } = await sayOf(reading, dependencies);
  const findings = reasons.map(({ code: rule, path: at, fr, en }) => ({ rule, at, fr, en }));
  return {
    ...{ kind: 'command' as const, verdict, findings },
    ...(invoice ? { invoice } : {}),
    notChecked: verdict === 'accepted' ? leftOut(reading) : [],
  };
}

async function sayOf(reading: Reading, dependencies: JudgeDependencies): Promise<Said> {
  const { settingsOf } = dependencies;
  if (reading.kind === 'unreadable') return { verdict: 'unreadable', reasons: reading.reasons };
  if (reading.kind === 'resume') return { verdict: 'accepted', reasons: [] };
  const { envelope, identity } = reading;
  const form = reading.kind === 'invalid' ? reading.reasons : [];
  const settings = await settingsOf(envelope.connection);
  if (!settings) {
    const unknown = reason('unknown-connection', 'connection', { value: envelope.connection });
    return { verdict: 'refused', reasons: [unknown, ...form] };
  }
  switch (reading.kind) {
    case 'invalid':
      return (
        (submits(reading.type) ? heldBy(identity, settings) : undefined) ?? {
          verdict: 'refused',
          reasons: form,
        }
      );
    case 'about-invoice':
      return judged(await faultsAbout(reading.command, settings), []);
    case 'validation': {
      const off = reason('validations-off', 'connection', { value: settings.name });
      return judged(settings.validations ? [] : [off], []);
    }
    case 'invoice': {
      const made = await makeWhole(reading.command, { settings, store: nothingStored });
      const said = heldBy(made.identity, settings) ?? (await sayOfInvoice(made, settings, dependencies));
      if (made.kind === 'faulty') return { ...said, invoice: made.identity.invoice };
      const { invoice, sentAs } = made.command;
      return { ...said, invoice: { ...contentOf(invoice), route: routeOf(sentAs) } };
    }
  }
}

function heldBy(identity: Identity, settings: ConnectionSettings): Said | undefined {
  const held = withholdingReasons({ ...identity.invoice, ...identity }, settings);
  return held.length > 0 ? { verdict: 'withheld', reasons: held } : undefined;
}

const judged = (faults: readonly Reason[], notes: readonly Reason[]): Said =>
  faults.length > 0 ? { verdict: 'refused', reasons: faults } : { verdict: 'accepted', reasons: notes };

async function faultsAbout(command: InvoiceCommand, settings: ConnectionSettings): Promise<Reason[]> {
  const named = supplierOf(settings, command.supplier);
  const { reasons } =
    command.type === 'invoice.complete' ? await loadAttachments(nothingStored, command) : { reasons: [] };
  return [...('reason' in named ? [named.reason] : []), ...reasons.filter(isKnownOffline)];
}

/** In the order of validate-invoice.ts, without what it asks Chorus Pro. */
async function sayOfInvoice(
  made: Made,
  settings: ConnectionSettings,
  { today, keep }: JudgeDependencies,
): Promise<Said> {
  if (made.kind === 'faulty') return judged(made.reasons.filter(isKnownOffline), []);
  const { command, main } = made;
  const named = supplierOf(settings, command.supplier);
  const { terms, reasons: openTerms } = termsOf(command, settings);
  const invoice = completed(command.invoice, terms);
  const supplier = 'siret' in named ? named : undefined;
  const numberedAnew = supplier !== undefined && isNumberedAnew(settings, supplier.siret);
  const eInvoice = isInFile(command);
  const rules = { today, rounding: settings.rounding, numberedAnew, eInvoice };
  const { documents, reasons, notes } = await loadDocuments(nothingStored, command, {
    supplier: supplier?.siret,
    main,
    checks: checksOf(command, settings),
  });
  const works = rulesOfWorks(command, invoice, settings);
  const faults = [
    ...('reason' in named ? [named.reason] : []),
    ...openTerms,
    ...brokenRules(invoice, rules),
    ...works.reasons,
    ...validatorIsOther({ ...invoice, supplier: supplier?.siret }, 'invoice.'),
    ...reasons.filter(isKnownOffline),
  ];
  const isRight = faults.length === 0;
  // Only the directory knows the recipient's name.
  const names = { recipient: { name: invoice.recipient.siret } };
  const paper = await makeDocument(command, {
    settings,
    invoice,
    supplier,
    names,
    given: main.document?.bytes,
    papers: documents,
    isRight,
  });
  if (paper.document) await keep?.(paper.document);
  return judged(
    works.place([...faults, ...paper.reasons]),
    works.place([...tolerated(invoice, rules), ...works.notes, ...notes, ...paper.notes]),
  );
}

/** Here no document is stored: that one is missing says nothing. */
const nothingStored: DocumentStore = {
  get: () => Promise.resolve({ kind: 'missing' }),
  put: () => Promise.resolve(),
};
const isKnownOffline = ({ code }: Reason): boolean => code !== 'document-missing';

function invoiceOf(reading: Reading): Judgement['invoice'] {
  if (reading.kind === 'invoice') return reading.identity.invoice;
  if (reading.kind === 'about-invoice') return reading.command.invoice;
  return reading.kind === 'invalid' ? reading.identity.invoice : undefined;
}

function leftOut(reading: Reading): Judgement['notChecked'] {
  if (reading.kind === 'validation')
    return ['request', ...(reading.command.reason ? ['lists' as const] : []), 'sender'];
  if (reading.kind !== 'invoice' && reading.kind !== 'about-invoice') return [];
  const { command } = reading;
  const files = [
    ...('document' in command && command.document ? [command.document] : []),
    ...('attachments' in command ? command.attachments : []),
  ];
  const byKey = files.some(({ key }) => key !== undefined);
  const listed = reading.kind === 'invoice' && usesLists(reading.command);
  return [
    'directory',
    ...(listed ? ['lists' as const] : []),
    ...(byKey ? ['documents' as const] : []),
    ...(reading.kind === 'invoice' ? aboutDocument(reading.command) : []),
    'ledger',
    'sender',
  ];
}

/** The relay makes what is not given, and what is left to a file can only be in an e-invoice. */
function aboutDocument({ document, invoice, supplier }: GivenInvoice): Judgement['notChecked'] {
  if (!document) return ['buyer'];
  return document.key !== undefined && !(invoice && supplier) ? ['e-invoice'] : [];
}

const usesLists = ({ invoice, attachments }: GivenInvoice): boolean =>
  invoice?.exemptionReason !== undefined ||
  invoice?.payment?.account !== undefined ||
  invoice?.payment?.iban !== undefined ||
  attachments.some(({ typeCode }) => typeCode !== undefined);
