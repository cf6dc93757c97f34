import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/deployment.ts';
import type { Figure, Measure } from '../figure.ts';
import { barChart } from './charts.ts';
import { cellAt, holdContest, shareOfIdeal, type Contest } from './contest.ts';
import { dollarsOfItems, ourItems } from './money.ts';
import { pageOf, pictures } from './page.ts';

/** The goals, each beside what was measured. */
function goalsOf(contest: Contest): Figure[] {
  const { pace, alone, bytes, starts } = contest;
  const cpu = cellAt(pace, 0, 1);
  const work = (side: 'ours' | 'usual') => cpu.of[side].work.median;
  const atMost = (what: string, measured: number, budget: number, unit: string): Figure => ({
    ...{ what, measured, budget, unit },
    side: 'at most',
  });
  const atLeast = (what: string, share: number): Figure => ({
    ...{ what, measured: 100 * share, budget: 95, unit: '%' },
    side: 'at least',
  });
  const batches = cellAt(pace, 100, 10);
  return [
    atMost('processor for an invoice', work('ours'), 4, 'ms'),
    atMost('processor for an invoice / the usual stack', work('ours') / work('usual'), 1, 'times'),
    atLeast('100 ms a call, ten invoices of ten connections, of the ideal', shareOfIdeal(batches, 'ours')),
    atLeast(
      '100 ms a call, ten invoices of one connection, of the ideal',
      shareOfIdeal(cellAt(alone, 100, 10), 'ours', 4),
    ),
    atMost('start / the same clients', starts.ours / starts.bare, 1.25, 'times'),
    atMost('bundle of submit-invoice', bytes.ours / 1_000, 450, 'KB'),
    atMost('a thousand invoices', dollarsOfItems(ourItems(cellAt(pace, 300, 5))), 0.012, 'dollars'),
  ];
}

/** @param writes whether docs/performance.md and its pictures are made of it */
export const contestFigures =
  (writes: boolean): Measure =>
  async (tell) => {
    const contest = await holdContest(tell);
    const goals = goalsOf(contest);
    if (writes) {
      const write = (path: string, text: string) => writeFile(join(projectRoot, 'docs', path), text);
      for (const { path, chart } of pictures(contest)) await write(path, barChart(chart));
      await write('performance.md', pageOf(contest, goals));
      await write('performance.json', `${JSON.stringify(contest, undefined, 2)}\n`);
    }
    return goals;
  };
