import { buildFunctions, bundleBudgetBytes } from '../../infra/build.ts';
import { parsed, run } from './command-line.ts';
import { textTable, type TextColumn } from './text-table.ts';

const usage = `usage: npm run build -- [options]

Bundles the functions into .build/functions, as a synthesis does by itself, and says how large each has become.

  --json   the sizes in bytes as JSON
  --help`;

interface Size {
  name: string;
  bytes: number;
  budget: number;
}

const columns: readonly TextColumn<Size>[] = [
  { head: 'function', of: ({ name }) => name },
  { head: 'KB', of: ({ bytes }) => String(Math.round(bytes / 1000)), align: 'right' },
  { head: 'of the budget', of: ({ bytes, budget }) => `${Math.round((100 * bytes) / budget)} %`, align: 'right' },
];

await run(async () => {
  const { values } = parsed({ json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const built = (await buildFunctions()).map(({ name, bytes }) => ({ name, bytes, budget: bundleBudgetBytes }));
  console.log(values.json ? JSON.stringify(built) : textTable(columns, built).join('\n'));
  return 0;
});
