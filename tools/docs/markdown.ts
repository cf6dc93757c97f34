/** The first line of every generated page. */
export const generatedNotice = (...sources: readonly string[]): string =>
  `<!-- Made from ${sources.join(' and ')} by \`npm run docs\`. Change the table there, not this page. -->\n`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

export const code = (text: string): string => `\`${text}\``;

/** A paragraph in lines of at most 120 characters. */
export function paragraph(text: string): string {
  const lines = text.split(' ').reduce<string[]>((before, word) => {
    const last = before.at(-1);
    const longer = `${last} ${word}`;
    return last === undefined || longer.length > 120 ? [...before, word] : [...before.slice(0, -1), longer];
  }, []);
  return lines.join('\n');
}
