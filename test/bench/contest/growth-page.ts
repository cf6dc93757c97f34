/** The part of docs/performance.md about ever more invoices, connections and lines. */
import { table } from '../../../tools/docs/markdown.ts';
import type { Contest, OfOne } from './contest.ts';
import type { Asked } from './growth.ts';

export const rounded = (value: number, digits = 1): string => value.toFixed(digits);
export const megabytes = (bytes: number): string => rounded(bytes / 1e6, 0);

export const counted = ({ requests }: Pick<OfOne, 'requests'>): string =>
  Object.entries(requests)
    .filter(([, count]) => count >= 0.1)
    .map(([action, count]) => `${rounded(count)} ${action}`)
    .join(', ');

const asked = ({ calls, reads, writes }: Asked): string => `${calls}, ${reads}, ${writes}`;

const growthTable = ({ grown }: Contest): string =>
  table(
    ['invoices followed', 'one more invoice', 'a poll without news', 'a poll with twenty changes'],
    grown.map(({ followed, submit, idlePoll, poll }) => [
      followed.toLocaleString('en'),
      asked(submit),
      asked(idlePoll),
      asked(poll),
    ]),
  );

const linesTable = ({ lines }: Contest): string =>
  table(
    ['lines', 'KB', 'read and checked by the schema, ms', 'the rules, ms'],
    lines.map(({ lines: many, kilobytes, parse, rules }) => [
      many.toLocaleString('en'),
      String(kilobytes),
      rounded(parse, 2),
      rounded(rules, 2),
    ]),
  );

const crowdTable = ({ crowd: { first, second } }: Contest): string =>
  table(
    ['of each connection', 'processor, ms', 'memory, MB', 'requests to AWS'],
    [
      ['the first invoice', rounded(first.work.median), megabytes(first.rss), counted(first)],
      ['the second', rounded(second.work.median), megabytes(second.rss), counted(second)],
    ],
  );

export const grownSection = (contest: Contest): string => `## Growth

Calls to Chorus Pro, reads and writes of the ledger, counted: they follow the changes, and not how many invoices are
followed.

${growthTable(contest)}

A function that serves a thousand connections, one after the other, for an invoice each: settings, credentials, token
and directory are read for the first one of each, and kept.

${crowdTable(contest)}

A command with many lines, of the processor:

${linesTable(contest)}
`;
