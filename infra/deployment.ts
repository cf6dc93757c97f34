/** The settings of one deployment: the context in cdk.json, checked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { connectionNameSchema, type ConnectionSettings } from '../shared/connection/settings.ts';

export const projectRoot = join(import.meta.dirname, '..');

/** `cdk -c connections=duval,bertin` gives a string where cdk.json gives a list. */
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
      z.array(item, 'is missing, or no list of names'),
    )
    .refine((list) => new Set(list).size === list.length, 'names one of them twice');

const serverSchema = z.url({ protocol: /^https?$/, error: 'not a URL that begins with http:// or https://' });

/** API Gateway asks the provider itself: its address is public, but for the issuer of a local cloud. */
const isPublic = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
};

const deskSchema = z.strictObject({
  /** Exactly as the provider's tokens have it in `iss`. */
  issuer: serverSchema.refine(isPublic, 'not a URL that begins with https://'),
  /** What the provider calls the desk: the audience of its tokens. */
  clientId: z.string().min(1),
  /** Where the browser asks for tokens, if not at the issuer's own address: Cognito's domain for one. */
  tokenOrigin: serverSchema.refine((url) => new URL(url).origin === url, 'not an origin, as https://…').optional(),
});

export const defaultMaximumConcurrency = 4;

/**
 * Of 1,000 connections, at 15 minutes, 67 have their turn in a minute, and a turn takes about a second: one or two at
 * once. If one in fifty hangs in each of its turns, that is one or two more, and at worst, all in the same minute, 20.
 */
export const mostTurnsAtOnce = 25;

/** What differs between deployments: the context in cdk.json, overridden by `cdk -c name=value`. */
const deploymentSchema = z.object({
  stage: z
    .string({ error: 'is missing: the name of the stage, such as production' })
    // No hyphen: the stack of stage "test-data" would have the name of the data stack of "test".
    .regex(/^[a-z][a-z0-9]{0,15}$/, 'lower-case letters and digits, at most 16, starting with a letter'),
  connections: listOf(connectionNameSchema).refine((list) => list.length > 0, 'names no connection'),
  /** Of all connections, the one whose stack is deployed: without the relay, no function is built. */
  only: connectionNameSchema.optional(),
  /** The operators: they alone hear alarms. The contacts of a connection hear of its credentials. */
  alarmEmails: listOf(z.email('not an e-mail address')).default([]),
  /** Only to talk to another server that follows AIFE's contract: the simulator, a recording proxy. */
  chorusProUrl: serverSchema.optional(),
  pisteTokenUrl: serverSchema.optional(),
  /** The address of docs/runbooks/; without it an alarm names the path in the repository. */
  runbookBaseUrl: serverSchema.optional(),
  /** How long documents and commands are kept: ten years for accounting records (code de commerce, art. L. 123-22). */
  retentionYears: z.coerce.number('is not a number').int().min(1).max(30).default(10),
  /** A new version takes over step by step, watched by alarms; or at once, when it fixes what the alarms ring for. */
  release: z.enum(['gradual', 'at-once']).default('gradual'),
  /**
   * How many batches of invoices are processed at the same time. Of one connection, five calls may be in flight: four
   * functions, and a poll. More pays with more connections.
   */
  maximumConcurrency: z.coerce.number('is not a number').int().min(2).max(1000).default(defaultMaximumConcurrency),
  /** Who signs people in at the desk (docs/desk.md); without it there is none. */
  desk: deskSchema.optional(),
});

export type Deployment = z.infer<typeof deploymentSchema>;
export type Context = Record<string, unknown>;

const cdkSettingsSchema = z.object({ context: z.record(z.string(), z.unknown()) });

export function projectContext(): Context {
  return cdkSettingsSchema.parse(JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'))).context;
}

const settingNames: readonly string[] = Object.keys(deploymentSchema.omit({ stage: true }).shape);
const noSetting = `is no setting; there are: ${settingNames.join(', ')}`;
const isSetting = (name: string): boolean => settingNames.includes(name);

/** What differs by stage: `"stages": { "production": { "connections": […] } }` overrides the common setting. */
const stagesSchema = z.record(z.string(), z.record(z.string().refine(isSetting, noSetting), z.unknown())).default({});

interface Stages {
  common: Context;
  /** By name; empty if all stages have the common settings. */
  stages: Readonly<Record<string, Context>>;
}

/** The CDK's own settings have a colon or a slash in their names. */
const isOurs = (name: string): boolean => /^\w+$/.test(name) && name !== 'stage';

/** @throws Error that lists every fault */
function stagesIn({ stages, ...common }: Context): Stages {
  const read = stagesSchema.safeParse(stages);
  const unknown = Object.keys(common).filter((name) => isOurs(name) && !isSetting(name));
  const faults = [...unknown.map((name) => `${name}: ${noSetting}`), ...faultsOf(read.error, ['stages'])];
  const shared = sharedConnections(common, read.data ?? {});
  if (!read.success || faults.length + shared.length > 0) throw faulty([...faults, ...shared]);
  return { common, stages: read.data };
}

const connectionsOf = (common: Context, own: Context): unknown[] => {
  const list = { ...common, ...own }['connections'];
  return Array.isArray(list) ? list : [];
};

/** A connection has only one secret, so it can belong to only one stage. */
function sharedConnections(common: Context, stages: Stages['stages']): string[] {
  const seen = new Map<unknown, string>();
  return Object.entries(stages).flatMap(([stage, own]) =>
    connectionsOf(common, own).flatMap((connection) => {
      const other = seen.get(connection);
      seen.set(connection, stage);
      return other === undefined
        ? []
        : [`stages: ${String(connection)} is of ${other} and of ${stage}: its secret is one`];
    }),
  );
}

/** The stage to which the context assigns this connection, if it lists stages. */
export function stageWith(context: Context, connection: string): string | undefined {
  const { common, stages } = stagesIn(context);
  return Object.keys(stages).find((stage) => connectionsOf(common, stages[stage] ?? {}).includes(connection));
}

/** @throws Error that lists every fault in the context */
export function deploymentFrom(context: Context): Deployment {
  const { common, stages } = stagesIn(context);
  const stage = String(common['stage']);
  const known = Object.keys(stages);
  if (known.length > 0 && !known.includes(stage)) throw faulty([`stage: "${stage}" is not among ${known.join(', ')}`]);
  const parsed = deploymentSchema.safeParse({ ...common, ...stages[stage] });
  if (!parsed.success) throw faulty(faultsOf(parsed.error));
  const { only, connections } = parsed.data;
  if (only !== undefined && !connections.includes(only)) throw faulty([`only: "${only}" is not among connections`]);
  return parsed.data;
}

/** For a bad name, zod nests the message inside the issue. */
const faultsOf = (error: z.ZodError | undefined, under: readonly string[] = []): string[] =>
  (error?.issues ?? []).flatMap((issue) => {
    const { path, message } = issue;
    const said = issue.code === 'invalid_key' ? issue.issues.map((inner) => inner.message) : [message];
    return said.map((one) => `${[...under, ...path].join('.')}: ${one}`);
  });

const faulty = (faults: readonly string[]): Error =>
  new Error(
    [
      'the context of this deployment (cdk.json, cdk -c name=value) has faults:',
      ...faults.map((fault) => `  ${fault}`),
    ].join('\n'),
  );

/** Settings that are allowed but seldom intended: the synthesis prints these warnings and goes on. */
export function warningsAbout(
  { stage, alarmEmails }: Deployment,
  connections: readonly Pick<ConnectionSettings, 'name' | 'environment'>[],
): string[] {
  const elsewhere = connections.filter(
    ({ environment }) => environment !== stage && (stage === 'production' || environment === 'production'),
  );
  return [
    ...elsewhere.map(
      ({ name, environment }) => `connection ${name} is for Chorus Pro’s ${environment}, and the stage is ${stage}`,
    ),
    ...(alarmEmails.length === 0
      ? ['nobody is told of an alarm: alarmEmails in cdk.json is empty, and contacts hear of none']
      : []),
  ];
}
