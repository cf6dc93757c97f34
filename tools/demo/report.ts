import { paintFor, widthOf } from '../command-line/terminal.ts';
import { runsOf } from './outcome.ts';
import type { Performance } from './perform.ts';
import { actionsNeeded, faults, table } from './table.ts';

export interface Report {
  performance: Performance;
  /** Real seconds, from the first step to the last event. */
  seconds: number;
  /** What Chorus Pro was asked, by path. */
  calls: Record<string, number>;
}

export const endedWell = ({ outcomes }: Performance): boolean =>
  outcomes.every(({ differences }) => differences.length === 0);

/** For a person. */
export function spoken({ performance, seconds, calls }: Report, output: NodeJS.WriteStream): string {
  const { outcomes, days, view } = performance;
  const paint = paintFor(output);
  const good = outcomes.filter(({ differences }) => differences.length === 0).length;
  const counts = Object.values(view.inChorusPro);
  const twice = counts.filter((count) => count > 1).length;
  const sum = Object.values(calls).reduce((total, count) => total + count, 0);
  const list = (title: string, lines: string[]): string[] =>
    lines.length === 0 ? [] : ['', paint('dim', title), ...lines.map((line) => `  ${line}`)];
  const wrong = faults(outcomes);
  return [
    table(outcomes, paint, output.isTTY ? widthOf(output) : undefined),
    ...list('A person has to act, as the events say:', actionsNeeded(outcomes)),
    ...list('Not as the sample says:', wrong),
    '',
    `${good} of ${outcomes.length} samples ended as their files say. Chorus Pro has ${counts.length} invoices, ` +
      `${twice === 0 ? 'none' : twice} of them twice, after ${sum} calls; ${Math.round(days)} virtual days in ` +
      `${seconds.toFixed(1)} s.`,
  ].join('\n');
}

/** For a program. */
export function written({ performance, seconds, calls }: Report): object {
  const { outcomes, days } = performance;
  return {
    endedWell: endedWell(performance),
    seconds: Number(seconds.toFixed(1)),
    days,
    calls,
    samples: outcomes.map(({ outcome, differences }) => {
      const { sample, invoice, record, events, deadLetter } = outcome;
      return {
        sample: sample.name,
        shows: sample.shows,
        number: invoice?.number,
        recipient: invoice?.recipient.siret,
        amount: invoice?.totals.due,
        chorusProId: record?.chorusProId,
        state: record?.state,
        status: record?.status?.code,
        motive: record?.status?.motive,
        reasons: record?.reasons,
        deadLetter: deadLetter?.reason,
        events: runsOf(events),
        asExpected: differences.length === 0,
        differences,
      };
    }),
  };
}
