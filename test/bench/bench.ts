/** `npm run bench`: every budget beside what was measured. */
import * as z from 'zod';
import { command, Failure, flag, inEnglish, option } from '../../tools/command-line/command.ts';
import { runCommand } from '../../tools/command-line/run.ts';
import { progressOn, textTable, type TextColumn } from '../../tools/command-line/terminal.ts';
import { invoiceFigures, pollFigures } from './calls.ts';
import { contestFigures } from './contest/figures.ts';
import { eInvoiceFigures } from './e-invoices.ts';
import { isKept, type Figure, type Measure } from './figure.ts';
import { ownTimeFigures, throughputFigures } from './pace.ts';
import { bundleFigures, startFigures } from './start.ts';

const parts = ['invoice', 'poll', 'bundles', 'start', 'e-invoices', 'own-time', 'throughput', 'side-by-side'] as const;
type Part = (typeof parts)[number];

const measuresOf = (writesPage: boolean): Readonly<Record<Part, Measure>> => ({
  invoice: invoiceFigures,
  poll: pollFigures,
  bundles: bundleFigures,
  start: startFigures,
  'e-invoices': eInvoiceFigures,
  'own-time': ownTimeFigures,
  throughput: throughputFigures,
  'side-by-side': contestFigures(writesPage),
});

/** Some times what any part takes on a machine that does nothing else. */
const longestSeconds = 900;

const rounded = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });

const columns: readonly TextColumn<Figure>[] = [
  { head: '', of: (figure) => (isKept(figure) ? 'kept' : 'NOT KEPT') },
  { head: 'what', of: ({ what }) => what },
  { head: 'measured', of: ({ measured }) => rounded(measured), align: 'right' },
  { head: 'unit', of: ({ unit }) => unit },
  { head: 'budget', of: ({ side, budget }) => `${side} ${rounded(budget)}` },
];

/** @throws Failure if the part takes longer than any part may */
async function measured(part: Part, measure: Measure, tell: (what: string) => void): Promise<Figure[]> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const said = `${part} took longer than ${longestSeconds} s; alone: npm run bench -- ${part}`;
  const timer = setTimeout(() => reject(new Failure(inEnglish(said))), longestSeconds * 1_000);
  try {
    return await Promise.race([measure(tell), late]);
  } finally {
    clearTimeout(timer);
  }
}

const bench = command({
  about: `Measures what the relay costs, each figure beside its budget. Counts are the same everywhere; ratios are measured on
this machine, which should do nothing else meanwhile: then it takes some minutes. What is being measured is told on stderr.`,
  takes: {
    parts: option(
      'PART',
      z.array(z.enum(parts)).default([...parts]),
      `what to measure, by default all of it:\n${parts.join(', ')}`,
      inEnglish(`is not one of ${parts.join(', ')}`),
    ),
    json: flag('the figures as JSON'),
    page: flag('makes docs/performance.md and its pictures of `side-by-side`'),
  },
  positionals: ['parts'],
  rest: 'parts',
  exitCodes: { 0: 'every budget is kept', 1: 'one is not, or a part did not end in a quarter of an hour' },
  run: async ({ json, page, parts: wanted }) => {
    const measures = measuresOf(page);
    const progress = progressOn(process.stderr);
    const figures: Figure[] = [];
    for (const part of wanted) {
      progress.step(`${part} …`);
      const found = await measured(part, measures[part], (what) => progress.step(`${part}: ${what} …`));
      progress.end();
      if (!json) console.log(textTable(columns, found).join('\n'));
      figures.push(...found);
    }
    if (json) console.log(JSON.stringify(figures, undefined, 2));
    return figures.every(isKept) ? 0 : 1;
  },
});

// What did not end in time may still be waiting.
process.exit(await runCommand('npm run bench --', bench, process.argv.slice(2)));
