import { statusData } from '../../shared/tracking/status-told.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { publishOutbox } from '../../shared/messaging/outbox.ts';
import { move, type Move } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { Question } from './question.ts';
import { rememberedMessages } from './draft.ts';
import type { SubmitDependencies } from './dependencies.ts';

/** How a command ends: done, with what was fetched if something was, or refused with its reasons. */
export type AnswerEnd =
  | { kind: 'done'; changes?: Move['changes']; document?: { key: string; name: string } }
  | { kind: 'refused'; reasons: Reason[] };

/** Writes the end of a command beside the invoice, and tells it in the order of the invoice's events. */
export async function conclude(
  { command, messageId, record }: Question,
  { ledger, telemetry, now, ...rest }: SubmitDependencies,
  end: AnswerEnd,
): Promise<Disposition> {
  const { status: known } = record;
  const status =
    known &&
    statusData({
      status: known.code,
      ...(known.at ? { at: new Date(known.at) } : {}),
      ...(known.motive ? { motive: known.motive } : {}),
    });
  const told = { command: { type: command.type, messageId }, ...(status ? { status } : {}) };
  const write = move(record, {
    name: 'answer',
    changes: {
      ...(end.kind === 'done' ? end.changes : {}),
      // Another command's question stays: somebody may still look for its effect.
      ...(record.asking?.messageId === messageId ? { asking: undefined } : {}),
      answered: rememberedMessages(messageId, ...(record.answered ?? [])),
    },
    events: [
      end.kind === 'done'
        ? { type: 'answered', ...told, ...(end.document ? { document: end.document } : {}) }
        : { type: 'answer-refused', ...told, reasons: end.reasons },
    ],
    now: now(),
  });
  if ((await ledger.write(write)) === 'conflict') return { kind: 'retry', reason: 'being-sent' };
  const { subject, connection } = record;
  const fields = { subject, operation: command.type };
  if (end.kind === 'done') {
    telemetry.info('COMMAND_ANSWERED', fields);
    telemetry.measure('Answered', 1, { connection });
  } else {
    telemetry.info('COMMAND_REFUSED', { ...fields, reason: end.reasons.map(({ code }) => code).join(' ') });
    telemetry.measure('Refused', 1, { connection });
  }
  await publishOutbox({ ledger, telemetry, now, ...rest }, write.record);
  return { kind: 'done' };
}
