import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string(), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
});

const outputSchema = z.looseObject({
  Value: z.unknown(),
  Condition: z.string().optional(),
  Export: z.object({ Name: z.unknown() }).optional(),
});

const templateSchema = z.looseObject({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
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
      for (const { objectKey } of Object.values(destinations)) found.set(objectKey, resolve(directory, source.path));
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
