import type { Uploaded } from '../../shared/chorus-pro/invoice-actions.ts';
import { typesUsed, unlistedCodes } from '../../shared/chorus-pro/list-rules.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { keptUploads } from '../../shared/chorus-pro/submission.ts';
import { documentKey } from '../../shared/documents/document-store.ts';
import { loadAttachments } from '../../shared/documents/load-documents.ts';
import type { InvoiceCommandOf } from '../../shared/invoice/invoice-commands.ts';
import type { Document } from '../../shared/invoice/terms.ts';
import type { CommandCase, Prepared } from './plan.ts';

/**
 * Uploads the attachments of a completion, and prepares the call.
 * @param complete the one call that changes something
 */
export async function prepareCompletion(
  { connection, attachments }: Pick<InvoiceCommandOf<'invoice.complete'>, 'connection' | 'attachments'>,
  commandCase: CommandCase,
  complete: (uploaded: readonly Uploaded[]) => Promise<Outcome<object>>,
  now: Date,
): Promise<Prepared> {
  const { chorusPro, directory, store } = commandCase;
  const { documents, reasons: faults } = await loadAttachments(store, { connection, attachments });
  const unlisted = await unlistedCodes(directory, typesUsed(attachments));
  const reasons = [...faults, ...unlisted.reasons];
  if (reasons.length > 0) return { kind: 'unfit', reasons };
  for (const { sha256: digest, bytes } of documents) await store.put(documentKey(digest), bytes);
  const upload = (keptIds: readonly number[]) => chorusPro.uploadAttachments(documents, attachments, keptIds);
  const idsOf = (uploaded: readonly Uploaded[]) => uploaded.map(({ id }) => id);
  return prepareUploads(commandCase, { papers: documents, upload, idsOf, send: complete }, now);
}

/** Uploads what a command brings, unless the attempt before has done so. */
export async function prepareUploads<Files>(
  { record: { pendingCommand: pending }, messageId }: Pick<CommandCase, 'record' | 'messageId'>,
  how: {
    papers: readonly Pick<Document, 'name' | 'sha256'>[];
    upload: (keptIds: readonly number[]) => Promise<Outcome<Files>>;
    idsOf: (uploaded: Files) => number[];
    /** The one call that changes something. */
    send: (uploaded: Files) => Promise<Outcome<object>>;
  },
  now: Date,
): Promise<Prepared> {
  const kept = keptUploads(pending?.messageId === messageId ? pending.uploads : undefined, now);
  const uploaded = await how.upload(kept.ids);
  if (uploaded.kind !== 'accepted') return uploaded;
  const send = async () => {
    const outcome = await how.send(uploaded.value);
    if (outcome.kind !== 'refused' || outcome.refusal.repeated || outcome.refusal.noSuchPath || kept.ids.length === 0)
      return outcome;
    // Nothing was changed, perhaps only because Chorus Pro no longer has a file: all are uploaded anew, once.
    const anew = await how.upload([]);
    return anew.kind === 'accepted' ? how.send(anew.value) : anew;
  };
  const uploads = { at: kept.at, ids: how.idsOf(uploaded.value) };
  const papers = how.papers.map(({ name, sha256 }) => ({ name, sha256 }));
  return { kind: 'accepted', value: { send, uploads, papers } };
}
