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
  /** With a query: the connection that it is about. Without it, the alarm as a whole. */
  contributor?: string;
}

/** With a query: what it is, and who makes the alarm ring. */
export interface AlarmNow extends AlarmChange {
  query?: { expression: string; contributors: readonly { name: string; at: number }[] };
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export class Alarms {
  readonly #store: MetricStore;
  readonly #metricAlarms: MetricAlarm[];
  readonly #states = new Map<string, Pick<AlarmChange, 'state' | 'at'>>();
  /** Of alarms with a query: which of their groups ring, and since when. */
  readonly #groups = new Map<string, Map<string, number>>();
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
  get all(): AlarmNow[] {
    return this.#metricAlarms.map(({ name, description, query }) => ({
      ...{ alarm: name, description },
      ...(this.#states.get(name) ?? { state: 'INSUFFICIENT_DATA', at: this.#since }),
      ...(query ? { query: { expression: query.expression, contributors: this.#ringingOf(name) } } : {}),
    }));
  }

  #ringingOf(alarm: string): { name: string; at: number }[] {
    return [...(this.#groups.get(alarm) ?? [])].map(([name, at]) => ({ name, at }));
  }

  /** Every minute; an alarm that looks at more than a day every hour. @returns the changes, in their order */
  evaluate(until: number): AlarmChange[] {
    const changes: AlarmChange[] = [];
    for (let at = this.#evaluated + minute; at <= until; at += minute) {
      this.#evaluated = at;
      for (const alarm of this.#metricAlarms) {
        const isMultiDay = alarm.periodMs * alarm.evaluationPeriods > day;
        if (isMultiDay && at % hour !== 0) continue;
        const state = alarm.query
          ? this.#lookAtGroups(alarm, alarm.query, at, changes)
          : stateOf(alarm, this.#store, at, this.#stateOf(alarm.name));
        this.#set(alarm, at, state, changes);
      }
    }
    return changes;
  }

  /** A group rings or not, and is gone without data. The alarm rings while one does. [AWS: Acting on alarm changes] */
  #lookAtGroups(
    alarm: MetricAlarm,
    { groupsIn }: NonNullable<MetricAlarm['query']>,
    at: number,
    changes: AlarmChange[],
  ): AlarmState {
    const { name, description } = alarm;
    const ringing = this.#groups.get(name) ?? new Map<string, number>();
    this.#groups.set(name, ringing);
    for (const { group, valuesOf } of groupsIn(this.#store)) {
      const rings = stateOf({ ...alarm, valuesOf }, this.#store, at, 'OK') === 'ALARM';
      if (rings === ringing.has(group)) continue;
      if (rings) ringing.set(group, at);
      else ringing.delete(group);
      changes.push({ alarm: name, description, at, state: rings ? 'ALARM' : 'OK', contributor: group });
    }
    return ringing.size > 0 ? 'ALARM' : 'OK';
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
