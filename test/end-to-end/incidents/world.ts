import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Erp } from '../../../tools/demo/erp.ts';
import { bringUp, type Relay } from '../../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../../tools/local-cloud/endpoints.ts';
import { DrivenClock, type LocalCloud } from '../../../tools/local-cloud/index.ts';
import type { AlarmChange } from '../../../tools/local-cloud/monitoring/alarms.ts';
import { CloudWatch } from '../../../tools/local-cloud/monitoring/cloud-watch.ts';
import type { Simulator } from '../../../tools/local-cloud/simulator.ts';
import { simulatorCredentials } from '../../../tools/local-cloud/simulator.ts';
import { exampleWorld, type World as ChorusProWorld } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';

const minute = 60_000;
export const hour = 60 * minute;

/** The relay in the local cloud, its ERP, and CloudWatch: an incident befalls it. */
export class World {
  readonly chorusPro: ChorusProWorld;
  readonly cloud: LocalCloud;
  readonly simulator: Simulator;
  readonly erp: Erp;
  /** As the operator has them, to type them in. */
  credentials = simulatorCredentials;
  erpReads = true;
  readonly #watch: CloudWatch;
  readonly #relay: Relay;
  readonly #folder: string;
  #sent = 0;

  constructor(given: { chorusPro: ChorusProWorld; relay: Relay; watch: CloudWatch; folder: string }) {
    const { chorusPro, relay, watch, folder } = given;
    if (!relay.simulator) throw new Error('there is no simulator');
    this.chorusPro = chorusPro;
    this.cloud = relay.cloud;
    this.simulator = relay.simulator;
    this.erp = new Erp(endpointsOf(relay));
    this.#watch = watch;
    this.#relay = relay;
    this.#folder = folder;
    const logs = relay.cloud.resources.flatMap(({ type, attributes }) =>
      type === 'AWS::Logs::LogGroup' ? [attributes['Arn'] ?? ''] : [],
    );
    watch.logsAreKept = () => logs.every((arn) => relay.cloud.isUsable(arn));
  }

  get ringing(): string[] {
    return this.#watch.ringing;
  }

  get now(): number {
    return this.cloud.clock.now();
  }

  /** In steps, of which each begins with what the ERP does. @returns how the alarms changed */
  async play(hours: number, stepMinutes = 15): Promise<AlarmChange[]> {
    const changes: AlarmChange[] = [];
    for (const end = this.now + hours * hour; this.now < end;) {
      await this.cloud.advance(Math.min(stepMinutes * minute, end - this.now), { catchUp: 'last' });
      changes.push(...(await this.#watch.observe(this.cloud)));
      if (this.erpReads) await this.erp.readInbox().catch(() => []);
    }
    return changes;
  }

  /** A quiet time, of which only the end is of interest: it ends with two polls within the hour. */
  async pass(hours: number): Promise<void> {
    const last = Math.min(0.5, hours);
    await this.play(hours - last, 360);
    await this.play(last, 30);
  }

  /** A quiet time, until it is that hour of the day. */
  async passUntil(hourOfDay: number): Promise<void> {
    const sinceMidnight = this.now % (24 * hour);
    await this.pass((((hourOfDay + 24) * hour - sinceMidnight) % (24 * hour)) / hour);
  }

  get nextNumber(): string {
    return `INCIDENT-${this.#sent + 1}`;
  }

  get lastNumber(): string {
    return `INCIDENT-${this.#sent}`;
  }

  /** @returns whether the queue took it */
  async sendInvoice(): Promise<boolean> {
    try {
      await this.erp.send(JSON.stringify(submitCommand({ invoice: { number: this.nextNumber } })), 'example');
    } catch {
      return false;
    }
    this.#sent += 1;
    return true;
  }

  /** A version of a function that does nothing but fail. */
  async publishBadVersion(functionName: string): Promise<void> {
    const folder = join(this.#folder, `${functionName}-${this.now}`);
    await mkdir(folder);
    await writeFile(join(folder, 'index.js'), 'exports.handler = async () => { throw new Error("bad"); };');
    this.cloud.publish(functionName, folder);
  }

  /** Every invoice that was sent is in Chorus Pro, once, and nothing waits on any queue. */
  async expectAllWell(): Promise<void> {
    const { effects } = this.simulator.model;
    expect(Object.values(effects.invoices).filter((times) => times !== 1)).toEqual([]);
    expect(Object.keys(effects.invoices)).toHaveLength(this.#sent);
    const counts = [...(await this.cloud.queues())];
    const left = counts.flatMap(([name, { visible, inFlight, delayed }]) =>
      visible + inFlight + delayed > 0 ? [name] : [],
    );
    expect(left).toEqual([]);
    expect(this.ringing).toEqual([]);
  }

  async stop(): Promise<void> {
    this.erp.close();
    await this.#relay.stop();
    await rm(this.#folder, { recursive: true });
  }
}

export async function openWorld(start: Date): Promise<World> {
  const clock = new DrivenClock({ start });
  const watch = new CloudWatch(clock);
  const chorusPro: ChorusProWorld = { ...exampleWorld(), scenarioOf: () => 'still' };
  const relay = await bringUp({ clock, world: chorusPro, watch });
  return new World({ chorusPro, relay, watch, folder: await mkdtemp(join(tmpdir(), 'chorus-relay-incidents-')) });
}
