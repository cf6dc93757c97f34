import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { messageOf } from '../end-to-end/faults-crowd.ts';
import { submitCommand, tinyPdf } from '../support/commands.ts';
import { relay } from '../support/relay.ts';
import type { Figure, Measure } from './figure.ts';

interface Cost {
  calls: number;
  writes: number;
  reads: number;
}

const callsTo = (calls: Readonly<Record<string, number>>): number =>
  Object.entries(calls).reduce((sum, [path, count]) => sum + (path.startsWith('/cpro/') ? count : 0), 0);

async function costOf(body: string, { cloud, simulator }: Relay, erp: Erp): Promise<Cost> {
  if (!simulator) throw new Error('no simulator');
  const before = callsTo(simulator.model.effects.calls);
  cloud.wire.reset();
  await erp.send(body, 'example');
  await cloud.idle();
  const database = cloud.wire.matching({ service: 'dynamodb' });
  const reads = database.filter(({ action }) => /Get|Query|Scan/.test(action)).length;
  return { calls: callsTo(simulator.model.effects.calls) - before, writes: database.length - reads, reads };
}

/** What an invoice costs, counted by the local cloud: its recipient is known, its function is warm. */
export async function invoiceFigures(): Promise<Figure[]> {
  const relay = await bringUp({ clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }) });
  const erp = new Erp(endpointsOf(relay));
  try {
    const attachments = [1, 2, 3].map((i) => ({ name: `annexe-${i}.pdf`, content: tinyPdf }));
    const withThree = submitCommand({ invoice: { number: 'BENCH-3' }, command: { attachments } });
    await costOf(messageOf({ number: 'BENCH-1', route: 'pdf', twice: false }), relay, erp);
    const pdf = await costOf(messageOf({ number: 'BENCH-2', route: 'pdf', twice: false }), relay, erp);
    const attached = await costOf(JSON.stringify(withThree), relay, erp);
    const flux = await costOf(messageOf({ number: 'BENCH-4', route: 'flux', twice: false }), relay, erp);
    const atMost = (what: string, measured: number, budget: number, unit = 'calls'): Figure => ({
      ...{ what, measured, budget, unit },
      side: 'at most',
    });
    return [
      atMost('calls: a PDF invoice', pdf.calls, 2),
      atMost('calls: with three attachments', attached.calls, 5),
      atMost('calls: a ready e-invoice', flux.calls, 1),
      atMost('ledger: queue to followed', Math.max(pdf.writes, attached.writes), 3, 'writes'),
      atMost('ledger: queue to followed', Math.max(pdf.reads, attached.reads), 1, 'reads'),
    ];
  } finally {
    erp.close();
    await relay.stop();
  }
}

const changed = 20;

/** The calls of one poll while `open` invoices are open, twenty of them have changed and one file awaits its report. */
async function callsOfAPoll(open: number): Promise<number> {
  const world = relay();
  const numbers = Array.from({ length: open }, (_, i) => `F-${i}`);
  for (const number of numbers) await world.submit(submitCommand({ invoice: { number } }));
  // Each poll reads the last hour again: none of them is in it.
  world.advance(90);
  await world.poll();
  await world.submit(messageOf({ number: 'FLUX-1', route: 'flux', twice: false }));
  for (const number of numbers.slice(0, changed)) world.model.setStatus(number, 'SERVICE_FAIT');
  world.advance(2);
  const before = callsTo(world.model.effects.calls);
  await world.poll();
  return callsTo(world.model.effects.calls) - before;
}

export const pollFigures: Measure = async (tell) => {
  const few = await callsOfAPoll(100);
  tell('1,000 open invoices');
  const many = await callsOfAPoll(1_000);
  const budget = { budget: 2, unit: 'calls', side: 'at most' } as const;
  return [
    { what: 'poll: 100 open, 20 changed, 1 file', measured: few, ...budget },
    { what: 'poll: 1,000 open, 20 changed, 1 file', measured: many, ...budget },
  ];
};
