import { commandsDone, type InvoiceCommandType, readingCommands } from '../../shared/invoice/invoice-commands.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { lived, type CommandEntry } from '../../shared/ledger/life.ts';
import type { InvoiceInChorusPro } from '../../shared/ledger/record.ts';
import type { Told } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { statusOf } from '../../shared/tracking/record-status.ts';
import type { CommandCase, CommandDependencies, Done } from './plan.ts';

/** How a command ends: carried out, perhaps with a fetched document, or refused with its reasons. */
export type CommandEnd =
  | ({
      kind: 'done';
      changes?: Partial<
        Pick<InvoiceInChorusPro, 'recipient' | 'paymentNotReported' | 'answered' | 'corrected' | 'works'>
      >;
    } & Done)
  | { kind: 'refused'; reasons: Reason[] };

/** How many finished messages a record remembers, to recognise late duplicates. */
export const remembered = 10;

/**
 * Records the end of a command in its invoice's record, and publishes the event in the order of the invoice's events.
 */
export async function conclude(
  { command, messageId, asked, record: before }: Pick<CommandCase, 'command' | 'messageId' | 'asked' | 'record'>,
  dependencies: CommandDependencies,
  end: CommandEnd,
): Promise<Disposition> {
  const { telemetry, now } = dependencies;
  const record = lived(before, endOf({ asked, messageId, record: before }, end.kind, now()));
  const { subject, connection } = record;
  const changes = end.kind === 'done' ? end.changes : {};
  const written = await applyMove(dependencies, record, {
    name: 'end-command',
    changes: {
      ...changes,
      // A person dismissed it before the ERP tried and failed.
      ...(end.kind === 'refused' ? { dismissed: undefined } : {}),
      refusedCommand: refusalIn(end, messageId),
      // The mark of another pending command stays: its retry will look for its effect.
      ...(record.pendingCommand?.messageId === messageId ? { pendingCommand: undefined } : {}),
      unansweredCommands: record.unansweredCommands?.filter((sent) => sent.messageId !== messageId),
      endedCommands: [...new Set([messageId, ...(record.endedCommands ?? [])])].slice(0, remembered),
    },
    events: [toldOf(end, { command: { type: command.type, messageId }, ...statusOf({ ...record, ...changes }) })],
  });
  if (!written) return { kind: 'retry', reason: 'being-sent' };
  const fields = { subject, operation: command.type };
  if (end.kind === 'done') {
    telemetry.info('COMMAND_ANSWERED', fields);
    telemetry.measure('Answered', 1, { connection });
  } else {
    telemetry.info('COMMAND_REFUSED', { ...fields, reason: end.reasons.map(({ code }) => code).join(' ') });
    telemetry.measure('Refused', 1, { connection });
  }
  return { kind: 'done' };
}

/** Enough for a person to begin with: the event has them all. */
const mostReasons = 5;

const refusalIn = (end: CommandEnd, messageId: string): InvoiceInChorusPro['refusedCommand'] =>
  end.kind === 'refused' ? { messageId, reasons: end.reasons.slice(0, mostReasons) } : undefined;

/** What the invoice's life says of it. A command that only reads is none of its events. */
function endOf(
  { asked, messageId, record }: Pick<CommandCase, 'asked' | 'messageId' | 'record'>,
  end: CommandEnd['kind'],
  now: Date,
): CommandEntry[] {
  if (readingCommands.some((type) => type === asked.command)) return [];
  const { pendingCommand, unansweredCommands = [] } = record;
  const isBegun = [pendingCommand, ...unansweredCommands].some((sent) => sent?.messageId === messageId);
  return [isBegun ? { at: now.toISOString(), command: asked.command, end } : { ...asked, end }];
}

function toldOf(
  end: CommandEnd,
  about: Pick<Told, 'status'> & { command: { type: InvoiceCommandType; messageId: string } },
): Told {
  if (end.kind === 'refused') return { type: 'answer-refused', ...about, reasons: end.reasons };
  const { document, notes } = end;
  const message = commandsDone[about.command.type];
  return { type: 'answered', ...about, message, ...(document ? { document } : {}), ...(notes ? { notes } : {}) };
}
