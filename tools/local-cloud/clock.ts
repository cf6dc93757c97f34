/**
 * The cloud's time: the machine's time, plus an offset that workers share. Only the calendar is driven: timers,
 * time-outs and latencies stay real. Where it ticks, schedules come due by themselves too, and not only as it is
 * advanced.
 */
export class DrivenClock {
  readonly ticks: boolean;
  readonly shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  readonly #offset = new BigInt64Array(this.shared);
  readonly #leaps: { at: number; offset: number }[] = [];

  constructor(options: { ticks?: boolean; start?: Date } = {}) {
    this.ticks = options.ticks ?? false;
    if (options.start) this.#set(options.start.getTime() - Date.now());
  }

  get offset(): number {
    return Number(Atomics.load(this.#offset, 0));
  }

  now(): number {
    return Date.now() + this.offset;
  }

  advance(milliseconds: number): void {
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

export const realClock = (): DrivenClock => new DrivenClock({ ticks: true });
