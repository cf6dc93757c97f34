/** `npm run bench`: every budget beside what was measured. */
import { command, flag } from '../../tools/command-line/command.ts';
import { runCommand } from '../../tools/command-line/run.ts';
import { progressOn, textTable, type TextColumn } from '../../tools/command-line/terminal.ts';
import { invoiceFigures, pollFigures } from './calls.ts';
import { eInvoiceFigures } from './e-invoices.ts';
import { isKept, type Figure } from './figure.ts';
import { ownTimeFigures, throughputFigures } from './pace.ts';
import { bundleFigures, startFigures } from './start.ts';

const parts: readonly [string, () => Promise<Figure[]>][] = [
  ['what an invoice costs', invoiceFigures],
  ['what a poll costs', pollFigures],
  ['bundles', bundleFigures],
  ['starts', startFigures],
  ['e-invoices', eInvoiceFigures],
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

const bench = command({
  about: `Measures what the relay costs, each figure beside its budget. Counts are the same everywhere; ratios are measured on
this machine, which should do nothing else meanwhile. It takes about a minute.`,
  takes: { json: flag('the figures as JSON') },
  exitCodes: { 0: 'every budget is kept', 1: 'one is not' },
  run: async ({ json }) => {
    const progress = progressOn(process.stderr);
    const figures: Figure[] = [];
    for (const [what, measure] of parts) {
      progress.update(`${what} …`);
      figures.push(...(await measure()));
    }
    progress.clear();
    console.log(json ? JSON.stringify(figures, undefined, 2) : textTable(columns, figures).join('\n'));
    return figures.every(isKept) ? 0 : 1;
  },
});

process.exitCode = await runCommand('npm run bench --', bench, process.argv.slice(2));
