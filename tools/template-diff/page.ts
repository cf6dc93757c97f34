import type { Difference } from './differences.ts';

/** By which the earlier comment is found. */
export const marker = '<!-- template-diff -->';

/** @param limit in characters @param rest where to read what does not fit */
export interface Outlet {
  limit: number;
  rest: string;
}

/** GitHub takes no more: 65,536 characters in a comment, 1 MiB in a summary, where a line of a table has three bytes a character. */
export const outlets = {
  comment: { limit: 65_536, rest: 'the summary of the run has more' },
  summary: { limit: 300_000, rest: 'too long to be shown whole' },
} as const satisfies Readonly<Record<string, Outlet>>;

/** Markdown; the shortest first: what is kept changes seldom and little. */
export function pageOf(differences: readonly Difference[], { limit, rest }: Outlet): string {
  const changed = differences.filter(({ text }) => text !== '');
  const shown = changed
    .filter((one) => !twinOf(one, changed))
    .sort((one, other) => one.text.length - other.text.length);
  const said = [
    ...list(
      'The same',
      changed.flatMap((one) => twinNote(one, twinOf(one, changed))),
    ),
    ...list(
      'Unchanged',
      differences.filter(({ text }) => text === '').map(({ stack }) => stack),
    ),
  ];
  const head = [marker, '### What changes in the templates', ...said].join('\n\n');
  let page = head;
  shown.forEach((one, index) => {
    const room = Math.floor((limit - page.length) / (shown.length - index));
    page += section(one, room, rest);
  });
  return `${page}\n`;
}

const list = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`${title}: ${items.join(', ')}.`];

const twinNote = ({ stack }: Difference, twin: Difference | undefined): string[] =>
  twin ? [`${stack} as ${twin.stack}`] : [];

/** An earlier stage where the same changes. A table is as wide as its names; a bundle holds the connections of its stage. */
function twinOf(one: Difference, all: readonly Difference[]): Difference | undefined {
  return all.slice(0, all.indexOf(one)).find((other) => withoutStage(other) === withoutStage(one));
}

const withoutStage = ({ stage, stack, text }: Difference): string =>
  `${stack} ${text}`
    .replaceAll(stage, '<stage>')
    .replace(/[0-9a-f]{32,}/g, '<digest>')
    .replace(/[\s─]+/g, ' ');

function section({ stack, text }: Difference, room: number, rest: string): string {
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const around = (inside: string) =>
    `\n\n<details><summary>${stack}</summary>\n\n${fence}\n${inside}\n${fence}\n\n</details>`;
  const whole = around(text);
  // One more for the end of the page.
  if (whole.length < room) return whole;
  const note = `\n… (${rest})`;
  const last = text.lastIndexOf('\n', room - around(note).length - 1);
  return around(text.slice(0, Math.max(0, last)) + note);
}
