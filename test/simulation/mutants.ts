import type { Schedule } from './schedule.ts';

export interface Change {
  file: string;
  /** Exactly once in the file. */
  find: string;
  replace: string;
}

/** A small wrong turn in the product's source: where, what, and what becomes of it; `and` where it takes two. */
export interface Mutant extends Change {
  name: string;
  and?: Change;
  /** The schedules in which it can show at all: the others are not worth playing. */
  shows?: (schedule: Schedule) => boolean;
}

const hasFile = ({ drops }: Pick<Schedule, 'drops'>): boolean => drops.some(({ route }) => route === 'flux');

/**
 * The proof must be able to fail. Each of these is a mistake that a connector somewhere makes, or that we could make tomorrow;
 * the simulation must catch every one of them.
 */
export const mutants: readonly Mutant[] = [
  {
    name: 'an unknown outcome is sent again without looking',
    file: 'functions/submit-invoice/deposit.ts',
    find: `      await enterDoubt(dependencies, record, outcome.why);
      return { kind: 'done' };`,
    replace: `      return release(dependencies, record, { kind: 'not-done', reason: 'platform-down' });`,
  },
  {
    name: 'an unknown outcome is read as a refusal',
    file: 'functions/submit-invoice/deposit.ts',
    find: `      await enterDoubt(dependencies, record, outcome.why);
      return { kind: 'done' };`,
    replace: `      return refused(dependencies, record, { operation: 'soumettre', code: 1, message: outcome.why });`,
  },
  {
    name: 'a reset connection counts as not sent',
    file: 'shared/chorus-pro/outcome.ts',
    find: `if (sending.kind === 'lost') return { kind: 'unknown', why: sending.why };`,
    replace: `if (sending.kind === 'lost') return { kind: 'not-done', reason: 'no-connection' };`,
  },
  {
    name: 'an HTML error page counts as not done',
    file: 'shared/chorus-pro/facts.ts',
    find: `429: 'throttled' }`,
    replace: `429: 'throttled', 503: 'platform-down' }`,
  },
  {
    name: 'half an answer counts as a refusal',
    file: 'shared/chorus-pro/outcome.ts',
    find: `if (!returned.success || !(ok || status === 400)) return { kind: 'unknown', why: \`HTTP \${status}\` };`,
    replace: `if (!returned.success || !(ok || status === 400)) return { kind: 'refused', refusal: { operation, code: 1, message: '' } };`,
  },
  {
    name: 'absence is believed at the first look',
    file: 'functions/poll-statuses/look.ts',
    find: `  pdf: 30 * 60_000,`,
    replace: `  pdf: 0,`,
  },
  {
    name: 'a deposited file gets no longer window than a PDF',
    shows: ({ drops, duplicateCheck, fluxProcessingMs }) =>
      hasFile({ drops }) && duplicateCheck === 'off' && fluxProcessingMs > 30 * 60_000,
    file: 'functions/poll-statuses/look.ts',
    find: `  flux: 12 * 3_600_000,`,
    replace: `  flux: 30 * 60_000,`,
  },
  {
    name: 'a search without an answer counts as absence',
    file: 'functions/poll-statuses/look.ts',
    find: `  if (outcome.kind !== 'accepted') return;
  const { telemetry, now } = dependencies;
  const found = ownInvoice(record, outcome.value);`,
    replace: `  const { telemetry, now } = dependencies;
  const found = ownInvoice(record, outcome.kind === 'accepted' ? outcome.value : []);`,
  },
  {
    name: 'a doubt begins anew at each look',
    file: 'functions/poll-statuses/look.ts',
    find: `{ name: 'doubt', changes: { nextStepAt } });`,
    replace: `{ name: 'doubt', changes: { nextStepAt, doubt: record.doubt && { ...record.doubt, since: dependencies.now().toISOString() } } });`,
  },
  {
    name: 'the refusal of a repeated attempt is believed',
    file: 'functions/submit-invoice/deposit.ts',
    find: `  if (record.doubt) {`,
    replace: `  if (record.doubt && record.attempts < 0) {`,
  },
  {
    name: 'the rejection of a second file is believed, and the invoice of the first is nobody’s',
    shows: ({ drops, fluxProcessingMs }) => hasFile({ drops }) && fluxProcessingMs > 12 * 3_600_000,
    file: 'functions/poll-statuses/read-report.ts',
    find: `    if (record.doubt) {
      // After`,
    replace: `    if (record.attempts < 0) {
      // After`,
    and: {
      file: 'functions/poll-statuses/record-change.ts',
      find: `known?.state === 'deposited' && !known.doubt && known.depositId`,
      replace: `known?.state === 'deposited' && known.depositId`,
    },
  },
  {
    name: 'a file that was lost by an incident is awaited for ever',
    shows: hasFile,
    file: 'functions/poll-statuses/read-report.ts',
    find: `    const parked = await step(record, dependencies, { name: 'resend', changes: { nextStepAt, depositId: undefined } });
    if (parked) await dropAgain(parked, dependencies);`,
    replace: `    await step(record, dependencies, { name: 'await-report', changes: { nextStepAt } });`,
  },
  {
    name: 'a lease that has run out is taken and sent again',
    file: 'shared/ledger/states.ts',
    find: `    from: ['absent', 'accepted', 'refused', 'withheld', 'rejected'],
    to: 'sending',`,
    replace: `    from: ['absent', 'accepted', 'refused', 'withheld', 'rejected', 'sending', 'in-doubt'],
    to: 'sending',`,
    and: {
      file: 'functions/submit-invoice/situation.ts',
      find: `'being-sent' : 'abandoned'`,
      replace: `'being-sent' : 'free'`,
    },
  },
  {
    name: 'the outbox is emptied before its events have left',
    file: 'shared/messaging/outbox.ts',
    find: `    await publish(record.outbox);
    // A conflict means that the record moved on meanwhile, and its outbox with it: whoever moved it publishes.
    await ledger.write(move(record, { name: 'publish', now: now() }));`,
    replace: `    await ledger.write(move(record, { name: 'publish', now: now() }));
    await publish(record.outbox);`,
  },
  {
    name: 'events leave before they are written',
    file: 'shared/tracking/record-status.ts',
    find: `  if ((await ledger.write(write)) === 'conflict') return 'conflict';`,
    replace: `  await dependencies.publish(write.record.outbox);
  if ((await ledger.write(write)) === 'conflict') return 'conflict';`,
  },
  {
    name: 'nobody publishes what a crash left behind',
    file: 'functions/poll-statuses/attend-due.ts',
    find: `  await publishOutbox(dependencies, record);
`,
    replace: ``,
  },
  {
    name: 'the cursor moves before the changes are in the ledger',
    file: 'functions/poll-statuses/read-changes.ts',
    find: `  let from = since - overlapMs;
`,
    replace: `  await remember(end);
  let from = since - overlapMs;
`,
  },
  {
    name: 'a poll reads nothing twice',
    file: 'functions/poll-statuses/read-changes.ts',
    find: `const overlapMs = 60 * 60_000;`,
    replace: `const overlapMs = 0;`,
  },
  {
    name: 'a fault of the relay deletes the message',
    file: 'shared/messaging/batch-runner.ts',
    find: `  if (isServiceFailure(error)) return { kind: 'retry', reason: 'aws-unavailable' };`,
    replace: `  if (isServiceFailure(error)) return { kind: 'done' };`,
  },
  {
    name: 'a write replaces any version',
    file: 'test/support/in-memory-ledger.ts',
    find: `current.version === replaces && from.includes(current.state);`,
    replace: `from.includes(current.state);`,
  },
  {
    name: 'a suspension is not heeded',
    file: 'shared/chorus-pro/guards.ts',
    find: `    return suspended?.version === version && now().toISOString() < suspended.until;`,
    replace: `    return suspended?.version === version && now().toISOString() > suspended.until;`,
  },
  {
    name: 'an older status replaces a younger one',
    file: 'shared/tracking/record-status.ts',
    find: `  if (at !== recorded.at) return at > recorded.at;`,
    replace: `  if (at !== recorded.at) return true;`,
  },
];
