import { expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay } from '../../support/relay.ts';

it('each poll measures how many days the oldest open invoice has been open, and zero when all are at their ends', async () => {
  const telemetry = recordedTelemetry();
  const world = relay({ telemetry });
  const oldest = async () => {
    telemetry.measured.length = 0;
    await world.poll();
    return telemetry.measured.filter(([metric]) => metric === 'OldestOpenDays');
  };
  expect(await oldest()).toEqual([['OldestOpenDays', 0, { connection: 'example' }]]);
  await world.submit(submitCommand({ invoice: { number: 'F-1' } }));
  world.advance(3 * 24 * 60);
  await world.submit(submitCommand({ invoice: { number: 'F-2' } }));
  expect(await oldest()).toEqual([['OldestOpenDays', 3, { connection: 'example' }]]);
});
