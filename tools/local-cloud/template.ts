import { readFile } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import * as z from 'zod';

/** No template of ours has any; one that is overlooked would change what is there. */
const noCondition = z.never({ error: 'the local cloud knows no conditions' }).optional();

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string(), z.array(z.string())]).default([]),
  Condition: noCondition,
});

const outputSchema = z.looseObject({
  Value: z.unknown(),
  Condition: noCondition,
  Export: z.object({ Name: z.unknown() }).optional(),
});

const templateSchema = z.looseObject({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown() })).default({}),
  Resources: z.record(z.string(), resourceSchema).default({}),
  Outputs: z.record(z.string(), outputSchema).default({}),
});

type Template = z.infer<typeof templateSchema>;

export interface Stack {
  name: string;
  template: Template;
  /** Where the asset lies that the template calls by this S3 key. */
  asset: (s3Key: string) => string | undefined;
}

const manifestSchema = z.looseObject({
  artifacts: z
    .record(
      z.string(),
      z.looseObject({
        type: z.string(),
        dependencies: z.array(z.string()).default([]),
        properties: z
          .looseObject({
            templateFile: z.string().optional(),
            stackName: z.string().optional(),
            directoryName: z.string().optional(),
            file: z.string().optional(),
          })
          .default({}),
      }),
    )
    .default({}),
});

type Artifacts = z.infer<typeof manifestSchema>['artifacts'];

const assetsSchema = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

/** The stacks of a cloud assembly, those first that others depend on. */
export async function readAssembly(directory: string): Promise<Stack[]> {
  const { artifacts } = manifestSchema.parse(await readJson(join(directory, 'manifest.json')));
  const assets = await readAssets(directory, artifacts);
  const stacks: Stack[] = [];
  for (const [id, artifact] of inOrder(artifacts)) {
    const { templateFile, stackName, directoryName } = artifact.properties;
    if (artifact.type === 'cdk:cloud-assembly' && directoryName !== undefined) {
      stacks.push(...(await readAssembly(join(directory, directoryName))));
    }
    if (artifact.type !== 'aws:cloudformation:stack' || templateFile === undefined) continue;
    const template = templateSchema.parse(await readJson(join(directory, templateFile)));
    stacks.push({ name: stackName ?? id, template, asset: (s3Key) => assets.get(s3Key) });
  }
  return stacks;
}

async function readAssets(directory: string, artifacts: Artifacts): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { type, properties } of Object.values(artifacts)) {
    if (type !== 'cdk:asset-manifest' || properties.file === undefined) continue;
    const { files } = assetsSchema.parse(await readJson(join(directory, properties.file)));
    for (const { source, destinations } of Object.values(files)) {
      if (source.path === undefined) continue;
      for (const { objectKey } of Object.values(destinations))
        found.set(objectKey, resolvePath(directory, source.path));
    }
  }
  return found;
}

function inOrder(artifacts: Artifacts): [string, Artifacts[string]][] {
  const dependencies = (id: string) => (artifacts[id]?.dependencies ?? []).filter((other) => other in artifacts);
  return sortByDependency(Object.keys(artifacts), dependencies).flatMap((id) => {
    const artifact = artifacts[id];
    return artifact ? [[id, artifact]] : [];
  });
}

/** @throws Error that names the members of a circle */
export function sortByDependency(ids: readonly string[], dependenciesOf: (id: string) => readonly string[]): string[] {
  const sorted: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: readonly string[]): void => {
    if (state.get(id) === 'done') return;
    if (state.get(id) === 'open') throw new Error(`circular dependency: ${[...path, id].join(' → ')}`);
    state.set(id, 'open');
    for (const other of dependenciesOf(id)) visit(other, [...path, id]);
    state.set(id, 'done');
    sorted.push(id);
  };
  for (const id of ids) visit(id, []);
  return sorted;
}

/** What a template's intrinsic functions look up while they are resolved. */
export interface Scope {
  /** Parameter, pseudo parameter or resource. */
  ref: (name: string) => unknown;
  attribute: (logicalId: string, attribute: string) => unknown;
  exported: (name: string) => unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** Those that our synthesised templates contain; any other is an error that names it. */
const intrinsics: Partial<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(text(argument, 'Ref')),
  'Fn::GetAtt': (argument, scope) => scope.attribute(...attributePath(argument)),
  'Fn::ImportValue': (argument, scope) => scope.exported(text(resolve(argument, scope), 'Fn::ImportValue')),
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument, 'Fn::Join', 2);
    return list(resolve(parts, scope), 'Fn::Join')
      .map((part) => text(part, 'Fn::Join'))
      .join(text(separator, 'Fn::Join'));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = list(argument, 'Fn::Split', 2);
    return text(resolve(whole, scope), 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, from] = list(argument, 'Fn::Select', 2);
    const chosen = list(resolve(from, scope), 'Fn::Select')[Number(resolve(index, scope))];
    if (chosen === undefined) throw new Error(`Fn::Select: nothing at ${JSON.stringify(index)}`);
    return chosen;
  },
  'Fn::Sub': (argument, scope) =>
    text(argument, 'Fn::Sub').replace(/\$\{([^}]+)\}/g, (_, name: string) =>
      text(name.includes('.') ? scope.attribute(...attributePath(name)) : scope.ref(name), 'Fn::Sub'),
    ),
};

/** @throws Error that names the function or the name that cannot be resolved */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => resolve(one, scope));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [name, argument] = only;
    const intrinsic = intrinsics[name];
    if (intrinsic) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new Error(`${name} is not known to the local cloud`);
  }
  return Object.fromEntries(entries.map(([name, one]) => [name, resolve(one, scope)] as const));
}

/** The logical ids and parameters that a value refers to. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Ref' && typeof argument === 'string') return [argument];
    if (name === 'Fn::GetAtt') return [attributePath(argument)[0]];
    if (name !== 'Fn::Sub') return references(argument);
    return [...text(argument, name).matchAll(/\$\{([^}.]+)[^}]*\}/g)].map((match) => match[1] ?? '');
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function attributePath(argument: unknown): [string, string] {
  const path = typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
  const [logicalId, ...attribute] = path.map((part) => text(part, 'Fn::GetAtt'));
  return [logicalId ?? '', attribute.join('.')];
}

function list(value: unknown, where: string, length?: number): unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw new Error(
      `${where} needs a list${length === undefined ? '' : ` of ${length}`}, not ${JSON.stringify(value)}`,
    );
  }
  return value;
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where} needs a string, not ${JSON.stringify(value)}`);
}
