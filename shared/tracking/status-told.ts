import type { PastStatus } from '../chorus-pro/search.ts';
import { lastWithoutPayment, meaningOf, type StatusMeaning } from '../chorus-pro/statuses.ts';
import type { EventType } from '../invoice/events.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Told } from '../ledger/transition.ts';

/** What was seen of an invoice in Chorus Pro. Its own submission answers without the instant of the status. */
export interface Seen {
  chorusProId: number;
  status: string;
  at?: Date;
  motive?: string;
  /** Where a person must act: how it came to this. */
  history?: readonly PastStatus[];
}

/** What a status does to an invoice; where the recipient reports no payments, an earlier one is the end. */
export const effectOn = (
  { paymentNotReported }: LedgerRecord,
  { status }: Pick<Seen, 'status'>,
): StatusMeaning['effect'] =>
  paymentNotReported && lastWithoutPayment.has(status) ? 'settled' : meaningOf(status).effect;

/** What is found late may have come to its end, or wait for the supplier, before anybody saw it. */
export function isMoreThanThere(record: LedgerRecord, seen: Seen): boolean {
  const effect = effectOn(record, seen);
  return effect === 'settled' || effect === 'rejected' || (effect === 'open' && needsPerson(seen));
}

/** Whether somebody at the supplier's must act: then the way to it is worth telling. */
export const needsPerson = ({ status }: Pick<Seen, 'status'>): boolean => {
  const { severity } = meaningOf(status);
  return severity === 'action' || severity === 'failure';
};

export const submittedTold = (seen: Seen): Told => ({ type: 'submitted', status: statusData(seen) });

function typeOfTold(record: LedgerRecord, seen: Seen): EventType {
  const effect = effectOn(record, seen);
  // Told once: whatever comes after the payment is one more status.
  if (effect === 'settled') return record.state === 'settled' ? 'status-changed' : 'paid';
  if (effect === 'rejected') return 'rejected';
  return meaningOf(seen.status).actor === 'supplier' ? 'action-needed' : 'status-changed';
}

const unreported = {
  fr: ' (ce destinataire ne signale pas la mise en paiement)',
  en: ' (this recipient does not report payments)',
};

export function toldOf(record: LedgerRecord, seen: Seen): Told {
  const { fr, en, effect } = meaningOf(seen.status);
  const type = typeOfTold(record, seen);
  const last = type === 'paid' && effect !== 'settled' ? unreported : { fr: '', en: '' };
  const { motive, history } = seen;
  return {
    type,
    status: statusData(seen),
    ...(history ? { history: history.map(statusData) } : {}),
    message: {
      fr: `${fr}${last.fr}.${motive ? ` Motif : ${motive}` : ''}`,
      en: `${en}${last.en}.${motive ? ` Reason given: ${motive}` : ''}`,
    },
  };
}

export function statusData({ status, at, motive }: PastStatus): NonNullable<Told['status']> {
  const { fr, en, command } = meaningOf(status);
  const since = at ? { at: at.toISOString() } : {};
  return { code: status, fr, en, ...since, ...(motive ? { motive } : {}), ...(command ? { answer: command } : {}) };
}
