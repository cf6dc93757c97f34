import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import * as z from 'zod';
import { connectionNameSchema, type ConnectionSettings } from '../../shared/connection/settings.ts';
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { deploymentFrom, projectContext, projectRoot, stageWith } from '../../infra/deployment.ts';

/** What whoever typed the command can mend: exit code 2, and no trace. */
export class WrongUsage extends Error {}

/** The options and what stands beside them. @throws WrongUsage in node's own words */
export function parsed<Options extends ParseArgsOptionsConfig>(options: Options) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

export const languageSchema = z.enum(['fr', 'en'], '--language is fr or en');
export type Language = z.infer<typeof languageSchema>;

/** The value, or what is wrong with it as a matter of usage. */
export function given<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new WrongUsage(parsed.error.issues[0]?.message ?? 'wrong usage');
}

export async function settingsFrom(positionals: readonly string[], usage: string): Promise<ConnectionSettings> {
  const [name, ...tooMany] = positionals;
  if (name === undefined || tooMany.length > 0) throw new WrongUsage(usage);
  const parsed = connectionNameSchema.safeParse(name);
  if (!parsed.success) throw new WrongUsage(`"${name}" is no connection: ${parsed.error.issues[0]?.message ?? ''}`);
  try {
    const [settings] = await readConnectionFiles([parsed.data]);
    if (settings) return settings;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
  throw new WrongUsage(usage);
}

/** @throws WrongUsage for a name that neither cdk.json nor the folder of connections knows: nothing found would say that all is well */
export function deployedConnection(name: string): string {
  const folder = join(projectRoot, 'connections');
  const files = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
  const known = new Set([...files, ...deploymentFrom(projectContext()).connections]);
  if (known.has(name)) return name;
  throw new WrongUsage(`there is no connection "${name}"; there are: ${[...known].sort().join(', ')}`);
}

/** The stage that is asked for, or the connection's own, or the one in cdk.json. @throws WrongUsage where they contradict */
export function chosenStage(asked: string | undefined, connection?: string): string {
  const context = projectContext();
  try {
    const own = connection === undefined ? undefined : stageWith(context, connection);
    if (asked !== undefined && own !== undefined && own !== asked)
      throw new WrongUsage(`${connection ?? ''} is of stage ${own}, not of ${asked}`);
    const stage = asked ?? own;
    return deploymentFrom({ ...context, ...(stage === undefined ? {} : { stage }) }).stage;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** @param command ends with its exit code */
export async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const unset = 'AWS is not set up here: AWS_REGION and AWS_PROFILE, or --local for the relay of "npm run local"';
    console.error(said === 'Region is missing' ? unset : said);
    process.exitCode = error instanceof WrongUsage ? 2 : 1;
  }
}
