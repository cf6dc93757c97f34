/** Rows as a file for a spreadsheet. */
import { type Language, shortDay } from '../invoice/spoken.ts';

/**
 * A column: its head in French and in English, its cell, and what that is if it is no text: a decimal, an ISO day, an
 * integer.
 */
export type Field<Row> = readonly [
  fr: string,
  en: string,
  of: (row: Row, language: Language) => string | undefined,
  is?: 'amount' | 'day' | 'count',
];

/** What is first in a text that a spreadsheet would run as a formula; some also take the wide signs of East Asia. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** Either separator is quoted: a spreadsheet of the other language opens the file too. */
function textCell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",;\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * In French with semicolons and decimal commas, in English with commas and points, as the spreadsheets of each language
 * expect it. It begins with a byte order mark: without it, Excel spoils accents.
 */
export function spreadsheet<Row>(fields: readonly Field<Row>[], rows: readonly Row[], language: Language): string {
  const separator = language === 'fr' ? ';' : ',';
  const heads = fields.map(([fr, en]) => textCell(language === 'fr' ? fr : en));
  const lines = [heads, ...rows.map((row) => fields.map((field) => cellOf(field, row, language)))];
  return `\uFEFF${lines.map((cells) => cells.join(separator)).join('\r\n')}\r\n`;
}

/** In French 30/11/2026 and 1200,00. */
function cellOf<Row>([, , of, is]: Field<Row>, row: Row, language: Language): string {
  const said = of(row, language) ?? '';
  if (said === '' || is === 'count') return said;
  if (is === 'day') return shortDay(said, language);
  if (is === 'amount') return language === 'fr' ? said.replace('.', ',') : said;
  return textCell(said);
}

export const yes = { fr: 'oui', en: 'yes' } as const;
