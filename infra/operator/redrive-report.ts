import type { DeadLetter } from './dead-letters.ts';
import type { Redriven } from './redrive-connection.ts';

export interface Report extends Redriven {
  connection: string;
  stage: string;
  dryRun: boolean;
}

interface Column {
  head: string;
  of: (letter: DeadLetter) => string | undefined;
}

const columns: readonly Column[] = [
  { head: 'message id', of: ({ messageId }) => messageId },
  { head: 'why', of: ({ why }) => why },
  { head: 'number', of: ({ number }) => number },
  { head: 'sent', of: ({ sentAt }) => sentAt },
];

/** Texts that came in a message: nothing that a terminal would obey, and no more than a table has room for. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '?').slice(0, 40);

function table(letters: readonly DeadLetter[]): string[] {
  const rows = [
    columns.map(({ head }) => head),
    ...letters.map((letter) => columns.map(({ of }) => printable(of(letter) ?? '–'))),
  ];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** For a person. */
export function spoken({ connection, stage, dryRun, messages, left }: Report): string {
  const count = `${messages.length} ${messages.length === 1 ? 'message' : 'messages'} of ${connection} (${stage})`;
  const others = Object.entries(left.otherConnections).map(([name, times]) => `${times} of ${printable(name)}`);
  const remains = [
    ...others,
    ...(left.otherReasons > 0 ? [`${left.otherReasons} there for another reason`] : []),
    ...(left.unreadable > 0 ? [`${left.unreadable} that cannot be read`] : []),
    ...(left.backAgain > 0 ? [`${left.backAgain} that came back at once: the cause is still there`] : []),
  ];
  return [
    ...(messages.length > 0 ? [...table(messages), ''] : []),
    dryRun ? `${count} would go back to the queue; nothing was moved.` : `${count} went back to the queue.`,
    ...(remains.length > 0 ? [`Left among the dead letters: ${remains.join(', ')}.`] : []),
  ].join('\n');
}
