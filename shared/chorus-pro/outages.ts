import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isServiceFailure } from '../aws/runtime.ts';
import { after } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import type { Memory } from '../ledger/ledger.ts';
import { tellFault, type Telemetry } from '../telemetry/telemetry.ts';
import type { Operation } from './operations.ts';
import type { Outcome } from './outcome.ts';

/**
 * One operation of Chorus Pro may fail for everybody while the others work. After some unknown outcomes in a row, only
 * one trial call is made at a time, after growing pauses, so that an outage of days leaves few invoices in doubt. All
 * functions share what they know in the ledger: it is written only when a call fails, and when one works again.
 */

/** This many unknown outcomes in a row, with none that could be read in between, are no chance. */
const mostFailures = 5;

const outageSchema = z.object({
  /** When the first of the failed calls failed: none has worked since. */
  since: z.iso.datetime(),
  failures: z.int(),
  trials: z.int(),
  nextTrialAt: z.iso.datetime(),
});
type Outage = z.infer<typeof outageSchema>;

/** By the operation's path. Absent: it works. */
const outagesSchema = z.object({ version: z.int(), operations: z.record(z.string(), outageSchema) });
type Known = z.infer<typeof outagesSchema>;

const none: Known = { version: 0, operations: {} };

/** A call that only prepares another one waits with it: else each trial of a parked invoice would repeat its upload. */
const prepares: Readonly<Partial<Record<string, string>>> = {
  'factures/v1/deposer/pdf': 'factures/v1/soumettre',
};

type Called = Pick<Operation<unknown>, 'path' | 'effect'>;

export interface OutagesDependencies {
  connection: string;
  memory: Memory;
  telemetry: Telemetry;
  now: () => Date;
}

/** The outages of one connection's operations whose calls must not be repeated. */
export class Outages {
  private readonly dependencies: OutagesDependencies;
  private readAt = -Infinity;
  // The promise is kept, not its value: parallel calls wait for one read.
  private known: Promise<Known> = Promise.resolve(none);

  constructor(dependencies: OutagesDependencies) {
    this.dependencies = dependencies;
  }

  /** @returns undefined if the call may be made. During an outage this makes it the one trial call. */
  async bar({ path, effect }: Called): Promise<Outcome<never> | undefined> {
    const watched = effect === 'once' ? path : prepares[path];
    if (!watched) return undefined;
    const now = this.dependencies.now().getTime();
    if (now - this.readAt >= timings.outageCache.ms) this.read();
    const { operations } = await this.known;
    const outage = operations[watched];
    if (!outage || outage.failures < mostFailures) return undefined;
    if (now < Date.parse(outage.nextTrialAt)) return this.waitFor(outage);
    return effect === 'once' ? this.claimTrial(path) : undefined;
  }

  /** Learns from a call's outcome. To an unknown one it adds since when all calls of the operation have failed. */
  async learn<T>({ path, effect }: Called, outcome: Outcome<T>): Promise<Outcome<T>> {
    if (effect !== 'once') return outcome;
    try {
      const outage = (await this.known).operations[path];
      if (outcome.kind === 'unknown') return { ...outcome, failingSince: await this.recordFailure(path) };
      if (outage && outcome.kind === 'not-done') await this.giveTrialBack(path, outage);
      else if (outage) await this.recordRecovery(path);
    } catch (error) {
      // The outcome of the call counts more than what it teaches.
      if (!isServiceFailure(error)) tellFault(this.dependencies.telemetry, error, { operation: path });
    }
    return outcome;
  }

  /** Of all who come when the pause is over, one may call. The next pause begins at once: the one may die. */
  private async claimTrial(path: string): Promise<Outcome<never> | undefined> {
    this.read();
    const known = await this.known;
    const outage = known.operations[path];
    if (!outage) return undefined;
    const now = this.dependencies.now();
    if (now.getTime() < Date.parse(outage.nextTrialAt)) return this.waitFor(outage);
    const trials = outage.trials + 1;
    const next = { ...outage, trials, nextTrialAt: trialAfter(now, trials) };
    return (await this.replace(known, { ...known.operations, [path]: next })) ? undefined : this.waitFor(next);
  }

  /** A trial call that was not made, because of a quota for example, tells nothing: the next one comes soon. */
  private async giveTrialBack(path: string, outage: Outage): Promise<void> {
    if (outage.failures < mostFailures) return;
    const known = await this.known;
    const trials = Math.max(0, outage.trials - 1);
    const next = { ...outage, trials, nextTrialAt: trialAfter(this.dependencies.now(), 0) };
    await this.replace(known, { ...known.operations, [path]: next });
  }

  private async recordFailure(path: string): Promise<string> {
    const { telemetry, connection, now } = this.dependencies;
    const at = now();
    for (;;) {
      this.read();
      const known = await this.known;
      const {
        since = at.toISOString(),
        failures = 0,
        trials = 0,
        nextTrialAt,
      }: Partial<Outage> = known.operations[path] ?? {};
      const outage = {
        ...{ since, failures: failures + 1, trials },
        nextTrialAt: nextTrialAt && failures >= mostFailures ? nextTrialAt : trialAfter(at, 0),
      };
      if (!(await this.replace(known, { ...known.operations, [path]: outage }))) continue;
      if (outage.failures === mostFailures) {
        telemetry.warn('OPERATION_FAILING', { connection, operation: path });
        telemetry.measure('BreakerOpened', 1, { connection });
      }
      return since;
    }
  }

  private async recordRecovery(path: string): Promise<void> {
    const { telemetry, connection } = this.dependencies;
    for (;;) {
      this.read();
      const known = await this.known;
      const { [path]: outage, ...operations } = known.operations;
      if (!outage) return;
      if (!(await this.replace(known, operations))) continue;
      if (outage.failures >= mostFailures) telemetry.info('OPERATION_RECOVERED', { connection, operation: path });
      return;
    }
  }

  private waitFor({ nextTrialAt }: Outage): Outcome<never> {
    const ms = Date.parse(nextTrialAt) - this.dependencies.now().getTime();
    return { kind: 'not-done', reason: 'platform-down', retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) };
  }

  /** @returns whether nobody else was faster */
  private async replace({ version }: Known, operations: Known['operations']): Promise<boolean> {
    // Two that write the same would both find their own value, and both have won: each write has an id.
    const value = { version: version + 1, writeId: randomUUID(), operations };
    const swapped = await this.dependencies.memory.swap(this.name(), { value, replaces: version });
    if (swapped === 'swapped') this.known = Promise.resolve(value);
    return swapped === 'swapped';
  }

  private read(): void {
    const { memory, now } = this.dependencies;
    this.readAt = now().getTime();
    this.known = memory.recall(this.name()).then(
      (value) => outagesSchema.safeParse(value).data ?? none,
      (error: unknown) => {
        this.readAt = -Infinity;
        throw error;
      },
    );
  }

  private name(): string {
    return `outages#${this.dependencies.connection}`;
  }
}

/** Pauses of 1, 2, 4 … minutes, up to the longest. */
const trialAfter = (now: Date, trials: number): string => {
  const { outageFirstPause: first, outageLongestPause: longest } = timings;
  return after(now, { ms: Math.min(first.ms * 2 ** Math.min(trials, 20), longest.ms) });
};
