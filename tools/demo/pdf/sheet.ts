/** One page of A4 to draw on. */
import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';

const ink = { dark: rgb(0.12, 0.14, 0.18), soft: rgb(0.42, 0.45, 0.5), accent: rgb(0.1, 0.27, 0.42) };
const fills = { head: rgb(0.1, 0.27, 0.42), band: rgb(0.945, 0.955, 0.965), rule: rgb(0.8, 0.83, 0.86) };
const white = rgb(1, 1, 1);
/** From one line to the next, as a multiple of the font's size. */
export const leading = 1.35;

export const page = { width: 595.28, height: 841.89, margin: 48 } as const;
export const right = page.width - page.margin;

interface Style {
  size?: number;
  bold?: boolean;
  color?: keyof typeof ink | 'white';
  /** Which part of the text is at `x`. */
  align?: 'left' | 'right' | 'center';
}

/** One page of A4, measured in points from its top left corner. */
export class Sheet {
  readonly #document: PDFDocument;
  readonly #page: PDFPage;
  readonly #regular: PDFFont;
  readonly #bold: PDFFont;

  private constructor(document: PDFDocument, regular: PDFFont, bold: PDFFont) {
    this.#document = document;
    this.#regular = regular;
    this.#bold = bold;
    this.#page = document.addPage([page.width, page.height]);
  }

  /** @param day the date of creation that the file shows, so that its bytes are the same each time */
  static async open({ title, author, day }: { title: string; author: string; day: string }): Promise<Sheet> {
    const document = await PDFDocument.create({ updateMetadata: false });
    const made = new Date(`${day}T08:00:00Z`);
    document.setTitle(title);
    document.setAuthor(author);
    document.setProducer('chorus-relay samples');
    document.setLanguage('fr-FR');
    document.setCreationDate(made);
    document.setModificationDate(made);
    const regular = await document.embedFont(StandardFonts.Helvetica);
    return new Sheet(document, regular, await document.embedFont(StandardFonts.HelveticaBold));
  }

  text(content: string, x: number, y: number, { size = 9, bold = false, color = 'dark', align = 'left' }: Style = {}) {
    const font = bold ? this.#bold : this.#regular;
    const width = font.widthOfTextAtSize(content, size);
    const shift = { left: 0, center: width / 2, right: width }[align];
    const style = { font, size, color: color === 'white' ? white : ink[color] };
    this.#page.drawText(content, { x: x - shift, y: page.height - y, ...style });
  }

  /** Breaks between words. @returns where the next line would go */
  paragraph(content: string, x: number, y: number, { width, ...style }: Style & { width: number }): number {
    const { size = 9, bold = false } = style;
    const lines = this.broken(content, { size, bold, width });
    lines.forEach((line, i) => this.text(line, x, y + i * size * leading, style));
    return y + lines.length * size * leading;
  }

  broken(content: string, { size = 9, bold = false, width }: Style & { width: number }): string[] {
    const font = bold ? this.#bold : this.#regular;
    const lines: string[] = [];
    for (const word of content.split(' ')) {
      const longer = [...lines.slice(-1), word].join(' ');
      const fits = lines.length > 0 && font.widthOfTextAtSize(longer, size) <= width;
      if (fits) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  box(x: number, y: number, width: number, height: number, fill: keyof typeof fills): void {
    this.#page.drawRectangle({ x, y: page.height - y - height, width, height, color: fills[fill] });
  }

  rule(x: number, y: number, width: number, thickness = 0.6): void {
    const at = page.height - y;
    this.#page.drawLine({ start: { x, y: at }, end: { x: x + width, y: at }, thickness, color: fills.rule });
  }

  bytes(): Promise<Uint8Array> {
    return this.#document.save({ useObjectStreams: false });
  }
}
