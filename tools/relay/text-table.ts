/** Texts that came from outside: nothing that a terminal would obey, and no more than a table has room for. */
export const printable = (text: string): string => text.replace(/\p{C}/gu, '?').slice(0, 40);

export interface TextColumn<Row> {
  head: string;
  of: (row: Row) => string | undefined;
  align?: 'right';
}

/** One line for each row under its heads, each column as wide as its widest cell; a dash where there is nothing. */
export function textTable<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string[] {
  const cells = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map(({ of }) => printable(of(row) ?? '–'))),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  const fit = (cell: string, i: number) =>
    columns[i]?.align === 'right' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  return cells.map((line) => line.map(fit).join('  ').trimEnd());
}
