import { styleText } from 'node:util';
import { euros } from './pdf/format.ts';
import { runsOf } from './outcome.ts';
import type { Performance } from './perform.ts';

type Row = Performance['outcomes'][number];

/** Colours if the terminal supports them and NO_COLOR is not set. */
type Paint = (style: 'green' | 'red' | 'dim', text: string) => string;
export const paintFor = (stream: NodeJS.WriteStream): Paint =>
  stream.isTTY ? (style, text) => styleText(style, text, { stream }) : (_style, text) => text;

interface Column {
  head: string;
  of: (row: Row) => string;
  align?: 'right';
}

const columns: readonly Column[] = [
  { head: 'sample', of: ({ outcome }) => outcome.sample.name },
  { head: 'invoice', of: ({ outcome }) => outcome.invoice?.number ?? '–' },
  { head: 'recipient', of: ({ outcome }) => outcome.invoice?.recipient.siret ?? '–' },
  { head: 'amount', of: ({ outcome }) => (outcome.invoice ? euros(outcome.invoice.totals.due) : '–'), align: 'right' },
  { head: 'Chorus Pro id', of: ({ outcome }) => String(outcome.record?.chorusProId ?? '–'), align: 'right' },
  { head: 'relay', of: ({ outcome }) => outcome.record?.state ?? (outcome.deadLetter ? 'dead letter' : '–') },
  { head: 'Chorus Pro', of: ({ outcome }) => outcome.record?.status?.code ?? '–' },
];

const eventsOf = ({ events }: Row['outcome']): string =>
  runsOf(events)
    .map(({ type, count }) => (count > 1 ? `${type}×${count}` : type))
    .join(' ') || '–';

const gap = '  ';
/** For the mark. */
const margin = 2;

/** One line a sample under a head; where the terminal is too narrow, its events have a line of their own. */
export function table(rows: readonly Row[], paint: Paint, width = Infinity): string {
  const cells = rows.map((row) => columns.map(({ of }) => of(row)));
  const events = rows.map(({ outcome }) => eventsOf(outcome));
  const widths = columns.map(({ head }, i) => Math.max(head.length, ...cells.map((line) => line[i]?.length ?? 0)));
  const lineOf = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (columns[i]?.align === 'right' ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join(gap);
  const room = width - margin - widths.reduce((sum, each) => sum + each + gap.length, 0);
  const fits = Math.max(...events.map(({ length }) => length)) <= room;
  const fitting = (line: string): string => (line.length > width ? `${line.slice(0, width - 1)}…` : line).trimEnd();
  const mark = ({ differences }: Row) => (differences.length === 0 ? paint('green', '✓') : paint('red', '✗'));
  const lines = rows.flatMap((row, i) => {
    const shown = events[i] ?? '';
    const line = fitting(`  ${lineOf(cells[i] ?? [])}${fits ? gap + shown : ''}`);
    return [mark(row) + line.slice(1), ...(fits ? [] : [paint('dim', fitting(`      ${shown}`))])];
  });
  const head = `  ${lineOf(columns.map(({ head: text }) => text))}${fits ? `${gap}events` : ''}`;
  return [paint('dim', fitting(head)), ...lines].join('\n');
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
