import { parsed, run } from '../../tools/relay/command-line.ts';
import { textTable, type TextColumn } from '../../tools/relay/text-table.ts';
import { invoiceFigures, pollFigures } from './calls.ts';
import { isKept, type Figure } from './figure.ts';
import { ownTimeFigures, throughputFigures } from './pace.ts';
import { bundleFigures, startFigures } from './start.ts';

const usage = `usage: npm run bench -- [options]

Measures what the relay may cost at the most, each figure beside its budget. Counts are the same everywhere; ratios are
taken in turns on this machine, and want it for themselves. About a minute.

  --json   the figures as JSON
  --help

exit codes: 0 every budget is kept, 1 one is not, 2 wrong usage`;

const parts: readonly [string, () => Promise<Figure[]>][] = [
  ['what an invoice costs', invoiceFigures],
  ['what a poll costs', pollFigures],
  ['bundles', bundleFigures],
  ['starts', startFigures],
  ['own time', ownTimeFigures],
  ['throughput', throughputFigures],
];

const rounded = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });

const columns: readonly TextColumn<Figure>[] = [
  { head: '', of: (figure) => (isKept(figure) ? 'kept' : 'NOT KEPT') },
  { head: 'what', of: ({ what }) => what },
  { head: 'measured', of: ({ measured }) => rounded(measured), align: 'right' },
  { head: 'unit', of: ({ unit }) => unit },
  { head: 'budget', of: ({ side, budget }) => `${side} ${rounded(budget)}` },
];

await run(async () => {
  const { values } = parsed({ json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const figures: Figure[] = [];
  for (const [what, measure] of parts) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what} …`);
    figures.push(...(await measure()));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  console.log(values.json ? JSON.stringify(figures, undefined, 2) : textTable(columns, figures).join('\n'));
  return figures.every(isKept) ? 0 : 1;
});
