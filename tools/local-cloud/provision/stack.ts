import { accountId } from '../arn.ts';
import { references, resolve, sortByDependency, type Scope, type Stack } from '../template.ts';
import type { Declared, Provisioned, ProvisionContext } from './context.ts';
import { placeholder, provisionerOf } from './types.ts';

/** A resource that is up; its `properties` are resolved, so a policy names the ARNs it grants. */
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

/** Brings one stack up, every resource after those it refers to. */
export async function provisionStack(
  stack: Stack,
  context: ProvisionContext,
  exports: Map<string, string>,
): Promise<StackResult> {
  const { template } = stack;
  const resources = new Map<string, Resource>();
  const scope = scopeOf(stack, context, resources, exports);
  const present = Object.keys(template.Resources);
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
    const value = String(resolve(output.Value, scope));
    outputs[name] = value;
    if (output.Export) exports.set(String(resolve(output.Export.Name, scope)), value);
  }
  return { resources: [...resources.values()], outputs };
}

function scopeOf(
  { template }: Stack,
  { region }: ProvisionContext,
  resources: ReadonlyMap<string, Resource>,
  exports: ReadonlyMap<string, string>,
): Scope {
  const pseudo: Record<string, unknown> = {
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
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
  };
  return scope;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
