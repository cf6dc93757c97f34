import { expect, it } from 'vitest';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { exampleCredentials, relay } from '../../support/relay.ts';

/** What one poll says of itself and of the platform. */
async function measuredBy(
  options: Partial<Parameters<typeof relay>[0]>,
  disturb?: (world: ReturnType<typeof relay>) => void,
) {
  const telemetry = recordedTelemetry();
  const world = relay({ telemetry, ...options });
  disturb?.(world);
  await world.poll();
  return telemetry.measured.filter(([metric]) => metric === 'PollsDone' || metric === 'PlatformDown');
}
const done = (count: number) => ['PollsDone', count, { connection: 'example' }];

it('a poll that reached its end says that the platform is open', async () => {
  expect(await measuredBy({})).toEqual([done(1), ['PlatformDown', 0, undefined]]);
});

it('a poll that found the platform closed says so, and counts as not done', async () => {
  const closed = await measuredBy({}, ({ faults }) => faults.add({ kind: 'unavailable' }));
  expect(closed).toEqual([done(0), ['PlatformDown', 1, undefined]]);
});

it('a poll with refused credentials does not know whether the platform is closed for others', async () => {
  const wrong = await exampleCredentials('example');
  if (!wrong) throw new Error('the example has credentials');
  const credentials = () => Promise.resolve({ ...wrong, technicalPassword: 'wrong' });
  expect(await measuredBy({ credentials })).toEqual([done(0)]);
});
