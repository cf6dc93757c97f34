/** EventBridge Scheduler: when each schedule is due, and the invocations that follow from it. */
import type { DrivenClock } from './clock.ts';
import type { Functions } from './lambda/functions.ts';

export interface ScheduleDefinition {
  name: string;
  expression: string;
  timeZone: string;
  enabled: boolean;
  targetArn: string;
  /** It may have the keyword of EventBridge Scheduler for the time of the run. */
  input: unknown;
}

export interface SchedulerOptions {
  clock: DrivenClock;
  functions: Functions;
  onError: (reason: string) => void;
}

interface Entry {
  definition: ScheduleDefinition;
  next: NextDue;
  due: number | undefined;
  /** Whether a leap has left runs out since the last one. */
  skipped: boolean;
  runs: number;
}

/** It invokes asynchronously: Lambda tries a function that failed again, not the scheduler. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #entries: Entry[] = [];
  #ticker: NodeJS.Timeout | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  add(definition: ScheduleDefinition): void {
    const now = this.#options.clock.now();
    const next = scheduleExpression(definition.expression, definition.timeZone, now);
    this.#entries.push({ definition, next, due: definition.enabled ? next(now) : undefined, skipped: false, runs: 0 });
  }

  get schedules(): { name: string; due: number | undefined; runs: number }[] {
    return this.#entries.map(({ definition, due, runs }) => ({ name: definition.name, due, runs }));
  }

  /** When the next schedule is due, by the cloud's clock. */
  get nextDue(): number | undefined {
    const due = this.#entries.flatMap((entry) => (entry.due === undefined ? [] : [entry.due]));
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  /** Runs what is due, oldest first, one after the other. */
  async runDue(now = this.#options.clock.now()): Promise<void> {
    const due = this.#entries.filter((entry) => entry.due !== undefined && entry.due <= now);
    for (const entry of due.sort((a, b) => (a.due ?? 0) - (b.due ?? 0))) {
      const { targetArn, input } = entry.definition;
      const time = entry.skipped ? undefined : entry.due;
      entry.due = entry.next(entry.due ?? now);
      entry.skipped = false;
      entry.runs += 1;
      await this.#options.functions.invokeAsync(targetArn, inputOf(input, time));
    }
  }

  /** As if each were due now: a relay that has just come up looks at once, as one that has run for long has looked. */
  async runAll(): Promise<void> {
    const enabled = this.#entries.filter(({ definition }) => definition.enabled);
    await Promise.all(
      enabled.map(({ definition: { targetArn, input } }) =>
        this.#options.functions.invokeAsync(targetArn, inputOf(input, undefined)),
      ),
    );
  }

  /** After a long leap only the last run of each schedule happens, for all that it skips. */
  skipTo(instant: number): void {
    for (const entry of this.#entries) {
      while (entry.due !== undefined) {
        const later = entry.next(entry.due);
        if (later > instant) break;
        entry.due = later;
        entry.skipped = true;
      }
    }
  }

  /** Follows real time; a schedule that came due while the machine slept runs once. */
  tick(): void {
    const run = () => {
      this.skipTo(this.#options.clock.now());
      this.runDue().catch((error: unknown) => this.#options.onError(String(error)));
    };
    this.#ticker ??= setInterval(run, 1000).unref();
  }

  stop(): void {
    clearInterval(this.#ticker);
  }
}

const timeOfRun = '<aws.scheduler.scheduled-time>';

/**
 * @param time of the run; undefined if it stands for several, and is told none
 * @throws Error for another of EventBridge Scheduler's keywords
 */
function inputOf(input: unknown, time: number | undefined): unknown {
  const iso = time === undefined ? undefined : new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  return JSON.parse(JSON.stringify(input), (_, value: unknown) => {
    if (value === timeOfRun) return iso;
    if (typeof value === 'string' && value.includes('<aws.scheduler.'))
      throw new Error(`the local scheduler does not understand ${value}`);
    return value;
  });
}

/** The first instant after `after` at which a schedule is due. */
export type NextDue = (after: number) => number;

const minute = 60_000;
const day = 24 * 60 * minute;
const units: Partial<Record<string, number>> = { minute, hour: 60 * minute, day };

/**
 * The two forms our templates use: rate(…), counted from `since`, and cron(minute hour * * ? *), once a day.
 * @throws Error that quotes any other expression
 */
export function scheduleExpression(expression: string, timeZone: string, since: number): NextDue {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const period = Number(count) * (units[unit] ?? 0);
  if (period > 0) return (after) => since + Math.max(1, Math.floor((after - since) / period) + 1) * period;
  const [, minutes, hours] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression) ?? [];
  if (Number(minutes) < 60 && Number(hours) < 24) return daily(Number(hours) * 60 + Number(minutes), timeZone);
  throw new Error(`the local scheduler does not understand the schedule ${expression}`);
}

/** An hour that summer time skips is left out. One that comes twice in autumn counts once. */
function daily(minuteOfDay: number, timeZone: string): NextDue {
  // Swedish local time is ISO 8601. What a wall clock shows, as if it were UTC:
  const wallClock = (instant: number) =>
    Date.parse(`${new Date(instant).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`);
  return (after) => {
    const shown = wallClock(after);
    for (let wall = shown - (shown % day) + minuteOfDay * minute; ; wall += day) {
      // The offset of the day before, or of the day after when the clock has been changed in between.
      const instants = [wall - day, wall + day].map((near) => wall - (wallClock(near) - near));
      const due = Math.min(...instants.filter((instant) => wallClock(instant) === wall));
      if (Number.isFinite(due) && due > after) return due;
    }
  };
}
