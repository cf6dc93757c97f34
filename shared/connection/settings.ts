import * as z from 'zod';

/** Two worlds that never meet: an invoice sent in one says nothing about the other. */
export const environmentSchema = z.enum(['production', 'qualification']);
export type Environment = z.infer<typeof environmentSchema>;

/** A connection's name is part of queue attributes, S3 keys and secret names. */
export const connectionNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens, at most 32, starting with a letter');

/**
 * One company group's access to Chorus Pro: `connections/<name>.json`. Never a secret: the credentials are in Secrets
 * Manager under `chorus-relay/<name>`.
 */
export const connectionSettingsSchema = z.strictObject({
  $schema: z.string().optional(),
  label: z.string().min(1),
  environment: environmentSchema,
  /** How often the statuses are read. The page of Chorus Pro's own portal is refreshed no faster. */
  pollingIntervalMinutes: z.int().min(1).max(1440).default(15),
});

export type ConnectionSettings = z.infer<typeof connectionSettingsSchema> & { name: string };

export const secretNameOf = (connection: string): string => `chorus-relay/${connection}`;
