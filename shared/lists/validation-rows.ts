/** What is known of requests to validate: those that wait, those that ended lately, and when they were last read. */
import { parisDay } from '../chorus-pro/dates.ts';
import type { Memory } from '../ledger/ledger.ts';
import { dayOn, isAtRisk, untilOf } from '../validations/deadline.ts';
import { type KnownRequest, type Note, ValidationNotes } from '../validations/notes.ts';

export interface WaitingRequest extends KnownRequest, Pick<Note, 'refusedAnswer' | 'refusalReasons'> {
  connection: string;
  /** The day of the fifteen: 0 on the day of the deposit. */
  day: number;
  /** The last day to answer: the fifteenth, ISO. */
  until: string;
  /** From today until then: 0 on the last day, negative once it is over. */
  daysLeft: number;
  /** From day 13 on. */
  atRisk: boolean;
}

/** With an answer that came too late, if one did. */
export interface EndedRequest extends KnownRequest, Pick<Note, 'refusedAnswer'> {
  connection: string;
  outcome: NonNullable<Note['end']>['outcome'];
  /** ISO day: that of the answer, or the fifteenth of a request that silence accepted. */
  endedOn: string;
}

export interface Waiting {
  connection: string;
  /** When the list was read last (ISO instant), and why it could not be read to its end; absent if it never was. */
  read: { at: string; stopped?: string | undefined } | undefined;
  /** The oldest first. */
  requests: WaitingRequest[];
  /** Those of the last thirty days, the latest first. */
  ended: EndedRequest[];
}

/** @param today ISO day in Paris's calendar */
export async function waitingIn(memory: Memory, connection: string, today: string): Promise<Waiting> {
  const notes = new ValidationNotes(memory, connection);
  const { entries, read } = await notes.list();
  const requests: WaitingRequest[] = [];
  const ended: EndedRequest[] = [];
  for (const note of await Promise.all(entries.map(({ key }) => notes.find(key)))) {
    if (!note) continue;
    const { request, end, refusedAnswer, refusalReasons } = note;
    const until = untilOf(request.deposited);
    if (end) {
      const endedOn = end.outcome === 'tacit' ? until : parisDay(new Date(end.at));
      ended.push({ ...request, connection, outcome: end.outcome, endedOn, refusedAnswer });
      continue;
    }
    const day = dayOn(request.deposited, today);
    const asked = { ...request, connection, day, until, daysLeft: dayOn(today, until), atRisk: isAtRisk(day) };
    requests.push({ ...asked, refusedAnswer, refusalReasons });
  }
  return {
    ...{ connection, read },
    requests: requests.sort((a, b) => (a.deposited < b.deposited ? -1 : 1)),
    ended: ended.sort((a, b) => (a.endedOn > b.endedOn ? -1 : 1)),
  };
}
