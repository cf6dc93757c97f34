import { leaseUntil, type Deadline } from '../../shared/aws/runtime.ts';
import type { InvoiceStanding } from '../../shared/chorus-pro/invoice-actions.ts';
import { type Outcome, reasonsOf, retryOf } from '../../shared/chorus-pro/outcome.ts';
import { answerTo, isKnownStatus, statuses } from '../../shared/chorus-pro/statuses.ts';
import { timings } from '../../shared/facts/timings.ts';
import {
  commandNames,
  type InvoiceCommand,
  type InvoiceCommandOf,
  type InvoiceCommandType,
  readingCommands,
} from '../../shared/invoice/invoice-commands.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import { lived, type CommandEntry } from '../../shared/ledger/life.ts';
import { type InvoiceInChorusPro, isInChorusPro, worksFrameworkOf } from '../../shared/ledger/record.ts';
import { move } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { lookNow, planOf } from './commands.ts';
import { conclude, remembered } from './conclude.ts';
import type { Change, ChangingCommand, CommandCase, CommandDependencies, Done, Result, Unfit } from './plan.ts';
import { withSignedAccount } from './signed-account.ts';
import { misdirected } from './works-commands.ts';
import { writeStart } from './write-start.ts';

/**
 * Carries out an ERP's command in Chorus Pro, once: if an earlier attempt may have succeeded, the relay looks for its
 * effect before it tries again. A command that the invoice's status does not allow is refused, with the commands that
 * are possible.
 */
export async function runCommand(
  commandCase: CommandCase,
  dependencies: CommandDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { messageId, record } = commandCase;
  if (record.endedCommands?.includes(messageId)) return { kind: 'done' };
  const misplaced = misdirected(commandCase);
  if (misplaced.length > 0) return conclude(commandCase, dependencies, { kind: 'refused', reasons: misplaced });
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
  dependencies: CommandDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, record, chorusPro } = commandCase;
  const { pendingCommand: pending } = record;
  const now = dependencies.now();
  if (pending && pending.until > now.toISOString()) return { kind: 'retry', reason: 'being-sent' };

  const target = plan.target ? await plan.target() : ({ kind: 'accepted', value: record.chorusProId } as const);
  if (target.kind !== 'accepted') return recordReading(commandCase, target, dependencies);
  const standing = await chorusPro.standingOf(target.value);
  if (standing.kind !== 'accepted') return recordReading(commandCase, standing, dependencies);
  const earlier = earlierAttempt(commandCase);
  const took = earlier ? await tookEffect(commandCase, { plan, target: target.value }, earlier) : notAsked;
  if (took.kind !== 'accepted') return recordReading(commandCase, took, dependencies);

  if (plan.isDone?.(standing.value) || took.value) return recordDone(commandCase, dependencies);
  if (answerTo(standing.value.status, worksFrameworkOf(record)) !== command.type) {
    const current = await withStatusNow(commandCase, { target: target.value, ...standing.value }, dependencies);
    return conclude(current, dependencies, { kind: 'refused', reasons: [impossible(commandCase, standing.value)] });
  }
  // A call without a reply may still take effect, whichever message made it.
  if (pending && !pending.turnedAway && now.getTime() < Date.parse(pending.until) + timings.settlingAfterCommand.ms)
    return { kind: 'retry', reason: 'answer-awaited' };
  return sendChange(commandCase, { plan, standing: standing.value, target: target.value }, dependencies, deadline);
}

/** A status that refuses a command and that no poll has seen yet is recorded as by a poll: it is not told only here. */
async function withStatusNow(
  commandCase: CommandCase,
  { target, status }: { target: number; status: string },
  dependencies: CommandDependencies,
): Promise<CommandCase> {
  const { record } = commandCase;
  if (target !== record.chorusProId || status === record.status.code) return commandCase;
  await lookNow(commandCase, dependencies);
  const current = await dependencies.ledger.get(record.pk);
  return current && isInChorusPro(current) ? { ...commandCase, record: current } : commandCase;
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
  { chorusPro }: CommandCase,
  { plan: { leadsTo }, target }: { plan: ChangingCommand; target: number },
  { since, until }: { since: string; until?: string },
): Promise<Outcome<boolean>> {
  const history = await chorusPro.historyOf(target);
  if (history.kind !== 'accepted') return history;
  const from = Date.parse(since) - timings.commandClockSkew.ms;
  const to = until === undefined ? Infinity : Date.parse(until) - timings.commandClockSkew.ms;
  const following: readonly string[] = leadsTo;
  const isWithin = (at: number) => at >= from && at < to;
  const passed = history.value.some(({ status, at }) => following.includes(status) && isWithin(at?.getTime() ?? 0));
  return { kind: 'accepted', value: passed };
}

async function sendChange(
  commandCase: CommandCase,
  { plan, standing, target }: { plan: ChangingCommand; standing: InvoiceStanding; target: number },
  dependencies: CommandDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, messageId, journal } = commandCase;
  const prepared = await plan.prepare(standing, dependencies, target);
  const at = dependencies.now();
  const begun = prepared.kind === 'accepted' ? begunAnew(commandCase, prepared.value, at) : [];
  const entries = [...begun, ...journal.take()];
  if (prepared.kind !== 'accepted')
    return recordOutcome({ ...commandCase, record: lived(commandCase.record, entries) }, prepared, dependencies);
  const { pendingCommand: pending } = commandCase.record;
  const since = pending?.messageId === messageId ? pending.since : at.toISOString();
  const { send, uploads } = prepared.value;
  const pendingCommand = { messageId, type: command.type, since, until: leaseUntil(at, deadline), uploads };
  const changes = { pendingCommand, unansweredCommands: unansweredBeside(commandCase, at) };
  const start = (record: InvoiceInChorusPro) => move(lived(record, entries), { name: 'start-command', changes }, at);
  const started = await writeStart(commandCase, start, dependencies);
  if (!started) return { kind: 'retry', reason: 'being-sent' };
  const outcome = await send();
  return recordOutcome({ ...commandCase, record: lived(started, journal.take()) }, outcome, dependencies);
}

/** What the invoice's life says of an attempt that begins: that an earlier one got no certain reply, or who asked. */
function begunAnew(commandCase: CommandCase, { papers = [] }: Change, at: Date): CommandEntry[] {
  const { command, messageId, asked, record } = commandCase;
  if (!earlierAttempt(commandCase)) return [{ ...asked, ...(papers.length > 0 ? { papers } : {}) }];
  const { pendingCommand: pending } = record;
  const wasTurnedAway = pending?.messageId === messageId && pending.turnedAway;
  return wasTurnedAway ? [] : [{ at: at.toISOString(), command: command.type, end: 'uncertain' }];
}

/**
 * Records the outcome. Unless it is certain, the command stays pending in the ledger: the retried message looks for its
 * effect.
 */
async function recordOutcome(
  commandCase: CommandCase,
  outcome: Result | Unfit,
  dependencies: CommandDependencies,
): Promise<Disposition> {
  const { messageId, record } = commandCase;
  switch (outcome.kind) {
    case 'accepted':
      return recordDone(commandCase, dependencies, outcome.value);
    case 'unfit':
      return conclude(commandCase, dependencies, { kind: 'refused', reasons: outcome.reasons });
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
function awaitAnswer({ command, record }: CommandCase, { telemetry }: CommandDependencies): Disposition {
  telemetry.warn('COMMAND_UNANSWERED', { subject: record.subject, operation: command.type });
  return { kind: 'retry', reason: 'answer-awaited' };
}

/** For an outcome of a call that only read: there is no effect to look for. */
const recordReading = (
  commandCase: CommandCase,
  outcome: Exclude<Outcome<unknown> | Unfit, { kind: 'accepted' }>,
  dependencies: CommandDependencies,
): Promise<Disposition> => {
  if (outcome.kind !== 'refused' && outcome.kind !== 'unfit') return Promise.resolve(retryOf(outcome));
  const reasons = outcome.kind === 'unfit' ? outcome.reasons : reasonsOf(outcome.refusal);
  return conclude(commandCase, dependencies, { kind: 'refused', reasons });
};

/**
 * Records that a command was carried out, and what it has corrected. After recycling, the record takes over what the
 * new recipient reports.
 */
async function recordDone(
  commandCase: CommandCase,
  dependencies: CommandDependencies,
  { document, notes }: Done = {},
): Promise<Disposition> {
  const { command, directory } = commandCase;
  const answer = planOf(commandCase).changes ? { type: command.type, at: dependencies.now().toISOString() } : undefined;
  const to = isRecycling(command) ? command.recipient?.siret : undefined;
  const found = to ? await directory.recipient(to) : undefined;
  const paymentNotReported = found?.kind === 'accepted' && found.value?.paymentNotReported ? true : undefined;
  const works = command.type === 'works.sign-final' ? await withSignedAccount(command, commandCase) : undefined;
  const changes = {
    ...(works ? { works } : {}),
    ...(to ? { recipient: to, paymentNotReported } : {}),
    ...(answer ? { answered: answer, corrected: correctedBy(commandCase) } : {}),
  };
  const said = { ...(document ? { document } : {}), ...(notes ? { notes } : {}) };
  return conclude(commandCase, dependencies, { kind: 'done', changes, ...said });
}

const isRecycling = (command: InvoiceCommand): command is InvoiceCommandOf<'invoice.recycle' | 'works.recycle'> =>
  command.type === 'invoice.recycle' || command.type === 'works.recycle';

/** What this command and those before it have corrected. */
function correctedBy({ command, record: { corrected } }: CommandCase): InvoiceInChorusPro['corrected'] {
  if (command.type === 'invoice.correct-validator') return { ...corrected, validator: command.validator };
  if (!isRecycling(command)) return corrected;
  const { recipient, commitment } = command;
  const contract = command.type === 'invoice.recycle' ? command.contract : undefined;
  return {
    ...corrected,
    ...(recipient ? { recipient } : {}),
    ...(commitment ? { commitment } : {}),
    ...(contract ? { contract } : {}),
  };
}

function impossible({ command, record }: CommandCase, { status }: InvoiceStanding): Reason {
  const possible = answerTo(status, worksFrameworkOf(record));
  const offered = [...(possible && possible !== command.type ? [possible] : []), ...readingCommands];
  const named = isKnownStatus(status) ? statuses[status] : status;
  const inFrench = (type: InvoiceCommandType): string => `${commandNames[type].fr} (${type})`;
  return reason('answer-not-possible', 'type', {
    status: named,
    command: { fr: inFrench(command.type), en: command.type },
    possible: { fr: offered.map(inFrench).join(', '), en: offered.join(', ') },
  });
}
