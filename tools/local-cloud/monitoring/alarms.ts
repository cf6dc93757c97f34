/** The alarms of the template: when each changes its state. */
import * as z from 'zod';
import type { Resource } from '../provision/stack.ts';
import { alarmRule, type Rule } from './alarm-rule.ts';
import { metricAlarm, stateOf, type AlarmState, type MetricAlarm } from './metric-alarm.ts';
import type { MetricStore } from './metric-store.ts';

export interface AlarmChange {
  alarm: string;
  description: string;
  /** By the cloud's clock. */
  at: number;
  state: AlarmState;
}

interface CompositeAlarm {
  name: string;
  description: string;
  rule: Rule;
}

const compositeSchema = z
  .object({ AlarmName: z.string(), AlarmDescription: z.string().default(''), AlarmRule: z.string() })
  .transform(({ AlarmName: name, AlarmDescription: description, AlarmRule }): CompositeAlarm => ({
    name,
    description,
    rule: alarmRule(AlarmRule),
  }));

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export class Alarms {
  readonly #store: MetricStore;
  readonly #metricAlarms: MetricAlarm[];
  readonly #composites: CompositeAlarm[];
  readonly #states = new Map<string, AlarmState>();
  #evaluated: number;

  /** @param since when the alarms were created */
  constructor(resources: readonly Resource[], store: MetricStore, since: number) {
    const ofType = (type: string) => resources.filter((one) => one.type === type).map(({ properties }) => properties);
    this.#store = store;
    this.#metricAlarms = ofType('AWS::CloudWatch::Alarm').map(metricAlarm);
    this.#composites = ofType('AWS::CloudWatch::CompositeAlarm').map((one) => compositeSchema.parse(one));
    this.#evaluated = floorTo(minute, since);
  }

  get ringing(): string[] {
    return [...this.#states].flatMap(([name, state]) => (state === 'ALARM' ? [name] : []));
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
      for (const alarm of this.#composites)
        this.#set(alarm, at, alarm.rule((name) => this.#stateOf(name)) ? 'ALARM' : 'OK', changes);
    }
    return changes;
  }

  #stateOf(name: string): AlarmState {
    return this.#states.get(name) ?? 'INSUFFICIENT_DATA';
  }

  #set(
    { name, description }: { name: string; description: string },
    at: number,
    state: AlarmState,
    changes: AlarmChange[],
  ): void {
    if (this.#stateOf(name) === state) return;
    this.#states.set(name, state);
    changes.push({ alarm: name, description, at, state });
  }
}

const floorTo = (unit: number, instant: number): number => Math.floor(instant / unit) * unit;
