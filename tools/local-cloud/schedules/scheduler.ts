import type { DrivenClock } from '../clock.ts';
import { UnknownFunction, type Functions } from '../lambda/functions.ts';
import { AwsError, jsonReply, type Service } from '../services/service.ts';
import { scheduleExpression } from './expression.ts';
import type { NextDue } from './instants.ts';

export interface ScheduleDefinition {
  name: string;
  arn: string;
  group: string;
  expression: string;
  timeZone: string;
  enabled: boolean;
  targetArn: string;
  input: string | undefined;
  deadLetterArn: string | undefined;
}

export interface SchedulerOptions {
  clock: DrivenClock;
  functions: Functions;
  deliver: (arn: string, body: unknown) => Promise<void>;
  onError: (schedule: string, reason: string) => void;
}

interface Entry {
  definition: ScheduleDefinition;
  next: NextDue;
  due: number | undefined;
  runs: number;
}

/** EventBridge Scheduler. It invokes asynchronously: a function that fails is tried again by Lambda, not from here. */
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
    this.#entries.push({ definition, next, due: definition.enabled ? next(now) : undefined, runs: 0 });
  }

  get schedules(): { name: string; due: number | undefined; runs: number }[] {
    return this.#entries.map(({ definition, due, runs }) => ({ name: definition.name, due, runs }));
  }

  /** When the next schedule is due, by the cloud's clock. */
  get nextDue(): number | undefined {
    const due = this.#entries.flatMap((entry) => (entry.due === undefined ? [] : [entry.due]));
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  /** Runs what is due, the longest due first, and waits for each. */
  async runDue(now = this.#options.clock.now()): Promise<void> {
    const due = this.#entries.filter((entry) => entry.due !== undefined && entry.due <= now);
    for (const entry of due.sort((a, b) => (a.due ?? 0) - (b.due ?? 0))) {
      const { due: at = now } = entry;
      entry.due = entry.next(at);
      await this.#run(entry, at);
    }
  }

  /** Of a long leap, only the last run of each schedule: the earlier ones never happen. */
  skipTo(instant: number): void {
    for (const entry of this.#entries) {
      while (entry.due !== undefined) {
        const following = entry.next(entry.due);
        if (following === undefined || following > instant) break;
        entry.due = following;
      }
    }
  }

  /** Follows the machine's time; what came due while the machine slept runs once. */
  tick(): void {
    const run = () => {
      this.skipTo(this.#options.clock.now());
      this.runDue().catch((error: unknown) => this.#options.onError('a schedule', String(error)));
    };
    this.#ticker ??= setInterval(run, 1000).unref();
  }

  stop(): void {
    clearInterval(this.#ticker);
  }

  readonly service: Service = ({ method, url }) => {
    const [, resource, name] = new URL(url, 'http://local').pathname.split('/');
    const described = this.#entries.map(({ definition }) => ({
      Name: definition.name,
      Arn: definition.arn,
      GroupName: definition.group,
      ScheduleExpression: definition.expression,
      ScheduleExpressionTimezone: definition.timeZone,
      State: definition.enabled ? 'ENABLED' : 'DISABLED',
      Target: { Arn: definition.targetArn, Input: definition.input },
    }));
    if (method !== 'GET' || resource !== 'schedules') {
      return Promise.resolve(new AwsError('UnknownOperationException', `${method} ${url}`, 404).reply());
    }
    if (!name) return Promise.resolve(jsonReply(200, { Schedules: described }));
    const found = described.find((schedule) => schedule.Name === decodeURIComponent(name));
    const missing = new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    return Promise.resolve(found ? jsonReply(200, found) : missing.reply());
  };

  async #run(entry: Entry, scheduledFor: number): Promise<void> {
    const { definition } = entry;
    entry.runs += 1;
    const input = inputOf(definition, scheduledFor);
    try {
      await this.#options.functions.invokeAsync(definition.targetArn, input);
    } catch (error) {
      if (!(error instanceof UnknownFunction)) throw error;
      this.#options.onError(definition.name, error.message);
      if (definition.deadLetterArn !== undefined) await this.#options.deliver(definition.deadLetterArn, input);
    }
  }
}

/** The schedule's own input, its context attributes filled in; without one, the event that AWS sends. */
function inputOf({ input, arn }: ScheduleDefinition, scheduledFor: number): unknown {
  const time = `${new Date(scheduledFor).toISOString().slice(0, 19)}Z`;
  if (input === undefined) {
    return {
      version: '0',
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      time,
      resources: [arn],
      detail: '{}',
    };
  }
  const filled = input
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
  try {
    return JSON.parse(filled);
  } catch {
    return filled;
  }
}
