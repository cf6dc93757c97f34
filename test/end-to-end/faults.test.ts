import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { typeOf, type InvoiceEvent } from '../../shared/invoice/events.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { exampleWorld, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { atScale } from '../support/scale.ts';
import { crowd, drop, messageOf, readLedger } from './faults-crowd.ts';
import { counting, disturb, killerOf } from './faults-disturb.ts';

const minute = 60_000;
const hour = 60 * minute;

const invoices = crowd(atScale(500, 60));
/** After each lot a minute goes by, and functions that saw Chorus Pro down try it again. */
const lot = 70;
/** Long enough for doubts to be settled and sent again while faults go on. */
const underFaultsMs = 50 * minute;
/**
 * When we look, in hours after the faults: a PDF's doubt is settled within the hour, a flux's after twelve, a refused
 * one's after 48.
 */
const looks = [1, 2, 3, 6, 12, 13, 14, 16, 26, 28, 40, 52, 64, 76];
/** An answer that never comes is waited for in real time: from two to five minutes, however fast the machine. */
const patienceMs = 600_000;

const atRest = ({ state, outbox }: LedgerRecord): boolean => state === 'followed' && outbox.length === 0;

/**
 * The simulation plays such faults in memory a hundred thousand times; here they meet real sockets, threads and
 * bundles.
 */
describe(`${invoices.length} invoices while one call in five fails and functions are killed in the middle of calls`, () => {
  let relay: Relay;
  let records: LedgerRecord[] = [];
  let events: InvoiceEvent[] = [];
  let left: string[] = [];

  beforeAll(async () => {
    const started = performance.now();
    const said: Record<string, number> = {};
    const clock = new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') });
    // One in five lives on; of the others we want to know only that they are there.
    const scenarioOf = ({ number }: { number: string }) => (/[05]$/.test(number) ? 'default' : 'still');
    relay = await bringUp({ clock, world: { ...exampleWorld(), scenarioOf }, onLog: counting(said) });
    const { cloud, simulator } = relay;
    if (!simulator) throw new Error('no simulator');
    // Chorus Pro takes whatever it is sent, and shows it late.
    Object.assign(simulator.model.options, { duplicateCheck: 'off', searchLagMs: 5 * minute });
    const endpoints = endpointsOf(relay);
    const { sqs, dynamodb, destroy } = localClients({ ...endpoints, accessKeyId: 'erp' });
    const queue = endpoints.outputs['InvoicesQueueUrl'] ?? '';

    const again = invoices.filter(({ twice }) => twice);
    const killer = killerOf(cloud, 0.06);
    const disturbance = disturb(simulator.faults, killer.onCall);
    const messages = [...invoices, ...again].map(messageOf);
    for (let start = 0; start < messages.length; start += lot) {
      await drop(sqs, queue, messages.slice(start, start + lot));
      const { pathname } = new URL(queue);
      const waiting = async () => (await cloud.queues()).get(pathname.slice(pathname.lastIndexOf('/') + 1))?.visible;
      await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: patienceMs, interval: 20 });
      clock.advance(minute);
    }
    // Nothing is killed as long as a function may wait for an answer that never comes: that must be waited out too.
    await cloud.idle({ parked: 'leave' });
    killer.armed = true;
    await cloud.advance(underFaultsMs);
    killer.armed = false;
    disturbance.stop();

    const calm = clock.now();
    for (const hours of looks) {
      await cloud.advance(calm + hours * hour - clock.now(), { catchUp: 'last' });
      records = await readLedger(dynamodb, endpoints.table);
      if (records.every(atRest)) break;
    }
    const erp = new Erp(endpoints);
    events = await erp.readInbox();
    erp.close();
    destroy();
    const counts = [...(await cloud.queues())];
    left = counts.flatMap(([name, { visible, inFlight, delayed }]) => (visible + inFlight + delayed > 0 ? [name] : []));

    const { calls, disturbed, kinds } = disturbance;
    const figures = {
      invoices: invoices.length,
      droppedTwice: again.length,
      calls,
      disturbed: `${disturbed} (${((100 * disturbed) / calls).toFixed(1)} %)`,
      faults: kinds,
      killed: killer.killed,
      events: events.length,
      virtualHoursToRest: Number(((clock.now() - calm) / hour).toFixed(1)),
      seconds: Math.round((performance.now() - started) / 1000),
      said,
    };
    console.log(JSON.stringify(figures, undefined, 2));
  }, patienceMs);
  afterAll(() => relay.stop());

  it('each came into being in Chorus Pro once, and nothing else did', () => {
    const once = invoices.map(({ number }) => [`${SUPPLIERS.company}/${number}`, 1] as const);
    expect(relay.simulator?.model.effects.invoices).toEqual(Object.fromEntries(once));
  });

  it('each is followed', () => {
    const states = records.map(({ number, state }) => `${number ?? '?'} ${state}`);
    expect(states.sort()).toEqual(invoices.map(({ number }) => `${number} followed`));
  });

  it('nothing is left on any queue, the dead letters included', () => {
    expect(left).toEqual([]);
  });

  it('the ERP has every event of each, from the first to the last', () => {
    const received = new Set(events.map(({ id }) => id));
    const told = records.flatMap(({ pk, sequence }) => Array.from({ length: sequence }, (_, i) => `${pk}#${i + 1}`));
    expect(told.filter((id) => !received.has(id))).toEqual([]);
    expect(events).toHaveLength(told.length);
  });

  it('the ERP heard of each once that it was accepted, and once that it was submitted', () => {
    for (const type of ['accepted', 'submitted'] as const) {
      const heard = events.filter((event) => event.type === typeOf(type));
      expect(heard.map(({ data }) => data.number).sort()).toEqual(invoices.map(({ number }) => number));
    }
  });
});
