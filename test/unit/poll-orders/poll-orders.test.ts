import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { timings } from '../../../shared/facts/timings.ts';
import { orderNotifiedSchema } from '../../../shared/messaging/order-event.ts';
import {
  RECIPIENTS,
  STATE_ORDER,
  stateOrder,
  SUPPLIERS,
  type FaultRule,
} from '../../../tools/chorus-pro-simulator/index.ts';
import { polling } from './polling.ts';

const search = '/cpro/engagementsJuridiques/v1/rechercher';
const detail = '/cpro/engagementsJuridiques/v1/consulterDetail';
const day = (of: number, hour = 8) => Date.UTC(2026, 10, of, hour);

describe('the orders of the State', () => {
  it('are told with where their invoices go', async () => {
    const { poll, published } = polling();
    expect(await poll()).toEqual({ connection: 'example', notified: 1 });
    const [event] = published;
    expect(orderNotifiedSchema.strict().parse(event)).toMatchObject({
      subject: `example/-/order ${STATE_ORDER.number}`,
      data: {
        connection: 'example',
        environment: 'qualification',
        supplier: SUPPLIERS.company,
        number: STATE_ORDER.number,
        notifiedAt: '2026-11-20T08:30:00.000Z',
        recipient: { siret: RECIPIENTS.state, name: 'État (exemple)', service: STATE_ORDER.service },
        amount: '48000.00',
        currency: 'EUR',
        invoiced: '0.00',
        actionNeeded: false,
      },
    });
    expect(event?.data.message.fr).toMatch(
      /^L’État a notifié le bon de commande 1501966748 à Constructions Duval le 20 novembre 2026, d’un montant de 48\s000,00\s€ TTC\. À facturer : SIRET 11000201100044, service AAASCPV\.$/,
    );
    expect(event?.data.message.en).toBe(
      'The State has notified the order 1501966748 to Constructions Duval on 2026-11-20, of 48000.00 EUR with VAT. To be invoiced to: SIRET 11000201100044, service AAASCPV.',
    );
  });

  it('are told once, however often they are read', async () => {
    const { poll, published, days, model } = polling();
    await poll();
    for (let count = 0; count < 8; count += 1) {
      await poll();
      days(1);
    }
    expect(published).toHaveLength(1);
    model.world.orders.push(stateOrder({ id: 2, number: '1501966750', notifiedAt: day(30) }));
    await poll();
    days(1);
    await poll();
    expect(published.map(({ data }) => data.number)).toEqual([STATE_ORDER.number, '1501966750']);
  });

  it('are told to each company and agency that has them, and to no other', async () => {
    const { poll, published, model } = polling();
    model.world.orders.push(
      stateOrder({ id: 2, number: '1501966750', supplierSiret: SUPPLIERS.agency }),
      stateOrder({ id: 3, number: '1501966751', supplierSiret: SUPPLIERS.stranger }),
    );
    await poll();
    expect(published.map(({ data }) => [data.number, data.supplier])).toEqual([
      [STATE_ORDER.number, SUPPLIERS.company],
      ['1501966750', SUPPLIERS.agency],
    ]);
    expect(published[1]?.data.message.en).toContain('to Caen on');
  });

  it('are found on every page', async () => {
    const { poll, published, model } = polling();
    model.world.orders = Array.from({ length: 1_203 }, (_, i) =>
      stateOrder({ id: i + 1, number: String(1_500_000_000 + i), notifiedAt: day(1) + i * 60_000 }),
    );
    expect(await poll()).toMatchObject({ notified: 1_203 });
    expect(new Set(published.map(({ id }) => id)).size).toBe(1_203);
    expect(model.effects.calls[search]).toBe(3);
  });

  it('are told although the search shows them late, within the days that are read again', async () => {
    const { poll, published, model, days } = polling();
    await poll();
    days(timings.orderOverlap.amount);
    model.world.orders.push(stateOrder({ id: 2, number: '1501966750', notifiedAt: day(23) }));
    await poll();
    expect(published.at(-1)?.data.number).toBe('1501966750');
  });

  it('are told anew if they are notified anew', async () => {
    const { poll, published, model, days } = polling();
    await poll();
    days(1);
    model.world.orders = [stateOrder({ notifiedAt: day(24, 1), total: 60_000 })];
    await poll();
    expect(published.map(({ data }) => data.amount)).toEqual(['48000.00', '60000.00']);
    expect(new Set(published.map(({ id }) => id)).size).toBe(2);
  });

  it('are told with the contract, if a row shows it', async () => {
    const { poll, published } = polling({
      transport: (wire) => async (request) => {
        const sending = await wire(request);
        if (!request.url.endsWith(search) || sending.kind !== 'response') return sending;
        const body = sending.body.replaceAll('"taillePJ":0', `"numeroMarcheEngagementJuridique":"M-44"`);
        return { ...sending, body };
      },
    });
    await poll();
    expect(published[0]?.data.contract).toBe('M-44');
  });

  it('are told without what a poor row lacks', async () => {
    const { poll, published } = polling({
      transport: (wire) => async (request) => {
        const sending = await wire(request);
        if (!request.url.includes('engagementsJuridiques') || sending.kind !== 'response') return sending;
        const poor = { codeRetour: 0, libelle: '', listeEngagementJuridique: [{ numeroEngagementJuridique: '7' }, {}] };
        return { ...sending, body: JSON.stringify(request.url.endsWith(search) ? poor : { ...poor, emetteur: null }) };
      },
    });
    await poll();
    await poll();
    expect(published.filter(({ data }) => data.supplier === SUPPLIERS.company)).toHaveLength(1);
    expect(published[0]?.data).toMatchObject({ number: '7', recipient: {} });
    expect(published[0]?.data.message.en).toBe('The State has notified the order 7 to Constructions Duval.');
  });

  it.each<object>([{}, { orders: { events: false } }])('are not read with the settings %j', async (settings) => {
    const { poll, published, model, telemetry } = polling({ settings });
    expect(await poll()).toEqual({ connection: 'example', notified: 0 });
    expect([published, model.effects.calls, telemetry.measured]).toEqual([[], {}, []]);
  });
});

describe('a reading of orders that fails', () => {
  it('names the API that PISTE does not let in, disturbs nothing, and loses nothing', async () => {
    const { poll, published, telemetry, model, faults, days } = polling();
    faults.add({ kind: 'forbidden', path: '/cpro/engagementsJuridiques/*' });
    expect(await poll()).toEqual({ connection: 'example', notified: 0, stopped: 'api-not-subscribed' });
    expect(model.effects.calls[search]).toBeUndefined();
    expect(telemetry.logged.map(([level, code]) => [level, code])).toEqual([['warn', 'ORDERS_NOT_SUBSCRIBED']]);
    faults.clear();
    days(20);
    await poll();
    expect(published).toHaveLength(1);
    expect(telemetry.measured).toContainEqual(['OrdersNotified', 1, { connection: 'example' }]);
  });

  it.each<FaultRule['kind']>([
    'unavailable',
    'unauthorized',
    'too-many-requests',
    'server-error',
    'hang-before',
    'truncated',
  ])('stops no other call, and goes on from there: %s', async (kind) => {
    const { poll, published, telemetry, faults } = polling();
    faults.add({ kind, path: '/cpro/engagementsJuridiques/*' });
    const { notified, stopped } = await poll();
    expect(notified).toBe(0);
    expect(stopped).toBeTruthy();
    expect(telemetry.logged.map(([, code]) => code)).toEqual(['ORDERS_UNREAD']);
    faults.clear();
    await poll();
    expect(published).toHaveLength(1);
  });

  it('survives one 401 by chance', async () => {
    const { poll, published, faults } = polling();
    faults.add({ kind: 'unauthorized', path: search, nth: 1 });
    await poll();
    expect(published).toHaveLength(1);
  });

  it('tells an order without its detail, if Chorus Pro has no such path', async () => {
    const { poll, published, telemetry, faults } = polling();
    faults.add({ kind: 'forbidden', path: detail });
    await poll();
    expect(published[0]?.data).toMatchObject({ recipient: { service: STATE_ORDER.service }, amount: '48000.00' });
    expect(published[0]?.data.invoiced).toBeUndefined();
    expect(telemetry.logged.map(([, code]) => code)).toEqual(['ORDER_DETAIL_UNREAD', 'ORDERS_READ']);
  });

  it('stops at a detail that may come soon, and tells what is left at the next reading, each once', async () => {
    const { poll, published, faults, model } = polling();
    model.world.orders.push(
      ...[2, 3].map((id) => stateOrder({ id, number: `150196675${id}`, notifiedAt: day(20, 8 + id) })),
    );
    faults.add({ kind: 'unavailable', path: detail, nth: 2 });
    expect(await poll()).toMatchObject({ notified: 1, stopped: 'platform-down' });
    expect(await poll()).toEqual({ connection: 'example', notified: 2 });
    expect(published.map(({ data }) => data.number)).toEqual([STATE_ORDER.number, '1501966752', '1501966753']);
  });

  it('publishes again, under the same ids, what may not have left', async () => {
    const { poll, published, broken } = polling();
    broken.publish = true;
    await expect(poll()).rejects.toThrow('SNS');
    broken.publish = false;
    await poll();
    expect(published.map(({ id }) => id)).toEqual([published[0]?.id, published[0]?.id]);
    await poll();
    expect(published).toHaveLength(2);
  });

  it('of one company leaves the orders of the others', async () => {
    const { poll, published, model } = polling({
      transport: (wire) => async (request) => {
        const { structureReceptriceEngagementJuridique: whose } = z
          .looseObject({ structureReceptriceEngagementJuridique: z.string().optional() })
          .catch({})
          .parse(request.url.endsWith(search) ? JSON.parse(request.body ?? '') : {});
        const own = model.world.structures.find(({ siret }) => siret === SUPPLIERS.company);
        if (whose === undefined || whose !== String(own?.id)) return wire(request);
        const body = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });
        return { kind: 'response', status: 200, headers: {}, body };
      },
    });
    model.world.orders.push(stateOrder({ id: 2, number: '1501966750', supplierSiret: SUPPLIERS.agency }));
    expect(await poll()).toEqual({ connection: 'example', notified: 1, stopped: 'refused' });
    expect(published.map(({ data }) => data.number)).toEqual(['1501966750']);
  });

  it('two at the same time note each order once, and tell the same event', async () => {
    const { poll, published } = polling();
    await Promise.all([poll(), poll()]);
    await poll();
    expect(new Set(published.map(({ id }) => id)).size).toBe(1);
    expect(published.length).toBeLessThanOrEqual(2);
  });
});
