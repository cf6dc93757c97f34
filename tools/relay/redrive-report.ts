import type { DeadLetter } from './dead-letters.ts';
import type { Redriven } from './redrive-connection.ts';
import { printable, textTable, type TextColumn } from './text-table.ts';

export interface Report extends Redriven {
  connection: string;
  stage: string;
  dryRun: boolean;
}

const columns: readonly TextColumn<DeadLetter>[] = [
  { head: 'message id', of: ({ messageId }) => messageId },
  { head: 'why', of: ({ why }) => why },
  { head: 'number', of: ({ number }) => number },
  { head: 'sent', of: ({ sentAt }) => sentAt },
];

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
    ...(messages.length > 0 ? [...textTable(columns, messages), ''] : []),
    dryRun ? `${count} would go back to the queue; nothing was moved.` : `${count} went back to the queue.`,
    ...(remains.length > 0 ? [`Left among the dead letters: ${remains.join(', ')}.`] : []),
  ].join('\n');
}
