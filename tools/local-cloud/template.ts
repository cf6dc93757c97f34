/** Reads the stacks that the CDK has synthesised, and resolves the intrinsic functions in their templates. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';

/** Our templates have no conditions. Ignoring one would change which resources exist. */
const noCondition = z.never({ error: 'the local cloud knows no conditions' }).optional();

const templateSchema = z.looseObject({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown() })).default({}),
  Resources: z
    .record(
      z.string(),
      z.looseObject({
        Type: z.string(),
        Properties: z.record(z.string(), z.unknown()).default({}),
        DependsOn: z.union([z.string(), z.array(z.string())]).default([]),
        Condition: noCondition,
      }),
    )
    .default({}),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({
        Value: z.unknown(),
        Condition: noCondition,
        Export: z.object({ Name: z.unknown() }).optional(),
      }),
    )
    .default({}),
});

export interface Stack {
  name: string;
  template: z.infer<typeof templateSchema>;
  /** The folder of the asset that the template calls by this S3 key. */
  asset: (s3Key: string) => string;
}

/** The stacks of a cloud assembly. A stack comes after those that it depends on. */
export const readAssembly = (directory: string): Stack[] =>
  new CloudAssembly(directory).stacks.map((stack) => ({
    name: stack.stackName,
    template: templateSchema.parse(stack.template),
    asset: (s3Key) => {
      const folder = join(directory, `asset.${s3Key.replace(/\.zip$/, '')}`);
      if (existsSync(folder)) return folder;
      throw new Error(`this assembly has no folder for the asset ${s3Key}`);
    },
  }));

/** What intrinsic functions look up. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref: (name: string) => unknown;
  attribute: (logicalId: string, attribute: string) => unknown;
  exported: (name: string) => unknown;
}

const pairSchema = z.tuple([z.unknown(), z.unknown()]);
const textSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const textsSchema = z.array(textSchema);
const attributeSchema = z.tuple([z.string(), z.string()]);

/** The functions that our templates use. Any other is an error that names it. */
const intrinsics: Partial<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  Ref: (argument, scope) => scope.ref(textSchema.parse(argument)),
  'Fn::GetAtt': (argument, scope) => scope.attribute(...attributeSchema.parse(argument)),
  'Fn::ImportValue': (argument, scope) => scope.exported(textSchema.parse(resolve(argument, scope))),
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = pairSchema.parse(argument);
    return textsSchema.parse(resolve(parts, scope)).join(textSchema.parse(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = pairSchema.parse(argument);
    return textSchema.parse(resolve(whole, scope)).split(textSchema.parse(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, from] = pairSchema.parse(argument);
    return textsSchema.parse(resolve(from, scope))[Number(index)];
  },
  'Fn::Sub': (argument, scope) =>
    textSchema.parse(argument).replace(/\$\{([^}]+)\}/g, (_, name: string) => textSchema.parse(scope.ref(name))),
};

/** @throws Error that names the function or the name that cannot be resolved */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => resolve(one, scope));
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  const [only, ...others] = entries;
  if (only && others.length === 0) {
    const [name, argument] = only;
    const intrinsic = intrinsics[name];
    if (intrinsic) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new Error(`the local cloud does not know ${name}`);
  }
  return Object.fromEntries(entries.map(([name, one]) => [name, resolve(one, scope)] as const));
}

/** The logical ids and parameters that a value refers to. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Ref' && typeof argument === 'string') return [argument];
    if (name === 'Fn::GetAtt') return [attributeSchema.parse(argument)[0]];
    return references(argument);
  });
}
