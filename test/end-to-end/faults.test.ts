import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUp, type Relay } from '../../infra/local/bring-up.ts';
import { localClients } from '../../infra/local/clients.ts';
import { endpointsOf } from '../../infra/local/endpoints.ts';
import { DrivenClock } from '../../infra/local/index.ts';
import { Erp } from '../../samples/erp.ts';
import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { SUPPLIERS } from '../chorus-pro/index.ts';
import { crowd, drop, messageOf, readLedger } from './faults-crowd.ts';
import { counting, disturb, startKiller } from './faults-disturb.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The simulation plays these faults in memory a hundred thousand times; here they are real sockets, threads and bundles. */
const invoices = crowd(500);
/** No kills among these: a function that waits for an answer that never comes must be left to wait. */
const first = invoices.slice(0, 280);
const second = invoices.slice(280);

/** When we look, in hours after the faults have stopped: a PDF is settled within the hour, a flux after its twelve. */
const looks = [1, 2, 3, 6, 12, 13, 14, 16, 26, 28, 40, 48];

describe('500 invoices while one call in five fails and functions are killed', () => {
  let relay: Relay;
  let records: LedgerRecord[] = [];
  let events: InvoiceEvent[] = [];
  let queues: string[] = [];
  const figures: Record<string, unknown> = {};

  beforeAll(async () => {
    const started = performance.now();
    const codes: Record<string, number> = {};
    const clock = new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') });
    relay = await bringUp({ clock, onLog: counting(codes) });
    const { cloud, simulator } = relay;
    if (!simulator) throw new Error('no simulator');
    // Chorus Pro takes whatever it is sent, and shows it late.
    Object.assign(simulator.model.options, { duplicateCheck: 'off', searchLagMs: 5 * minute });
    const endpoints = endpointsOf(relay);
    const { sqs, dynamodb, destroy } = localClients({ ...endpoints, accessKeyId: 'erp' });
    const queue = endpoints.outputs['InvoicesQueueUrl'] ?? '';

    const T = (s: string) => console.log(s, ((performance.now() - started) / 1000).toFixed(1));
    T('up');
    const disturbance = disturb(simulator.faults);
    await drop(sqs, queue, first.map(messageOf));
    await cloud.idle({ parked: 'leave' });
    T('first wave');
    const killer = startKiller(cloud, 700);
    await drop(sqs, queue, [...second, ...invoices.filter(({ twice }) => twice)].map(messageOf));
    await cloud.idle({ parked: 'leave' });
    T('second wave');
    await cloud.advance(2 * hour);
    T('two hours');
    await killer.stop();
    disturbance.stop();

    const calm = clock.now();
    for (const hours of looks) {
      await cloud.advance(calm + hours * hour - clock.now(), { catchUp: 'last' });
      records = await readLedger(dynamodb, endpoints.table);
      T(`${hours}`);
      if (records.every(({ state, outbox }) => state === 'followed' && outbox.length === 0)) break;
    }
    const erp = new Erp(endpoints);
    events = await erp.readInbox();
    erp.close();
    destroy();
    T('inbox');
    queues = [...(await cloud.queues())].flatMap(([name, { visible, inFlight, delayed }]) =>
      visible + inFlight + delayed > 0 ? [name] : [],
    );
    const { calls, disturbed, kinds } = disturbance;
    Object.assign(figures, {
      invoices: invoices.length,
      calls,
      disturbed: `${disturbed} (${((100 * disturbed) / calls).toFixed(1)} %)`,
      kinds,
      killed: killer.killed,
      events: events.length,
      virtualHours: Math.round((clock.now() - calm) / hour) + 2,
      seconds: Math.round((performance.now() - started) / 1000),
      codes,
    });
  });
  afterAll(async () => {
    console.log(JSON.stringify(figures, undefined, 2));
    await relay.stop();
  });

  it('each came into being in Chorus Pro once, and nothing else did', () => {
    const expected = invoices.map(({ number }) => [`${SUPPLIERS.company}/${number}`, 1] as const);
    expect(relay.simulator?.model.effects.invoices).toEqual(Object.fromEntries(expected));
  });

  it('each is followed', () => {
    const states = records.map(({ number, state }) => `${number ?? '?'} ${state}`);
    expect(states.sort()).toEqual(invoices.map(({ number }) => `${number} followed`));
  });

  it('no message is left on any queue, the dead letters included', () => {
    expect(queues).toEqual([]);
  });

  it('the ERP has every event of each, from the first to the last', () => {
    const received = new Set(events.map(({ id }) => id));
    const told = records.flatMap(({ pk, sequence }) => Array.from({ length: sequence }, (_, i) => `${pk}#${i + 1}`));
    expect(told.filter((id) => !received.has(id))).toEqual([]);
    expect(events).toHaveLength(told.length);
  });

  it('the ERP heard of each that it was submitted, once', () => {
    const submitted = events.filter(({ type }) => type === 'chorus-relay.invoice.submitted.v1');
    expect(submitted.map(({ data }) => data.number).sort()).toEqual(invoices.map(({ number }) => number));
  });
});
