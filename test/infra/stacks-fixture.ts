import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { synthesise } from '../../infra/synthesise.ts';

export const functionNames = [
  'check-connection',
  'desk',
  'give-turns',
  'rotate-credentials',
  'submit-invoice',
  'take-turns',
  'watch-credentials',
] as const;

export const resourceSchema = z.looseObject({
  /** The logical id. */
  id: z.string(),
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.record(z.string(), z.unknown())),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});
const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      dependencies: z.array(z.string()).default([]),
      properties: z.looseObject({ terminationProtection: z.boolean().default(false) }).optional(),
    }),
  ),
});
const importSchema = z.strictObject({ 'Fn::ImportValue': z.string() });
const exportSchema = z.looseObject({ Value: z.unknown(), Export: z.object({ Name: z.string() }) });
const topicSchema = z.looseObject({
  Type: z.literal('AWS::SNS::Topic'),
  Properties: z.looseObject({ TopicName: z.string() }),
});
const joinSchema = z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });

export type Resource = z.infer<typeof resourceSchema>;
interface Template {
  name: string;
  resources: Resource[];
  outputs: string[];
  terminationProtection: boolean;
  /** The stacks that must be deployed before it. */
  dependencies: string[];
}

export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-infra-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Handlers that do nothing: a template does not depend on what its functions do. */
export async function writeHandlers(source: string, code = 'export const handler = () => undefined;'): Promise<void> {
  for (const name of functionNames) {
    await mkdir(join(source, name), { recursive: true });
    await writeFile(join(source, name, 'handler.ts'), code);
  }
}

export interface Stacks {
  data: Template;
  /** With nothing in it if one connection is synthesised alone. */
  relay: Template;
  /** One for each connection. */
  connections: Template[];
  all: Resource[];
}

/** Settings by connection, in the place of connections/. */
type Connections = Record<string, object>;

/** Our own example, whatever cdk.json says, with all that a stage may have. */
const exampleContext = {
  connections: ['example'],
  stages: {},
  desk: { issuer: 'https://login.example.org', clientId: 'desk' },
};

const synthesised = new Map<string, Promise<Stacks>>();

/** Each is synthesised once for a test file: what is given back is not to be changed. */
export function stacksOf(
  stage: string,
  context: Record<string, unknown> = {},
  connections: Connections = {},
): Promise<Stacks> {
  const key = JSON.stringify([stage, context, connections]);
  const known = synthesised.get(key) ?? synthesiseFor({ ...exampleContext, ...context, stage }, connections);
  synthesised.set(key, known);
  return known;
}

const synthesiseFor = (context: Record<string, unknown> & { stage: string }, connections: Connections) =>
  inTemporaryFolder(async (folder): Promise<Stacks> => {
    const source = join(folder, 'functions');
    await writeHandlers(source);
    const connectionsFolder = join(folder, 'connections');
    await mkdir(connectionsFolder);
    const names = Object.keys(connections);
    for (const name of names)
      await writeFile(join(connectionsFolder, `${name}.json`), JSON.stringify(connections[name]));
    const own = names.length > 0;
    const assembly = await synthesise({
      outdir: join(folder, 'assembly'),
      context: { ...context, ...(own ? { connections: names } : {}) },
      build: { source, outdir: join(folder, 'built'), ...(own ? { connectionsFolder } : {}) },
      // CloudFormation's own rules are nag.test.ts's.
      validate: false,
    });
    const read = (file: string) => readFile(join(assembly, file), 'utf8');
    const { artifacts } = manifestSchema.parse(JSON.parse(await read('manifest.json')));
    const relayName = `chorus-relay-${context.stage}`;
    const order = Object.entries(artifacts).flatMap(([name, { type }]) =>
      type === 'aws:cloudformation:stack' ? [name] : [],
    );
    const texts = await Promise.all(order.map((name) => read(`${name}.template.json`)));
    const known = knownByOthers(texts);
    const templates = order.map((name, i): Template => {
      const { Resources, Outputs } = templateSchema.parse(JSON.parse(texts[i] ?? '', asOne(known)));
      return {
        name,
        resources: Object.entries(Resources).map(([id, resource]) => resourceSchema.parse({ ...resource, id })),
        outputs: Object.keys(Outputs),
        terminationProtection: artifacts[name]?.properties?.terminationProtection ?? false,
        dependencies: (artifacts[name]?.dependencies ?? []).filter((other) => order.includes(other)),
      };
    });
    const nothing = { resources: [], outputs: [], terminationProtection: false, dependencies: [] };
    const called = (wanted: string): Template =>
      templates.find(({ name }) => name === wanted) ?? { name: wanted, ...nothing };
    const [data, relay] = [called(`${relayName}-data`), called(relayName)];
    const others = templates.filter((one) => one !== data && one !== relay);
    return { data, relay, connections: others, all: templates.flatMap(({ resources }) => resources) };
  });

/** What one stack knows of another, and how the other has it: exports by their name, topics by theirs. */
function knownByOthers(texts: readonly string[]): (value: unknown) => unknown {
  const templates = texts.map((text) => templateSchema.parse(JSON.parse(text)));
  const exported = new Map<string, unknown>();
  const topics = new Map<unknown, unknown>();
  for (const { Outputs, Resources } of templates) {
    for (const output of Object.values(Outputs)) {
      const { data } = exportSchema.safeParse(output);
      if (data) exported.set(data.Export.Name, data.Value);
    }
    for (const [Ref, resource] of Object.entries(Resources)) {
      const { data } = topicSchema.safeParse(resource);
      if (data) topics.set(data.Properties.TopicName, { Ref });
    }
  }
  return (value) => {
    const { data: imported } = importSchema.safeParse(value);
    if (imported) return exported.get(imported['Fn::ImportValue']);
    const { data: joined } = joinSchema.safeParse(value);
    const [, name] = /:sns:.*:([\w-]+)$/.exec(joined?.['Fn::Join'][1].map(written).join('') ?? '') ?? [];
    return topics.get(name);
  };
}

/** Stacks are read as one template. What nobody has stays as it is, and refers to nothing. */
const asOne = (known: (value: unknown) => unknown) => (_: string, value: unknown) => known(value) ?? value;

export const ofType = (resources: readonly Resource[], type: string): Resource[] =>
  resources.filter((resource) => resource.Type === type);

/** References as text, so that a test can look for one. */
export const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** The logical ids that a value refers to. */
export const references = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/g)].map(([, id = '']) => id);

/** One occurrence within so many hours is enough. */
export const oneIn = (hours: number) => ({ Period: 300, EvaluationPeriods: 12 * hours, DatapointsToAlarm: 1 });
