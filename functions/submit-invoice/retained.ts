import Big from 'big.js';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { Deduction } from '../../shared/invoice/deductions.ts';
import { inCents } from '../../shared/invoice/amounts.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { CompleteInvoice } from '../../shared/invoice/terms.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { type Content, invoiceKey, type LedgerRecord, type Release, yearOf } from '../../shared/ledger/record.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';
import { overReleased, retentionsOf } from '../../shared/tracking/retentions.ts';
import { isWaiting } from './draft.ts';

/** What an invoice says of retentions: those that its recipient keeps back, and those of earlier invoices. */
export interface Retained {
  content: Pick<Content, 'retentions' | 'releases'>;
  /** More would be released than is held. */
  reasons: Reason[];
  /** What the ledger does not know: it is sent as it is. */
  notes: Reason[];
  /** An invoice of which something is released is itself being sent. */
  wait?: Retry | undefined;
}

interface Context {
  settings: ConnectionSettings;
  ledger: Pick<Ledger, 'get'>;
  /** SIRET. Absent: the invoice is refused anyway. */
  supplier: string | undefined;
  /** The invoice's own key: what an earlier message of it released is the same release. */
  pk: string;
}

export async function retainedOf(invoice: CompleteInvoice, context: Context): Promise<Retained> {
  const { settings, ledger, pk } = context;
  const named = (invoice.totals.deductions ?? []).flatMap(releasesIn);
  const found = await Promise.all(named.map(async (one) => ({ one, holder: await holderOf(one, invoice, context) })));
  const releases: Release[] = [];
  const notes: Reason[] = [];
  const paths = new Map<string, string>();
  for (const { one, holder } of found) {
    const name = nameOf(one, holder);
    if (holder && name !== undefined) {
      releases.push({ of: holder.pk, name, amount: inCents(one.amount) });
      paths.set(holder.pk, one.path);
    } else notes.push(unknown(one, holder));
  }
  const holders = new Map(found.flatMap(({ holder }) => (holder ? [[holder.pk, holder]] : [])));
  const over = await Promise.all([...holders.values()].map((holder) => overReleased(holder, { pk, releases }, ledger)));
  return {
    content: {
      retentions: retentionsOf(invoice, settings),
      ...(releases.length > 0 ? { releases } : {}),
    },
    reasons: over.flat().map(({ of, told }) => reason('release-too-much', paths.get(of), told)),
    notes,
    wait: found.some(({ holder }) => holder && isWaiting(holder)) ? { kind: 'retry', reason: 'being-sent' } : undefined,
  };
}

interface Named {
  /** Where in the command. */
  path: string;
  /** The deduction's. */
  name: string;
  number: string;
  issueDate?: string | undefined;
  amount: string;
}

/** A release that breaks a rule is told by the rules. */
const releasesIn = ({ name, releases = [] }: Deduction, i: number): Named[] =>
  releases.map((one, j) => ({ ...one, name, path: `invoice.totals.deductions[${i}].releases[${j}]` }));

/** The record of the invoice that is named, if the relay sent it through the same connection. */
async function holderOf(
  { number, issueDate }: Named,
  { currency }: CompleteInvoice,
  { settings, ledger, supplier, pk }: Context,
): Promise<LedgerRecord | undefined> {
  if (supplier === undefined) return undefined;
  const key = { environment: settings.environment, supplier, number };
  const keys = [invoiceKey(key), ...(issueDate ? [invoiceKey({ ...key, year: yearOf(issueDate) })] : [])];
  const records = await Promise.all(keys.filter((one) => one !== pk).map((one) => ledger.get(one)));
  return records.find((record) => record?.connection === settings.name && record.currency === currency);
}

/** The retention that is meant: the one with the deduction's name, or the only one. */
function nameOf({ name }: Named, holder: LedgerRecord | undefined): string | undefined {
  const names = namesOf(holder);
  return names.length === 1 ? names[0] : names.find((one) => one === name);
}

const namesOf = (holder: LedgerRecord | undefined): string[] => [
  ...new Set((holder?.retentions ?? []).filter(({ amount }) => Big(amount).gt(0)).map(({ name }) => name)),
];

function unknown({ path, name, number }: Named, holder: LedgerRecord | undefined): Reason {
  const names = namesOf(holder);
  return reason('release-unknown', path, {
    name,
    number,
    ...(names.length > 0 ? { known: names.join(', ') } : {}),
  });
}
