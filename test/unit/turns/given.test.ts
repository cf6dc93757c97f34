import { describe, expect, it } from 'vitest';
import { turnsOf } from '../../../functions/give-turns/give-turns.ts';
import type { RosterEntry } from '../../../shared/connection/roster.ts';

const minute = 60_000;
const midnight = Date.UTC(2026, 10, 23);

const example: RosterEntry = {
  ...{ name: 'example', version: 1, state: 'connected' },
  ...{ pollingIntervalMinutes: 15, orders: false, mail: false, hasOwnInbox: false },
};
const withAll: RosterEntry = { ...example, validationsIntervalMinutes: 60, orders: true, mail: true };

const dayOf = (entry: RosterEntry) =>
  Array.from({ length: 24 * 60 }, (_, i) =>
    turnsOf([entry], new Date(midnight + i * minute)).map(({ what }) => ({ what, at: i })),
  ).flat();
const at = (turns: ReturnType<typeof dayOf>, what: string) =>
  turns.flatMap((turn) => (turn.what === what ? turn.at : []));

describe('a day of one connection', () => {
  it.each([1, 7, 15, 60, 1440])('has its turns every %i minutes', (pollingIntervalMinutes) => {
    const turns = at(dayOf({ ...example, pollingIntervalMinutes }), 'statuses');
    const waits = turns.slice(1).map((minuteOfDay, i) => minuteOfDay - (turns[i] ?? 0));
    expect(new Set(waits)).toEqual(new Set(turns.length > 1 ? [pollingIntervalMinutes] : []));
    expect(turns.length).toBeGreaterThanOrEqual(Math.floor((24 * 60) / pollingIntervalMinutes));
  });

  it('has turns for requests and orders only with those settings, orders once in the morning', () => {
    expect(new Set(dayOf(example).map(({ what }) => what))).toEqual(new Set(['statuses']));
    const turns = dayOf(withAll);
    expect(at(turns, 'validations')).toHaveLength(24);
    const [morning, ...more] = at(turns, 'orders');
    expect(more).toEqual([]);
    expect(morning).toBeGreaterThanOrEqual(5 * 60);
    expect(morning).toBeLessThan(6 * 60);
  });

  it('has two turns for the mail each morning, after the look at the credentials', () => {
    const [first, second, ...more] = at(dayOf(withAll), 'mail');
    expect(more).toEqual([]);
    expect(first).toBeGreaterThanOrEqual(6 * 60 + 10);
    expect(first).toBeLessThan(7 * 60);
    expect(second).toBe((first ?? 0) + 2 * 60);
  });

  it('has none once it is disconnected', () => {
    expect(dayOf({ ...withAll, state: 'disconnected' })).toEqual([]);
  });
});

it('the same minute gives the same turns: a call that is repeated gives none to others', () => {
  const [early, late] = [12_000, 59_999].map((ms) => turnsOf([withAll], new Date(midnight + ms)));
  expect(early).toEqual(late);
});

it('without a minute every connection has each of its turns once', () => {
  expect(turnsOf([withAll], undefined).map(({ what }) => what)).toEqual(['statuses', 'validations', 'orders', 'mail']);
});
