import { type Language, shortDay } from '../invoice/spoken.ts';
/** Rows as a file for a spreadsheet. */

/** A column: its head in French and in English, and its cell. */
export type Field<Row> = readonly [fr: string, en: string, of: (row: Row, language: Language) => string | undefined];

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
  const lines = [heads, ...rows.map((row) => fields.map(([, , of]) => of(row, language) ?? ''))];
  return `\uFEFF${lines.map((cells) => cells.map((cell) => quoted(cell, separator)).join(separator)).join('\r\n')}\r\n`;
}

/** @param iso a day: 2026-11-30, in French 30/11/2026 */
export const dayCell = (iso: string | undefined, language: Language): string | undefined =>
  iso === undefined ? undefined : shortDay(iso, language);

/** @param decimal an amount: 1200.00, in French 1200,00 */
export const amountCell = (decimal: string | undefined, language: Language): string | undefined =>
  language === 'fr' ? decimal?.replace('.', ',') : decimal;

export const yes = { fr: 'oui', en: 'yes' } as const;
