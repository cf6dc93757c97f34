import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { documentKey, type DocumentStore } from '../../shared/documents/document-store.ts';
import type { Resume } from '../../shared/invoice/read-command.ts';
import type { Document } from '../../shared/invoice/terms.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { waitFor } from './ask-parties.ts';
import { anySize, claimWaiting, readOriginalCommand } from './claim-invoice.ts';
import type { SubmitDependencies } from './dependencies.ts';
import { isWaiting, type Waiting } from './draft.ts';
import { sendInvoice } from './send-invoice.ts';
import type { Original } from './whole-command.ts';

/** Sends an invoice that is parked in the ledger. If its record has moved on, there is nothing to do. */
export async function resumeInvoice(
  { pk, connection }: Pick<Resume, 'pk' | 'connection'>,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const record = await dependencies.ledger.get(pk);
  const access = await dependencies.access(connection);
  // A message of one connection never sends an invoice of another.
  if (record?.connection !== connection) return { kind: 'dead-letter', why: 'unknown-record' };
  if (!access) return { kind: 'dead-letter', why: 'unknown-connection' };
  // A connection that moved to the other environment of Chorus Pro leaves its invoices behind.
  if (record.environment !== access.settings.environment) return { kind: 'dead-letter', why: 'other-environment' };
  return resumeRecord(record, access, dependencies, deadline);
}

/** Sends an accepted invoice from the document store, without validating it again: exactly what was checked is sent. */
export async function resumeRecord(
  record: LedgerRecord,
  access: Access,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  if (!isWaiting(record)) return { kind: 'done' };
  const suppliers = await access.directory(deadline).suppliers(record.supplier);
  if (suppliers.kind !== 'accepted') return waitFor(suppliers);
  const supplierId = suppliers.value?.[record.supplier];
  if (supplierId === undefined) return { kind: 'retry', reason: 'supplier-detached' };
  const stored = await readStored(record, dependencies.documents);

  const claimed = await claimWaiting(dependencies, record, deadline);
  if (claimed.kind !== 'claimed') return claimed;
  return sendInvoice(claimed.record, { ...stored, supplierId, access }, dependencies, deadline);
}

/**
 * @throws Error if the document store has lost a file: the message then ends in the dead letters, and an alarm rings
 */
async function readStored(
  record: Waiting,
  store: DocumentStore,
): Promise<{ command: Original; documents: Document[] }> {
  const { subject } = record;
  const documents = await Promise.all(
    record.documents.map(async ({ name, sha256 }) => {
      const document = await store.get(documentKey(sha256), anySize);
      if (document.kind !== 'found') throw new Error(`a document of ${subject} is not in the document store`);
      return { name, sha256, bytes: document.bytes };
    }),
  );
  const command = await readOriginalCommand(record, store, documents[0]);
  if (!command) throw new Error(`the command of ${subject} is not in the document store`);
  return { command, documents };
}
