import { textTable, type Paint, type TextColumn } from '../command-line/terminal.ts';
import { euros } from './pdf/format.ts';
import { runsOf } from './outcome.ts';
import type { Performance } from './perform.ts';

type Row = Performance['outcomes'][number];

const columns: readonly TextColumn<Row>[] = [
  { head: 'sample', of: ({ outcome }) => outcome.sample.name },
  { head: 'invoice', of: ({ outcome }) => outcome.invoice?.number },
  { head: 'recipient', of: ({ outcome }) => outcome.invoice?.recipient.siret },
  { head: 'amount', of: ({ outcome }) => (outcome.invoice ? euros(outcome.invoice.totals.due) : '–'), align: 'right' },
  { head: 'Chorus Pro id', of: ({ outcome }) => String(outcome.record?.chorusProId ?? '–'), align: 'right' },
  { head: 'relay', of: ({ outcome }) => outcome.record?.state ?? (outcome.deadLetter ? 'dead letter' : '–') },
  { head: 'Chorus Pro', of: ({ outcome }) => outcome.record?.status?.code },
];

const eventsOf = ({ events }: Row['outcome']): string =>
  runsOf(events)
    .map(({ type, count }) => (count > 1 ? `${type}×${count}` : type))
    .join(' ') || '–';

const events: TextColumn<Row> = { head: 'events', of: ({ outcome }) => eventsOf(outcome), atMost: Infinity };

/** One line a sample below a head; where the terminal is too narrow, its events have a line of their own. */
export function table(rows: readonly Row[], paint: Paint, width = Infinity): string {
  // Two characters before each line are for the mark.
  const room = width - 2;
  const whole = textTable([...columns, events], rows);
  const fits = Math.max(...whole.map(({ length }) => length)) <= room;
  const [head = '', ...lines] = fits ? whole : textTable(columns, rows);
  const fitting = (line: string): string => (line.length > room ? `${line.slice(0, room - 1)}…` : line);
  const mark = ({ differences }: Row) => (differences.length === 0 ? paint('green', '✓') : paint('red', '✗'));
  const marked = rows.flatMap((row, i) => [
    `${mark(row)} ${fitting(lines[i] ?? '')}`,
    ...(fits ? [] : [paint('dim', `  ${fitting(`    ${eventsOf(row.outcome)}`)}`)]),
  ]);
  return [paint('dim', `  ${fitting(head)}`), ...marked].join('\n');
}

/** What the ERP's user has to do, in the words of the events. */
export function actionsNeeded(rows: readonly Row[]): string[] {
  return rows.flatMap(({ outcome }) => {
    const { data } = outcome.events.findLast((event) => event.data.actionNeeded) ?? {};
    const sentences = data?.reasons?.map(({ fr }) => fr) ?? (data ? [data.message.fr] : []);
    return sentences.map((sentence) => `${outcome.sample.name}: ${sentence}`);
  });
}

/** The samples that did not end as their files say. */
export const faults = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ outcome, differences }) => differences.map((text) => `${outcome.sample.name}: ${text}`));
