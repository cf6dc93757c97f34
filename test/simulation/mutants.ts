import { commandMutants } from './command-mutants.ts';
import { deadlineMutants } from './deadline-mutants.ts';
import type { Schedule } from './schedule.ts';
import { worksMutants } from './works-mutants.ts';
import type { Change } from './syntax.ts';

/** A mistake in the product's code: what to change so that the code makes it. */
export interface Mutant {
  name: string;
  changes: readonly Change[];
  /** The schedules in which it can show at all. The others are not worth playing. */
  shows?: (schedule: Schedule) => boolean;
}

const faulty = ({ rate }: Pick<Schedule, 'rate'>): boolean => rate >= 0.08;

const hasFile = ({ drops }: Pick<Schedule, 'drops'>): boolean => drops.some(({ route }) => route === 'flux');

/** The second reading, every six hours, mends what a poll leaves out. */
const nothingReadAgain = {
  in: 'readChanges',
  find: `$new ?? (await readAgain($$args))`,
  put: `$new`,
};

/**
 * A proof that cannot fail proves nothing. Some connector makes each of these mistakes, or we could make it tomorrow,
 * and the simulation must catch every one.
 */
export const mutants: readonly Mutant[] = [
  {
    name: 'an unknown outcome is sent again without looking',
    changes: [
      {
        in: 'recordAttempt',
        find: `await enterDoubt($$args); return $done;`,
        put: `return release(dependencies, record, { outcome: { kind: 'not-done', reason: 'platform-down' } });`,
      },
    ],
  },
  {
    name: 'an unknown outcome is read as a refusal',
    changes: [
      {
        in: 'recordAttempt',
        find: `await enterDoubt($$args); return $done;`,
        put: `return recordRefusal(dependencies, record, { operation: 'soumettre', code: 1, message: outcome.why });`,
      },
    ],
  },
  {
    name: 'a reset connection counts as not sent',
    changes: [
      {
        in: 'outcomeOf',
        find: `return { kind: 'unknown', why: sending.why };`,
        put: `return { kind: 'not-done', reason: 'no-connection' };`,
      },
    ],
  },
  {
    name: 'an HTML error page counts as not done',
    shows: faulty,
    changes: [
      { in: 'chorusProFacts.turnedAway.value', put: `{ ...$value, 503: 'platform-down' }` },
      { in: 'outcomeOf', find: `$unlessOnce || isGatewaysOwn(sending)`, put: `true` },
    ],
  },
  {
    name: 'half a reply counts as a refusal',
    changes: [
      {
        in: 'outcomeOf',
        find: 'return { kind: "unknown", why: `HTTP ${status}` };',
        put: `return { kind: 'refused', refusal: { operation, code: 1, message: '' } };`,
      },
    ],
  },
  {
    name: 'absence is believed at the first look',
    shows: ({ rate, duplicateCheck }) => faulty({ rate }) && duplicateCheck === 'off',
    changes: [{ in: 'settlingMs.pdf', put: `0` }],
  },
  {
    name: 'a deposited file gets no longer window than a PDF',
    shows: ({ drops, duplicateCheck, fluxProcessingMs }) =>
      hasFile({ drops }) && duplicateCheck === 'off' && fluxProcessingMs > 30 * 60_000,
    changes: [{ in: 'settlingMs.flux', put: `30 * 60_000` }],
  },
  {
    name: 'a search without a reply counts as absence',
    changes: [
      {
        in: 'resolveDoubt',
        find: `if (own.kind !== 'accepted') return;`,
        put: `if (own.kind !== 'accepted') return concludeAbsence(record, dependencies);`,
      },
    ],
  },
  {
    name: 'a doubt begins anew at each look',
    changes: [
      {
        in: 'lookWithinWindow',
        find: `({ nextStepAt })`,
        put: `{ nextStepAt, doubt: { ...record.doubt, since: dependencies.now().toISOString() } }`,
      },
    ],
  },
  {
    name: 'the refusal of a repeated attempt is believed',
    shows: ({ rate, duplicateCheck, searchLagMs }) =>
      faulty({ rate }) && duplicateCheck === 'synchronous' && searchLagMs > 0,
    changes: [
      {
        in: 'recordRefusal',
        find: `if ($isRepeated || refusal.repeated) $then;`,
        put: `if (record.attempts < 0) $then`,
      },
    ],
  },
  {
    name: 'the rejection of a second file is believed, and the invoice of the first is never found',
    shows: ({ drops, fluxProcessingMs }) => hasFile({ drops }) && fluxProcessingMs > 12 * 3_600_000,
    changes: [
      { in: 'recordRejection', find: `if (isRepeated(record)) $then;`, put: `if (record.attempts < 0) $then` },
      { in: 'ownInvoiceAmong', find: `$deposited && !record.doubt`, put: `$deposited` },
    ],
  },
  {
    name: 'a file that was lost by an incident is awaited for ever',
    shows: hasFile,
    changes: [
      {
        in: 'doubtIncident',
        find: `await enterDoubt($$args);`,
        put: `await awaitReport(record, dependencies);`,
      },
    ],
  },
  {
    name: 'a file is deposited again at once after an incident',
    shows: ({ drops, rate, incidentResolvesAfterMs }) =>
      hasFile({ drops }) && rate >= 0.2 && incidentResolvesAfterMs !== undefined,
    changes: [{ in: 'settlingMs.flux', put: `0` }],
  },
  {
    name: 'a used-up quota pauses nobody',
    shows: ({ quota }) => quota?.share === 1 && quota.to - quota.from > 4 * 3_600_000,
    changes: [{ in: 'pauseAfter', find: `return { until: $until, times };`, put: `return undefined;` }],
  },
  {
    name: 'functions do not share the failed logins',
    shows: ({ wrongPassword, rate }) => wrongPassword !== undefined && rate === 0,
    changes: [{ in: 'failedLogins', find: `return Math.min($$args);`, put: `return 0;` }],
  },
  {
    name: 'an upload that stands is repeated',
    shows: ({ quota, rate, outage, closure }) => quota !== undefined && rate === 0 && !outage && !closure,
    changes: [{ in: 'keptUploads', find: `$within ? uploads : $none`, put: `($none)` }],
  },
  {
    name: 'a lease that has run out is taken and sent again',
    changes: [
      { in: 'transitions.claim.from', put: `[...$value, 'sending', 'in-doubt']` },
      { in: 'claimWaiting', find: `if (record.state === 'sending') $then;`, put: `` },
    ],
  },
  {
    name: 'the outbox is emptied before its events have left',
    changes: [
      {
        in: 'publishEvents',
        find: `await publish($events); await ledger.write($write);`,
        put: `await ledger.write($write); await publish($events);`,
      },
    ],
  },
  {
    name: 'events leave before they are written',
    changes: [
      {
        in: 'recordStatus',
        find: `if ($conflict) return 'conflict';`,
        put: `await dependencies.publish(write.record.outbox); if ($conflict) return 'conflict';`,
      },
    ],
  },
  {
    name: 'what a crash left behind is never published',
    changes: [{ in: 'processRecord', find: `await publishOutbox($$args);`, put: `` }],
  },
  {
    name: 'the cursor moves before the changes are in the ledger, and nothing is read again',
    changes: [
      nothingReadAgain,
      { in: 'readNew', find: `return readPeriod($$args);`, put: `await remember(end); return readPeriod($$args);` },
    ],
  },
  {
    name: 'a poll reads nothing twice, and nothing is read again',
    shows: faulty,
    changes: [nothingReadAgain, { in: 'readNew', find: `since - pollOverlap.ms`, put: `since` }],
  },
  {
    name: 'a fault of the relay deletes the message',
    changes: [
      {
        in: 'afterFault',
        find: `if (isServiceFailure(error)) $then;`,
        put: `if (isServiceFailure(error)) return { kind: 'done' };`,
      },
    ],
  },
  {
    name: 'a write replaces any version',
    changes: [{ in: 'InMemoryLedger.write', find: `current.version === replaces && $state`, put: `$state` }],
  },
  {
    name: 'a suspension is not heeded',
    changes: [{ in: 'holds', find: `$now < suspended.until`, put: `$now > suspended.until` }],
  },
  ...commandMutants,
  ...deadlineMutants,
  ...worksMutants,
  {
    name: 'an older status replaces a younger one',
    changes: [{ in: 'isYounger', find: `return at > recorded.at;`, put: `return true;` }],
  },
];
