import { expect, it } from 'vitest';
import { withoutDescriptions } from '../../infra/left-out.ts';

it.each([
  ["a: z.string().describe('What it is.'),", 'a: z.string(),'],
  ["a: z.string().describe('Chorus Pro\\'s (id).').optional(),", 'a: z.string().optional(),'],
  ["a: z\n  .string()\n  .describe(\n    'Long.',\n  ),\nb", 'a: z\n  .string()\n\n\n,\nb'],
  ['a: z.string().describe(`plain`),', 'a: z.string(),'],
])('a description is left out, and the lines stay: %s', (source, lean) => {
  expect(withoutDescriptions(source)).toBe(lean);
});

it.each(['z.string().describe(text)', 'z.string().describe(`of ${what}`)', "describe('a test', () => {})"])(
  'what is more than a text is left to zod: %s',
  (source) => {
    expect(withoutDescriptions(source)).toBe(source);
  },
);
