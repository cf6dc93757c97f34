import { amount, quantity, rate } from './format.ts';
import type { PrintedInvoice } from './printed-invoice.ts';
import { leading, page, right, type Sheet } from './sheet.ts';

type Line = PrintedInvoice['lines'][number];

interface Column {
  head: string;
  /** The edge that its texts keep to. */
  x: number;
  align: 'left' | 'right' | 'center';
  of: (line: Line) => string;
}

const padding = 6;
const columns: readonly Column[] = [
  { head: 'N°', x: page.margin + padding, align: 'left', of: ({ number }) => String(number) },
  { head: 'Désignation', x: 74, align: 'left', of: ({ name }) => name },
  { head: 'Quantité', x: 332, align: 'right', of: (line) => quantity(line.quantity) },
  { head: 'Unité', x: 354, align: 'center', of: ({ unit = '' }) => unit },
  { head: 'P.U. HT', x: 418, align: 'right', of: ({ unitPrice }) => amount(unitPrice) },
  { head: 'Remise', x: 460, align: 'right', of: ({ discount }) => (discount ? amount(discount) : '–') },
  { head: 'TVA', x: 491, align: 'right', of: ({ vatRate }) => rate(vatRate) },
  { head: 'Total HT', x: right - padding, align: 'right', of: ({ net }) => amount(net) },
];
const nameStyle = { size: 8.5, width: 214 };

/** @returns where the page goes on */
export function drawLines(sheet: Sheet, lines: readonly Line[], top: number): number {
  const width = right - page.margin;
  sheet.box(page.margin, top, width, 20, 'head');
  for (const { head, x, align } of columns)
    sheet.text(head, x, top + 13.5, { size: 8, bold: true, color: 'white', align });
  let y = top + 20;
  for (const [i, line] of lines.entries()) {
    const name = columns[1];
    const baseline = y + 14;
    const height = sheet.broken(line.name, nameStyle).length * nameStyle.size * leading + 10.5;
    if (i % 2 === 1) sheet.box(page.margin, y, width, height, 'band');
    for (const column of columns) {
      if (column === name) sheet.paragraph(line.name, column.x, baseline, nameStyle);
      else sheet.text(column.of(line), column.x, baseline, { size: 8.5, align: column.align });
    }
    y += height;
  }
  sheet.rule(page.margin, y, width, 1);
  return y;
}
