import { expect, it } from 'vitest';
import { hinted } from '../../../tools/command-line/local-hints.ts';

it.each([
  ['"npx relay connect example" brings it back', '"npx relay connect example --local" brings it back'],
  ['« npx relay status --text A-1 » cherche', '« npx relay status --text A-1 --local » cherche'],
  ['then npx relay credentials example.', 'then npx relay credentials example --local.'],
  ['run npx relay check example, then wait', 'run npx relay check example --local, then wait'],
  ['npx relay dead-letters --local', 'npx relay dead-letters --local'],
  ['start it with "npx relay local"', 'start it with "npx relay local"'],
  ['« npx relay trouble none » y met fin', '« npx relay trouble none » y met fin'],
])('adds --local to what is to be typed: %s', (text, expected) => {
  expect(hinted(text, true)).toBe(expected);
  expect(hinted(text, false)).toBe(text);
});
