/** Waits until the cloud has nothing left to do, and advances its clock. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DrivenClock } from './clock.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { Functions } from './lambda/functions.ts';
import type { Scheduler } from './scheduler.ts';
import type { InFlight, Messaging } from './services/engines.ts';

/** Messages that wait for their visibility time-out, hours perhaps: wait for them too, or leave them where they are. */
export interface IdleOptions {
  parked?: 'wait' | 'leave';
}

export interface AdvanceOptions {
  /** `last`: of a long leap, run each schedule once, at the last instant it comes due. */
  catchUp?: 'each' | 'last';
}

interface Parked extends InFlight {
  queue: string;
}

export interface SettlingOptions {
  clock: DrivenClock;
  functions: Functions;
  messaging: Messaging;
  mappings: readonly EventSourceMapping[];
  scheduler: Scheduler;
}

export class Settling {
  readonly #options: SettlingOptions;
  /** When each parked message comes back, by the cloud's clock: the queue itself counts in real time. */
  readonly #comesBack = new Map<string, number>();

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  async idle({ parked = 'wait' }: IdleOptions = {}): Promise<void> {
    for (let pause = 1; !(await this.#quiet(parked)); pause = Math.min(pause * 2, 20)) {
      if (this.#options.mappings.some((mapping) => mapping.busy)) pause = 1;
      await Promise.all(this.#options.mappings.map((mapping) => mapping.drained()));
      await delay(pause);
    }
  }

  /** Instant by instant: schedules that come due, messages whose visibility time-out ends; each time until quiet. */
  async advance(milliseconds: number, { catchUp = 'each' }: AdvanceOptions = {}): Promise<void> {
    const { clock, scheduler } = this.#options;
    clock.advance(0);
    await this.idle({ parked: 'leave' });
    const end = clock.now() + milliseconds;
    if (catchUp === 'last') scheduler.skipTo(end);
    for (;;) {
      const parked = await this.#parked();
      const firstBack = parked.reduce((first, message) => Math.min(first, this.#returnOf(message)), Infinity);
      // Rounded to the second, so that a hundred messages do not make a hundred instants.
      const release = firstBack > end ? Infinity : Math.min(end, Math.ceil(firstBack / 1000) * 1000);
      const next = Math.min(release, scheduler.nextDue ?? Infinity);
      this.#leapTo(Math.min(next, end));
      if (next > end) return this.#leave(parked);
      await this.#release(parked);
      await scheduler.runDue(next);
      await this.idle({ parked: 'leave' });
    }
  }

  async #quiet(parked: 'wait' | 'leave'): Promise<boolean> {
    if (this.#working) return false;
    const counts = await this.#options.messaging.counts();
    for (const mapping of this.#options.mappings) {
      const { visible = 0, inFlight = 0, delayed = 0 } = counts.get(mapping.settings.queueName) ?? {};
      if ((visible > 0 && !mapping.refused) || (parked === 'wait' && inFlight + delayed > 0)) return false;
      if (inFlight === 0) continue;
      const messages = await this.#options.messaging.inFlight(mapping.settings.queueName);
      if (mapping.parkedAmong(messages).length < messages.length) return false;
    }
    return !this.#working;
  }

  get #working(): boolean {
    return this.#options.functions.running > 0 || this.#options.mappings.some((mapping) => mapping.busy);
  }

  async #parked(): Promise<Parked[]> {
    const found: Parked[] = [];
    for (const mapping of this.#options.mappings) {
      const queue = mapping.settings.queueName;
      const messages = mapping.parkedAmong(await this.#options.messaging.inFlight(queue));
      found.push(...messages.map((message) => ({ ...message, queue })));
    }
    const handles = new Set(found.map(({ receiptHandle }) => receiptHandle));
    for (const handle of this.#comesBack.keys()) if (!handles.has(handle)) this.#comesBack.delete(handle);
    return found;
  }

  #returnOf({ receiptHandle, visibleAt }: Parked): number {
    const known = this.#comesBack.get(receiptHandle) ?? visibleAt + this.#options.clock.offset;
    this.#comesBack.set(receiptHandle, known);
    return known;
  }

  #leapTo(instant: number): void {
    this.#options.clock.advance(Math.max(0, instant - this.#options.clock.now()));
  }

  async #release(parked: readonly Parked[]): Promise<void> {
    const now = this.#options.clock.now();
    for (const message of parked) {
      if (this.#returnOf(message) <= now) {
        await this.#options.messaging.changeVisibility(message.queue, message.receiptHandle, 0);
      }
    }
  }

  /** What is left of each time-out then runs in real time. */
  async #leave(parked: readonly Parked[]): Promise<void> {
    for (const message of parked) {
      const seconds = Math.ceil((this.#returnOf(message) - this.#options.clock.now()) / 1000);
      await this.#options.messaging.changeVisibility(
        message.queue,
        message.receiptHandle,
        Math.min(Math.max(seconds, 1), 43_200),
      );
    }
  }
}
