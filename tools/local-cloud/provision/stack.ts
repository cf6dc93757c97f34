/** Brings one stack up, each resource after those that it refers to. */
import { accountId, region } from '../arn.ts';
import type { Clients } from '../clients.ts';
import type { DrivenClock } from '../clock.ts';
import type { MappingSettings } from '../event-source-mapping.ts';
import type { HttpApi } from '../http-api.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Scheduler } from '../scheduler.ts';
import type { KeyManagement } from '../services/key-management.ts';
import type { Mails } from '../services/mails.ts';
import type { ObjectEvents } from '../services/object-events.ts';
import { references, resolve, type Scope, type Stack } from '../template.ts';
import { provisionerOf } from './resource-types.ts';

export interface ProvisionContext {
  endpoint: string;
  clock: DrivenClock;
  clients: Clients;
  /** By logical id. */
  httpApis: Map<string, HttpApi>;
  keys: KeyManagement;
  objectEvents: ObjectEvents;
  mails: Mails;
  functions: Functions;
  scheduler: Scheduler;
  /** Where the functions' files are copied to. */
  workshop: string;
  addMapping: (settings: MappingSettings) => void;
}

interface Declared {
  logicalId: string;
  type: string;
  /** Resolved, so a policy names the ARNs that it grants. */
  properties: Record<string, unknown>;
  asset: Stack['asset'];
}

interface Provisioned {
  /** The physical name. */
  name: string;
  ref: string;
  attributes: Record<string, string>;
}

export type Provisioner = (declared: Declared, context: ProvisionContext) => Provisioned | Promise<Provisioned>;

/** A resource that is up. */
export type Resource = Provisioned & Omit<Declared, 'asset'>;

export async function provisionStack(
  { name: stackName, template, asset }: Stack,
  context: ProvisionContext,
  exports: Map<string, string>,
): Promise<{ resources: Resource[]; outputs: Record<string, string> }> {
  const resources = new Map<string, Resource>();
  const pseudo: Record<string, string> = {
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
  };
  const scope: Scope = {
    ref: (id) => found(pseudo[id] ?? resources.get(id)?.ref ?? template.Parameters[id]?.Default, `'${id}' to refer to`),
    attribute: (id, attribute) =>
      found(resources.get(id)?.attributes[attribute], `attribute '${attribute}' of '${id}'`),
    exported: (key) => found(exports.get(key), `export '${key}'`),
  };

  const begun = new Set<string>();
  const bringUp = async (logicalId: string): Promise<void> => {
    const declared = template.Resources[logicalId];
    if (!declared || begun.has(logicalId)) return;
    begun.add(logicalId);
    const { Type: type, Properties, DependsOn } = declared;
    for (const needed of [...references(Properties), ...[DependsOn].flat()]) await bringUp(needed);
    try {
      const properties = Object.fromEntries(
        Object.entries(Properties).map(([name, value]) => [name, resolve(value, scope)] as const),
      );
      const made = await provisionerOf(type)({ logicalId, type, properties, asset }, context);
      const { Arn, TopicArn = Arn } = made.attributes;
      if (TopicArn !== undefined) context.keys.encrypt(TopicArn, properties);
      resources.set(logicalId, { ...made, logicalId, type, properties });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${stackName}: ${logicalId} (${type}) cannot be brought up: ${reason}`, { cause: error });
    }
  };
  for (const logicalId of Object.keys(template.Resources)) await bringUp(logicalId);

  const outputs: Record<string, string> = {};
  for (const [name, output] of Object.entries(template.Outputs)) {
    const value = (outputs[name] = String(resolve(output.Value, scope)));
    if (output.Export) exports.set(String(resolve(output.Export.Name, scope)), value);
  }
  return { resources: [...resources.values()], outputs };
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
