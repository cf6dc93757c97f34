import type { Arns } from '../arn.ts';
import type { Clients } from '../clients.ts';
import type { MappingSettings } from '../event-source-mapping.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Scheduler } from '../scheduler.ts';
import type { SecretsManager } from '../services/secrets-manager.ts';

export interface ProvisionContext {
  region: string;
  endpoint: string;
  arns: Arns;
  clients: Clients;
  secrets: SecretsManager;
  functions: Functions;
  scheduler: Scheduler;
  /** Where the functions' files are copied to. */
  workshop: string;
  addMapping: (settings: MappingSettings) => void;
  /** Undoes something when the cloud stops; only what outlives this process needs it. */
  onStop: (undo: () => Promise<void>) => void;
}

export interface Declared {
  logicalId: string;
  type: string;
  stack: string;
  properties: Record<string, unknown>;
  asset: (s3Key: string) => string | undefined;
}

export interface Provisioned {
  /** The physical name. */
  name: string;
  ref: string;
  attributes: Record<string, string>;
}

export type Provisioner = (declared: Declared, context: ProvisionContext) => Provisioned | Promise<Provisioned>;
