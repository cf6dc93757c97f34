import * as z from 'zod';
import { isSiret } from '../invoice/identifiers.ts';

/** Two worlds that never meet: an invoice sent in one says nothing about the other. */
export const environmentSchema = z.enum(['production', 'qualification']);
export type Environment = z.infer<typeof environmentSchema>;

/** A connection's name is part of queue attributes, S3 keys and secret names. */
export const connectionNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens, at most 32, starting with a letter');

const siret = z.string().refine(isSiret, 'a SIRET of 14 digits whose key holds');
const name = z.string().trim().min(1).max(100);

/** Who issues invoices, as the ERP calls them, and the SIRET under which Chorus Pro knows them. */
const companySchema = z.strictObject({
  name,
  siret,
  /** An agency that is left out may not send. */
  agencies: z.array(z.strictObject({ name, siret })).default([]),
});

/**
 * One company group's access to Chorus Pro: `connections/<name>.json`. Never a secret: the credentials are in Secrets
 * Manager under `chorus-relay/<name>`.
 */
export const connectionSettingsSchema = z.strictObject({
  $schema: z.string().optional(),
  label: z.string().min(1),
  environment: environmentSchema,
  companies: z.array(companySchema).min(1),
  /** How often the statuses are read. */
  pollingIntervalMinutes: z.int().min(1).max(1440).default(15),
});

export type ConnectionSettings = z.infer<typeof connectionSettingsSchema> & { name: string };

export const secretNameOf = (connection: string): string => `chorus-relay/${connection}`;

/** `connections.json` beside a function's bundle: the connections of this deployment, validated when it was built. */
const deployedConnectionsSchema = z.array(connectionSettingsSchema.extend({ name: connectionNameSchema }));

export type Connections = ReadonlyMap<string, ConnectionSettings>;

/** @throws Error when the file is not what the build writes */
export const readConnections = (json: string): Connections =>
  new Map(deployedConnectionsSchema.parse(JSON.parse(json)).map((settings) => [settings.name, settings]));
