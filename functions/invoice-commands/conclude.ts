import type { Reason } from '../../shared/invoice/reasons.ts';
import type { InvoiceInChorusPro } from '../../shared/ledger/record.ts';
import type { Told } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { applyMove, type OutboxDependencies } from '../../shared/messaging/outbox.ts';
import { statusData } from '../../shared/tracking/status-told.ts';
import type { CommandCase } from './commands.ts';

/** How a command ends: done, with what was fetched if anything was, or refused with its reasons. */
export type CommandEnd =
  | {
      kind: 'done';
      changes?: Partial<Pick<InvoiceInChorusPro, 'recipient' | 'paymentNotReported'>>;
      document?: { key: string; name: string };
    }
  | { kind: 'refused'; reasons: Reason[] };

/** Messages that a late duplicate may repeat. */
const remembered = 10;

/** Writes the end of a command into its invoice's record, and tells it in the order of the invoice's events. */
export async function conclude(
  { command, messageId, record }: Pick<CommandCase, 'command' | 'messageId' | 'record'>,
  dependencies: OutboxDependencies,
  end: CommandEnd,
): Promise<Disposition> {
  const { telemetry } = dependencies;
  const { subject, connection } = record;
  const written = await applyMove(dependencies, record, {
    name: 'end-command',
    changes: {
      ...(end.kind === 'done' ? end.changes : {}),
      // Another command's mark stays: somebody may still look for its effect.
      ...(record.pendingCommand?.messageId === messageId ? { pendingCommand: undefined } : {}),
      endedCommands: [...new Set([messageId, ...(record.endedCommands ?? [])])].slice(0, remembered),
    },
    events: [toldOf(end, { command: { type: command.type, messageId }, ...statusOf(record) })],
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

function toldOf(end: CommandEnd, about: Pick<Told, 'command' | 'status'>): Told {
  return end.kind === 'done'
    ? { type: 'answered', ...about, ...(end.document ? { document: end.document } : {}) }
    : { type: 'answer-refused', ...about, reasons: end.reasons };
}

/** Where the invoice stands, as far as we know. */
function statusOf({ status: { code, at, motive } }: InvoiceInChorusPro): Pick<Told, 'status'> {
  const since = at ? { at: new Date(at) } : {};
  return { status: statusData({ status: code, ...since, ...(motive ? { motive } : {}) }) };
}
