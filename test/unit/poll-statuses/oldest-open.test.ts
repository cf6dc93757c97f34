import { expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay } from '../../support/relay.ts';

it('each poll measures the age in days of the oldest open invoice, or zero when none is open', async () => {
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
