import { describe, expect, it } from 'vitest';
import { languages } from '../../../shared/invoice/spoken.ts';
import type { Verbs } from '../../../tools/command-line/run.ts';
import { glossary, inLines, proseWidth } from '../../../tools/command-line/terminal.ts';
import { verbs } from '../../../tools/relay/verbs.ts';

describe('how wide sentences are', () => {
  it.each([
    [60, 60],
    [80, 80],
    [200, 100],
    [undefined, 80],
  ])('on a terminal of %s columns: %s', (columns, width) => {
    expect(proseWidth({ columns })).toBe(width);
  });
});

it('words have beside them what they mean, in as many lines as that takes', () => {
  expect(
    glossary(
      [
        ['one', 'a b c'],
        ['three', 'd'],
      ],
      12,
    ),
  ).toEqual(['  one    a b', '         c', '  three  d']);
});

it('a terminal gets a fault in lines that fit it, and another program in one', () => {
  const text = 'one two three\n  four five six';
  expect(inLines(text, { columns: 10 })).toBe('one two\nthree\n  four\nfive six');
  expect(inLines(text, {})).toBe(text);
});

async function commandsOf(all: Verbs): Promise<(readonly [string, Awaited<ReturnType<typeof loaded>>])[]> {
  const found = await Promise.all(
    Object.entries(all).map(async ([name, verb]) =>
      'verbs' in verb ? commandsOf(verb.verbs) : [[name, await loaded(verb)] as const],
    ),
  );
  return found.flat();
}
const loaded = (verb: Extract<Verbs[string], { load: unknown }>) => verb.load();

describe.each([80, 100])('--help on a terminal of %s columns', (width) => {
  it.each(languages)('cuts no word, in %s', async (language) => {
    const wide = (await commandsOf(verbs)).flatMap(([name, command]) =>
      command
        .help(`npx relay ${name}`, language, width)
        .split('\n')
        .filter((line) => line.length > width && !/^\s*\S+$/.test(line)),
    );
    expect(wide).toEqual([]);
  });
});
