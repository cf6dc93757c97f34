import {
  acknowledgeRejection,
  complete,
  correctValidator,
  fetchInvoice,
  recycle,
  type Standing,
  type Uploaded,
} from '../../shared/chorus-pro/answers.ts';
import { withNumber } from '../../shared/chorus-pro/factures.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { allPages } from '../../shared/chorus-pro/paging.ts';
import { uploadAttachment } from '../../shared/chorus-pro/transverses.ts';
import { documentKey, fetchedKey } from '../../shared/documents/document-store.ts';
import { loadAttachments } from '../../shared/documents/load-documents.ts';
import { recordStatus } from '../../shared/tracking/record-status.ts';
import { withHistory } from '../../shared/tracking/with-history.ts';
import type { InvoiceCommandOf } from '../../shared/invoice/invoice-commands.ts';
import { sha256 } from '../../shared/invoice/terms.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import type { Question } from './question.ts';

type Asked = Outcome<{ document?: { key: string; name: string } }>;
type Asking = (deadline: Deadline) => Promise<Asked>;
type Prepared = Outcome<Asking> | { kind: 'unfit'; reasons: Reason[] };

export type Answering =
  /** Reads only: it may be asked as often as one likes. */
  | { changes: false; ask: (dependencies: OutboxDependencies, deadline: Deadline) => Promise<Asked> }
  | {
      changes: true;
      /** What may be repeated comes first; then the one call that changes something. */
      prepare: (deadline: Deadline) => Promise<Prepared>;
      /** The statuses of which one follows when it was done. */
      leadsTo: readonly string[];
      /** Where no status shows that it was done. */
      isDone?: (standing: Standing) => boolean;
    };

const ready = (ask: Asking, leadsTo: readonly string[]): Answering & { changes: true } => ({
  changes: true,
  leadsTo,
  prepare: () => Promise.resolve({ kind: 'accepted', value: ask }),
});

/** Each command as what it comes to in Chorus Pro. */
export function answeringOf(question: Question): Answering {
  const { command, access, record } = question;
  const { call } = access;
  const { chorusProId } = record;
  switch (command.type) {
    case 'invoice.complete':
      // To the recipient again: COMPLETEE [V-AIFE], or at once MISE_A_DISPOSITION [V-3P].
      return {
        changes: true,
        leadsTo: ['COMPLETEE', 'MISE_A_DISPOSITION'],
        prepare: (deadline) => prepareCompletion(command, question, deadline),
      };
    case 'invoice.recycle':
      return ready(
        (deadline) => recycle(call, chorusProId, command, deadline),
        ['DEPOSEE', 'EN_COURS_ACHEMINEMENT', 'MISE_A_DISPOSITION'],
      );
    case 'invoice.acknowledge-rejection':
      return {
        ...ready((deadline) => acknowledgeRejection(call, chorusProId, deadline), []),
        isDone: ({ rejectionHandled }) => rejectionHandled,
      };
    case 'invoice.correct-validator':
      return ready(
        (deadline) => correctValidator(call, chorusProId, command.validator.siret, deadline),
        ['A_VALIDER_1', 'A_VALIDER_2'],
      );
    case 'invoice.fetch':
      return { changes: false, ask: (_dependencies, deadline) => fetchDocument(command, question, deadline) };
    case 'invoice.status':
      return { changes: false, ask: (dependencies, deadline) => lookNow(question, dependencies, deadline) };
  }
}

async function prepareCompletion(
  { connection, attachments, comment }: InvoiceCommandOf<'invoice.complete'>,
  { access, record, store }: Question,
  deadline: Deadline,
): Promise<Prepared> {
  const { documents, reasons } = await loadAttachments(store, { connection, attachments });
  if (reasons.length > 0) return { kind: 'unfit', reasons };
  const uploaded: Uploaded[] = [];
  for (const [i, document] of documents.entries()) {
    await store.put(documentKey(document.sha256), document.bytes);
    const outcome = await uploadAttachment(access.call, document, deadline);
    if (outcome.kind !== 'accepted') return outcome;
    uploaded.push({ id: outcome.value, name: document.name, typeCode: attachments[i]?.typeCode });
  }
  const { chorusProId } = record;
  const completion = { chorusProId, comment, attachments: uploaded };
  return { kind: 'accepted', value: (later) => complete(access.call, completion, later) };
}

/** How a file begins says what it is: Chorus Pro answers with a PDF, a ZIP of several files, or XML. */
const extensionOf = (bytes: Uint8Array): string => {
  const beginning = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return beginning === '%PDF' ? 'pdf' : beginning.startsWith('PK') ? 'zip' : 'xml';
};

async function fetchDocument(
  command: InvoiceCommandOf<'invoice.fetch'>,
  { access, record, store }: Question,
  deadline: Deadline,
): Promise<Asked> {
  const outcome = await fetchInvoice(access.call, record.chorusProId, command, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const name = `${command.invoice.number.replaceAll('/', '-')}.${extensionOf(outcome.value)}`;
  const key = fetchedKey({ connection: record.connection, name, sha256: sha256(outcome.value) });
  await store.put(key, outcome.value);
  return { kind: 'accepted', value: { document: { key, name } } };
}

async function lookNow(
  { access, record }: Question,
  dependencies: OutboxDependencies,
  deadline: Deadline,
): Promise<Asked> {
  const found = await allPages((page) => withNumber(access.call, record.number ?? '', page, deadline));
  if (found.kind !== 'accepted') return found;
  const own = found.value.find(({ chorusProId }) => chorusProId === record.chorusProId);
  const { now } = dependencies;
  if (own)
    await recordStatus(dependencies, record, await withHistory(record, own, { call: access.call, now, deadline }));
  return { kind: 'accepted', value: {} };
}
