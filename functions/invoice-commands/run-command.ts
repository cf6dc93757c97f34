import { leaseUntil, type Deadline } from '../../shared/aws/runtime.ts';
import type { InvoiceStanding } from '../../shared/chorus-pro/invoice-actions.ts';
import { type Outcome, reasonsOf, retryOf } from '../../shared/chorus-pro/outcome.ts';
import { isKnownStatus, meaningOf, statuses } from '../../shared/chorus-pro/statuses.ts';
import { timings } from '../../shared/facts/timings.ts';
import { commandNames, type InvoiceCommandType } from '../../shared/invoice/invoice-commands.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import { type InvoiceInChorusPro, isInChorusPro } from '../../shared/ledger/record.ts';
import { move, type Told } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { applyMove, type OutboxDependencies } from '../../shared/messaging/outbox.ts';
import { statusOf } from '../../shared/tracking/record-status.ts';
import { type ChangingCommand, type CommandCase, type Done, planOf } from './commands.ts';

/**
 * Carries out an ERP's command in Chorus Pro, once: if an earlier attempt may have succeeded, the relay looks for its
 * effect before it tries again. A command that the invoice's status does not allow is refused, with the commands that
 * are possible.
 */
export async function runCommand(
  commandCase: CommandCase,
  dependencies: OutboxDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { messageId, record } = commandCase;
  if (record.endedCommands?.includes(messageId)) return { kind: 'done' };
  const plan = planOf(commandCase);
  if (plan.changes) return runChange(commandCase, plan, dependencies, deadline);
  const outcome = await plan.run(dependencies);
  // The command may have moved the record, if it read a new status.
  const current = await dependencies.ledger.get(record.pk);
  return recordOutcome(
    { ...commandCase, record: current && isInChorusPro(current) ? current : record },
    outcome,
    dependencies,
  );
}

async function runChange(
  commandCase: CommandCase,
  plan: ChangingCommand,
  dependencies: OutboxDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, record, chorusPro } = commandCase;
  const { pendingCommand: pending } = record;
  const now = dependencies.now();
  if (pending && pending.until > now.toISOString()) return { kind: 'retry', reason: 'being-sent' };

  const standing = await chorusPro.standingOf(record.chorusProId);
  if (standing.kind !== 'accepted') return recordReading(commandCase, standing, dependencies);
  const earlier = earlierAttempt(commandCase);
  const took = earlier ? await tookEffect(commandCase, plan, earlier) : notAsked;
  if (took.kind !== 'accepted') return recordReading(commandCase, took, dependencies);

  if (plan.isDone?.(standing.value) || took.value) return recordDone(commandCase, dependencies);
  if (meaningOf(standing.value.status).command !== command.type)
    return conclude(commandCase, dependencies, { kind: 'refused', reasons: [impossible(commandCase, standing.value)] });
  // A call without a reply may still take effect, whichever message made it.
  if (pending && !pending.turnedAway && now.getTime() < Date.parse(pending.until) + timings.settlingAfterCommand.ms)
    return { kind: 'retry', reason: 'answer-awaited' };
  return sendChange(commandCase, { plan, standing: standing.value }, dependencies, deadline);
}

/** When an earlier attempt of this command may have taken effect: since it was sent, and until another one was. */
const earlierAttempt = ({ messageId, record: { pendingCommand, unansweredCommands } }: CommandCase) =>
  pendingCommand?.messageId === messageId
    ? { since: pendingCommand.since }
    : unansweredCommands?.find((sent) => sent.messageId === messageId);

/** The marks of other commands that may have taken effect: only one command is pending at a time. */
function unansweredBeside({ messageId, record: { pendingCommand, unansweredCommands = [] } }: CommandCase, at: Date) {
  const before = pendingCommand
    ? [{ messageId: pendingCommand.messageId, since: pendingCommand.since, until: at.toISOString() }]
    : [];
  return [...before, ...unansweredCommands].filter((sent) => sent.messageId !== messageId).slice(0, remembered);
}

const notAsked = { kind: 'accepted', value: false } as const;

/** Whether the invoice had one of the statuses that follow from the command after it was sent. */
async function tookEffect(
  { chorusPro, record }: CommandCase,
  { leadsTo }: ChangingCommand,
  { since, until }: { since: string; until?: string },
): Promise<Outcome<boolean>> {
  const history = await chorusPro.historyOf(record.chorusProId);
  if (history.kind !== 'accepted') return history;
  const from = Date.parse(since) - timings.commandClockSkew.ms;
  const to = until === undefined ? Infinity : Date.parse(until) - timings.commandClockSkew.ms;
  const following: readonly string[] = leadsTo;
  const isWithin = (at: number) => at >= from && at < to;
  const passed = history.value.some(({ status, at }) => following.includes(status) && isWithin(at?.getTime() ?? 0));
  return { kind: 'accepted', value: passed };
}

/** Writes the ledger BEFORE it asks Chorus Pro to change anything. */
async function sendChange(
  commandCase: CommandCase,
  { plan, standing }: { plan: ChangingCommand; standing: InvoiceStanding },
  dependencies: OutboxDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, messageId, record } = commandCase;
  const prepared = await plan.prepare(standing, dependencies.now());
  if (prepared.kind === 'unfit')
    return conclude(commandCase, dependencies, { kind: 'refused', reasons: prepared.reasons });
  if (prepared.kind !== 'accepted') return recordOutcome(commandCase, prepared, dependencies);
  const at = dependencies.now();
  const since = record.pendingCommand?.messageId === messageId ? record.pendingCommand.since : at.toISOString();
  const { send, uploads } = prepared.value;
  const pendingCommand = { messageId, type: command.type, since, until: leaseUntil(at, deadline), uploads };
  const changes = { pendingCommand, unansweredCommands: unansweredBeside(commandCase, at) };
  const started = move(record, { name: 'start-command', changes }, at);
  if ((await dependencies.ledger.write(started)) === 'conflict') return { kind: 'retry', reason: 'being-sent' };
  const held = { ...commandCase, record: started.record };
  return recordOutcome(held, await send(), dependencies);
}

/**
 * Records the outcome. Unless it is certain, the command stays pending in the ledger: the retried message looks for its
 * effect.
 */
async function recordOutcome(
  commandCase: CommandCase,
  outcome: Outcome<Done>,
  dependencies: OutboxDependencies,
): Promise<Disposition> {
  const { messageId, record } = commandCase;
  switch (outcome.kind) {
    case 'accepted':
      return recordDone(commandCase, dependencies, outcome.value);
    case 'refused':
      // After a try that was turned away, it may only mean that the command was already carried out.
      if (outcome.refusal.repeated) return awaitAnswer(commandCase, dependencies);
      return conclude(commandCase, dependencies, { kind: 'refused', reasons: reasonsOf(outcome.refusal) });
    case 'unknown':
      return awaitAnswer(commandCase, dependencies);
    case 'not-done': {
      const { pendingCommand: pending } = record;
      if (pending?.messageId === messageId) {
        const now = dependencies.now();
        const pendingCommand = { ...pending, until: now.toISOString(), turnedAway: true } as const;
        await dependencies.ledger.write(move(record, { name: 'end-command', changes: { pendingCommand } }, now));
      }
      return retryOf(outcome);
    }
  }
}

/** The command stays pending: its message comes again, and the relay looks for its effect. */
function awaitAnswer({ command, record }: CommandCase, { telemetry }: OutboxDependencies): Disposition {
  telemetry.warn('COMMAND_UNANSWERED', { subject: record.subject, operation: command.type });
  return { kind: 'retry', reason: 'answer-awaited' };
}

/** For an outcome of a call that only read: there is no effect to look for. */
const recordReading = (
  commandCase: CommandCase,
  outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>,
  dependencies: OutboxDependencies,
): Promise<Disposition> =>
  outcome.kind === 'refused'
    ? conclude(commandCase, dependencies, { kind: 'refused', reasons: reasonsOf(outcome.refusal) })
    : Promise.resolve(retryOf(outcome));

/**
 * Records that a command was carried out, and what it has corrected. After recycling, the record takes over what the
 * new recipient reports.
 */
async function recordDone(
  commandCase: CommandCase,
  dependencies: OutboxDependencies,
  { document, notes }: Done = {},
): Promise<Disposition> {
  const { command, directory } = commandCase;
  const answer = planOf(commandCase).changes ? { type: command.type, at: dependencies.now().toISOString() } : undefined;
  const to = command.type === 'invoice.recycle' ? command.recipient?.siret : undefined;
  const found = to ? await directory.recipient(to) : undefined;
  const paymentNotReported = found?.kind === 'accepted' && found.value?.paymentNotReported ? true : undefined;
  const changes = {
    ...(to ? { recipient: to, paymentNotReported } : {}),
    ...(answer ? { answered: answer, corrected: correctedBy(commandCase) } : {}),
  };
  const said = { ...(document ? { document } : {}), ...(notes ? { notes } : {}) };
  return conclude(commandCase, dependencies, { kind: 'done', changes, ...said });
}

/** What this command and those before it have corrected. */
function correctedBy({ command, record: { corrected } }: CommandCase): InvoiceInChorusPro['corrected'] {
  if (command.type === 'invoice.correct-validator') return { ...corrected, validator: command.validator };
  if (command.type !== 'invoice.recycle') return corrected;
  const { recipient, commitment, contract } = command;
  return {
    ...corrected,
    ...(recipient ? { recipient } : {}),
    ...(commitment ? { commitment } : {}),
    ...(contract ? { contract } : {}),
  };
}

function impossible({ command }: CommandCase, { status }: InvoiceStanding): Reason {
  const { command: possible } = meaningOf(status);
  const always = ['invoice.fetch', 'invoice.status'] as const;
  const offered = [...(possible && possible !== command.type ? [possible] : []), ...always];
  const named = isKnownStatus(status) ? statuses[status] : status;
  const inFrench = (type: InvoiceCommandType): string => `${commandNames[type].fr} (${type})`;
  return reason('answer-not-possible', 'type', {
    status: named,
    command: { fr: inFrench(command.type), en: command.type },
    possible: { fr: offered.map(inFrench).join(', '), en: offered.join(', ') },
  });
}

/** How a command ends: carried out, perhaps with a fetched document, or refused with its reasons. */
type CommandEnd =
  | ({
      kind: 'done';
      changes?: Partial<Pick<InvoiceInChorusPro, 'recipient' | 'paymentNotReported' | 'answered' | 'corrected'>>;
    } & Done)
  | { kind: 'refused'; reasons: Reason[] };

/** How many finished messages a record remembers, to recognise late duplicates. */
const remembered = 10;

/**
 * Records the end of a command in its invoice's record, and publishes the event in the order of the invoice's events.
 */
async function conclude(
  { command, messageId, record }: Pick<CommandCase, 'command' | 'messageId' | 'record'>,
  dependencies: OutboxDependencies,
  end: CommandEnd,
): Promise<Disposition> {
  const { telemetry } = dependencies;
  const { subject, connection } = record;
  const changes = end.kind === 'done' ? end.changes : {};
  const written = await applyMove(dependencies, record, {
    name: 'end-command',
    changes: {
      ...changes,
      // A person dismissed it before the ERP tried and failed.
      ...(end.kind === 'refused' ? { dismissed: undefined } : {}),
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

function toldOf(end: CommandEnd, about: Pick<Told, 'command' | 'status'>): Told {
  if (end.kind === 'refused') return { type: 'answer-refused', ...about, reasons: end.reasons };
  const { document, notes } = end;
  return { type: 'answered', ...about, ...(document ? { document } : {}), ...(notes ? { notes } : {}) };
}
