/** What commands show on a terminal: a table, colours, and one line of progress. */
import { styleText } from 'node:util';
import type { Language } from '../../shared/invoice/spoken.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';

/** Text from outside, without anything that a terminal would obey. */
export const printable = (text: string): string => text.replace(/\p{C}/gu, '?');

export type Paint = (style: 'green' | 'yellow' | 'red' | 'dim', text: string) => string;

/** Colours only on a terminal that takes them, and only where NO_COLOR does not forbid them. */
export const paintFor = (stream: NodeJS.WriteStream): Paint =>
  stream.isTTY ? (style, text) => styleText(style, text, { stream }) : (_style, text) => text;

/** A terminal that does not say how wide it is counts as a wide one. */
export const widthOf = ({ columns }: Pick<NodeJS.WriteStream, 'columns'>): number => columns || Infinity;

/** Prose is never wider than this, whatever the terminal is. */
const easyToRead = 100;
/** Where prose goes to a file or a pager, nobody says how wide it is. */
const usual = 80;
/** How wide sentences are. */
export const proseWidth = ({ columns }: { columns?: number | undefined }): number =>
  columns ? Math.min(columns, easyToRead) : usual;

/** A terminal gets sentences in lines that fit it; a file and another program get each in one line. */
export const inLines = (text: string, { columns }: { columns?: number | undefined }): string =>
  columns
    ? text
        .split('\n')
        .flatMap((line) => wrapped(line, proseWidth({ columns })))
        .join('\n')
    : text;

/** Words in one column, and beside each what it means, in as many lines as that takes. */
export function glossary(rows: readonly (readonly [string, string])[], width: number, indent = '  '): string[] {
  const widest = Math.max(...rows.map(([word]) => word.length));
  const beside = indent + ' '.repeat(widest + 2);
  return rows.flatMap(([word, text]) => {
    const [first = '', ...others] = wrapped(text, width, beside);
    return [`${indent}${word.padEnd(widest)}  ${first.slice(beside.length)}`, ...others];
  });
}

export interface TextColumn<Row> {
  head: string;
  of: (row: Row) => string | undefined;
  align?: 'right';
  /** The widest that a cell may be: 40 characters, if nothing is said. What is cut ends with an ellipsis. */
  atMost?: number;
}

const cut = (text: string, atMost: number): string => (text.length > atMost ? `${text.slice(0, atMost - 1)}…` : text);

/** One line for each row below a head, each column as wide as its widest cell, with a dash where there is nothing. */
export function textTable<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string[] {
  const cells = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map(({ of, atMost = 40 }) => cut(printable(of(row) ?? '–'), atMost))),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  const fit = (cell: string, i: number) =>
    columns[i]?.align === 'right' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  return cells.map((line) => line.map(fit).join('  ').trimEnd());
}

const margin = '    ';
const colon = { fr: ' : ', en: ': ' } as const;

interface Explaining<Row> {
  language: Language;
  width: number;
  explain: (row: Row) => readonly string[];
  /** A line of its own above the row. */
  title?: (row: Row) => string | undefined;
}

/**
 * Rows of which each is explained below it. A table that is wider than the terminal becomes a block for each row.
 * @param columns the first three are the mark, the connection and the number
 */
export function explainedList<Row>(
  columns: readonly TextColumn<Row>[],
  rows: readonly Row[],
  { language, width, explain, title = () => undefined }: Explaining<Row>,
): string[] {
  const [head = '', ...lines] = textTable(columns, rows);
  const fits = [head, ...lines].every(({ length }) => length <= width);
  const explained = rows.flatMap((row, i) => [
    ...[title(row) ?? []].flat(),
    ...(fits ? [lines[i] ?? ''] : block(columns, row, { language, width })),
    ...explain(row).flatMap((line) => wrapped(printable(line), width, margin)),
  ]);
  return [...(fits ? [head] : []), ...explained];
}

/** Each cell of a row on its own line, below the mark and the number. */
function block<Row>(
  columns: readonly TextColumn<Row>[],
  row: Row,
  { language, width }: { language: Language; width: number },
): string[] {
  const [mark, connection, number, ...others] = columns;
  const named = [connection, ...others].flatMap((column) => {
    const cell = column?.of(row);
    return column && cell !== undefined ? [`${column.head}${colon[language]}${printable(cell)}`] : [];
  });
  const first = `${mark?.of(row) ?? ' '} ${printable(number?.of(row) ?? '')}`;
  return [first, ...named.flatMap((line) => wrapped(line, width, '  '))];
}

/** Says how far a command has come: one line that changes on a terminal, plain lines anywhere else. */
export interface Progress {
  /** Something begins. */
  step: (text: string) => void;
  /** Something continues. `milestone` says whether it is worth a plain line where there is no terminal. */
  update: (text: string, milestone?: boolean) => void;
  /** Leaves the last line as it is. */
  end: () => void;
  /** Removes the last line: what it said is of no interest any more. */
  clear: () => void;
}

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

const clearLine = '\r\u001b[2K';

export function progressOn(output: Output): Progress {
  if (!output.isTTY) {
    const say = (text: string) => void output.write(`${text}\n`);
    const silent = () => undefined;
    return { step: say, update: (text, milestone = false) => milestone && say(text), end: silent, clear: silent };
  }
  let open = false;
  const draw = (text: string) => {
    open = true;
    output.write(clearLine + text.slice(0, widthOf(output) - 1));
  };
  const close = (by: string) => {
    if (open) output.write(by);
    open = false;
  };
  return {
    step: (text) => {
      close('\n');
      draw(text);
    },
    update: draw,
    end: () => close('\n'),
    clear: () => close(clearLine),
  };
}
