/** `npx relay redrive`: moves dead letters back to their queue once the cause of their failure is removed. */
import { aboutAws, command, common, flag, textOption } from '../command-line/command.ts';
import { printable, textTable, type TextColumn } from '../command-line/terminal.ts';
import { redriveConnection, type DeadLetter, type Redriven } from './dead-letter-queue.ts';
import { awsFor, chosenStage, connectionArgument, knownConnection, queueUrlOf } from './targets.ts';

interface Report extends Redriven {
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
function spoken({ connection, stage, dryRun, messages, left }: Report): string {
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

/** Why a run that finished has not done what was wanted. */
export function troubleOf({ messages, left }: Redriven, reason: string | undefined): string | undefined {
  if (left.backAgain > 0) return 'some came back at once: what made them fail is still there';
  if (reason !== undefined && messages.length === 0 && left.otherReasons > 0)
    return `no message is there for the reason "${printable(reason)}": a --dry-run without --reason lists the reasons`;
  return undefined;
}

export const redrive = command({
  about: `Moves the messages of a connection from the dead-letter queue back to the queue of invoices. First remove what made
them fail: docs/runbooks/dead-letters.md. What belongs to other connections or cannot be read stays where it is.`,
  takes: {
    connection: connectionArgument(),
    'dry-run': flag('list them and move nothing'),
    reason: textOption('R', 'only those that are there for this reason, as the list names it'),
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['connection'],
  notes: aboutAws,
  exitCodes: { 0: 'done', 1: 'could not finish, some came back at once, or none has the reason' },
  run: async ({ connection, reason, stage: askedStage, json, 'dry-run': dryRun, local }) => {
    knownConnection(connection);
    const stage = chosenStage(askedStage, connection);
    const stopping = new AbortController();
    process.once('SIGINT', () => stopping.abort(new Error('interrupted')));
    const aws = await awsFor({ local });
    const sqs = aws.sqs();
    const redriven = await redriveConnection({
      sqs,
      s3: aws.s3(),
      deadLetters: await queueUrlOf(sqs, stage, 'invoices-dead-letters'),
      invoices: await queueUrlOf(sqs, stage, 'invoices'),
      connection,
      reason,
      dryRun,
      signal: stopping.signal,
    });
    const report = { connection, stage, dryRun, ...redriven };
    console.log(json ? JSON.stringify(report, undefined, 2) : spoken(report));
    const trouble = troubleOf(redriven, reason);
    if (trouble !== undefined) console.error(trouble);
    return trouble === undefined ? 0 : 1;
  },
});
