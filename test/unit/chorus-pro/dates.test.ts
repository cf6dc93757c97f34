import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as zod from 'zod';
import { parisDay, readMoment } from '../../../shared/chorus-pro/dates.ts';

const instant = zod.iso.datetime();

describe('the calendar day in Paris', () => {
  it.each([
    ['2026-11-23T22:59:59.999Z', '2026-11-23'],
    ['2026-11-23T23:00:00.000Z', '2026-11-24'],
    ['2026-07-14T21:59:59.999Z', '2026-07-14'],
    ['2026-07-14T22:00:00.000Z', '2026-07-15'],
    ['2026-12-31T23:00:00.000Z', '2027-01-01'],
    ['2026-03-29T00:59:59.000Z', '2026-03-29'],
  ])('at %s is %s', (at, day) => {
    expect(parisDay(new Date(at))).toBe(day);
  });
});

describe('on a machine that is not in UTC', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('times and days are still those of Paris', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(new Date('2026-11-23T12:00').toISOString(), 'the machine’s own time').toBe('2026-11-23T17:00:00.000Z');
    expect(readMoment('2026-11-23 10:15')?.toISOString()).toBe('2026-11-23T09:15:00.000Z');
    expect(readMoment('2026-11-23')?.toISOString()).toBe('2026-11-22T23:00:00.000Z');
    expect(parisDay(new Date('2026-11-23T23:00:00.000Z'))).toBe('2026-11-24');
  });
});

describe('a time as Chorus Pro writes it', () => {
  it.each([
    ['2026-11-23', '2026-11-22T23:00:00.000Z'],
    ['2026-07-14', '2026-07-13T22:00:00.000Z'],
    ['2026-11-23 10:15', '2026-11-23T09:15:00.000Z'],
    ['2026-07-14 10:15', '2026-07-14T08:15:00.000Z'],
    ['2026-11-23T10:15:30', '2026-11-23T09:15:30.000Z'],
    ['2026-11-23T10:15:30.123', '2026-11-23T09:15:30.123Z'],
    ['2026-11-23T10:15:30.123456789Z', '2026-11-23T10:15:30.123Z'],
    ['2026-11-23T10:15:30.000+01:00', '2026-11-23T09:15:30.000Z'],
    ['2026-11-23T10:15:30+0100', '2026-11-23T09:15:30.000Z'],
    ['2026-11-23 10:15:30 Z', '2026-11-23T10:15:30.000Z'],
    ['2026-03-29 01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25 03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s is %s', (text, at) => {
    expect(readMoment(text)?.toISOString()).toBe(at);
  });

  it.each([
    '',
    'demain',
    '23/11/2026',
    '2026-13-01',
    '2026-11-32',
    '2026-11-23T25:00',
    '2026-11-23T10:99',
    '2026-11-23T10:00+99:99',
    '2026-11-23T10:00+24:00',
    '0000-01-01',
    '0001-01-01',
    '2026-11-23 10:15 CET',
    ' 2026-11-23',
  ])('%j is not a time', (text) => {
    expect(readMoment(text)).toBeUndefined();
  });

  it('survives a round trip in Paris time or with a zone, except in the repeated hour in autumn', () => {
    const moments = fc
      .date({ min: new Date('2017-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
      .filter((date) => !(date.getUTCMonth() === 9 && date.getUTCDate() >= 25 && date.getUTCHours() < 2));
    const paris = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Paris',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(moments, (date) => {
        const seconds = Math.floor(date.getTime() / 1000) * 1000;
        expect(readMoment(paris.format(date))?.getTime()).toBe(seconds);
        expect(readMoment(date.toISOString())?.getTime()).toBe(date.getTime());
        expect(parisDay(date)).toBe(paris.format(date).slice(0, 10));
      }),
    );
  });

  it('is undefined unless the ledger can write and read it', () => {
    const upTo = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
    const year = fc.oneof(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 9999 }));
    const zone = fc.constantFrom('', 'Z', '+01:00', '-23:59', '+9999');
    const texts = fc
      .tuple(year, upTo(13), upTo(32), upTo(25), upTo(61), zone)
      .map(
        ([y, month, day, hour, minute, suffix]) =>
          `${String(y).padStart(4, '0')}-${month}-${day}T${hour}:${minute}${suffix}`,
      );
    fc.assert(
      fc.property(fc.oneof(texts, fc.string()), (text) => {
        const read = readMoment(text);
        expect(read === undefined || instant.safeParse(read.toISOString()).success).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
