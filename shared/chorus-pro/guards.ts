import * as z from 'zod';
import { timings } from '../facts/timings.ts';
import type { Memory } from '../ledger/ledger.ts';
import { isNotDone, type Outcome } from './outcome.ts';

/** What can prevent a call: a platform that is down, a quota, credentials that are unproven or suspended. */

/** This many calls in a row without a response count as much as one "service unavailable". */
const troubleLimit = 3;

/** One per connection in a warm function: after a sign that the platform is down, it stops all calls for a pause. */
export class Breaker {
  private openUntil = 0;
  private trouble = 0;
  private readonly opened: () => void;

  /** @param opened called each time the breaker opens */
  constructor(opened: () => void = () => undefined) {
    this.opened = opened;
  }

  isOpen(now: Date): boolean {
    return now.getTime() < this.openUntil;
  }

  /** Seconds until a call may try again. */
  remainingSeconds(now: Date): number {
    return Math.max(0, Math.ceil((this.openUntil - now.getTime()) / 1000));
  }

  /** The platform said that it is down, or could not be reached at all. */
  sawDown(now: Date): void {
    const wasOpen = this.isOpen(now);
    this.openUntil = now.getTime() + timings.breakerPause.ms;
    if (!wasOpen) this.opened();
  }

  /** One call got no response: a single one may be chance. */
  sawTrouble(now: Date): void {
    this.trouble += 1;
    if (this.trouble >= troubleLimit) this.sawDown(now);
  }

  sawUp(): void {
    this.openUntil = 0;
    this.trouble = 0;
  }
}

export interface PaceDependencies {
  /** Undefined: no limit. */
  perSecond: number | undefined;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/** Spaces the calls of one function evenly, so that they keep within its share of a quota of calls per second. */
export class Pace {
  private readonly dependencies: PaceDependencies;
  /** When the next call may start. */
  private next = 0;

  constructor(dependencies: PaceDependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Waits for the caller's turn.
   * @param share of the quota, up to 1: other functions have the rest
   * @returns false, without waiting, if it would not come within `patienceMs`
   */
  async turn(patienceMs: number, share: number): Promise<boolean> {
    const { perSecond, now, wait } = this.dependencies;
    if (perSecond === undefined) return true;
    const at = now().getTime();
    const start = Math.max(at, this.next);
    if (start - at > patienceMs) return false;
    this.next = start + 1000 / (perSecond * share);
    if (start > at) await wait(start - at);
    return true;
  }
}

/**
 * Allows only one call at a time with credentials that no call has proven yet: ten parallel invoices with a wrong
 * password would be ten failed logins and a locked account. Once the credentials are proven, calls run in parallel.
 */
export class Proving {
  private proven: string | undefined;
  private turn: Promise<undefined> = Promise.resolve(undefined);

  isProven(version: string): boolean {
    return this.proven === version;
  }

  async run<T>(version: string, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (this.isProven(version)) return this.noted(version, work);
    const before = this.turn;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const next = () => resolve(undefined);
    this.turn = promise;
    await before;
    // The call before may have proven them: then the next one need not wait for this one.
    if (this.isProven(version)) next();
    return this.noted(version, work).finally(next);
  }

  /** A response proves the credentials; a suspension revokes the proof; anything else says nothing about them. */
  private async noted<T>(version: string, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const outcome = await work();
    if (outcome.kind === 'accepted' || outcome.kind === 'refused') this.proven = version;
    else if (isNotDone(outcome, 'suspended') && this.isProven(version)) this.proven = undefined;
    return outcome;
  }
}

const suspensionSchema = z.object({ version: z.string(), until: z.iso.datetime() });
type Suspended = z.infer<typeof suspensionSchema>;

export interface SuspensionDependencies {
  connection: string;
  memory: Memory;
  now: () => Date;
}

/**
 * Which version of a connection's credentials is suspended, shared by all functions. A new version is tried at once.
 */
export class Suspension {
  private readonly dependencies: SuspensionDependencies;
  private readAt = -Infinity;
  // The promise is kept, not its value: parallel calls wait for one read.
  private known: Promise<Suspended | undefined> = Promise.resolve(undefined);

  constructor(dependencies: SuspensionDependencies) {
    this.dependencies = dependencies;
  }

  async holds(version: string): Promise<boolean> {
    const { now } = this.dependencies;
    if (now().getTime() - this.readAt >= timings.suspensionCache.ms) {
      this.readAt = now().getTime();
      this.known = this.read();
    }
    const suspended = await this.known;
    return suspended?.version === version && now().toISOString() < suspended.until;
  }

  async begin(suspended: Suspended): Promise<void> {
    this.known = Promise.resolve(suspended);
    await this.dependencies.memory.remember(this.name(), suspended);
  }

  private async read(): Promise<Suspended | undefined> {
    try {
      return await recallSuspended(this.dependencies.memory, this.dependencies.connection);
    } catch (error) {
      this.readAt = -Infinity;
      throw error;
    }
  }

  private name(): string {
    return noteOf(this.dependencies.connection);
  }
}

const noteOf = (connection: string): string => `suspension#${connection}`;

const recallSuspended = async (memory: Pick<Memory, 'recall'>, connection: string): Promise<Suspended | undefined> =>
  suspensionSchema.safeParse(await memory.recall(noteOf(connection))).data;

/** For people: until when credentials of the connection are left alone, or were the last time. */
export const suspendedUntil = async (memory: Pick<Memory, 'recall'>, connection: string): Promise<string | undefined> =>
  (await recallSuspended(memory, connection))?.until;
