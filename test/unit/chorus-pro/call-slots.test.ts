import { describe, expect, it } from 'vitest';
import type { HttpRequest, Sending } from '../../../shared/chorus-pro/transport.ts';
import { response, unauthorised, version } from './session-fixture.ts';
import { minute, suppliers, tokenFor, invalidClient, functions } from './call-slots-fixture.ts';

const failed = (calls: readonly { status: number }[]) => calls.filter(({ status }) => status === 401).length;

describe('a password that dies under load', () => {
  it.each([1, 2, 5, 8])('costs at most five failed logins, with %i functions of five calls each', async (count) => {
    const world = functions({ count, play: (at) => (at < 2 * minute ? suppliers : unauthorised) });
    expect(await world.work(50 * minute)).toBe('finished');
    expect(world.most()).toBeLessThanOrEqual(5);
    expect(world.calls.length).toBeGreaterThan(50);
    expect(failed(world.calls)).toBeGreaterThan(0);
    expect(failed(world.calls)).toBeLessThanOrEqual(5);
  });

  it.each([
    [5, 5 + 2],
    [24, 5 + 4],
    [72, 5 + 6],
    [14 * 24, 5 + 17],
  ])('is tried ever more rarely, by all functions together: in %i hours, %i logins fail', async (hours, most) => {
    const world = functions({ count: 3, play: (at) => (at < 2 * minute ? suppliers : unauthorised) });
    await world.work(hours * 60 * minute, { lanes: 1, pauseMs: 300_000 });
    expect(failed(world.calls)).toBeGreaterThanOrEqual(5);
    expect(failed(world.calls)).toBeLessThanOrEqual(most);
  });

  it('is counted by the alarm with each call that it prevents, so that the alarm rings until it is over', async () => {
    const world = functions({ count: 1, play: (at) => (at < 2 * minute ? suppliers : unauthorised) });
    const suspensions = () => world.telemetry.measured.filter(([metric]) => metric === 'ConnectionSuspended').length;
    await world.work(48 * 60 * minute, { lanes: 1, pauseMs: 30 * minute });
    expect(suspensions()).toBeGreaterThanOrEqual(48 * 2 - 4);
    expect(world.telemetry.logged.filter(([, code]) => code === 'CONNECTION_SUSPENDED').length).toBeLessThan(12);
  });

  it('that works again is used as freely as before', async () => {
    const works = (at: number) => at < 2 * minute || (at > 300 * minute && at < 1_000 * minute);
    const world = functions({ count: 3, play: (at) => (works(at) ? suppliers : unauthorised) });
    await world.work(1_300 * minute, { lanes: 1, pauseMs: 300_000 });
    const [first, second] = [0, 1_000 * minute].map((from) =>
      failed(world.calls.filter(({ at }) => at > from && at < from + 300 * minute)),
    );
    expect(second).toBe(first);
  });

  it('leaves the next password its own logins, at once', async () => {
    const world = functions({
      play: (at, { headers }) =>
        at >= 2 * minute && world.secret.current.version === 'v1' && headers['authorization']
          ? unauthorised
          : suppliers,
    });
    world.timeline.after(6 * minute, () => (world.secret.current = version('v2')));
    await world.work(8 * minute);
    expect(failed(world.calls)).toBeLessThanOrEqual(5);
    expect(
      world.calls.filter(({ at, status }) => at > 6 * minute && at < 7 * minute && status === 200).length,
    ).toBeGreaterThan(20);
  });
});

describe('a client secret that dies', () => {
  const refused = (tokens: readonly { status: number }[]) => tokens.filter(({ status }) => status === 400).length;
  const isOld = ({ body = '' }: HttpRequest) => new URLSearchParams(body).get('client_secret') === 'secret of v1';

  it.each([1, 5, 20])('costs at most five refused token requests, with %i functions', async (count) => {
    const world = functions({ count, play: () => suppliers, piste: () => invalidClient });
    await world.work(50 * minute, { pauseMs: 5_000 });
    expect(refused(world.tokens)).toBeGreaterThan(0);
    expect(refused(world.tokens)).toBeLessThanOrEqual(5);
    expect(world.calls).toEqual([]);
    expect(world.telemetry.measured.some(([metric]) => metric === 'ConnectionSuspended')).toBe(true);
  });

  it('together with the password, under load, costs at most five refusals in all', async () => {
    const world = functions({
      play: (at) => (at < 2 * minute ? suppliers : unauthorised),
      piste: (at) => (at < 2 * minute ? tokenFor(300) : invalidClient),
    });
    await world.work(50 * minute);
    expect(failed(world.calls) + refused(world.tokens)).toBeGreaterThan(0);
    expect(failed(world.calls) + refused(world.tokens)).toBeLessThanOrEqual(5);
  });

  it('leaves the next secret its own requests, at once', async () => {
    const world = functions({
      count: 20,
      play: () => suppliers,
      piste: (_at, request) => (isOld(request) ? invalidClient : tokenFor(3600)),
    });
    world.timeline.after(6 * minute, () => (world.secret.current = version('v2')));
    await world.work(8 * minute);
    expect(refused(world.tokens)).toBeLessThanOrEqual(5);
    expect(world.calls.filter(({ at }) => at < 7 * minute).length).toBeGreaterThan(20);
  });
});

it('a token refused by chance, once in ten requests, suspends nothing', async () => {
  let nth = 0;
  const piste = () => ((nth += 1) % 10 === 0 ? invalidClient : tokenFor(300));
  const world = functions({ count: 5, play: () => suppliers, piste });
  await world.work(120 * minute, { lanes: 1, pauseMs: 20_000 });
  expect(world.tokens.length).toBeGreaterThan(100);
  expect(world.outcomes.filter((outcome) => outcome === 'suspended')).toEqual([]);
});

it('a 401 by chance, once in fifty calls, suspends nothing', async () => {
  let nth = 0;
  const world = functions({ count: 5, play: () => ((nth += 1) % 50 === 0 ? unauthorised : suppliers) });
  await world.work(20 * minute);
  expect(world.outcomes.filter((outcome) => outcome === 'suspended').length).toBe(0);
  expect(failed(world.calls)).toBeGreaterThan(30);
});

describe('a quota that is used up (429)', () => {
  const tooMany = response(429);

  it('pauses all functions, for longer each time, and one call at a time tries whether it is over', async () => {
    const world = functions({ play: (at) => (at < 2 * minute ? suppliers : tooMany) });
    await world.work(24 * 60 * minute, { lanes: 1, pauseMs: 60_000 });
    const refused = world.calls.filter(({ status }) => status === 429);
    expect(refused.length).toBeLessThan(8 + 24 * 4 * 8);
    expect(world.telemetry.measured.filter(([metric]) => metric === 'BreakerOpened').length).toBeLessThan(24 * 4 + 10);
  });

  it('is over within a quarter of an hour after PISTE has quota again', async () => {
    const world = functions({ play: (at) => (at > 2 * minute && at < 180 * minute ? tooMany : suppliers) });
    await world.work(200 * minute, { lanes: 1, pauseMs: 10_000 });
    expect(world.calls.find(({ at, status }) => at > 180 * minute && status === 200)?.at).toBeLessThan(196 * minute);
  });

  it('waits for a Retry-After that is longer', async () => {
    const later: Sending = { kind: 'response', status: 429, headers: { 'retry-after': '3600' }, body: '' };
    const world = functions({ play: (at) => (at < 2 * minute ? suppliers : later) });
    await world.work(58 * minute, { lanes: 1, pauseMs: 5_000 });
    expect(world.calls.filter(({ at }) => at > 3 * minute)).toEqual([]);
  });
});

describe('the calls of a connection', () => {
  it('keep to callsPerSecond in all functions together', async () => {
    const world = functions({ count: 5, play: () => suppliers, settings: { callsPerSecond: 5 }, longestMs: 100 });
    await world.work(10 * minute, { pauseMs: 0 });
    // Without the setting it would be some fifty.
    expect(world.calls.length / 600).toBeLessThanOrEqual(5.05);
    expect(world.calls.length / 600).toBeGreaterThan(4);
  });

  it('go on in every function while all of them have work, five at a time', async () => {
    const world = functions({ count: 5, play: () => suppliers });
    await world.work(10 * minute, { pauseMs: 0 });
    expect(world.most()).toBe(5);
    // Calls take two seconds on average: five at a time are two and a half a second.
    expect(world.calls.length).toBeGreaterThan(0.85 * 600 * 2.4);
  });

  it('of a batch go side by side in one function, and it keeps nothing from the next', async () => {
    const world = functions({ count: 3, play: () => suppliers, longestMs: 1_000 });
    for (const nth of [0, 1, 2]) await world.burst(nth, 10);
    expect(world.most()).toBe(4);
    expect(world.outcomes).toEqual(Array.from({ length: 30 }, () => 'accepted'));
    // One after the other they would take eighteen seconds.
    expect(world.timeline.now() - world.start).toBeLessThan(10_000);
    // The first call of each proves the credentials alone. Then all ask for more, and none is left to give back.
    expect(world.writes()).toBeLessThanOrEqual(3 * 4);
  });

  it('cost a few writes a minute and function, whatever their number', async () => {
    const world = functions({ count: 1, play: () => suppliers });
    await world.work(30 * minute, { pauseMs: 0 });
    expect(world.writes()).toBeLessThanOrEqual(30 * 2);
  });
});
