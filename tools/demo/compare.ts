import { runsOf, type Outcome } from './outcome.ts';
import type { Sample } from './sample.ts';

type InLedger = Extract<Sample['ends'], { where: 'ledger' }>;

/** What is not as the sample's file says; nothing when it ended as it should. */
export function differences(outcome: Outcome): string[] {
  const { ends } = outcome.sample;
  if (ends.where === 'ledger') return [...deadLettered(outcome), ...ledgerDifferences(ends, outcome)];
  const { deadLetter, record } = outcome;
  return [
    ...differs('reason among the dead letters', ends.reason, deadLetter?.reason),
    ...differs('state in the ledger', undefined, record?.state),
  ];
}

const deadLettered = ({ deadLetter }: Outcome): string[] =>
  deadLetter ? [`it is among the dead letters: ${deadLetter.reason ?? 'received too often'}`] : [];

function ledgerDifferences(ends: InLedger, { record, events, timesInChorusPro }: Outcome): string[] {
  if (!record) return ['it is not in the ledger'];
  const reasons = (codes: readonly string[]): string => [...codes].sort().join(' ');
  return [
    ...differs('relay state', ends.state, record.state),
    ...differs('Chorus Pro status', ends.status ?? undefined, record.status?.code),
    ...differs('motive', ends.motive, record.status?.motive),
    ...differs('reasons', reasons(ends.reasons ?? []), reasons(record.reasons?.map(({ code }) => code) ?? [])),
    ...differs(
      'events',
      ends.events.join(' '),
      runsOf(events)
        .map(({ type }) => type)
        .join(' '),
    ),
    ...differs('order of the events', '', gaps(events.map(({ data }) => data.sequence))),
    ...differs('times in Chorus Pro', ends.status === null ? 0 : 1, timesInChorusPro),
  ];
}

/** The sequence numbers that are not where they belong. */
const gaps = (sequence: readonly number[]): string => sequence.filter((number, i) => number !== i + 1).join(' ');

function differs(what: string, expected: string | number | undefined, found: string | number | undefined): string[] {
  if (expected === found) return [];
  const say = (value: string | number | undefined): string =>
    value === undefined || value === '' ? 'none' : `${value}`;
  return [`${what}: expected ${say(expected)}, found ${say(found)}`];
}
