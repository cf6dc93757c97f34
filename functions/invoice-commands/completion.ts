import type { Uploaded } from '../../shared/chorus-pro/invoice-actions.ts';
import { typesUsed, unlistedCodes } from '../../shared/chorus-pro/list-rules.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { keptUploads } from '../../shared/chorus-pro/submission.ts';
import { documentKey } from '../../shared/documents/document-store.ts';
import { loadAttachments } from '../../shared/documents/load-documents.ts';
import type { InvoiceCommandOf } from '../../shared/invoice/invoice-commands.ts';
import type { CommandCase, Prepared } from './plan.ts';

/**
 * Uploads what a completion brings, unless the attempt before has done so.
 * @param complete the one call that changes something
 */
export async function prepareCompletion(
  { connection, attachments }: Pick<InvoiceCommandOf<'invoice.complete'>, 'connection' | 'attachments'>,
  { chorusPro, directory, record, store, messageId }: CommandCase,
  complete: (uploaded: readonly Uploaded[]) => Promise<Outcome<object>>,
  now: Date,
): Promise<Prepared> {
  const { documents, reasons: faults } = await loadAttachments(store, { connection, attachments });
  const unlisted = await unlistedCodes(directory, typesUsed(attachments));
  const reasons = [...faults, ...unlisted.reasons];
  if (reasons.length > 0) return { kind: 'unfit', reasons };
  for (const { sha256: digest, bytes } of documents) await store.put(documentKey(digest), bytes);
  const { pendingCommand: pending } = record;
  const kept = keptUploads(pending?.messageId === messageId ? pending.uploads : undefined, now);
  const upload = (keptIds: readonly number[]) => chorusPro.uploadAttachments(documents, attachments, keptIds);
  const uploaded = await upload(kept.ids);
  if (uploaded.kind !== 'accepted') return uploaded;
  const send = async () => {
    const outcome = await complete(uploaded.value);
    if (outcome.kind !== 'refused' || outcome.refusal.repeated || outcome.refusal.noSuchPath || kept.ids.length === 0)
      return outcome;
    // Nothing was changed, perhaps only because Chorus Pro no longer has a file: all are uploaded anew, once.
    const anew = await upload([]);
    return anew.kind === 'accepted' ? complete(anew.value) : anew;
  };
  const uploads = { at: kept.at, ids: uploaded.value.map(({ id }) => id) };
  return { kind: 'accepted', value: { send, uploads } };
}
