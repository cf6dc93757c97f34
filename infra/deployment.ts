import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { connectionNameSchema } from '../shared/connection/settings.ts';

export const projectRoot = join(import.meta.dirname, '..');

/** `cdk -c connections=duval,bertin` gives a text where cdk.json gives a list. */
const listOf = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .preprocess(
      (value) =>
        typeof value === 'string'
          ? value
              .split(',')
              .map((part) => part.trim())
              .filter((part) => part !== '')
          : value,
      z.array(item),
    )
    .refine((list) => new Set(list).size === list.length, 'names one of them twice');

const serverSchema = z.url({ protocol: /^https?$/, error: 'not a URL that begins with http:// or https://' });

/** What tells one deployment from another: the context in cdk.json, overridden by `cdk -c name=value`. */
const deploymentSchema = z.object({
  stage: z
    .string({ error: 'is missing: the name of the stage, such as production' })
    // No hyphen: the names of stage "test-data" would be taken for those of "test".
    .regex(/^[a-z][a-z0-9]{0,15}$/, 'lower-case letters and digits, at most 16, starting with a letter'),
  connections: listOf(connectionNameSchema).refine((list) => list.length > 0, 'names no connection'),
  alarmEmails: listOf(z.email('not an e-mail address')).default([]),
  /** Both only to talk to another server that follows AIFE's contract: the simulator, a recording proxy. */
  chorusProUrl: serverSchema.optional(),
  pisteTokenUrl: serverSchema.optional(),
  /** Under which docs/runbooks/ can be read by whoever gets an alarm; without it an alarm names the path in the repository. */
  runbookBaseUrl: serverSchema.optional(),
  /** How long documents and commands are kept: ten years for what is an accounting record (code de commerce, art. L. 123-22). */
  retentionYears: z.coerce.number().int().min(1).max(30).default(10),
  /** A new version takes over by parts while alarms watch, or at once and unwatched: for the one that mends what they ring for. */
  release: z.enum(['gradual', 'at-once']).default('gradual'),
  /** How many batches of invoices are worked on at the same time: the load that Chorus Pro sees. */
  maximumConcurrency: z.coerce.number().int().min(2).max(1000).default(5),
});

export type Deployment = z.infer<typeof deploymentSchema>;
export type Context = Record<string, unknown>;

const cdkSettingsSchema = z.object({ context: z.record(z.string(), z.unknown()) });

export function projectContext(): Context {
  return cdkSettingsSchema.parse(JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'))).context;
}

const settingNames: readonly string[] = Object.keys(deploymentSchema.omit({ stage: true }).shape);

/** What differs by stage: `"stages": { "production": { "connections": […] } }`, in the place of the same name beside it. */
const stagesSchema = z
  .record(
    z.string(),
    z.record(
      z
        .string()
        .refine((name) => settingNames.includes(name), `no setting of a stage; there are: ${settingNames.join(', ')}`),
      z.unknown(),
    ),
  )
  .default({})
  .superRefine((stages, context) => {
    const seen = new Map<unknown, string>();
    for (const [stage, { connections }] of Object.entries(stages)) {
      for (const connection of Array.isArray(connections) ? connections : []) {
        const other = seen.get(connection);
        if (other !== undefined)
          context.addIssue(
            `${String(connection)} is of ${other} and of ${stage}: its credentials are one secret, so it is of one stage`,
          );
        seen.set(connection, stage);
      }
    }
  });

/** @throws Error that names every fault of the context at once */
export function deploymentFrom({ stages, ...common }: Context): Deployment {
  const read = stagesSchema.safeParse(stages);
  if (!read.success) throw faulty(read.error, ['stages']);
  const parsed = deploymentSchema.safeParse({ ...common, ...read.data[String(common['stage'])] });
  if (parsed.success) return parsed.data;
  throw faulty(parsed.error);
}

function faulty({ issues }: z.ZodError, under: readonly string[] = []): Error {
  const faults = issues.map(({ path, message }) => `  ${[...under, ...path].join('.')}: ${message}`);
  return new Error(['the context of this deployment (cdk.json, cdk -c name=value) has faults:', ...faults].join('\n'));
}
