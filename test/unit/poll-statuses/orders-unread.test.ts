import { expect, it } from 'vitest';
import { noteOrdersRead } from '../../../shared/tracking/standstill.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay } from '../../support/relay.ts';

/** Whether the poll of so many hours later says that the State's orders are not read. */
function polled(settings: object = { orders: {} }) {
  const telemetry = recordedTelemetry();
  const world = relay({ telemetry, settings });
  const isUnread = async (hoursLater: number) => {
    world.advance(60 * hoursLater);
    telemetry.measured.length = 0;
    await world.poll();
    return telemetry.measured.some(([metric]) => metric === 'OrdersUnread');
  };
  const read = () => noteOrdersRead('example', { memory: world.ledger, now: world.now });
  return { isUnread, read };
}

it('orders that are read each morning are never unread', async () => {
  const { isUnread, read } = polled();
  await read();
  expect([await isUnread(24), await isUnread(1)]).toEqual([false, false]);
  await read();
  expect(await isUnread(49)).toBe(false);
});

it('after two mornings without, each poll says so, until they are read', async () => {
  const { isUnread, read } = polled();
  await read();
  expect([await isUnread(51), await isUnread(1)]).toEqual([true, true]);
  await read();
  expect(await isUnread(1)).toBe(false);
});

it('those that were never read are unread two days after the first poll', async () => {
  const { isUnread } = polled();
  expect([await isUnread(0), await isUnread(51)]).toEqual([false, true]);
});

it('nobody misses them without the setting', async () => {
  const { isUnread } = polled({});
  expect([await isUnread(0), await isUnread(51)]).toEqual([false, false]);
});
