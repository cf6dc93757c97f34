/** The alarms of the template: when each changes its state. */
import type { Resource } from '../provision/stack.ts';
import { metricAlarm, stateOf, type AlarmState, type MetricAlarm } from './metric-alarm.ts';
import type { MetricStore } from './metric-store.ts';

export interface AlarmChange {
  alarm: string;
  description: string;
  /** By the cloud's clock. */
  at: number;
  state: AlarmState;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export class Alarms {
  readonly #store: MetricStore;
  readonly #metricAlarms: MetricAlarm[];
  readonly #states = new Map<string, Pick<AlarmChange, 'state' | 'at'>>();
  readonly #since: number;
  #evaluated: number;

  /** @param since when the alarms were created */
  constructor(resources: readonly Resource[], store: MetricStore, since: number) {
    this.#store = store;
    this.#metricAlarms = resources.flatMap(({ type, properties }) =>
      type === 'AWS::CloudWatch::Alarm' ? [metricAlarm(properties)] : [],
    );
    this.#since = since;
    this.#evaluated = floorTo(minute, since);
  }

  get count(): number {
    return this.#metricAlarms.length;
  }

  get ringing(): string[] {
    return [...this.#states].flatMap(([name, { state }]) => (state === 'ALARM' ? [name] : []));
  }

  /** Every alarm as it is since its last change. */
  get all(): AlarmChange[] {
    return this.#metricAlarms.map(({ name, description }) => ({
      ...{ alarm: name, description },
      ...(this.#states.get(name) ?? { state: 'INSUFFICIENT_DATA', at: this.#since }),
    }));
  }

  /** Every minute; an alarm that looks at more than a day every hour. @returns the changes, in their order */
  evaluate(until: number): AlarmChange[] {
    const changes: AlarmChange[] = [];
    for (let at = this.#evaluated + minute; at <= until; at += minute) {
      this.#evaluated = at;
      for (const alarm of this.#metricAlarms) {
        const isMultiDay = alarm.periodMs * alarm.evaluationPeriods > day;
        if (isMultiDay && at % hour !== 0) continue;
        this.#set(alarm, at, stateOf(alarm, this.#store, at, this.#stateOf(alarm.name)), changes);
      }
    }
    return changes;
  }

  #stateOf(name: string): AlarmState {
    return this.#states.get(name)?.state ?? 'INSUFFICIENT_DATA';
  }

  #set(
    { name, description }: { name: string; description: string },
    at: number,
    state: AlarmState,
    changes: AlarmChange[],
  ): void {
    if (this.#stateOf(name) === state) return;
    this.#states.set(name, { state, at });
    changes.push({ alarm: name, description, at, state });
  }
}

const floorTo = (unit: number, instant: number): number => Math.floor(instant / unit) * unit;
