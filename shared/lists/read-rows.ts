/** Rows of records that are read by their keys, as a reading of the whole ledger would show them. */
import type { ConnectionSettings } from '../connection/settings.ts';
import type { LedgerLists } from '../ledger/ledger.ts';
import { invoiceKey, isAboutMessage, type LedgerRecord, type RecordView, yearOf } from '../ledger/record.ts';
import { withNames } from './recipient-names.ts';
import { rowsOf, type StatusRow } from './status-row.ts';

export interface Reading {
  ledger: LedgerLists;
  /** Of the connection whose invoices are read: no other's are shown. */
  settings: ConnectionSettings;
  /** The calendar day in Paris, ISO. */
  today: string;
}

export interface ReadRows {
  rows: StatusRow[];
  /** The same, as the ledger has them. */
  records: LedgerRecord[];
  /** What was read beside them, since it changes what is said of them. */
  others: LedgerRecord[];
  /** The keys of damaged records. */
  unreadable: string[];
}

/** Of the keys' records those that are the connection's, in the order of the keys. */
export async function readRows(pks: readonly string[], { ledger, settings, today }: Reading): Promise<ReadRows> {
  const { records, unreadable } = await ledger.getMany(pks);
  const isOwn = ({ connection }: LedgerRecord) => connection === settings.name;
  const own = records.filter(isOwn);
  // What releases a retention lessens it, whoever sent it for the same supplier.
  const counts = (record: LedgerRecord) => isOwn(record) || record.releases !== undefined;
  const read = new Set(pks);
  const beside = own.flatMap(besides).filter((pk) => !read.has(pk));
  const others = beside.length === 0 ? [] : (await ledger.getMany(beside)).records.filter(counts);
  const rows = rowsOf([...own, ...others], [settings], today).slice(0, own.length);
  return { rows: await withNames(rows, ledger), records: own, others, unreadable };
}

/**
 * Which other records change what is said of one: those that release its retentions or take its place; of a message,
 * its invoice.
 */
function besides(record: RecordView): string[] {
  const { environment, supplier, number, issueDate, releasedBy = [], succeededBy = [] } = record;
  if (!isAboutMessage(record) || !environment || !supplier || !number) return [...releasedBy, ...succeededBy];
  const key = { environment, supplier, number };
  return [invoiceKey(key), ...(issueDate ? [invoiceKey({ ...key, year: yearOf(issueDate) })] : [])];
}
