/** Which connection and which stage a command is about. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { deploymentFrom, projectContext, projectRoot, stageWith } from '../../infra/deployment.ts';
import { connectionNameSchema, type ConnectionSettings } from '../../shared/connection/settings.ts';
import { option, WrongUsage } from '../command-line/command.ts';

const about = 'the connection, by the name of its file in connections/';
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const nameSchema = z.string().superRefine((name, context) => {
  const { error } = connectionNameSchema.safeParse(name);
  if (error) context.addIssue(`is not the name of a connection: ${error.issues[0]?.message ?? ''}`);
});

/** The argument that names the connection. */
export const connectionArgument = () => option('connection', nameSchema.clone(), about);
export const optionalConnection = () => option('connection', nameSchema.optional(), `${about}; without it, all`);

/** @throws WrongUsage that names every fault of its file */
export async function settingsOf(connection: string): Promise<ConnectionSettings> {
  try {
    const [settings] = await readConnectionFiles([connection]);
    if (settings) return settings;
  } catch (error) {
    throw new WrongUsage(messageOf(error));
  }
  throw new WrongUsage(`there is no connection "${connection}"`);
}

/**
 * The name, if cdk.json or the folder of connections knows it: a search for an unknown one would find nothing and
 * look as if all were well.
 * @throws WrongUsage otherwise
 */
export function knownConnection(name: string): string {
  const folder = join(projectRoot, 'connections');
  const files = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
  const known = new Set([...files, ...deploymentFrom(projectContext()).connections]);
  if (known.has(name)) return name;
  throw new WrongUsage(`there is no connection "${name}"; there are: ${[...known].sort().join(', ')}`);
}

/** The stage asked for, or the connection's own, or the one in cdk.json. @throws WrongUsage if they contradict */
export function chosenStage(asked: string | undefined, connection?: string): string {
  const context = projectContext();
  try {
    const own = connection === undefined ? undefined : stageWith(context, connection);
    if (asked !== undefined && own !== undefined && own !== asked)
      throw new WrongUsage(`${connection ?? ''} is of stage ${own}, not of ${asked}`);
    const stage = asked ?? own;
    return deploymentFrom({ ...context, ...(stage === undefined ? {} : { stage }) }).stage;
  } catch (error) {
    throw new WrongUsage(messageOf(error));
  }
}
