/**
 * The cloud's time: the machine's time, plus an offset that workers share. Only the calendar is driven: timers,
 * time-outs and latencies stay real.
 */
export class DrivenClock {
  readonly driven: boolean;
  readonly shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  readonly #offset = new BigInt64Array(this.shared);
  readonly #leaps: { at: number; offset: number }[] = [];

  constructor(options: { driven?: boolean; start?: Date } = {}) {
    this.driven = options.driven ?? true;
    if (options.start) this.#set(options.start.getTime() - Date.now());
  }

  get offset(): number {
    return Number(Atomics.load(this.#offset, 0));
  }

  now(): number {
    return Date.now() + this.offset;
  }

  /** @throws Error on a clock that shows the machine's own time */
  advance(milliseconds: number): void {
    if (!this.driven) throw new Error('this cloud lives on real time: give it a DrivenClock to advance it');
    if (milliseconds < 0) throw new Error('time goes forward only');
    this.#set(this.offset + milliseconds);
  }

  /** What this clock showed when the machine's own clock showed `real`: fauxqs stamps its messages with the latter. */
  shownAt(real: number): number {
    return real + (this.#leaps.findLast((leap) => leap.at <= real)?.offset ?? 0);
  }

  #set(offset: number): void {
    const whole = Math.round(offset);
    Atomics.store(this.#offset, 0, BigInt(whole));
    this.#leaps.push({ at: Date.now(), offset: whole });
  }
}

export const realClock = (): DrivenClock => new DrivenClock({ driven: false });
