/** Pages to write on: text in fonts that are embedded, and what stands on each page. */
import PDFDocument from 'pdfkit';
import { breaks } from '../../invoice/french.ts';
import { openFont, type FontFile } from './font-file.ts';
import { bold, rare, regular } from './fonts.ts';

export type Weight = 'regular' | 'bold';

export interface Style {
  weight?: Weight;
  size?: number;
  colour?: string;
  align?: 'left' | 'right';
}

const opened = { regular: [...regular, ...rare].map(openFont), bold: [...bold, ...rare].map(openFont) } as const;

/** What is written for a character that no font has. */
const substitutes: Readonly<Record<string, string>> = {
  '\u202f': '\u00a0',
  '\u2007': '\u00a0',
  '\u2011': '-',
  '≤': '<=',
  '≥': '>=',
  '≠': '<>',
  '≈': '~',
  '→': '->',
  '←': '<-',
  '⌀': 'Ø',
  '∅': 'Ø',
  '√': 'V',
  '☐': '-',
  '✓': 'x',
  '■': '-',
  '●': '•',
};

const fontFor = (character: string, fonts: readonly FontFile[]): number =>
  fonts.findIndex(({ characters }) => characters.has(character.codePointAt(0) ?? 0));

/** A character, or what stands for it: the same in simple characters without accents, or a question mark. */
function writable(character: string, fonts: readonly FontFile[]): string {
  if (fontFor(character, fonts) >= 0) return character;
  const instead = substitutes[character] ?? character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return Array.from(instead, (one) => (fontFor(one, fonts) >= 0 ? one : '?')).join('');
}

/** The characters of a text that are written as a question mark, each once. */
export const notWritable = (text: string): string[] =>
  [...new Set(text)].filter((character) => writable(character, opened.regular).includes('?') && character !== '?');

interface Run {
  text: string;
  font: string;
}

/** A text in runs of one font each. */
function runsOf(text: string, weight: Weight): Run[] {
  const fonts = opened[weight];
  const runs: Run[] = [];
  for (const character of Array.from(text, (one) => writable(one, fonts)).join('')) {
    const font = `${weight}-${fontFor(character, fonts)}`;
    const last = runs.at(-1);
    if (last?.font === font) last.text += character;
    else runs.push({ text: character, font });
  }
  return runs;
}

/** A4 with its margins, in points. */
export const page = { left: 42, right: 553, top: 42, bottom: 775 } as const;

const lineHeight = 1.3;

export class Sheet {
  readonly document: PDFKit.PDFDocument;
  /** Where the next thing goes. */
  y: number = page.top;
  private readonly widths = new Map<string, number>();

  /** @param made the day on which it says it was made, so that its bytes are always the same */
  constructor(title: string, made: Date) {
    this.document = new PDFDocument({
      ...{ size: 'A4', margin: 0, font: '', bufferPages: true, autoFirstPage: true, lang: 'fr-FR', displayTitle: true },
      ...{ subset: 'PDF/A-3b', pdfVersion: '1.7' },
      info: { Title: title, Producer: 'chorus-relay', Creator: 'chorus-relay', CreationDate: made, ModDate: made },
    });
    for (const weight of ['regular', 'bold'] as const)
      opened[weight].forEach(({ trueType }, i) => this.document.registerFont(`${weight}-${i}`, trueType));
  }

  /** Begins a new page if there is less room than this. @returns whether it did */
  keep(height: number): boolean {
    if (this.y + height <= page.bottom) return false;
    this.document.addPage();
    this.y = page.top;
    return true;
  }

  /** The lines into which a text falls, at spaces or, if it must be, inside a word. */
  wrapped(text: string, width: number, { weight = 'regular', size = 9 }: Style): string[] {
    return text.split('\n').flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(breaks)) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (this.widthOf(longer, weight, size) <= width) {
          line = longer;
          continue;
        }
        if (line !== '') lines.push(line);
        const pieces = this.cut(word, width, weight, size);
        lines.push(...pieces.slice(0, -1));
        line = pieces.at(-1) ?? '';
      }
      return [...lines, line];
    });
  }

  heightOf = (lines: number, { size = 9 }: Style): number => lines * size * lineHeight;

  /** Writes lines from here down. @returns the height that they take */
  write(lines: readonly string[], at: { x: number; y: number; width: number }, style: Style = {}): number {
    const { weight = 'regular', size = 9, colour = '#1a1a1a', align = 'left' } = style;
    lines.forEach((line, i) => {
      let x = align === 'right' ? at.x + at.width - this.widthOf(line, weight, size) : at.x;
      for (const { text, font } of runsOf(line, weight)) {
        const width = this.widthOf(text, weight, size);
        // To measure a text changes the size.
        this.document.fillColor(colour).font(font).fontSize(size);
        this.document.text(text, x, at.y + this.heightOf(i, { size }), { lineBreak: false });
        x += width;
      }
    });
    return this.heightOf(lines.length, { size });
  }

  rule(y: number, colour = '#b5b5b5', from: number = page.left, to: number = page.right): void {
    this.document.moveTo(from, y).lineTo(to, y).lineWidth(0.5).strokeColor(colour).stroke();
  }

  fill(y: number, height: number, from: number = page.left, to: number = page.right): void {
    this.document.rect(from, y, to - from, height).fill('#eef1f5');
  }

  /** Goes over all pages, once everything is on them. */
  onEachPage(write: (number: number, count: number) => void): void {
    const { start, count } = this.document.bufferedPageRange();
    for (let i = 0; i < count; i += 1) {
      this.document.switchToPage(start + i);
      write(i + 1, count);
    }
  }

  async bytes(): Promise<Buffer> {
    const parts: Buffer[] = [];
    this.document.on('data', (part: Buffer) => parts.push(part));
    const ended = new Promise((resolve, reject) => this.document.on('end', resolve).on('error', reject));
    this.document.end();
    await ended;
    return Buffer.concat(parts);
  }

  private widthOf(text: string, weight: Weight, size: number): number {
    return runsOf(text, weight).reduce((width, run) => width + this.runWidth(run), 0) * size;
  }

  /** In ems; words come again and again. */
  private runWidth({ text, font }: Run): number {
    const key = `${font} ${text}`;
    const seen = this.widths.get(key);
    if (seen !== undefined) return seen;
    const width = this.document.font(font).fontSize(100).widthOfString(text) / 100;
    this.widths.set(key, width);
    return width;
  }

  private cut(word: string, width: number, weight: Weight, size: number): string[] {
    const pieces = [''];
    for (const character of word) {
      const longer = `${pieces.at(-1) ?? ''}${character}`;
      if (longer.length > 1 && this.widthOf(longer, weight, size) > width) pieces.push(character);
      else pieces[pieces.length - 1] = longer;
    }
    return pieces;
  }
}
