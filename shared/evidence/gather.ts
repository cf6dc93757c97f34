import { documentKey, type DocumentStore } from '../documents/document-store.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Entry } from './archive.ts';
import { sha256, type Missing } from './manifest.ts';

/** The originals of an invoice in the document store: commands, papers, and what was sent and answered. */

interface Wanted {
  path: string;
  key: string;
  /** What its bytes must be, as the record says. */
  sha256?: string;
}

/** A name that is the same file on any system, and reaches out of no folder. */
const plain = (name: string): string => name.replaceAll(/[^\p{L}\p{N} ._()-]/gu, '-').replace(/^\.+/, '');
const place = (i: number): string => String(i + 1).padStart(2, '0');

/** Everything that the record names. */
function wantedOf({ commandKey, documents, life = [] }: LedgerRecord): Wanted[] {
  const commands = life.flatMap((entry) => ('command' in entry && entry.key !== undefined ? [entry] : []));
  const papers = [...documents, ...commands.flatMap(({ papers: sent = [] }) => sent)];
  const calls = life.flatMap((entry) =>
    'call' in entry && entry.kept !== undefined ? [{ call: entry.call, kept: entry.kept }] : [],
  );
  return [
    { path: 'commande.json', key: commandKey },
    ...papers.map(({ name, sha256: digest }, i) => ({
      path: `pieces/${place(i)} ${plain(name)}`,
      key: documentKey(digest),
      sha256: digest,
    })),
    ...calls.map(({ call, kept }, i) => ({
      path: `echanges/${place(i)} ${plain(call)}.json`,
      key: documentKey(kept),
      sha256: kept,
    })),
    ...commands.map(({ command, key = '' }, i) => ({ path: `commandes/${place(i)} ${plain(command)}.json`, key })),
  ];
}

/**
 * @param mostBytes of all together: what does not fit any more is left out and named
 * @throws whatever the store throws if it does not answer
 */
export async function gather(
  record: LedgerRecord,
  documents: Pick<DocumentStore, 'get'>,
  mostBytes: number,
): Promise<{ entries: Entry[]; missing: Missing[] }> {
  const entries: Entry[] = [];
  const missing: Missing[] = [];
  let left = mostBytes;
  for (const { path, key, sha256: expected } of wantedOf(record)) {
    const stored = await documents.get(key, left);
    if (stored.kind === 'missing') missing.push({ path, key, why: 'gone' });
    else if (stored.kind === 'too-large') missing.push({ path, key, why: 'too-large' });
    else {
      left -= stored.bytes.length;
      entries.push({ path, bytes: stored.bytes });
      // It is here all the same: whoever looks can see what it has become.
      if (expected !== undefined && sha256(stored.bytes) !== expected) missing.push({ path, key, why: 'altered' });
    }
  }
  return { entries, missing };
}
