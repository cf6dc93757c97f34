import { breaks } from '../invoice/french.ts';

/** A text in lines of at most this many characters, broken between words, each after the same margin. */
export function wrapped(text: string, width: number, margin = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(breaks)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(margin + word);
  }
  return lines;
}
