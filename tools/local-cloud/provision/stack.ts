import { accountId } from '../arn.ts';
import { references, resolve, type Scope } from '../intrinsics.ts';
import { sortByDependency, type Stack } from '../template.ts';
import type { Declared, Provisioned, ProvisionContext } from './context.ts';
import { placeholder, provisionerOf } from './types.ts';

/** A resource as it stands; `properties` are resolved, so that a policy names the ARNs it grants. */
export interface Resource extends Provisioned {
  stack: string;
  logicalId: string;
  type: string;
  properties: Record<string, unknown>;
}

export interface StackResult {
  resources: Resource[];
  outputs: Record<string, string>;
}

/** Brings one stack up, each resource after those it refers to. */
export async function provisionStack(
  stack: Stack,
  context: ProvisionContext,
  exports: Map<string, string>,
): Promise<StackResult> {
  const { template } = stack;
  const resources = new Map<string, Resource>();
  const scope = scopeOf(stack, context, resources, exports);
  const wanted = (condition: string | undefined) => condition === undefined || scope.condition(condition);
  const present = Object.keys(template.Resources).filter((id) => wanted(template.Resources[id]?.Condition));
  const order = sortByDependency(present, (id) => {
    const { Properties, DependsOn } = template.Resources[id] ?? {};
    return [...references(Properties), ...[DependsOn ?? []].flat()].filter(
      (other) => present.includes(other) && other !== id,
    );
  });
  for (const logicalId of order) {
    const { Type: type = '', Properties = {} } = template.Resources[logicalId] ?? {};
    try {
      const provisioner = provisionerOf(type);
      const properties = Object.fromEntries(
        Object.entries(Properties).map(([name, value]) => [name, resolve(value, scope)]),
      );
      const declared: Declared = { logicalId, type, stack: stack.name, properties, asset: stack.asset };
      const made =
        provisioner === 'without effect' ? placeholder(declared, context.region) : await provisioner(declared, context);
      resources.set(logicalId, { ...made, stack: stack.name, logicalId, type, properties });
    } catch (error) {
      throw new Error(`${stack.name}: ${logicalId} (${type}) cannot be brought up: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
  const outputs: Record<string, string> = {};
  for (const [name, output] of Object.entries(template.Outputs)) {
    if (!wanted(output.Condition)) continue;
    const value = String(resolve(output.Value, scope));
    outputs[name] = value;
    if (output.Export) exports.set(String(resolve(output.Export.Name, scope)), value);
  }
  return { resources: [...resources.values()], outputs };
}

function scopeOf(
  { name, template }: Stack,
  { region }: ProvisionContext,
  resources: ReadonlyMap<string, Resource>,
  exports: ReadonlyMap<string, string>,
): Scope {
  const pseudo: Record<string, unknown> = {
    'AWS::AccountId': accountId,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/local`,
    'AWS::StackName': name,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const found = <Value>(value: Value | undefined, what: string): Value => {
    if (value === undefined) throw new Error(`there is no ${what}`);
    return value;
  };
  const scope: Scope = {
    ref: (id) => found(pseudo[id] ?? resources.get(id)?.ref ?? template.Parameters[id]?.Default, `'${id}' to refer to`),
    attribute: (id, attribute) =>
      found(found(resources.get(id), `resource '${id}'`).attributes[attribute], `attribute '${attribute}' of '${id}'`),
    exported: (key) => found(exports.get(key), `export '${key}'`),
    condition: (id) => resolve(found(template.Conditions[id], `condition '${id}'`), scope) === true,
    mapping: (map, first, second) => found(template.Mappings[map]?.[first]?.[second], `'${map}.${first}.${second}'`),
  };
  return scope;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
