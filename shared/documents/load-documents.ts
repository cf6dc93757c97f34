/** The documents of a command: fetched or decoded, and checked against Chorus Pro's limits. */
import type { EInvoiceChecks } from '../connection/apply-settings.ts';
import type { Checked, Inspected } from '../e-invoice/check-e-invoice.ts';
import { attachmentExtensions, limits } from '../invoice/fields.ts';
import { sha256, type Document } from '../invoice/terms.ts';
import type { AttachmentReference, GivenDocument, SubmitInvoice } from '../invoice/submit-command.ts';
import { reason, type Reason } from '../invoice/reasons.ts';
import { documentKey, incomingPrefix, isPlainKey, type DocumentStore } from './document-store.ts';
import {
  checkDocument,
  faultsOfAttachment,
  faultsOfName,
  formatByName,
  inspectDocument,
  plainly,
} from './inspect-document.ts';

export interface Loaded {
  /**
   * The invoice's document first, then the attachments in the command's order. Complete only if there are no reasons.
   */
  documents: Document[];
  reasons: Reason[];
  /** What is told although they are sent. */
  notes: Reason[];
}

/** The invoice's own document, and what it is. */
export interface MainDocument extends Inspected {
  /** Absent if it could not be loaded: `faults` say why. */
  document?: Document;
  /** What is told although it is sent. */
  notes?: Reason[];
}

/** Which file is meant: the ERP may have put another one at its key since. */
interface Which {
  /** The SHA-256 of the file that the command brought before. */
  brought?: string | undefined;
  /** The version of the object at its key. */
  version?: string | undefined;
}

export async function loadMain(
  store: DocumentStore,
  { connection, document: reference }: { connection: string; document: GivenDocument },
  which: Which = {},
): Promise<MainDocument> {
  const { name, format } = reference;
  const loaded = await load(store, {
    path: 'document',
    reference,
    maxBytes: limits.documentBytes.value,
    connection,
    ...which,
  });
  if ('reason' in loaded) return plainly(format ?? formatByName(name), loaded.reason);
  const { document } = loaded;
  return { document, ...(await inspectDocument({ ...document, name }, format)) };
}

/**
 * Fetches the other documents of a command, and reports everything that is wrong with any of them.
 *
 * @param supplier the SIRET that an e-invoice must have; absent if the settings do not know the command's supplier
 */
export async function loadDocuments(
  store: DocumentStore,
  command: SubmitInvoice,
  { supplier, main, checks }: { supplier: string | undefined; main: MainDocument; checks: EInvoiceChecks },
): Promise<Loaded> {
  const { document, invoice, sentAs } = command;
  const { name, format } = document;
  const { reasons, notes } = await checkDocument({ name, inspected: main, sentAs }, { invoice, supplier }, checks);
  const others = await loadAll(store, attachmentsOf(command), main.document?.bytes.length);
  return {
    // What is made of the ERP's own document takes its place.
    documents: [...(main.document && !command.isMade ? [main.document] : []), ...others.documents],
    notes: [...(main.notes ?? []), ...notes, ...others.notes],
    reasons: [
      ...faultsOfName(name, format),
      ...embeddingRules(command),
      ...reasons,
      ...others.reasons,
      ...extensionRules(command),
      ...namesOnce(command, name),
    ],
  };
}

/** Fetches only the attachments, in the command's order. */
export async function loadAttachments(
  store: DocumentStore,
  command: Pick<SubmitInvoice, 'connection' | 'attachments'>,
): Promise<Loaded> {
  const { reasons, ...loaded } = await loadAll(store, attachmentsOf(command));
  return { ...loaded, reasons: [...reasons, ...extensionRules(command), ...namesOnce(command)] };
}

const attachmentsOf = ({ connection, attachments }: Pick<SubmitInvoice, 'connection' | 'attachments'>): Inspecting[] =>
  attachments.map((reference, i) => {
    const maxBytes = limits.attachmentBytes.value;
    const path = `attachments[${i}]`;
    const inspect = (document: Document) => ({ reasons: faultsOfAttachment(document, path), notes: [] });
    return { path, reference, maxBytes, connection, inspect };
  });

/**
 * One after the other, and no more than Chorus Pro accepts in total: a function's memory is limited.
 * @param size the bytes that there are already
 */
async function loadAll(store: DocumentStore, wanted: readonly Inspecting[], size = 0): Promise<Loaded> {
  const limit = limits.dossierBytes.value;
  const loaded: Loaded = { documents: [], reasons: [], notes: [] };
  for (const one of wanted) {
    const result = await load(store, one);
    if ('reason' in result) {
      loaded.reasons.push(result.reason);
      continue;
    }
    size += result.document.bytes.length;
    if (size > limit) {
      loaded.reasons.push(reason('dossier-too-large', 'attachments', { size, limit }));
      break;
    }
    loaded.documents.push(result.document);
    const { reasons, notes } = one.inspect(result.document);
    loaded.reasons.push(...reasons);
    loaded.notes.push(...notes);
  }
  return loaded;
}

type Reference = Pick<AttachmentReference, 'name' | 'content' | 'key'>;

interface Wanted extends Which {
  path: string;
  reference: Reference;
  maxBytes: number;
  connection: string;
}

interface Inspecting extends Wanted {
  /** Looks at its bytes. */
  inspect: (document: Document) => Checked;
}

async function load(store: DocumentStore, wanted: Wanted): Promise<{ document: Document } | { reason: Reason }> {
  const { path, reference, maxBytes: limit, connection, brought, version } = wanted;
  const { name, content, key } = reference;
  const loaded = (bytes: Uint8Array) => ({ document: { name, bytes, sha256: sha256(bytes) } });
  const tooLarge = (size: number) => ({ reason: reason('document-too-large', path, { value: name, size, limit }) });
  if (content !== undefined) {
    // Many encoders break the text into lines.
    const text = content.replace(/\s/g, '');
    const bytes = Buffer.from(text, 'base64');
    if (!isBase64(text)) return { reason: reason('document-base64', `${path}.content`) };
    return bytes.length > limit ? tooLarge(bytes.length) : loaded(bytes);
  }
  const expected = incomingPrefix(connection);
  if (!key?.startsWith(expected) || !isPlainKey(key))
    return { reason: reason('document-key', `${path}.key`, { expected }) };
  const stored = await (brought === undefined
    ? store.get(key, limit, version)
    : store.get(documentKey(brought), limit));
  if (stored.kind === 'missing') return { reason: reason('document-missing', `${path}.key`, { value: key }) };
  return stored.kind === 'too-large' ? tooLarge(stored.size) : loaded(stored.bytes);
}

/** Node decodes whatever it is given; truncated base64, or text that is none, must be noticed. */
const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

function embeddingRules({ document, attachments, sentAs, works, isMade }: SubmitInvoice): Reason[] {
  // The relay puts the papers of a works document into the file that it makes.
  const inside = sentAs !== 'pdf' && attachments.length > 0 && !(works && isMade);
  return inside ? [reason('attachments-inside', 'attachments', { format: document.format })] : [];
}

/** Two files of one name replace each other where the recipient saves them. @param main the invoice's own document */
function namesOnce({ attachments }: Pick<SubmitInvoice, 'attachments'>, main?: string): Reason[] {
  const names = [...(main === undefined ? [] : [main]), ...attachments.map(({ name }) => name)];
  const first = names.length - attachments.length;
  const isTaken = (name: string, place: number) =>
    names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < place;
  return attachments.flatMap(({ name: value }, i) =>
    isTaken(value, i + first) ? [reason('file-name-twice', `attachments[${i}].name`, { value })] : [],
  );
}

const extensionRules = ({ attachments }: Pick<SubmitInvoice, 'attachments'>): Reason[] =>
  attachments.flatMap(({ name }, i) => {
    const extension = name.slice(name.lastIndexOf('.') + 1).toUpperCase();
    if (name.includes('.') && attachmentExtensions.value.includes(extension)) return [];
    const known = attachmentExtensions.value.join(' ');
    return [reason('attachment-extension', `attachments[${i}].name`, { value: name, known })];
  });
