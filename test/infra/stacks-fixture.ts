import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { synthesise } from '../../infra/synthesise.ts';

export const functionNames = [
  'check-connection',
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
    z.looseObject({ properties: z.looseObject({ terminationProtection: z.boolean().default(false) }).optional() }),
  ),
});
const importSchema = z.strictObject({ 'Fn::ImportValue': z.string() });
const exportSchema = z.looseObject({ Value: z.unknown(), Export: z.object({ Name: z.string() }) });

export type Resource = z.infer<typeof resourceSchema>;
interface Template {
  resources: Resource[];
  outputs: string[];
  terminationProtection: boolean;
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
  relay: Template;
  all: Resource[];
}

/** Settings by connection, in the place of connections/. */
type Connections = Record<string, object>;

/** Our own example, whatever cdk.json says. */
const exampleContext = { connections: ['example'], stages: {} };

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
    const dataName = `${relayName}-data`;
    const dataText = await read(`${dataName}.template.json`);
    const exported = exportsOf(dataText);
    const template = (name: string, text: string): Template => {
      const { Resources, Outputs } = templateSchema.parse(JSON.parse(text, withoutImports(exported)));
      return {
        resources: Object.entries(Resources).map(([id, resource]) => resourceSchema.parse({ ...resource, id })),
        outputs: Object.keys(Outputs),
        terminationProtection: artifacts[name]?.properties?.terminationProtection ?? false,
      };
    };
    const data = template(dataName, dataText);
    const relay = template(relayName, await read(`${relayName}.template.json`));
    return { data, relay, all: [...data.resources, ...relay.resources] };
  });

const exportsOf = (text: string): Map<string, unknown> =>
  new Map(
    Object.values(templateSchema.parse(JSON.parse(text)).Outputs).flatMap((output) => {
      const { data } = exportSchema.safeParse(output);
      return data ? [[data.Export.Name, data.Value]] : [];
    }),
  );

/** What one stack imports is written as the other has it: both are read as one template. */
const withoutImports = (exported: ReadonlyMap<string, unknown>) => (_: string, value: unknown) => {
  const { data } = importSchema.safeParse(value);
  // An import that nobody exports stays as it is, and refers to nothing.
  return data ? (exported.get(data['Fn::ImportValue']) ?? value) : value;
};

export const ofType = (resources: readonly Resource[], type: string): Resource[] =>
  resources.filter((resource) => resource.Type === type);

/** References as text, so that a test can look for one. */
export const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** The logical ids that a value refers to. */
export const references = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/g)].map(([, id = '']) => id);

/** One occurrence within so many hours is enough. */
export const oneIn = (hours: number) => ({ Period: 300, EvaluationPeriods: 12 * hours, DatapointsToAlarm: 1 });
