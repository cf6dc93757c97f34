/** The one place where the ledger lists a record for people, and the lists that are made of these places. */
import Big from 'big.js';
import { parisDay } from '../chorus-pro/dates.ts';
import type { Listed } from '../ledger/ledger.ts';
import type { LedgerRecord, RecordView } from '../ledger/record.ts';
import { dismissalOf, isPaid, isPaymentUnknown, needOf } from './needs.ts';
import type { StatusRow } from './status-row.ts';

interface Place {
  isHere: (record: RecordView, isToDo: boolean) => boolean;
  /** By which instant or day (ISO) it is in order there. An entry that keeps it costs no write. */
  at: (record: RecordView) => string;
}

/** Since when Chorus Pro shows it so; if it never had it, since the command came. */
const since = ({ status, createdAt }: RecordView): string => status?.at ?? status?.observedAt ?? createdAt;

/** Since when it asks for it. */
const asked = (record: RecordView): string =>
  record.state === 'in-doubt' && record.doubt ? record.doubt.since : since(record);

const isRefused = ({ state }: RecordView): boolean => state === 'refused' || state === 'rejected';

/** Something may still be held back of it. */
const isRetained = ({ retentions = [] }: RecordView): boolean => retentions.some(({ amount }) => Big(amount).gt(0));

/** The first that fits is the record's own. */
const places = {
  'refused-to-do': { isHere: (record, isToDo) => isToDo && isRefused(record), at: since },
  'to-do': { isHere: (_, isToDo) => isToDo, at: asked },
  refused: { isHere: isRefused, at: since },
  withheld: { isHere: ({ state }) => state === 'withheld', at: since },
  'paid-retained': { isHere: (record) => isPaid(record) && isRetained(record), at: since },
  paid: { isHere: isPaid, at: since },
  'payment-unknown': { isHere: isPaymentUnknown, at: since },
  late: {
    isHere: ({ lateToldAt, paidBefore }) => lateToldAt !== undefined && !paidBefore,
    at: ({ paymentDue, lateToldAt, createdAt }) => paymentDue ?? lateToldAt ?? createdAt,
  },
  'under-way': { isHere: () => true, at: ({ openSince, createdAt }) => openSince ?? createdAt },
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof places;

const isPlace = (name: string): name is PlaceName => Object.hasOwn(places, name);
export const placeNames: readonly PlaceName[] = Object.keys(places).filter(isPlace);

/** As of the record's last write. */
export function placeOf(record: LedgerRecord): Listed & { place: PlaceName } {
  const view: RecordView = record;
  const need = needOf(view, parisDay(new Date(view.updatedAt)));
  const isToDo = need !== undefined && !dismissalOf(view, need);
  const place = placeNames.find((name) => places[name].isHere(view, isToDo)) ?? 'under-way';
  return { place, at: places[place].at(view) };
}

interface List {
  places: readonly PlaceName[];
  newestFirst: boolean;
  /**
   * Whether it still belongs there. Its place is that of its last write: what another record has changed since, such as
   * the document that answers it, is known once both were read.
   */
  has: (row: Pick<StatusRow, 'needsAction' | 'late' | 'isReplaced'>) => boolean;
}

const isNotReplaced: List['has'] = ({ isReplaced }) => !isReplaced;

/** Lists as a person asks for them. What is to do comes by age, what is late by its due date: both oldest first. */
export const lists = {
  'to-do': { places: ['to-do', 'refused-to-do'], newestFirst: false, has: ({ needsAction }) => needsAction },
  late: { places: ['late'], newestFirst: false, has: ({ late }) => late },
  'under-way': { places: ['under-way'], newestFirst: true, has: isNotReplaced },
  paid: { places: ['paid', 'paid-retained'], newestFirst: true, has: isNotReplaced },
  'payment-unknown': { places: ['payment-unknown'], newestFirst: true, has: isNotReplaced },
  // What the settings withhold was not deposited either.
  refused: { places: ['refused-to-do', 'refused', 'withheld'], newestFirst: true, has: () => true },
} as const satisfies Record<string, List>;

export type ListName = keyof typeof lists;
