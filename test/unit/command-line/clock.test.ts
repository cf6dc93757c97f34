import { expect, test } from 'vitest';
import { progressOn } from '../../../tools/command-line/terminal.ts';
import { letPass } from '../../../tools/relay/clock.ts';

async function passed(minutes: number, isTTY: boolean) {
  const asked: number[] = [];
  const written: string[] = [];
  const output = { isTTY, columns: 80, write: (text: string) => written.push(text) > 0 };
  const forward = (some: number) => Promise.resolve(void asked.push(some));
  await letPass(minutes, { forward, progress: progressOn(output), language: 'en' });
  return { asked, written };
}

test('shows each day as it passes on a terminal, and nothing is left of it', async () => {
  const { asked, written } = await passed(3.5 * 24 * 60, true);
  // The last hours one by one, as far as an alarm looks back.
  expect(asked).toEqual([1440, 1440, 360, ...Array<number>(30).fill(60)]);
  const clear = '\r\u001b[2K';
  expect(written).toEqual([...[1, 2, 3, 4].map((day) => `${clear}day ${day} of 4 …`), clear]);
});

test('writes a line for each week where there is no terminal', async () => {
  const { asked, written } = await passed(45 * 24 * 60, false);
  expect(asked).toEqual([...Array<number>(43).fill(1440), 1080, ...Array<number>(30).fill(60)]);
  expect(written).toEqual([7, 14, 21, 28, 35, 42].map((day) => `day ${day} of 45 …\n`));
});

test('lets less than an hour pass as it is', async () => {
  expect((await passed(90, true)).asked).toEqual([60, 30]);
});

test('ends after the day that has begun once it is interrupted, and leaves nothing on the terminal', async () => {
  const interrupted = new AbortController();
  const written: string[] = [];
  const asked: number[] = [];
  await letPass(40 * 24 * 60, {
    signal: interrupted.signal,
    forward: (some) => {
      if (asked.push(some) === 2) interrupted.abort();
      return Promise.resolve();
    },
    progress: progressOn({ isTTY: true, columns: 80, write: (text: string) => written.push(text) > 0 }),
    language: 'en',
  });
  expect(asked).toEqual([1440, 1440]);
  expect(written.at(-1)).toBe('\r\u001b[2K');
});

test('says nothing when no time is to pass', async () => {
  expect(await passed(0, true)).toEqual({ asked: [], written: [] });
});

test('says what is being done within a day that takes long, and how much it was', async () => {
  const written: string[] = [];
  const output = { isTTY: true, columns: 80, write: (text: string) => written.push(text.slice(5)) > 0 };
  const seen = [
    { sent: 2, all: 10 },
    { sent: 2, all: 10 },
    { sent: 3, all: 14 },
    { sent: 3, all: 14 },
    { sent: 3, all: 15 },
  ];
  const day = Promise.withResolvers<undefined>();
  const work = () => {
    const next = seen.shift();
    if (next) return Promise.resolve(next);
    day.resolve(undefined);
    return Promise.reject(new Error('the relay does not answer just now'));
  };
  await letPass(30, {
    ...{ forward: () => day.promise, progress: progressOn(output), language: 'en', work },
    pause: () => Promise.resolve(),
  });
  expect(written).toEqual([
    'day 1 of 1 …',
    'day 1 of 1 … 0 s, sending: 4 calls to Chorus Pro',
    'day 1 of 1 … 0 s: 4 calls to Chorus Pro',
    'day 1 of 1 … 0 s, polling: 5 calls to Chorus Pro',
    'day 1 of 1 … 0 s: 5 calls to Chorus Pro',
    '',
  ]);
});

test('reports a leap that fails, though somebody watches', async () => {
  const leap = letPass(30, {
    ...{
      forward: () => Promise.reject(new Error('no')),
      progress: progressOn({ isTTY: true, columns: 80, write: () => true }),
    },
    ...{ language: 'fr', work: () => Promise.resolve({ sent: 0, all: 0 }), pause: () => Promise.resolve() },
  });
  await expect(leap).rejects.toThrow('no');
});
