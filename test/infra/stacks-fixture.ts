import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { synthesise } from '../../infra/synthesise.ts';

export const functionNames = [
  'check-connection',
  'poll-statuses',
  'rotate-credentials',
  'submit-invoice',
  'watch-credentials',
] as const;

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.unknown()).default({}),
});

export type Resource = z.infer<typeof resourceSchema> & { id: string };
interface Template {
  resources: Resource[];
  outputs: string[];
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

export const stacksOf = (stage: string, context: Record<string, unknown> = {}): Promise<Stacks> =>
  inTemporaryFolder(async (folder) => {
    const source = join(folder, 'functions');
    await writeHandlers(source);
    const assembly = await synthesise({
      outdir: join(folder, 'assembly'),
      context: { ...context, stage },
      build: { source, outdir: join(folder, 'built') },
    });
    const read = async (stack: string): Promise<Template> => {
      const text = await readFile(join(assembly, `${stack}.template.json`), 'utf8');
      const { Resources, Outputs } = templateSchema.parse(JSON.parse(text));
      const resources = Object.entries(Resources).map(([id, resource]) => ({ id, ...resource }));
      return { resources, outputs: Object.keys(Outputs) };
    };
    const data = await read(`chorus-relay-${stage}-data`);
    const relay = await read(`chorus-relay-${stage}`);
    return { data, relay, all: [...data.resources, ...relay.resources] };
  });

export const ofType = (resources: readonly Resource[], type: string): Resource[] =>
  resources.filter((resource) => resource.Type === type);

/** References as text, so that a test can look for one. */
export const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

const oneOrMore = z.union([z.string(), z.looseObject({}), z.array(z.union([z.string(), z.looseObject({})]))]);
const statementSchema = z.looseObject({
  Effect: z.string(),
  Action: oneOrMore,
  Resource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.unknown()).optional(),
  Principal: z.unknown().optional(),
});
const policySchema = z.looseObject({ Statement: z.array(statementSchema) });

export interface Statement {
  in: string;
  type: string;
  effect: string;
  actions: string[];
  resources: string[];
  condition: string;
  principal: string;
}

const list = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(written);

export const statementsOf = (resources: readonly Resource[]): Statement[] =>
  resources.flatMap((resource) =>
    [resource.Properties['PolicyDocument'], resource.Properties['KeyPolicy']].flatMap((document) =>
      document === undefined
        ? []
        : policySchema.parse(document).Statement.map((statement) => ({
            in: resource.id,
            type: resource.Type,
            effect: statement.Effect,
            actions: list(statement.Action),
            resources: list(statement.Resource),
            condition: written(statement.Condition),
            principal: written(statement.Principal),
          })),
    ),
  );
