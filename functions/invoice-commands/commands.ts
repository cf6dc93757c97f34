import type { ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import type { Directory } from '../../shared/chorus-pro/directory.ts';
import type { InvoiceStanding } from '../../shared/chorus-pro/invoice-actions.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import type { KnownStatus } from '../../shared/chorus-pro/statuses.ts';
import { documentKey, fetchedKey, type DocumentStore } from '../../shared/documents/document-store.ts';
import { loadAttachments } from '../../shared/documents/load-documents.ts';
import { sha256 } from '../../shared/invoice/terms.ts';
import type { InvoiceCommand, InvoiceCommandOf } from '../../shared/invoice/invoice-commands.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import type { InvoiceInChorusPro } from '../../shared/ledger/record.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';
import { findOwnInvoice } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';

/** How each of the ERP's commands about an invoice is carried out in Chorus Pro. */

/** A command, its invoice, and everything needed to carry it out. */
export interface CommandCase {
  command: InvoiceCommand;
  messageId: string;
  record: InvoiceInChorusPro;
  chorusPro: ChorusPro;
  directory: Directory;
  store: DocumentStore;
}

type Result = Outcome<{ document?: { key: string; name: string } }>;
type Send = () => Promise<Result>;
type Prepared = Outcome<Send> | { kind: 'unfit'; reasons: Reason[] };

/** Only reads from Chorus Pro: it may be repeated freely. */
interface ReadingCommand {
  changes: false;
  run: (dependencies: OutboxDependencies) => Promise<Result>;
}

export interface ChangingCommand {
  changes: true;
  /** Does everything that may be repeated, and returns the one call that changes something. */
  prepare: () => Promise<Prepared>;
  /** One of these statuses follows once the command was carried out. */
  leadsTo: readonly KnownStatus[];
  /** For a command that no status confirms. */
  isDone?: (standing: InvoiceStanding) => boolean;
}

const atOnce = (send: Send, leadsTo: readonly KnownStatus[]): ChangingCommand => ({
  changes: true,
  leadsTo,
  prepare: () => Promise.resolve({ kind: 'accepted', value: send }),
});

export function planOf(commandCase: CommandCase): ReadingCommand | ChangingCommand {
  const { command, chorusPro, record } = commandCase;
  const { chorusProId } = record;
  switch (command.type) {
    case 'invoice.complete':
      // The invoice goes back to the recipient: COMPLETEE [V-AIFE], or directly MISE_A_DISPOSITION [V-3P].
      return {
        changes: true,
        leadsTo: ['COMPLETEE', 'MISE_A_DISPOSITION'],
        prepare: () => prepareCompletion(command, commandCase),
      };
    case 'invoice.recycle':
      return atOnce(
        () => chorusPro.recycle(chorusProId, command),
        ['DEPOSEE', 'EN_COURS_ACHEMINEMENT', 'MISE_A_DISPOSITION'],
      );
    case 'invoice.acknowledge-rejection':
      return {
        ...atOnce(() => chorusPro.acknowledgeRejection(chorusProId), []),
        isDone: ({ rejectionHandled }) => rejectionHandled,
      };
    case 'invoice.correct-validator':
      return atOnce(
        () => chorusPro.correctValidator(chorusProId, command.validator.siret),
        ['A_VALIDER_1', 'A_VALIDER_2'],
      );
    case 'invoice.fetch':
      return { changes: false, run: () => fetchDocument(command, commandCase) };
    case 'invoice.status':
      return { changes: false, run: (dependencies) => lookNow(commandCase, dependencies) };
  }
}

async function prepareCompletion(
  { connection, attachments, comment }: InvoiceCommandOf<'invoice.complete'>,
  { chorusPro, record, store }: CommandCase,
): Promise<Prepared> {
  const { documents, reasons } = await loadAttachments(store, { connection, attachments });
  if (reasons.length > 0) return { kind: 'unfit', reasons };
  for (const { sha256: digest, bytes } of documents) await store.put(documentKey(digest), bytes);
  const uploaded = await chorusPro.uploadAttachments(documents, attachments);
  if (uploaded.kind !== 'accepted') return uploaded;
  const { chorusProId } = record;
  return { kind: 'accepted', value: () => chorusPro.complete(chorusProId, { comment, attachments: uploaded.value }) };
}

/** Chorus Pro returns a PDF, a ZIP of several files, or XML: the first bytes tell which. */
const extensionOf = (bytes: Uint8Array): string => {
  const beginning = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return beginning === '%PDF' ? 'pdf' : beginning.startsWith('PK') ? 'zip' : 'xml';
};

async function fetchDocument(
  command: InvoiceCommandOf<'invoice.fetch'>,
  { chorusPro, record, store }: CommandCase,
): Promise<Result> {
  const outcome = await chorusPro.download(record.chorusProId, command);
  if (outcome.kind !== 'accepted') return outcome;
  const name = `${command.invoice.number.replaceAll('/', '-')}.${extensionOf(outcome.value)}`;
  const key = fetchedKey({ connection: record.connection, name, sha256: sha256(outcome.value) });
  await store.put(key, outcome.value);
  return { kind: 'accepted', value: { document: { key, name } } };
}

async function lookNow({ chorusPro, record }: CommandCase, dependencies: OutboxDependencies): Promise<Result> {
  const own = await findOwnInvoice(record, chorusPro);
  if (own.kind !== 'accepted') return own;
  if (own.value) {
    const seen = await withHistory(record, own.value, chorusPro, dependencies.now());
    await recordStatus(dependencies, record, seen);
  }
  return { kind: 'accepted', value: {} };
}
