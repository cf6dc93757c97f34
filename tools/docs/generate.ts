import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../infra/deployment.ts';
import { parsed, run } from '../relay/command-line.ts';
import { commandsPage } from './commands-page.ts';
import { eventsPage } from './events-page.ts';
import { limitsPage, toTryFirstPage } from './fact-pages.ts';
import { ledgerPage } from './ledger-page.ts';
import { schemaFiles } from './schema-files.ts';
import { logsPage, reasonsPage, retriesPage, statusesPage } from './tables.ts';

/** The pages that are made from the code's own tables: path under docs/ → text. */
export const generated = (): Record<string, string> => ({
  'commands.md': commandsPage(),
  'events.md': eventsPage(),
  'ledger.md': ledgerPage(),
  'reasons.md': reasonsPage(),
  'statuses.md': statusesPage(),
  'logs.md': logsPage(),
  'limits-and-timings.md': limitsPage(),
  'to-try-first.md': toTryFirstPage(),
  'runbooks/retries.md': retriesPage(),
  ...schemaFiles(),
});

/** Those that no longer say what the code says. */
export async function stale(): Promise<string[]> {
  const checked = await Promise.all(
    Object.entries(generated()).map(async ([path, text]) => {
      const present = await readFile(join(projectRoot, 'docs', path), 'utf8').catch(() => '');
      return present === text ? [] : [path];
    }),
  );
  return checked.flat();
}

const usage = `usage: npm run docs -- [--help]

Writes the pages and schemas of docs/ that are made from the code's own tables, and lists them. A test fails if one is
out of date.`;

async function write(): Promise<number> {
  if (parsed({ help: { type: 'boolean', default: false } }).values.help) {
    console.log(usage);
    return 0;
  }
  for (const [path, text] of Object.entries(generated())) {
    const file = join(projectRoot, 'docs', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    console.log(`docs/${path}`);
  }
  return 0;
}

if (import.meta.main) await run(write);
