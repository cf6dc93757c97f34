import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { readCredentials, type Credentials } from '../../shared/connection/credentials.ts';

const variables = {
  pisteClientId: 'PISTE_CLIENT_ID',
  pisteClientSecret: 'PISTE_CLIENT_SECRET',
  technicalLogin: 'CHORUS_PRO_LOGIN',
  technicalPassword: 'CHORUS_PRO_PASSWORD',
} as const satisfies Partial<Record<keyof Credentials, string>>;

export const credentialVariables: readonly string[] = Object.values(variables);

/** Credentials in environment variables, or which of them are not set. */
export function credentialsIn(environment: NodeJS.ProcessEnv): { credentials?: Credentials; missing: string[] } {
  const missing = credentialVariables.filter((name) => !environment[name]);
  if (missing.length > 0) return { missing };
  const value = (name: keyof typeof variables): string => environment[variables[name]] ?? '';
  const credentials = {
    pisteClientId: value('pisteClientId'),
    pisteClientSecret: value('pisteClientSecret'),
    technicalLogin: value('technicalLogin'),
    technicalPassword: value('technicalPassword'),
  };
  return { credentials, missing };
}

/**
 * The JSON that a secret holds, from a file or from standard input (`-`).
 * @throws Error that quotes nothing of it
 */
export async function credentialsFromFile(file: string): Promise<Credentials> {
  const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8');
  const content = await read.catch(() => undefined);
  if (content === undefined) throw new Error(`cannot read ${file}`);
  const credentials = readCredentials(content);
  if (credentials) return credentials;
  throw new Error(
    `${file === '-' ? 'standard input' : file} is not the JSON expected: ${Object.keys(variables).join(', ')}`,
  );
}
