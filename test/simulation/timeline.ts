interface Moment {
  at: number;
  order: number;
  action: () => void;
}

/** Virtual time: what is going to happen, in order. Nothing waits for a real clock. */
export class Timeline {
  private readonly moments: Moment[] = [];
  private time: number;
  private made = 0;

  constructor(start: number) {
    this.time = start;
  }

  readonly now = (): number => this.time;

  after(delayMs: number, action: () => void): void {
    this.made += 1;
    const moment = { at: this.time + Math.max(0, Math.round(delayMs)), order: this.made, action };
    this.moments.splice(this.placeOf(moment), 0, moment);
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /**
   * Runs moments until `finished` says so or time is up. `check` is called after each, once everything it set off has
   * run.
   */
  async run(until: number, check: () => void, finished: () => boolean): Promise<'finished' | 'out of time'> {
    for (;;) {
      if (finished()) return 'finished';
      const next = this.moments.pop();
      if (!next || next.at > until) return 'out of time';
      this.time = next.at;
      next.action();
      // Every await of the functions ends in a moment: once the microtasks have run, all of them wait for a moment
      // again.
      await new Promise((resolve) => setImmediate(resolve));
      check();
    }
  }

  /** Latest first, so that the next is taken from the end. */
  private placeOf({ at, order }: Moment): number {
    let low = 0;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const moment = this.moments[middle];
      if (moment && (moment.at > at || (moment.at === at && moment.order > order))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What happened and when, for whoever wants to know how a violation came about. */
export class Story {
  readonly lines: string[] = [];
  private readonly timeline: Timeline;
  private readonly start: number;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.start = timeline.now();
  }

  readonly tell = (line: string): void => {
    const ms = this.timeline.now() - this.start;
    const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1_000) % 60];
    const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
    this.lines.push(`${two(hours)}:${two(minutes)}:${seconds.toFixed(3).padStart(6, '0')}  ${line}`);
  };
}
