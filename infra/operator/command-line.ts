import * as z from 'zod';
import { connectionNameSchema, type ConnectionSettings } from '../../shared/connection/settings.ts';
import { readConnectionFiles } from '../connection-files.ts';

/** What whoever typed the command can mend: exit code 2, and no trace. */
export class WrongUsage extends Error {}

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

/** @param command ends with its exit code */
export async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof WrongUsage ? 2 : 1;
  }
}
