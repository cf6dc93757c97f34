import { slots } from '../../shared/chorus-pro/shared-slots.ts';
import { bringUp } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { drop, messageOf } from '../end-to-end/faults-crowd.ts';
import { submitCommand } from '../support/commands.ts';
import { relay } from '../support/relay.ts';
import type { Figure } from './figure.ts';

const callMs = 300;
const callsOfAnInvoice = 2;
/** Functions at the same time. However many calls each makes, they share the slots of the connection. */
const concurrency = 4;
const invoices = 150;

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => messageOf({ number: `${prefix}-${i}`, route: 'pdf', twice: false }));

/** In real time, with a Chorus Pro that takes 300 ms for each call. */
export async function throughputFigures(): Promise<Figure[]> {
  const { cloud, simulator, ...up } = await bringUp({ context: { maximumConcurrency: concurrency } });
  try {
    if (!simulator) throw new Error('no simulator');
    const endpoints = endpointsOf({ cloud, simulator, ...up });
    const { sqs, destroy } = localClients({ ...endpoints, accessKeyId: 'erp' });
    const queue = endpoints.outputs['InvoicesQueueUrl'] ?? '';
    // Functions, token and directory are warm, as they are in the middle of a working day.
    await drop(sqs, queue, numbered('WARM', concurrency));
    await cloud.idle();
    simulator.faults.add({ kind: 'latency', path: '/cpro/*', milliseconds: callMs });
    const started = performance.now();
    await drop(sqs, queue, numbered('PACE', invoices));
    await cloud.idle();
    const seconds = (performance.now() - started) / 1000;
    destroy();
    const ideal = slots / ((callsOfAnInvoice * callMs) / 1000);
    const what = `throughput: ${concurrency} functions, one connection, of the ideal`;
    return [{ what, measured: (100 * invoices) / seconds / ideal, unit: '%', budget: 50, side: 'at least' }];
  } finally {
    await up.stop();
  }
}

/** In memory, and without the time that the model of Chorus Pro takes: what is left is the relay's own work. */
export async function ownTimeFigures(): Promise<Figure[]> {
  let elsewhere = 0;
  const world = relay({
    transport: (wire) => (request) => {
      const started = performance.now();
      const sending = wire(request);
      elsewhere += performance.now() - started;
      return sending;
    },
  });
  const run = async (prefix: string, count: number): Promise<number> => {
    const started = performance.now();
    elsewhere = 0;
    for (let i = 0; i < count; i += 1) await world.submit(submitCommand({ invoice: { number: `${prefix}-${i}` } }));
    return (performance.now() - started - elsewhere) / count;
  };
  await run('WARM', 200);
  const measured = await run('OWN', 1_000);
  return [{ what: 'the relay’s own time for an invoice', measured, unit: 'ms', budget: 5, side: 'at most' }];
}
