import { isServiceFailure } from '../../shared/aws/failure.ts';
import type { Access } from '../../shared/chorus-pro/access.ts';
import { enterDoubt } from '../../shared/tracking/doubt.ts';
import { publishOutbox } from '../../shared/messaging/outbox.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { State } from '../../shared/ledger/states.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { tellFault } from '../../shared/telemetry/telemetry.ts';
import { look } from './look.ts';
import { readReport } from './read-report.ts';
import type { PollDependencies } from './dependencies.ts';
import { remind } from './drop-again.ts';
import { watchOver } from './watch-over.ts';

/** However much is due, the poll still reads what changed. */
const leftForChangesMs = 60_000;

/** So many followed invoices are looked up by themselves in one poll: a backlog of them must not use up the quota. */
const mostWatched = 50;

/** So many are asked for at a time. */
const atATime = 500;

type Attention = (
  record: LedgerRecord,
  access: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
) => Promise<void>;

const nothing: Attention = () => Promise.resolve();

/** What each state wants when its next step has come. */
const attentions: Readonly<Record<State, Attention>> = {
  sending: (record, _access, dependencies) =>
    enterDoubt(dependencies, record, 'the function that sent it ended before it wrote the answer'),
  'in-doubt': look,
  accepted: (record, _access, dependencies) => remind(record, dependencies),
  deposited: readReport,
  followed: watchOver,
  settled: nothing,
  rejected: nothing,
  refused: nothing,
  withheld: nothing,
};

/**
 * Attends to all records of the connection that are due, earliest first, while there is time: left events first, then the
 * state's own next step. One record that cannot be attended to does not keep the others waiting; a service that does not answer
 * ends the poll.
 */
export async function attendDue(access: Access, dependencies: PollDependencies, deadline: Deadline): Promise<number> {
  const { ledger, telemetry, now } = dependencies;
  const attended = new Set<string>();
  const bench: Bench = { access, dependencies, deadline, watched: 0 };
  for (;;) {
    // Those that stay due come first again, so that each round asks for as many more.
    const limit = attended.size + atATime;
    const due = await ledger.due(access.settings.name, { before: now(), limit });
    const fresh = due.filter((pk) => !attended.has(pk));
    for (const pk of fresh) {
      if (deadline.remainingMs() < leftForChangesMs) return attended.size;
      attended.add(pk);
      await attend(pk, bench).catch((error: unknown) => {
        if (isServiceFailure(error)) throw error;
        tellFault(telemetry, error, { subject: pk });
      });
    }
    if (fresh.length === 0 || due.length < limit) return attended.size;
  }
}

interface Bench {
  access: Access;
  dependencies: PollDependencies;
  deadline: Deadline;
  watched: number;
}

async function attend(pk: string, bench: Bench): Promise<void> {
  const { access, dependencies, deadline } = bench;
  const { ledger, now } = dependencies;
  const record = await ledger.get(pk);
  if (!record) return;
  await publishOutbox(dependencies, record);
  if (!record.nextStepAt || record.nextStepAt > now().toISOString()) return;
  const current = record.outbox.length > 0 ? await ledger.get(pk) : record;
  // A connection that moved to the other environment of Chorus Pro: what it left behind is not there.
  if (!current || (current.environment && current.environment !== access.settings.environment)) return;
  if (current.state === 'followed' && (bench.watched += 1) > mostWatched) return;
  await attentions[current.state](current, access, dependencies, deadline);
}
