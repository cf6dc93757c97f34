import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isServiceFailure } from '../aws/runtime.ts';
import { after } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import type { Memory } from '../ledger/ledger.ts';
import { tellFault, type Telemetry } from '../telemetry/telemetry.ts';
import type { Operation } from './operations.ts';
import { isNotDone, type Outcome } from './outcome.ts';

/**
 * One operation of Chorus Pro may fail for everybody while the others work. After some failures in a row, only one
 * trial call is made at a time, after growing pauses, so that an outage of days leaves few invoices in doubt. All
 * functions share what they know in the ledger: it is written only when a call fails, and when one works again.
 *
 * Some invoices may be lost at every attempt while all others pass. So an invoice in doubt has trials of its own, and
 * their failures say nothing to the others: only the trial of an invoice without a doubt lengthens everybody's pause.
 */

/** This many failures, with nothing accepted in between, are no chance. */
const mostFailures = 5;

/** So many trials have been made, and the next one may come then. */
const trialsSchema = z.object({ made: z.int(), nextAt: z.iso.datetime() });
const outageSchema = z.object({
  /** When the first of the failed calls failed: none has been accepted since. */
  since: z.iso.datetime(),
  failures: z.int(),
  /** Of the last failure: the gateway refuses the operation, or else its outcome was unknown. */
  reason: z.enum(['api-not-subscribed', 'platform-down']),
  /** For invoices without a doubt. */
  first: trialsSchema,
  /** For all others. The trials of the former count too. */
  doubted: trialsSchema,
});
type Outage = z.infer<typeof outageSchema>;

/** By the operation's path. Absent: it works. */
const outagesSchema = z.object({
  version: z.int(),
  // What another version of the relay wrote is forgotten; it is replaced all the same.
  operations: z.record(z.string(), outageSchema).catch({}),
});
type Known = z.infer<typeof outagesSchema>;

const none: Known = { version: 0, operations: {} };

/** A call that only prepares another one waits with it: else each trial of a parked invoice would repeat its upload. */
const prepares: Readonly<Partial<Record<string, string>>> = {
  'factures/v1/deposer/pdf': 'factures/v1/soumettre',
};

type Called = Pick<Operation<unknown>, 'path' | 'effect' | 'doubted'>;

export interface OutagesDependencies {
  connection: string;
  memory: Memory;
  telemetry: Telemetry;
  now: () => Date;
}

/** The outages of those operations of one connection that change something. */
export class Outages {
  private readonly dependencies: OutagesDependencies;
  private readAt = -Infinity;
  // The promise is kept, not its value: parallel calls wait for one read.
  private known: Promise<Known> = Promise.resolve(none);

  constructor(dependencies: OutagesDependencies) {
    this.dependencies = dependencies;
  }

  /** @returns undefined if the call may be made. During an outage this makes it the one trial call. */
  async bar(called: Called): Promise<Outcome<never> | undefined> {
    if (called.effect === 'none') return undefined;
    if (this.dependencies.now().getTime() - this.readAt >= timings.outageCache.ms) this.read();
    const { operations } = await this.known;
    const [own, prepared] = [operations[called.path], operations[prepares[called.path] ?? '']];
    if (isOpen(prepared) && this.mustWait(prepared, called)) return this.waitFor(prepared, called);
    if (!isOpen(own)) return undefined;
    return this.mustWait(own, called) ? this.waitFor(own, called) : this.claimTrial(called);
  }

  /** Learns from a call's outcome. To an unknown one it adds since when no call of the operation has been accepted. */
  async learn<T>(called: Called, outcome: Outcome<T>): Promise<Outcome<T>> {
    if (called.effect === 'none') return outcome;
    try {
      const outage = (await this.known).operations[called.path];
      if (outcome.kind === 'unknown')
        return { ...outcome, failingSince: await this.recordFailure(called.path, 'platform-down') };
      if (isNotDone(outcome, 'api-not-subscribed')) await this.recordFailure(called.path, 'api-not-subscribed');
      else if (!outage) return outcome;
      else if (outcome.kind === 'accepted') await this.recordRecovery(called.path);
      else await this.giveTrialBack(called, outage);
    } catch (error) {
      // The outcome of the call counts more than what it teaches.
      if (!isServiceFailure(error)) tellFault(this.dependencies.telemetry, error, { operation: called.path });
    }
    return outcome;
  }

  /** Of all who come when the pause is over, one may call. The next pause begins at once: the one may die. */
  private async claimTrial(called: Called): Promise<Outcome<never> | undefined> {
    this.read();
    const known = await this.known;
    const outage = known.operations[called.path];
    if (!outage) return undefined;
    if (this.mustWait(outage, called)) return this.waitFor(outage, called);
    const now = this.dependencies.now();
    const next = withTrials(outage, called, ({ made }) => ({ made: made + 1, nextAt: trialAfter(now, made + 1) }));
    const claimed = await this.replace(known, { ...known.operations, [called.path]: next });
    return claimed ? undefined : this.waitFor(next, called);
  }

  /** A trial that was refused, or not made because of a quota for example, tells little: the next one comes soon. */
  private async giveTrialBack(called: Called, outage: Outage): Promise<void> {
    if (!isOpen(outage)) return;
    const known = await this.known;
    const nextAt = trialAfter(this.dependencies.now(), 0);
    const next = withTrials(outage, called, ({ made }) => ({ made: Math.max(0, made - 1), nextAt }));
    await this.replace(known, { ...known.operations, [called.path]: next });
  }

  private async recordFailure(path: string, reason: Outage['reason']): Promise<string> {
    const { telemetry, connection, now } = this.dependencies;
    const at = now();
    for (;;) {
      this.read();
      const known = await this.known;
      const before = known.operations[path];
      const { since = at.toISOString(), failures = 0 }: Partial<Outage> = before ?? {};
      const soon = { made: 0, nextAt: trialAfter(at, 0) };
      const { first, doubted } = isOpen(before) ? before : { first: soon, doubted: soon };
      const outage = { since, failures: failures + 1, reason, first, doubted };
      if (!(await this.replace(known, { ...known.operations, [path]: outage }))) continue;
      if (outage.failures === mostFailures) {
        telemetry.warn('OPERATION_FAILING', { connection, operation: path });
        telemetry.measure('BreakerOpened', 1, { connection });
      }
      return since;
    }
  }

  /** Only what is accepted shows that the operation works: what is wrong may be refused while all else fails. */
  private async recordRecovery(path: string): Promise<void> {
    const { telemetry, connection } = this.dependencies;
    for (;;) {
      this.read();
      const known = await this.known;
      const { [path]: outage, ...operations } = known.operations;
      if (!outage) return;
      if (!(await this.replace(known, operations))) continue;
      if (isOpen(outage)) telemetry.info('OPERATION_RECOVERED', { connection, operation: path });
      return;
    }
  }

  private mustWait(outage: Outage, called: Called): boolean {
    return this.dependencies.now().getTime() < Date.parse(trialsOf(outage, called).nextAt);
  }

  private waitFor(outage: Outage, called: Called): Outcome<never> {
    const ms = Date.parse(trialsOf(outage, called).nextAt) - this.dependencies.now().getTime();
    return { kind: 'not-done', reason: outage.reason, retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) };
  }

  /** @returns whether nobody else was faster */
  private async replace({ version }: Known, operations: Known['operations']): Promise<boolean> {
    const value = { version: version + 1, writeId: randomUUID(), operations };
    const swapped = await this.dependencies.memory.swap(this.name(), { value, replaces: version });
    if (swapped === 'swapped') this.known = Promise.resolve(value);
    return swapped === 'swapped';
  }

  private read(): void {
    const { memory, now, connection } = this.dependencies;
    this.readAt = now().getTime();
    this.known = recallKnown(memory, connection).catch((error: unknown) => {
      this.readAt = -Infinity;
      throw error;
    });
  }

  private name(): string {
    return noteOf(this.dependencies.connection);
  }
}

/** Not `outages#`: that was another form, which an older version may still read and write. */
const noteOf = (connection: string): string => `trials#${connection}`;

const recallKnown = async (memory: Pick<Memory, 'recall'>, connection: string): Promise<Known> =>
  outagesSchema.safeParse(await memory.recall(noteOf(connection))).data ?? none;

export interface OpenOutage {
  /** Its path. */
  operation: string;
  since: string;
}

/** For people. */
export async function openOutages(memory: Pick<Memory, 'recall'>, connection: string): Promise<OpenOutage[]> {
  const { operations } = await recallKnown(memory, connection);
  return Object.entries(operations).flatMap(([operation, outage]) =>
    isOpen(outage) ? [{ operation, since: outage.since }] : [],
  );
}

const isOpen = (outage: Outage | undefined): outage is Outage =>
  outage !== undefined && outage.failures >= mostFailures;

const trialsOf = ({ first, doubted }: Outage, called: Called) => (called.doubted ? doubted : first);

/** The trial of an invoice in doubt says nothing to the others. */
const withTrials = (outage: Outage, called: Called, next: (trials: Outage['first']) => Outage['first']): Outage => ({
  ...outage,
  ...(called.doubted ? {} : { first: next(outage.first) }),
  doubted: next(outage.doubted),
});

/** Pauses of 1, 2, 4 … minutes, up to the longest. */
const trialAfter = (now: Date, trials: number): string => {
  const { outageFirstPause: first, outageLongestPause: longest } = timings;
  return after(now, { ms: Math.min(first.ms * 2 ** Math.min(trials, 20), longest.ms) });
};
