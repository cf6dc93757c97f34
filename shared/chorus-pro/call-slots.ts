import { randomUUID } from 'node:crypto';
import { isServiceFailure, type Deadline } from '../aws/runtime.ts';
import { after } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import type { Memory } from '../ledger/ledger.ts';
import { Pace } from './guards.ts';
import { noTimeLeft, timeForCall } from './operations.ts';
import type { Outcome } from './outcome.ts';
import {
  failedLogins,
  loginOf,
  noNews,
  sharedSchema,
  shareOut,
  slots,
  type News,
  type Shared,
} from './shared-slots.ts';
import type { Sending } from './transport.ts';

/**
 * The call slots of one connection, shared by all running functions through the ledger (docs/adr/0015). A call in
 * flight holds one of five slots. A refused login, or a refused token, uses its slot up until a later call succeeds: so
 * at most five fail, whatever is in flight when a password or a client secret dies. A quota that is used up (429) stops
 * all functions for a growing pause.
 *
 * A function leases slots for a while, not for each call: the calls in between neither read nor write the ledger. A
 * batch of invoices gets several, and gives them back as soon as no call of the function is left: it may be frozen
 * then, and others would wait for what it keeps. One slot alone it keeps, since the next invoice needs it again.
 */

/** Calls of one connection that a function makes at a time: whoever else asks finds a slot. */
const slotsOfOne = slots - 1;

const slotAwaited = { kind: 'not-done', reason: 'slot-awaited' } as const;

/** `sending` is absent if nothing was sent, and for a token. */
interface Sent<T> {
  outcome: Outcome<T>;
  sending?: Sending;
}

export interface CallSlotsDependencies {
  connection: string;
  callsPerSecond: number | undefined;
  memory: Memory;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
  /** Called when this function begins a pause. */
  paused: () => void;
}

/** One per connection in a running function. */
export class CallSlots {
  private readonly dependencies: CallSlotsDependencies;
  private readonly id = randomUUID();
  private readonly pace: Pace;
  private known: Shared & { version: number } = { version: 0, holders: [], logins: [] };
  private news = noNews;
  private lease = { slots: 0, credentials: '', until: '' };
  private busy = 0;
  private waiting = 0;
  /** When to ask for more, after there were fewer slots than wanted. */
  private askAgainAt = '';
  private sharing: Promise<void> | undefined;
  private freed = Promise.withResolvers<undefined>();

  constructor(dependencies: CallSlotsDependencies) {
    this.dependencies = dependencies;
    this.pace = new Pace({ ...dependencies, perSecond: dependencies.callsPerSecond });
  }

  /** What prevents a call with these credentials, as far as this function knows. */
  prevents(credentials: string): Extract<Outcome<never>, { kind: 'not-done' }> | undefined {
    const now = this.dependencies.now();
    const pausedMs = Date.parse(this.known.pause?.until ?? '') - now.getTime();
    if (pausedMs > 0) return { kind: 'not-done', reason: 'throttled', retryAfterSeconds: Math.ceil(pausedMs / 1000) };
    if (failedLogins(this.known.logins, credentials, now) < slots) return undefined;
    return { kind: 'not-done', reason: 'suspended' };
  }

  /** Until when credentials that were just refused are not to be used. */
  suspendedUntil(credentials: string): string {
    const least = after(this.dependencies.now(), timings.suspension);
    const { until = least } = loginOf(this.known.logins, credentials) ?? {};
    return until > least ? until : least;
  }

  /** Waits for a slot, makes the call, and tells the other functions what they must know of its outcome. */
  async run<T>(
    credentials: string,
    deadline: Deadline,
    call: () => Promise<Sent<T>>,
    asksFor: 'an operation' | 'a token' | 'something aside' = 'an operation',
  ): Promise<Sent<T>> {
    const prevented = await this.enter(credentials, deadline);
    if (prevented) return { outcome: prevented };
    const failedBefore = loginOf(this.known.logins, credentials)?.failed ?? 0;
    try {
      const result = await call();
      if (asksFor !== 'something aside') this.learnRefusal(result.outcome, credentials);
      // A token proves only half of the credentials.
      if (asksFor === 'an operation') this.learnSuccess(result.outcome, credentials, failedBefore);
      return result;
    } finally {
      this.leave();
      await this.tell(credentials);
      await this.giveBack(credentials);
    }
  }

  /** @returns what prevents the call; undefined once it may start */
  private async enter(credentials: string, deadline: Deadline): Promise<Outcome<never> | undefined> {
    // A function that waits costs as much as one that works: its message may come again instead.
    const patienceMs = Math.min(timings.turnPace.ms, deadline.remainingMs() / 2);
    this.waiting += 1;
    try {
      for (let waitedMs = 0; ;) {
        await this.sharing;
        const prevented = this.prevents(credentials) ?? (timeForCall(deadline) ? undefined : noTimeLeft);
        if (prevented) return prevented;
        const covered = this.covers(credentials);
        if (covered && this.busy < this.usable()) break;
        if (covered && this.busy > 0 && !this.mayGrow()) {
          await this.freed.promise;
          continue;
        }
        await this.share(credentials);
        if (this.busy > 0 || this.usable() > 0) continue;
        if (waitedMs >= patienceMs) return slotAwaited;
        waitedMs += timings.turnPoll.ms;
        await this.dependencies.wait(timings.turnPoll.ms);
      }
    } finally {
      this.waiting -= 1;
    }
    this.busy += 1;
    const longestMs = Math.min(timings.turnPace.ms, deadline.remainingMs());
    if (await this.pace.turn(longestMs, this.lease.slots / slots)) return undefined;
    this.leave();
    return slotAwaited;
  }

  private leave(): void {
    this.busy -= 1;
    this.freed.resolve(undefined);
    this.freed = Promise.withResolvers<undefined>();
  }

  /** The lease must outlast the wait for the pace and the call, and clocks differ. */
  private covers(credentials: string): boolean {
    const ms = timings.turnPace.ms + timings.longestCall.ms + timings.turnMargin.ms;
    return this.lease.credentials === credentials && after(this.dependencies.now(), { ms }) <= this.lease.until;
  }

  /** After a pause, one call at a time tries whether it is over. */
  private usable(): number {
    return Math.min(this.known.pause ? 1 : slots, this.lease.slots - this.news.failed.length);
  }

  private mayGrow(): boolean {
    const isShort = this.lease.slots < Math.min(slotsOfOne, this.busy + this.waiting);
    return isShort && !this.known.pause && this.dependencies.now().toISOString() >= this.askAgainAt;
  }

  private learnRefusal(outcome: Outcome<unknown>, credentials: string): void {
    const { news } = this;
    // A 401 or 429 counts here too if nothing proves that it is the gateway's own.
    const away = outcome.kind === 'not-done' ? outcome.reason : outcome.kind === 'unknown' && outcome.perhaps;
    const seconds = outcome.kind === 'not-done' ? (outcome.retryAfterSeconds ?? 0) : 0;
    if (away === 'unauthorised' || away === 'token-refused')
      this.news = { ...news, failed: [...news.failed, credentials] };
    if (away === 'throttled') this.news = { ...news, throttled: Math.max(news.throttled ?? 0, seconds) };
  }

  private learnSuccess(outcome: Outcome<unknown>, credentials: string, failedBefore: number): void {
    const { known } = this;
    if (outcome.kind !== 'accepted' && outcome.kind !== 'refused') return;
    if (failedBefore > (loginOf(known.logins, credentials)?.forgiven ?? 0))
      this.news = { ...this.news, forgiven: { credentials, upTo: failedBefore } };
    if (known.pause) this.news = { ...this.news, through: true };
  }

  /** If the ledger does not respond, the outcome of the call counts all the same, and the news is told later. */
  private async tell(credentials: string): Promise<void> {
    try {
      while (this.news !== noNews) await this.share(credentials);
    } catch (error) {
      if (!isServiceFailure(error)) throw error;
    }
  }

  /** If the ledger does not respond, others wait until the lease ends. */
  private async giveBack(credentials: string): Promise<void> {
    const isIdle = () => this.lease.slots > 1 && this.busy + this.waiting === 0;
    if (!isIdle()) return;
    // The next call of the same invoice is about to ask for its slot.
    await this.dependencies.wait(0);
    try {
      if (isIdle()) await this.share(credentials);
    } catch (error) {
      if (!isServiceFailure(error)) throw error;
    }
  }

  /** Leases slots and tells the news. No call starts meanwhile, and the calls of this function share one exchange. */
  private share(credentials: string): Promise<void> {
    this.sharing ??= this.exchange(credentials).finally(() => (this.sharing = undefined));
    return this.sharing;
  }

  /** A login that failed is tried again soon: only its success shows that the credentials still work. */
  private wanted({ failed }: News): number {
    return Math.min(slotsOfOne, this.busy + this.waiting + failed.length);
  }

  private async exchange(credentials: string): Promise<void> {
    const { memory, connection, now, paused } = this.dependencies;
    const name = `slots#${connection}`;
    const recall = async () => sharedSchema.optional().parse(await memory.recall(name)) ?? this.known;
    const { news } = this;
    this.news = noNews;
    try {
      if (this.known.version === 0) this.known = await recall();
      for (;;) {
        const { known, busy, id } = this;
        const wish = { id, credentials, busy, wanted: this.wanted(news), news };
        const shared = shareOut(known, wish, now());
        const value = { ...shared, version: known.version + 1, writeId: randomUUID() };
        if ((await memory.swap(name, { value, replaces: known.version })) === 'lost') {
          this.known = await recall();
          continue;
        }
        this.known = value;
        const own = shared.holders.find((holder) => holder.id === id);
        this.lease = { credentials, slots: own?.slots ?? 0, until: own?.until ?? '' };
        this.askAgainAt = this.lease.slots < wish.wanted ? after(now(), timings.turnPoll) : '';
        if ((shared.pause?.times ?? 0) > (known.pause?.times ?? 0)) paused();
        return;
      }
    } catch (error) {
      this.news = { ...news, ...this.news, failed: [...news.failed, ...this.news.failed] };
      throw error;
    }
  }
}
