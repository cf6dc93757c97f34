import type { DocumentStore } from '../documents/document-store.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { zipped, type Entry } from './archive.ts';
import { canonical } from './canonical.ts';
import { actionsIn, deskActions } from './desk-actions.ts';
import { gather } from './gather.ts';
import { chained, linkOf, manifestPath, type Manifest } from './manifest.ts';
import { summaryPage } from './summary-page.ts';

/** One file with everything that the relay can say and show of an invoice: docs/evidence.md. */

export interface Evidence {
  /** `preuve-FA-2026-0104.zip` */
  name: string;
  bytes: Uint8Array;
  manifest: Manifest;
}

interface Sources {
  documents: Pick<DocumentStore, 'get'>;
  memory: Pick<Memory, 'recall'>;
  now: () => Date;
  /** Of all originals together; without it, there is no limit. */
  mostBytes?: number;
}

/** @throws whatever the document store or the ledger throws if it does not answer */
export async function evidenceOf(record: LedgerRecord, sources: Sources): Promise<Evidence> {
  const { documents, memory, now, mostBytes = Infinity } = sources;
  const { entries: originals, missing } = await gather(record, documents, mostBytes);
  const actions = await memory.recall(deskActions(record.pk));
  const head = { subject: record.subject, madeAt: now().toISOString(), missing };
  const told: Entry[] = [
    json('registre.json', record),
    ...(actions === undefined ? [] : [json('bureau.json', actions)]),
    ...originals,
  ];
  const files = told.map(linkOf);
  // The page cannot have the seal, which covers the page too: it has the hash of the chain before it.
  const { seal: chain } = chained(head, files);
  const page = await summaryPage(record, { ...head, files, chain, actions: actionsIn(actions) });
  const entries = [...told, { path: 'preuve.html', bytes: Buffer.from(page) }];
  const manifest = chained(head, entries.map(linkOf));
  return {
    name: `preuve-${(record.number ?? 'message').replaceAll(/[^\p{L}\p{N}._-]/gu, '-')}.zip`,
    bytes: zipped([...entries, json(manifestPath, manifest)]),
    manifest,
  };
}

const json = (path: string, value: unknown): Entry => ({ path, bytes: Buffer.from(canonical(value)) });
