import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** `.describe('…')` of a schema, with a text that nothing is put into. */
const description = /\s*\.describe\(\s*(?:'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`),?\s*\)/g;

/** Lines stay where they were: stack traces name them. */
const without = (part: RegExp) => (source: string) =>
  source.replaceAll(part, (text) => '\n'.repeat(text.split('\n').length - 1));

export const withoutDescriptions = without(description);

/** What a fact says of itself, for people: why, from where, and what to try. */
const said = /\b(?:why|source|what|command):\s*(?:'(?:[^'\\\n]|\\.)*'|`[^`]*`),?/g;

const withoutReasonsOfFacts = without(said);

/** Of these two no function tells anything but the value. */
const facts = /shared[/\\](facts[/\\]timings|chorus-pro[/\\]facts)\.ts$/;

const describing = /\n {4}describe\(description\) \{\n.*?\n {4}\},\n/s;

/** zod's part for published schemas. */
const jsonSchemas = /zod[/\\]v4[/\\]core[/\\](json-schema-processors|to-json-schema)\.js$/;
const exported = /^export (?:const|function|class) (\w+)/gm;
/** The SDK's part for event streams, which no service that we call has, and the names that others import from it. */
const eventStreams = /dist-es[/\\]submodules[/\\]event-streams[/\\]index\.js$/;
const ofEventStreams = ['EventStreamSerde', 'eventStreamSerdeProvider'];

/** Where DynamoDB's client would keep addresses that it asked for: none of the commands that we send asks. */
const endpointCache = /@aws-sdk[/\\]endpoint-cache[/\\]dist-es[/\\]index\.js$/;

const nothingCalled = (names: readonly string[]) =>
  ({ contents: names.map((name) => `export const ${name} = undefined;`).join('\n'), loader: 'js' }) as const;

/**
 * What no function uses. The meaning of fields is for the published schemas, which `npm run docs` makes: in a function
 * each description would be a copy of its schema at every start.
 */
export const leftOut: Plugin = {
  name: 'left-out',
  setup: (bundler) => {
    bundler.onLoad({ filter: facts }, async ({ path }) => ({
      contents: withoutReasonsOfFacts(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
    bundler.onLoad({ filter: /[/\\](shared|functions)[/\\][^.]*\.ts$/ }, async ({ path }) => ({
      contents: withoutDescriptions(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
    bundler.onLoad({ filter: jsonSchemas }, async ({ path }) => {
      const found = (await readFile(path, 'utf8')).matchAll(exported);
      return nothingCalled([...found].flatMap(([, name]) => name ?? []));
    });
    bundler.onLoad({ filter: endpointCache }, () => ({ contents: 'export class EndpointCache {}', loader: 'js' }));
    bundler.onLoad({ filter: eventStreams }, () => nothingCalled(ofEventStreams));
    bundler.onLoad({ filter: /zod[/\\]v4[/\\]classic[/\\]schemas\.js$/ }, async ({ path }) => {
      const [before = '', after, ...more] = (await readFile(path, 'utf8')).split(describing);
      if (after === undefined || more.length > 0) throw new Error('zod describes a schema in another way');
      return { contents: `${before}\n    describe() {\n        return this;\n    },\n${after}`, loader: 'js' };
    });
  },
};
