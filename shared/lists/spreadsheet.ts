/** Rows as a file for a spreadsheet. */
import { type Language, shortDay } from '../invoice/spoken.ts';

/** A column: its head in French and in English, its cell, and what that is if it is no text: a decimal, an ISO day. */
export type Field<Row> = readonly [
  fr: string,
  en: string,
  of: (row: Row, language: Language) => string | undefined,
  is?: 'amount' | 'day',
];

/** What is first in a cell that a spreadsheet would run as a formula, unless it is an amount. */
const formula = /^[=+\-@\t\r](?!\d+[.,]\d+$)/;

function quoted(cell: string, separator: string): string {
  const harmless = formula.test(cell) ? `'${cell}` : cell;
  const mustBeQuoted = harmless.includes(separator) || /["\n\r]/.test(harmless);
  return mustBeQuoted ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * In French with semicolons and decimal commas, in English with commas and points, as the spreadsheets of each language
 * expect it. It begins with a byte order mark: without it, Excel spoils accents.
 */
export function spreadsheet<Row>(fields: readonly Field<Row>[], rows: readonly Row[], language: Language): string {
  const separator = language === 'fr' ? ';' : ',';
  const heads = fields.map(([fr, en]) => (language === 'fr' ? fr : en));
  const lines = [heads, ...rows.map((row) => fields.map((field) => cellOf(field, row, language)))];
  return `\uFEFF${lines.map((cells) => cells.map((cell) => quoted(cell, separator)).join(separator)).join('\r\n')}\r\n`;
}

/** In French 30/11/2026 and 1200,00. */
function cellOf<Row>([, , of, is]: Field<Row>, row: Row, language: Language): string {
  const said = of(row, language) ?? '';
  if (is === 'day' && said !== '') return shortDay(said, language);
  return is === 'amount' && language === 'fr' ? said.replace('.', ',') : said;
}

export const yes = { fr: 'oui', en: 'yes' } as const;
