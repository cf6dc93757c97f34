import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import type { Relay, RelayOptions } from '../../support/relay.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { invoiceKey } from '../../../shared/ledger/record.ts';
import { paths, recordOf } from '../submit-invoice/scenario.ts';
import { pollFor, worksRelay } from './works-fixture.ts';

const requests = '/cpro/factures/v1/rechercher/demandePaiement';
const documents = '/cpro/facturesTravaux/v1/rechercher';
const callsOf = ({ model: { effects } }: Relay) => ({
  invoices: effects.calls[paths.search] ?? 0,
  requests: effects.calls[requests] ?? 0,
  documents: effects.calls[documents] ?? 0,
});
const numbersOf = (count: number) => Array.from({ length: count }, (_, i) => `F-${100 + i}`);

const keyOf = (number: string) => invoiceKey({ environment: 'production', supplier: SUPPLIERS.company, number });

async function withInvoices(count: number, environment: 'production' | 'qualification', options: RelayOptions = {}) {
  const world = worksRelay(environment, options);
  for (const number of numbersOf(count)) {
    await world.submit(submitCommand({ invoice: { number } }));
    world.advance(1);
  }
  return world;
}

/** PISTE does not let the application in to an API or a path. */
const closed =
  (path: string, isClosed: () => boolean) =>
  (transport: Transport): Transport =>
  (request) =>
    isClosed() && request.url.endsWith(path)
      ? Promise.resolve({
          kind: 'response',
          status: 403,
          headers: {},
          body: JSON.stringify({ httpCode: '403', httpMessage: 'Forbidden' }),
        })
      : transport(request);

describe('a connection with works reads what changed', () => {
  it('in production by the payment requests alone, invoices too', async () => {
    const world = await withInvoices(3, 'production');
    const before = callsOf(world);
    world.advance(15);
    expect(await world.poll()).toMatchObject({ seen: 3, recorded: 3 });
    const after = callsOf(world);
    expect([after.requests - before.requests, after.invoices - before.invoices, after.documents]).toEqual([3, 0, 0]);
  });

  it('in qualification by the list of invoices and by that of works documents', async () => {
    const world = await withInvoices(3, 'qualification');
    world.advance(15);
    expect(await world.poll()).toMatchObject({ seen: 3, recorded: 3 });
    const { requests: none, documents: some } = callsOf(world);
    expect([none, some > 0]).toEqual([0, true]);
  });

  it.each([1, 2, 7])('halves a window until one answer shows all of it: at most %i rows', async (ceiling) => {
    const numbers = numbersOf(20);
    const world = await withInvoices(20, 'production', { model: { paymentRequestCeiling: ceiling } });
    world.advance(15);
    expect(await world.poll()).not.toHaveProperty('stopped');
    for (const number of numbers)
      expect((await recordOf(world, keyOf(number))).status?.code).toBe(world.model.invoice(number)?.status);
  });

  it('goes on from the cursor of the invoices when works are turned on', async () => {
    const world = await withInvoices(1, 'production');
    await pollFor(world, 1);
    const cursor = await world.ledger.recall('cursor#example');
    expect(cursor).toMatchObject({ since: world.now().toISOString() });
  });
});

describe('a list with works documents that Chorus Pro keeps closed', () => {
  it('in production: the list of invoices is read instead, and the cursor waits', async () => {
    const state = { closed: false };
    const telemetry = recordedTelemetry();
    const transport = closed(requests, () => state.closed);
    const world = await withInvoices(2, 'production', { transport, telemetry });
    await world.poll();
    const cursor = await world.ledger.recall('cursor#example');
    state.closed = true;
    world.advance(120);
    expect(await world.poll()).not.toHaveProperty('stopped');
    for (const number of numbersOf(2))
      expect((await recordOf(world, keyOf(number))).status?.code).toBe(world.model.invoice(number)?.status);
    expect(await world.ledger.recall('cursor#example')).toEqual(cursor);
    expect(telemetry.logged).toContainEqual([
      'error',
      'WORKS_UNREAD',
      { connection: 'example', operation: 'payment-requests', reason: 'api-not-subscribed' },
    ]);
    state.closed = false;
    await world.poll();
    expect(await world.ledger.recall('cursor#example')).toMatchObject({ since: world.now().toISOString() });
  });

  it('in qualification: the invoices are followed all the same, and nothing of the works is skipped', async () => {
    const state = { closed: true };
    const telemetry = recordedTelemetry();
    const transport = closed(documents, () => state.closed);
    const world = await withInvoices(2, 'qualification', { transport, telemetry });
    const since = world.now().getTime() - 24 * 3_600_000;
    await world.poll();
    await pollFor(world, 2);
    expect(world.published.some(({ type }) => type.includes('status-changed'))).toBe(true);
    expect(await world.ledger.recall('cursor#example#works')).toMatchObject({ since: new Date(since).toISOString() });
    expect(await world.ledger.recall('cursor#example')).toMatchObject({ since: world.now().toISOString() });
    expect(telemetry.logged.map(([, code]) => code)).not.toContain('POLL_STOPPED');
  });

  it('that does not answer stops the poll, as any list does', async () => {
    const world = await withInvoices(1, 'production');
    world.faults.add({ kind: 'server-error', path: requests });
    expect(await world.poll()).toMatchObject({ stopped: 'platform-down' });
  });
});
