import { wrapped } from '../../shared/lists/wrapped.ts';

/** The first line of every generated page. */
export const generatedNotice = (...sources: readonly string[]): string =>
  `<!-- Made from ${sources.join(' and ')} by \`npm run docs\`. Change the table there, not this page. -->\n`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

export const code = (text: string): string => `\`${text}\``;

/** A paragraph in lines of at most 120 characters. */
export const paragraph = (text: string): string => wrapped(text, 120).join('\n');
