import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { LedgerLists, Memory } from '../../shared/ledger/ledger.ts';
import type { RecordView } from '../../shared/ledger/record.ts';
import { lists } from '../../shared/lists/places.ts';
import { readList } from '../../shared/lists/read-list.ts';
import { type Reading, readRows } from '../../shared/lists/read-rows.ts';
import { withNames } from '../../shared/lists/recipient-names.ts';
import { type RetentionRow, retentionRows } from '../../shared/lists/retention-row.ts';
import { waitingIn } from '../../shared/lists/validation-rows.ts';
import { endingCredentials } from '../../shared/tracking/credential-ends.ts';
import { dropDueHolders, dueHolders } from '../../shared/tracking/due-retentions.ts';
import { worksAsked } from '../../shared/tracking/works-asked.ts';
import { type Morning, type PaidRow, truncated } from './morning.ts';

export interface GatherDependencies {
  ledger: LedgerLists;
  memory: Memory;
  now: () => Date;
}

interface Asked {
  /** The calendar day in Paris, ISO. */
  today: string;
  /** Payments that were noticed later are told: ISO. */
  since: string;
}

/** Reads what a connection's people hear of: from the ledger's lists and notes, and nothing from Chorus Pro. */
export async function gather(
  settings: ConnectionSettings,
  { today, since }: Asked,
  { ledger, memory }: GatherDependencies,
): Promise<Morning> {
  const { name: connection, label, validations, works } = settings;
  const reading = { ledger, settings, today };
  const [open, overdue, credentials, retentions, paid] = await Promise.all([
    readList(reading, { list: 'to-do', size: truncated }),
    readList(reading, { list: 'late', size: truncated }),
    endingCredentials(connection, today, memory),
    dueRetentions(reading, memory),
    newlyPaid(reading, since),
  ]);
  return {
    ...{ connection, label, today, since: parisDay(new Date(since)), ...credentials, retentions, paid },
    toDo: open.rows,
    late: [...overdue.rows, ...open.rows].filter(({ late }) => late),
    validations: validations ? (await waitingIn(memory, connection, today)).requests : [],
    works: works ? await worksAsked(memory, settings) : [],
  };
}

/** Chorus Pro may show a payment some days late, under its own date. */
async function newlyPaid(reading: Reading, since: string): Promise<PaidRow[]> {
  const { ledger, settings } = reading;
  const from = new Date(Date.parse(since) - timings.secondReadingReach.ms).toISOString();
  const query = { newestFirst: true, limit: truncated, since: from };
  const listed = await Promise.all(lists.paid.places.map((place) => ledger.list(settings.name, place, query)));
  const inTurn = listed.flat().sort((a, b) => (a.at < b.at ? -1 : 1));
  const { rows, records } = await readRows(
    inTurn.map(({ pk }) => pk),
    reading,
  );
  const noticed = new Map(records.map((record) => [record.pk, noticedAt(record)]));
  return rows.filter(lists.paid.has).flatMap((row): PaidRow[] => {
    const at = noticed.get(row.key) ?? '';
    return at > since ? [{ ...row, noticedAt: at }] : [];
  });
}

const noticedAt = ({ status, updatedAt }: RecordView): string => status?.observedAt ?? updatedAt;

/** An invoice that asks for its money may still be rejected: then it is held again. */
const isOpen = ({ isDue, releasedBy }: RetentionRow): boolean =>
  isDue || releasedBy.some(({ paidOn, paymentUnknown }) => paidOn === undefined && !paymentUnknown);

/** Those that nothing has released. What was paid is forgotten. */
async function dueRetentions(
  { ledger, settings: { name: connection }, today }: Reading,
  memory: Memory,
): Promise<Morning['retentions']> {
  const holders = await dueHolders(connection, memory);
  if (holders.length === 0) return [];
  const { records } = await ledger.getMany(holders);
  const releasers = await ledger.getMany(records.flatMap(({ releasedBy = [] }: RecordView) => releasedBy));
  const rows = retentionRows([...records, ...releasers.records], today);
  const open = new Set(rows.filter(isOpen).map(({ key }) => key));
  const over = holders.filter((pk) => !open.has(pk));
  if (over.length > 0) await dropDueHolders(connection, over, memory);
  return withNames(
    rows.filter(({ isDue }) => isDue),
    ledger,
  );
}
