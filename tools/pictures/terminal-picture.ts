/** A terminal as it looks once a command has ended. */
import { at, escaped, svgOf } from './svg.ts';

export interface Terminal {
  title: string;
  description: string;
  /** What was typed. */
  command: string;
  /** What came, with the escape sequences of its colours. */
  output: string;
  columns: number;
}

/** The sequences that `styleText` writes for the styles that our commands use. */
const classes: Readonly<Record<string, string>> = { 31: 'bad', 32: 'good', 2: 'faint' };

interface Piece {
  text: string;
  style: string;
  column: number;
}

/** Each run of one style, and each column of a table: each has its place, whatever the width of the reader's font. */
function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let [style, column] = ['', 0];
  for (const [part] of line.matchAll(/\u001b\[\d+m|(?:(?! {2})[^\u001b])+ *| +/g)) {
    if (part.startsWith('\u001b')) style = classes[part.slice(2, -1)] ?? '';
    else {
      pieces.push({ text: part, style, column });
      column += part.length;
    }
  }
  return pieces;
}

/** A terminal breaks a line that is too long where its columns end. */
function rowsOf(line: string, columns: number): Piece[][] {
  const rows: Piece[][] = [[]];
  for (const { text, style, column } of piecesOf(line))
    for (let [rest, from] = [text, column]; rest !== '';) {
      const room = columns - (from % columns);
      const row = (rows[Math.floor(from / columns)] ??= []);
      row.push({ text: rest.slice(0, room), style, column: from % columns });
      [rest, from] = [rest.slice(room), from + room];
    }
  return rows;
}

const size = { cell: 7.5, line: 17, margin: 14, bar: 26 };

const drawn = (row: readonly Piece[], index: number): string => {
  const y = size.bar + size.margin + (index + 0.7) * size.line;
  const spans = row.map(({ text, style, column }) => {
    const x = at(size.margin + column * size.cell);
    return `<tspan x="${x}"${style === '' ? '' : ` class="${style}"`}>${escaped(text)}</tspan>`;
  });
  return spans.length === 0 ? '' : `<text y="${at(y)}">${spans.join('')}</text>`;
};

export function terminalPicture({ title, description, command, output, columns }: Terminal): string {
  const lines = [`$ ${command}`, ...output.trimEnd().split('\n')];
  const rows = lines.flatMap((line) => rowsOf(line, columns));
  const width = columns * size.cell + 2 * size.margin;
  const height = size.bar + 2 * size.margin + rows.length * size.line;
  const dots = [14, 30, 46].map((x) => `<circle cx="${x}" cy="13" r="4.5" fill="var(--frame)"/>`);
  return svgOf({
    ...{ title, description, width, height },
    style: `text{font:12.5px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--ink);white-space:pre}
.good{fill:var(--good)}.bad{fill:var(--bad)}.faint{fill:var(--faint)}`,
    body: [
      `<rect x=".5" y=".5" width="${at(width - 1)}" height="${at(height - 1)}" rx="8" fill="var(--paper)" stroke="var(--frame)"/>`,
      `<path d="M.5 ${size.bar}V8a7.5 7.5 0 0 1 7.5-7.5H${at(width - 8)}a7.5 7.5 0 0 1 7.5 7.5V${size.bar}z" fill="var(--bar)" stroke="var(--frame)"/>`,
      ...dots,
      ...rows.map(drawn).filter((text) => text !== ''),
    ],
  });
}
