/** The State's orders in the local cloud: told the next morning, once, and looked up before an invoice is sent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATE_ORDER } from '../../tools/chorus-pro-simulator/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { perform } from '../../tools/demo/perform.ts';
import { readSamples } from '../../tools/demo/sample.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';

const day = 24 * 3_600_000;

describe('the State’s orders', () => {
  let relay: Relay;
  beforeAll(async () => {
    relay = await bringUp({ clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }) });
  });
  afterAll(() => relay.stop());

  it('are told the next morning, and once; an invoice to the wrong service is sent, and told of the right one', async () => {
    const samples = readSamples().filter(({ name }) => name === '29-order-of-the-state');
    const { outcomes, view } = await perform(relay, { samples });
    expect(outcomes.flatMap(({ differences }) => differences)).toEqual([]);
    const [accepted] = view.events.filter(({ type }) => type.includes('.accepted.'));
    const [elsewhere] = accepted?.data.notes ?? [];
    expect(elsewhere).toMatchObject({ code: 'order-elsewhere', path: 'invoice.recipient' });
    expect(elsewhere?.fr).toContain(STATE_ORDER.service);
    expect(view.orders.map(({ data }) => data.number)).toEqual([STATE_ORDER.number]);

    const erp = new Erp(endpointsOf(relay));
    await relay.cloud.advance(3 * day, { catchUp: 'last' });
    await erp.readInbox();
    expect(erp.orders).toEqual([]);
    erp.close();
  });
});
