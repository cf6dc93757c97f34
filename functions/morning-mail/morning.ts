/** What a connection's people hear of in the morning. */
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { RetentionRow } from '../../shared/lists/retention-row.ts';
import type { StatusRow } from '../../shared/lists/status-row.ts';
import type { WorksAsked } from '../../shared/works/record.ts';
import type { WaitingRequest } from '../../shared/lists/validation-rows.ts';
import type { EndingCredential } from '../../shared/tracking/credential-ends.ts';

/** So many of each list are read: enough to count, and no morning is slower for more. */
export const truncated = 500;

/** So many of each list are named. */
export const named = 20;

export interface PaidRow extends StatusRow {
  /** When the relay noticed the payment, which Chorus Pro may have dated some days earlier: ISO. */
  noticedAt: string;
}

export interface Morning {
  connection: string;
  /** The name that people read. */
  label: string;
  /** The calendar day in Paris, ISO. */
  today: string;
  /** What waits for the supplier, oldest first. */
  toDo: readonly StatusRow[];
  validations: readonly WaitingRequest[];
  /** Other parties' works documents that wait for the supplier. */
  works: readonly WorksAsked[];
  late: readonly StatusRow[];
  /** The day since which payments are new: ISO. */
  since: string;
  paid: readonly PaidRow[];
  /** Those whose day has come. */
  retentions: readonly RetentionRow[];
  credentials: readonly EndingCredential[];
  /** Nothing can be sent or read: there are no credentials, or they are refused. */
  areUnusable: boolean;
}

/** The same for somebody who has heard of the payments that were noticed up to this instant (ISO). */
export const paidSince = (morning: Morning, since: string): Morning => ({
  ...morning,
  since: parisDay(new Date(since)),
  paid: morning.paid.filter(({ noticedAt }) => noticedAt > since),
});
