/** CloudWatch for a local cloud: what AWS and the functions measure, and the alarms that look at it. */
import type { DrivenClock } from '../clock.ts';
import type { LocalCloud } from '../cloud.ts';
import type { FinishedInvocation, LogLine } from '../lambda/lambda-function.ts';
import { lastPart } from '../arn.ts';
import { Alarms, type AlarmChange, type AlarmNow } from './alarms.ts';
import { putEmbedded } from './embedded-metrics.ts';
import { MetricStore } from './metric-store.ts';
import { QueueMetrics } from './queue-metrics.ts';

export class CloudWatch {
  readonly #clock: DrivenClock;
  readonly store = new MetricStore();
  readonly #queues = new Map<string, QueueMetrics>();
  readonly #since: number;
  #alarms: Alarms | undefined;
  #requests = 0;
  /** CloudWatch Logs encrypts the log groups under the relay's key: what it cannot keep, nobody can count. */
  logsAreKept = (): boolean => true;

  constructor(clock: DrivenClock) {
    this.#clock = clock;
    this.#since = clock.now();
  }

  /** For the cloud's option of the same name. */
  readonly onLog = ({ line }: LogLine): void => {
    if (this.logsAreKept()) putEmbedded(line, this.store);
  };

  /** For the cloud's option of the same name. */
  readonly onInvocation = ({ function: name, at, milliseconds, failed }: FinishedInvocation): void => {
    const values = { Invocations: 1, Errors: failed ? 1 : 0, Throttles: 0, Duration: milliseconds };
    for (const [metric, value] of Object.entries(values))
      this.store.put({ namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: name } }, at, value);
  };

  get ringing(): string[] {
    return this.#alarms?.ringing ?? [];
  }

  /** Of how many alarms it looks after. */
  get alarmCount(): number {
    return this.#alarms?.count ?? 0;
  }

  /** Every alarm, as it was when the cloud was last observed. */
  get alarms(): AlarmNow[] {
    return this.#alarms?.all ?? [];
  }

  /** After each step of time. @returns how the alarms changed since the last one */
  async observe(cloud: LocalCloud): Promise<AlarmChange[]> {
    const now = this.#clock.now();
    const called = new Map<string, number>();
    for (const { service, at, resources } of cloud.wire.requests.slice(this.#requests))
      if (service === 'sqs') for (const arn of resources) called.set(lastPart(arn, ':'), at);
    this.#requests = cloud.wire.requests.length;
    for (const [name, messages] of await cloud.messages()) {
      const queue = this.#queues.get(name) ?? new QueueMetrics(name, this.store, this.#since);
      this.#queues.set(name, queue);
      queue.advance(now, messages, called.get(name));
    }
    // They begin with what there is by now: a relay that has not polled yet is no silent one.
    this.#alarms ??= new Alarms(cloud.resources, this.store, now);
    return this.#alarms.evaluate(now);
  }
}
