import { build } from 'esbuild';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { leftOut, withoutDescriptions } from '../../infra/left-out.ts';
import { chorusProFacts } from '../../shared/chorus-pro/facts.ts';
import { timings } from '../../shared/facts/timings.ts';

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

const valuesSchema = z.record(z.string(), z.looseObject({ value: z.unknown().optional(), ms: z.number().optional() }));

/** What a bundle has of the facts of a module. */
async function bundledFacts(module: string, name: string) {
  const contents = `export { ${name} } from './${module}';`;
  const stdin = { contents, resolveDir: join(projectRoot, 'shared') };
  const { outputFiles } = await build({ stdin, bundle: true, format: 'esm', write: false, plugins: [leftOut] });
  const [{ text } = { text: '' }] = outputFiles;
  const loaded: unknown = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return valuesSchema.parse(z.record(z.string(), z.unknown()).parse(loaded)[name]);
}

it.each([
  { module: 'facts/timings.ts', name: 'timings', facts: timings },
  { module: 'chorus-pro/facts.ts', name: 'chorusProFacts', facts: chorusProFacts },
])('of $name a bundle has what they are, and not why', async ({ module, name, facts }) => {
  const bundled = await bundledFacts(module, name);
  const values = (of: typeof bundled) => Object.entries(of).map(([fact, { value, ms }]) => ({ fact, value, ms }));
  expect(values(bundled)).toEqual(values(valuesSchema.parse(facts)));
  for (const fact of Object.values(bundled)) expect(Object.keys(fact)).not.toContain('source');
});
