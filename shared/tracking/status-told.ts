import type { PastStatus } from '../chorus-pro/search.ts';
import { lastWithoutPayment, meaningOf, type StatusMeaning } from '../chorus-pro/statuses.ts';
import type { EventType } from '../invoice/events.ts';
import type { LedgerRecord, State } from '../ledger/record.ts';
import type { Told } from '../ledger/transition.ts';

/** What was seen of an invoice in Chorus Pro. The reply to its submission has no instant. */
export interface Seen {
  chorusProId: number;
  status: string;
  at?: Date;
  motive?: string;
  /** Where a person must act: how it came to this. */
  history?: readonly PastStatus[];
}

type Sighting = Pick<LedgerRecord, 'paymentNotReported'> & { state: State };

/** What a status does to an invoice; where the recipient reports no payments, an earlier status is the end. */
export const effectOn = (
  { paymentNotReported }: Pick<LedgerRecord, 'paymentNotReported'>,
  { status }: Pick<Seen, 'status'>,
): StatusMeaning['effect'] =>
  paymentNotReported && lastWithoutPayment.has(status) ? 'settled' : meaningOf(status).effect;

/** An invoice that is found late may have ended, or be waiting for the supplier, before anybody saw it. */
export function isMoreThanThere(record: Sighting, seen: Seen): boolean {
  const effect = effectOn(record, seen);
  return effect === 'settled' || effect === 'rejected' || (effect === 'open' && needsPerson(seen));
}

/** Whether the supplier must act: then the way to it is worth telling. */
export const needsPerson = ({ status }: Pick<Seen, 'status'>): boolean => {
  const { severity } = meaningOf(status);
  return severity === 'action' || severity === 'failure';
};

export const submittedTold = (seen: Seen): Told => ({ type: 'submitted', status: statusData(seen) });

function typeOfTold(record: Sighting, seen: Seen): EventType {
  const effect = effectOn(record, seen);
  // Told once: whatever follows the payment is just another status.
  if (effect === 'settled') return record.state === 'settled' ? 'status-changed' : 'paid';
  if (effect === 'rejected') return 'rejected';
  return meaningOf(seen.status).actor === 'supplier' ? 'action-needed' : 'status-changed';
}

const unreported = {
  fr: ' (ce destinataire ne signale pas la mise en paiement)',
  en: ' (this recipient does not report payments)',
};

export function toldOf(record: Sighting, seen: Seen): Told {
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
