import { expect, it } from 'vitest';
import type { CredentialsSource } from '../../../shared/connection/credentials.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { exampleCredentials, relay, type RelayOptions } from '../../support/relay.ts';

/** With works documents a connection is read at each turn. */
const neverQuiet = { works: {} };

const told = ['PollsDone', 'PlatformDownHours', 'PollsStopped'];

/** A relay whose polls say what they measure of themselves and of the platform. */
function polled(options: RelayOptions = {}) {
  const telemetry = recordedTelemetry();
  const world = relay({ telemetry, settings: neverQuiet, ...options });
  /** Polls every quarter of an hour, for so many hours. @returns what the last poll measured */
  const pollFor = async (hours: number) => {
    for (let minutes = 0; minutes < 60 * hours; minutes += 15) {
      world.advance(15);
      telemetry.measured.length = 0;
      await world.poll();
    }
    return telemetry.measured
      .filter(([metric]) => told.includes(metric))
      .map(([metric, value]) => `${metric} ${value}`);
  };
  const close = () => world.faults.add({ kind: 'unavailable' });
  return { ...world, pollFor, close, measured: telemetry.measured };
}

const wrongPassword = async () => {
  const right = await exampleCredentials('example');
  if (!right) throw new Error('the example has credentials');
  return { ...right, technicalPassword: 'wrong' };
};

it('a poll that reached its end says that the platform is open', async () => {
  expect(await polled().pollFor(1)).toEqual(['PollsDone 1', 'PlatformDownHours 0']);
});

it('polls that find the platform closed say for how many hours, and no connection is alone with it', async () => {
  const world = polled();
  world.close();
  expect(await world.pollFor(0.25)).toEqual(['PollsDone 0', 'PlatformDownHours 0']);
  expect(await world.pollFor(6)).toEqual(['PollsDone 0', 'PlatformDownHours 6']);
  expect(await world.pollFor(48)).toEqual(['PollsDone 0', 'PlatformDownHours 54']);
});

it('one poll that gets through ends it: the next closure counts from its own beginning', async () => {
  const world = polled();
  world.close();
  await world.pollFor(7);
  world.faults.clear();
  expect(await world.pollFor(1)).toEqual(['PollsDone 1', 'PlatformDownHours 0']);
  world.close();
  expect(await world.pollFor(0.25)).toEqual(['PollsDone 0', 'PlatformDownHours 0']);
});

it('a poll with refused credentials does not know whether the platform is closed to others', async () => {
  expect(await polled({ credentials: wrongPassword }).pollFor(0.25)).toEqual(['PollsDone 0']);
});

it('a connection whose polls come to nothing for six hours needs a person, until one gets through', async () => {
  let credentials: CredentialsSource = wrongPassword;
  const world = polled({ credentials: (name) => credentials(name) });
  expect(await world.pollFor(6)).toEqual(['PollsDone 0']);
  expect(await world.pollFor(0.5)).toEqual(['PollsDone 0', 'PollsStopped 1']);
  expect(world.measured).toContainEqual(['PollsStopped', 1, { connection: 'example' }]);
  expect(await world.pollFor(10)).toEqual(['PollsDone 0', 'PollsStopped 1']);
  const right = await exampleCredentials('example');
  credentials = () => Promise.resolve(right && { ...right, version: 'v2' });
  expect(await world.pollFor(0.25)).toEqual(['PollsDone 1', 'PlatformDownHours 0']);
});

it('a connection that alone cannot reach the platform needs a person: others do', async () => {
  const world = polled();
  const othersGetThrough = () => world.ledger.remember('standstill', {});
  world.close();
  for (let hours = 0; hours < 6; hours += 0.5) {
    await world.pollFor(0.5);
    await othersGetThrough();
  }
  expect(await world.pollFor(0.5)).toContain('PollsStopped 1');
});

it('the hours in which the platform was closed to all do not count', async () => {
  const world = polled();
  world.close();
  await world.pollFor(30);
  await world.ledger.remember('standstill', {});
  expect(await world.pollFor(1)).not.toContain('PollsStopped 1');
});

it('a connection that is polled once a day is given two days', async () => {
  const world = polled({ credentials: wrongPassword, settings: { ...neverQuiet, pollingIntervalMinutes: 1440 } });
  expect(await world.pollFor(47)).not.toContain('PollsStopped 1');
  expect(await world.pollFor(2)).toContain('PollsStopped 1');
});
