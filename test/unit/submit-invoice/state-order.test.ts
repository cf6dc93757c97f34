import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { timings } from '../../../shared/facts/timings.ts';
import { RECIPIENTS, STATE_ORDER, stateOrder, type FaultRule } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { answering, effectsOf, told } from './scenario.ts';

const search = '/cpro/engagementsJuridiques/v1/rechercher';
const detail = '/cpro/engagementsJuridiques/v1/consulterDetail';

const settings = { orders: {} };
const toState = (changes: object = {}) =>
  submitCommand({
    invoice: {
      recipient: { siret: RECIPIENTS.state, service: STATE_ORDER.service },
      commitment: STATE_ORDER.number,
      ...changes,
    },
  });

const notesOf = ({ published }: Relay, at = 0) =>
  published.filter(({ type }) => type.includes('.accepted.'))[at]?.data.notes ?? [];
const codesOf = (world: Relay, at?: number) => notesOf(world, at).map(({ code }) => code);
const callsOf = ({ model }: Relay) => (model.effects.calls[search] ?? 0) + (model.effects.calls[detail] ?? 0);

describe('the commitment of an invoice to the State', () => {
  it.each<[who: string, options: RelayOptions, command: object]>([
    ['a connection without the setting', {}, toState()],
    ['one that only wants events', { settings: { orders: { lookUp: false } } }, toState()],
    ['an invoice to another body', { settings }, submitCommand({ invoice: { commitment: STATE_ORDER.number } })],
    ['an invoice without a commitment', { settings }, toState({ commitment: undefined })],
  ])('costs no call for %s', async (_who, options, command) => {
    const world = relay(options);
    await world.submit(command);
    expect(told(world)).toContain('submitted');
    expect(callsOf(world)).toBe(0);
    expect(notesOf(world)).toEqual([]);
  });

  it('is told with what has been invoiced beside the order’s total', async () => {
    const world = relay({ settings });
    await world.submit(toState());
    expect(notesOf(world)).toMatchObject([{ code: 'order-invoiced', path: 'invoice.commitment' }]);
    expect(notesOf(world)[0]?.en).toBe(
      'Order 1501966748: 0.00 EUR already invoiced of 48000.00 EUR with VAT, without this invoice.',
    );
    await world.submit(toState({ number: 'F-2026-0002' }));
    world.advance(timings.orderCache.ms / 60_000);
    await world.submit(toState({ number: 'F-2026-0003' }));
    expect(notesOf(world, 2)[0]?.en).toContain('2400.00 EUR already invoiced');
    expect(notesOf(world, 2)[0]?.fr).toMatch(/2\s400,00\s€ déjà facturés sur 48\s000,00\s€/);
  });

  it('is read once for the invoices of an hour', async () => {
    const world = relay({ settings });
    await world.submit(toState());
    expect(callsOf(world)).toBe(2);
    await world.submit(toState({ number: 'F-2026-0002' }));
    expect(callsOf(world)).toBe(2);
  });

  it('is told if the order is exceeded; a credit note takes off', async () => {
    const world = relay({ settings });
    world.model.world.orders.push(stateOrder({ id: 1, number: '0000012219', total: 1_300 }));
    const onIt = { commitment: '0000012219' };
    await world.submit(toState(onIt));
    expect(codesOf(world)).toEqual(['order-invoiced']);
    world.advance(timings.orderCache.ms / 60_000);
    await world.submit(toState({ ...onIt, number: 'F-2026-0002' }));
    expect(codesOf(world, 1)).toEqual(['order-exceeded']);
    await world.submit(
      toState({ ...onIt, number: 'F-2026-0003', type: 'credit-note', precedingInvoice: 'F-2026-0001' }),
    );
    expect(codesOf(world, 2)).toEqual(['order-invoiced']);
  });

  it('leaves out what was rejected', async () => {
    const world = relay({ settings });
    await world.submit(toState());
    world.model.setStatus('F-2026-0001', 'REJETEE');
    world.advance(timings.orderCache.ms / 60_000);
    await world.submit(toState({ number: 'F-2026-0002' }));
    expect(notesOf(world, 1)[0]?.en).toContain('0.00 EUR already invoiced');
  });

  it('is told to be unknown, and the invoice is sent', async () => {
    const world = relay({ settings });
    await world.submit(toState({ commitment: '9999999999' }));
    expect(notesOf(world)).toMatchObject([{ code: 'order-unknown', path: 'invoice.commitment' }]);
    expect(effectsOf(world).invoices).toBe(1);
  });

  it('offers the right SIRET and service of an order that is another service’s', async () => {
    const world = relay({ settings });
    await world.submit(toState({ recipient: { siret: RECIPIENTS.state, service: STATE_ORDER.otherService } }));
    const [note] = notesOf(world);
    expect(note).toMatchObject({ code: 'order-elsewhere', path: 'invoice.recipient' });
    for (const said of [note?.fr, note?.en])
      for (const part of [RECIPIENTS.state, STATE_ORDER.service, STATE_ORDER.otherService])
        expect(said).toContain(part);
    expect(effectsOf(world).invoices).toBe(1);
  });

  it('compares the service without the detail, if Chorus Pro has no such path', async () => {
    const world = relay({ settings });
    world.faults.add({ kind: 'forbidden', path: detail });
    await world.submit(toState({ recipient: { siret: RECIPIENTS.state, service: STATE_ORDER.otherService } }));
    expect(codesOf(world)).toEqual(['order-elsewhere']);
    await world.submit(toState({ number: 'F-2026-0002' }));
    expect(callsOf(world)).toBe(1);
  });
});

describe('a failure of the State’s order book', () => {
  it.each<[fault: FaultRule['kind'], code: string]>([
    ['forbidden', 'ORDERS_NOT_SUBSCRIBED'],
    ['unauthorized', 'ORDER_UNCHECKED'],
    ['too-many-requests', 'ORDER_UNCHECKED'],
    ['unavailable', 'ORDER_UNCHECKED'],
    ['server-error', 'ORDER_UNCHECKED'],
    ['hang-before', 'ORDER_UNCHECKED'],
    ['reset-after', 'ORDER_UNCHECKED'],
    ['truncated', 'ORDER_UNCHECKED'],
  ])('costs one try, stops no invoice, and no later call: %s', async (kind, code) => {
    const telemetry = recordedTelemetry();
    const waits: number[] = [];
    const world = relay({
      ...{ settings, telemetry },
      transport: (wire) => (request) => {
        if (request.url.includes('engagementsJuridiques')) waits.push(request.timeoutMs);
        return wire(request);
      },
    });
    world.faults.add({ kind, path: '/cpro/engagementsJuridiques/*' });
    expect(await world.submit(toState())).toEqual({ kind: 'done' });
    expect(told(world)).toEqual(['accepted', 'submitted']);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeLessThanOrEqual(timings.orderLookUp.ms);
    expect(notesOf(world)).toEqual([]);
    expect(telemetry.logged.filter(([level]) => level !== 'info').map(([, one]) => one)).toEqual([code]);

    // The next one does not wait for it either, and is sent at once.
    expect(await world.submit(toState({ number: 'F-2026-0002' }))).toEqual({ kind: 'done' });
    expect(waits).toHaveLength(1);
    world.faults.clear();
    world.advance(timings.orderPause.ms / 60_000);
    await world.submit(toState({ number: 'F-2026-0003' }));
    expect(codesOf(world, 2)).toEqual(['order-invoiced']);
  });

  it('keeps the order without a detail that is lost, and soon reads it again', async () => {
    const world = relay({ settings });
    world.faults.add({ kind: 'unavailable', path: detail });
    await world.submit(toState({ recipient: { siret: RECIPIENTS.state, service: STATE_ORDER.otherService } }));
    expect(codesOf(world)).toEqual(['order-elsewhere']);
    world.faults.clear();
    world.advance(timings.orderPause.ms / 60_000);
    await world.submit(toState({ number: 'F-2026-0002' }));
    expect(codesOf(world, 1)).toEqual(['order-invoiced']);
  });

  it('lets no strange row hide the others', async () => {
    const rows = [{}, { numeroEngagementJuridique: STATE_ORDER.number, montantTotalTtc: 'much' }];
    const world = relay({
      settings,
      transport: answering(search, (body) =>
        JSON.stringify({
          ...z.record(z.string(), z.unknown()).parse(JSON.parse(body)),
          listeEngagementJuridique: rows,
        }),
      ),
    });
    await world.submit(toState());
    expect(told(world)).toEqual(['accepted', 'submitted']);
    expect(notesOf(world)).toEqual([]);
  });

  it('leaves the calls of a plain invoice as they are', async () => {
    const calls = async (options: RelayOptions) => {
      const world = relay(options);
      await world.submit(submitCommand());
      return world.model.effects.calls;
    };
    expect(await calls({ settings })).toEqual(await calls({}));
  });
});
