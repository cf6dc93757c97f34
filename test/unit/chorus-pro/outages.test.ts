import { describe, expect, it } from 'vitest';
import type { Sending } from '../../../shared/chorus-pro/transport.ts';
import { done, lost, response, session, world } from './session-fixture.ts';

const down = { kind: 'not-done', reason: 'platform-down' };
const accepted = { kind: 'accepted' };
const no = response(200, { codeRetour: 1, libelle: '' });

/** Several functions that share a ledger; only the calls that must not be repeated fail, except while `mended`. */
function failing(sending: Sending = response(500, '<html>')) {
  const shared = world();
  const state = { mended: false };
  const make = (within = shared) =>
    session(({ url }) => (!state.mended && url.endsWith('once') ? sending : done), {
      ...within,
      breaker: world().breaker,
    });
  return { make, state };
}

type Run = ReturnType<typeof session>['run'];
/** Other operations work in between: the connection's own breaker stays closed. */
const failFiveTimes = async (run: Run) => {
  for (let nth = 1; nth <= 5; nth += 1) {
    expect(await run('once')).toMatchObject({ kind: 'unknown' });
    expect(await run('none')).toMatchObject(accepted);
  }
};

describe('an operation that fails five times in a row', () => {
  it.each([
    ['500', response(500, '<html>')],
    ['garbage', response(200, '<html>')],
    ['an unproven 403', response(403, '<html>')],
  ])('(%s) is not called again for a minute, and other operations are', async (_what, sending) => {
    const { make } = failing(sending);
    const { run, calls } = make();
    await failFiveTimes(run);
    expect(await run('once')).toEqual({ ...down, retryAfterSeconds: 60 });
    expect(calls).toHaveLength(10);
    for (const effect of ['none', 'repeatable'] as const) expect(await run(effect)).toMatchObject(accepted);
  });

  it('is not called by other functions either', async () => {
    const { make } = failing();
    await failFiveTimes(make().run);
    const other = make();
    expect(await other.run('once')).toMatchObject(down);
    expect(other.calls).toEqual([]);
  });

  it('is known to a warm function once a call of its own has failed', async () => {
    const { make, state } = failing();
    const warm = make();
    state.mended = true;
    await warm.run('once');
    state.mended = false;
    await failFiveTimes(make().run);
    expect(await warm.run('once')).toMatchObject({ kind: 'unknown' });
    expect(await warm.run('once')).toMatchObject(down);
  });

  it('gets one trial call at a time, after 1, 2, 4 … minutes, up to an hour', async () => {
    const { make } = failing();
    const one = make();
    const other = make();
    await failFiveTimes(one.run);
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      one.advance(minutes - 0.1);
      expect(await one.run('once')).toMatchObject(down);
      one.advance(0.1);
      const outcomes = await Promise.all([one.run('once'), other.run('once'), one.run('once')]);
      expect(outcomes.filter(({ kind }) => kind === 'unknown')).toHaveLength(1);
      for (const { run } of [one, other]) await run('none');
    }
  });

  it('is tried again soon if the trial call was not made', async () => {
    const shared = world();
    let answer: Sending = response(500, '<html>');
    const { run, advance } = session(({ url }) => (url.endsWith('once') ? answer : done), shared);
    await failFiveTimes(run);
    for (const minutes of [1, 2, 4]) {
      advance(minutes);
      expect(await run('once')).toMatchObject({ kind: 'unknown' });
      await run('none');
    }
    advance(8);
    answer = { kind: 'not-connected', why: 'ENOTFOUND' };
    expect(await run('once')).toMatchObject({ kind: 'not-done', reason: 'no-connection' });
    answer = done;
    expect(await run('once')).toEqual({ ...down, retryAfterSeconds: 60 });
    advance(1);
    expect(await run('once')).toMatchObject(accepted);
  });

  it('is called by all again once a trial has worked', async () => {
    const { make, state } = failing();
    const { run, advance } = make();
    await failFiveTimes(run);
    state.mended = true;
    advance(1);
    for (let i = 0; i < 3; i += 1) expect(await run('once')).toMatchObject(accepted);
    expect(await make().run('once')).toMatchObject(accepted);
  });

  it('is tried again soon after a trial that was refused, and by one call at a time', async () => {
    let answer = response(500);
    const { run, advance } = session(({ url }) => (url.endsWith('once') ? answer : done));
    await failFiveTimes(run);
    for (const minutes of [1, 2, 4]) {
      advance(minutes);
      expect(await run('once')).toMatchObject({ kind: 'unknown' });
      await run('none');
    }
    advance(8);
    answer = no;
    expect(await run('once')).toMatchObject({ kind: 'refused' });
    expect(await run('once')).toEqual({ ...down, retryAfterSeconds: 60 });
    advance(1);
    answer = response(500);
    expect(await run('once')).toMatchObject({ kind: 'unknown' });
    await run('none');
    expect(await run('once')).toEqual({ ...down, retryAfterSeconds: 16 * 60 });
  });

  it('is no better for what it refuses in between', async () => {
    let nth = 0;
    const { run } = session(({ url }) => (!url.endsWith('once') ? done : (nth += 1) % 2 === 0 ? no : response(500)));
    for (let call = 1; call <= 9; call += 1) {
      expect(await run('once')).toMatchObject({ kind: call % 2 === 0 ? 'refused' : 'unknown' });
      await run('none');
    }
    expect(await run('once')).toMatchObject(down);
  });
});

describe('during an outage an invoice in doubt', () => {
  const inDoubt = { doubted: true };

  it('has trials of its own, which do not put off those of the others', async () => {
    const { make, state } = failing();
    const { run, advance } = make();
    await failFiveTimes(run);
    for (const minutes of [1, 2, 4, 8]) {
      expect(await run('once', inDoubt)).toMatchObject(down);
      advance(minutes);
      expect(await run('once', inDoubt)).toMatchObject({ kind: 'unknown' });
      await run('none');
    }
    state.mended = true;
    expect(await run('once', inDoubt)).toMatchObject(down);
    expect(await run('once')).toMatchObject(accepted);
    expect(await run('once', inDoubt)).toMatchObject(accepted);
  });

  it('waits after a trial of the others too', async () => {
    const { run, advance } = failing().make();
    await failFiveTimes(run);
    advance(1);
    expect(await run('once')).toMatchObject({ kind: 'unknown' });
    await run('none');
    expect(await run('once', inDoubt)).toEqual({ ...down, retryAfterSeconds: 120 });
  });
});

describe('an unknown outcome', () => {
  it('says since when no call of the operation has been accepted', async () => {
    const { run, advance, clock } = session((_request, nth) => (nth === 3 ? done : response(500)));
    const first = new Date(clock.ms).toISOString();
    expect(await run('once')).toMatchObject({ failingSince: first });
    advance(1);
    expect(await run('once')).toMatchObject({ failingSince: first });
    await run('once');
    advance(1);
    expect(await run('once')).toMatchObject({ failingSince: new Date(clock.ms).toISOString() });
  });

  it('says so whatever was refused in between', async () => {
    const { run, advance, clock } = session((_request, nth) => (nth === 3 ? no : response(500)));
    const first = new Date(clock.ms).toISOString();
    for (let nth = 1; nth <= 5; nth += 1) {
      expect(await run('once')).toMatchObject(nth === 3 ? { kind: 'refused' } : { failingSince: first });
      advance(1);
    }
  });
});

/** Outages cannot be written. */
function failToWrite(memory: ReturnType<typeof world>['memory']): void {
  const swap = memory.swap.bind(memory);
  memory.swap = (name, change) =>
    name.startsWith('trials#') ? Promise.reject(new Error('no table')) : swap(name, change);
}

describe('the ledger', () => {
  it('is not written while all is well, and read once in five minutes', async () => {
    const shared = world();
    const recall = shared.memory.recall.bind(shared.memory);
    failToWrite(shared.memory);
    const seen: string[] = [];
    shared.memory.recall = (name) => {
      seen.push(`recall ${name}`);
      return recall(name);
    };
    const { run, advance } = session(() => done, shared);
    for (const minutes of [0, 2, 2, 2]) {
      advance(minutes);
      await run('once');
    }
    expect(seen.filter((access) => access.includes('trials#'))).toEqual([
      'recall trials#example',
      'recall trials#example',
    ]);
  });

  it('may hold what another version of the relay wrote there', async () => {
    const shared = world();
    const value = { version: 1, writeId: 'older', operations: { a: 7 } };
    await shared.memory.swap('trials#example', { value, replaces: 0 });
    const { run } = failing(response(500, '<html>')).make(shared);
    await failFiveTimes(run);
    expect(await run('once')).toMatchObject(down);
  });

  it('that fails does not change the outcome of a call', async () => {
    const shared = world();
    const { run } = session(() => lost, shared);
    failToWrite(shared.memory);
    expect(await run('once')).toEqual({ kind: 'unknown', why: 'TimeoutError' });
  });
});
