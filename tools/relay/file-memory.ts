import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Memory } from '../../shared/ledger/ledger.ts';

/** Where this user's programs keep what they may lose (XDG base directories). */
export const stateFolder = (environment: NodeJS.ProcessEnv): string =>
  join(environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'chorus-relay');

/** What a command remembers between runs, a file for each name; what cannot be read was never known. */
export function fileMemory(folder: string): Memory {
  const fileOf = (name: string): string => join(folder, `${encodeURIComponent(name)}.json`);
  return {
    recall: async (name) => {
      try {
        const value: unknown = JSON.parse(await readFile(fileOf(name), 'utf8'));
        return value;
      } catch {
        return undefined;
      }
    },
    remember: async (name, value) => {
      await mkdir(folder, { recursive: true });
      await writeFile(fileOf(name), JSON.stringify(value));
    },
  };
}
