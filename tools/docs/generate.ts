/** `npx relay docs`: the pages of docs/ that are made from the code. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../infra/deployment.ts';
import { command } from '../command-line/command.ts';
import { asyncApi } from './asyncapi.ts';
import { commandsPage } from './commands-page.ts';
import { costPage } from './cost-page.ts';
import { eInvoicePage } from './e-invoice-page.ts';
import { eventsPage } from './events-page.ts';
import { limitsPage, toTryFirstPage } from './fact-pages.ts';
import { frenchCommandsPage } from './french/commands-page.ts';
import { frenchDeadLettersPage } from './french/dead-letters-page.ts';
import { frenchEventsPage } from './french/events-page.ts';
import { frenchPages } from './french/pages.ts';
import { frenchReasonsPage, frenchRetriesPage, frenchStatusesPage } from './french/tables.ts';
import { incidentsPage } from './incidents-page.ts';
import { frenchInterestPage, interestPage } from './interest-page.ts';
import { ledgerPage } from './ledger-page.ts';
import { scalePage } from './scale-page.ts';
import { schemaFiles } from './schema-files.ts';
import { logsPage, reasonsPage, retriesPage, statusesPage } from './tables.ts';
import { frenchWorksPage, worksPage } from './works-page.ts';

/** The pages that are made from the code's own tables: path under docs/ → text. */
export const generated = (): Record<string, string> => ({
  'commands.md': commandsPage(),
  'cost.md': costPage(),
  'e-invoices.md': eInvoicePage(),
  'events.md': eventsPage(),
  'interest.md': interestPage(),
  'ledger.md': ledgerPage(),
  'to-try-first.md': toTryFirstPage(),
  'limits-and-timings.md': limitsPage(),
  'reasons.md': reasonsPage(),
  'statuses.md': statusesPage(),
  'logs.md': logsPage(),
  'scale.md': scalePage(),
  'works.md': worksPage(),
  'runbooks/incidents.md': incidentsPage(),
  'runbooks/retries.md': retriesPage(),
  'asyncapi.json': asyncApi(),
  ...schemaFiles(),
  [frenchPages['commands.md']]: frenchCommandsPage(),
  [frenchPages['events.md']]: frenchEventsPage(),
  [frenchPages['interest.md']]: frenchInterestPage(),
  [frenchPages['reasons.md']]: frenchReasonsPage(),
  [frenchPages['statuses.md']]: frenchStatusesPage(),
  [frenchPages['works.md']]: frenchWorksPage(),
  [frenchPages['runbooks/dead-letters.md']]: frenchDeadLettersPage(),
  [frenchPages['runbooks/retries.md']]: frenchRetriesPage(),
});

/** Those whose text in the work tree is not what the code says now. */
export async function stale(): Promise<string[]> {
  const checked = await Promise.all(
    Object.entries(generated()).map(async ([path, text]) => {
      const present = await readFile(join(projectRoot, 'docs', path), 'utf8').catch(() => '');
      return present === text ? [] : [path];
    }),
  );
  return checked.flat();
}

export const docs = command({
  about: `Writes the pages and schemas of docs/ that are made from the code's own tables, and names them. A test fails when one
is out of date.`,
  takes: {},
  exitCodes: { 0: 'written' },
  run: async () => {
    for (const [path, text] of Object.entries(generated())) {
      const file = join(projectRoot, 'docs', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      console.log(`docs/${path}`);
    }
    return 0;
  },
});
