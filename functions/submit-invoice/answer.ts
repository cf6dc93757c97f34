import type { Access } from '../../shared/chorus-pro/access.ts';
import { standingOf } from '../../shared/chorus-pro/answers.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import type { Answer } from '../../shared/invoice/answer-commands.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { move } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/queue/batch-runner.ts';
import type { Deadline } from '../../shared/retry/deadline.ts';
import { answeringOf, type Answering } from './answering.ts';
import { conclude, retryOf } from './answer-end.ts';
import { leaseUntil } from './claim.ts';
import { reasonsOf } from './refusal.ts';
import type { SubmitDependencies } from './submit-invoice.ts';

export interface Question {
  command: Answer;
  messageId: string;
  record: LedgerRecord & { chorusProId: number };
  access: Access;
  store: DocumentStore;
}

/** Before this, an invoice that looks untouched may still be in the hands of a request that was never answered. [INF] */
const settlingWindowMs = 30 * 60_000;

/**
 * Does in Chorus Pro what the ERP asked for, once: what may have been done is looked for before it is asked again, and what the
 * invoice's status forbids is refused with what is possible instead.
 */
export async function answer(
  question: Question,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, messageId, record, access } = question;
  if (record.answered?.includes(messageId)) return { kind: 'done' };
  const answering = answeringOf(question);
  if (!answering.changes) {
    const outcome = await answering.ask(dependencies, deadline);
    // What was asked may have moved the record itself.
    const current = await dependencies.ledger.get(record.pk);
    return end(
      { ...question, record: { ...(current ?? record), chorusProId: record.chorusProId } },
      outcome,
      dependencies,
    );
  }

  const now = dependencies.now().toISOString();
  if (record.asking && record.asking.until > now) return { kind: 'retry', reason: 'being-sent' };
  const earlier = record.asking?.messageId === messageId ? record.asking : undefined;
  const standing = await standingOf(access.call, record.chorusProId, deadline);
  if (standing.kind !== 'accepted') return retryOf(standing);
  const fits = meaningOf(standing.value.status).answer === command.type;
  if (answering.isDone?.(standing.value) || (!fits && earlier))
    return conclude(question, dependencies, { kind: 'done' });
  if (!fits)
    return conclude(question, dependencies, { kind: 'refused', reasons: [impossible(question, standing.value)] });
  if (earlier && Date.parse(now) < Date.parse(earlier.since) + settlingWindowMs)
    return { kind: 'retry', reason: 'answer-awaited' };
  return ask(question, answering, dependencies, deadline);
}

/** The ledger is written BEFORE Chorus Pro is asked. */
async function ask(
  question: Question,
  answering: Answering & { changes: true },
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, messageId, record } = question;
  const { ledger, now } = dependencies;
  const prepared = await answering.prepare(deadline);
  if (prepared.kind === 'unfit')
    return conclude(question, dependencies, { kind: 'refused', reasons: prepared.reasons });
  if (prepared.kind !== 'accepted') return end(question, prepared, dependencies);
  const at = now();
  const asking = { messageId, type: command.type, since: at.toISOString(), until: leaseUntil(at, deadline) };
  const taken = move(record, { name: 'ask', changes: { asking }, now: at });
  if ((await ledger.write(taken)) === 'conflict') return { kind: 'retry', reason: 'being-sent' };
  const held = { ...question, record: { ...taken.record, chorusProId: record.chorusProId } };
  return end(held, await prepared.value(deadline), dependencies);
}

/** Writes what came of it. Without an answer the ledger keeps that it was asked: the message comes again and looks. */
async function end(
  question: Question,
  outcome: Outcome<{ document?: { key: string; name: string } }>,
  dependencies: SubmitDependencies,
): Promise<Disposition> {
  const { command, record } = question;
  switch (outcome.kind) {
    case 'accepted':
      return conclude(question, dependencies, { kind: 'done', ...outcome.value });
    case 'refused':
      return conclude(question, dependencies, { kind: 'refused', reasons: reasonsOf(outcome.refusal) });
    case 'unknown':
      dependencies.telemetry.warn('COMMAND_UNANSWERED', { subject: record.subject, operation: command.type });
      return { kind: 'retry', reason: 'answer-awaited' };
    case 'not-done': {
      if (record.asking) {
        const released = move(record, { name: 'answer', changes: { asking: undefined }, now: dependencies.now() });
        await dependencies.ledger.write(released);
      }
      return retryOf(outcome);
    }
  }
}

function impossible({ command }: Question, { status }: { status: string }): Reason {
  const { answer: possible } = meaningOf(status);
  const always = ['invoice.fetch', 'invoice.status'];
  const offered = [...(possible && possible !== command.type ? [possible] : []), ...always].join(', ');
  return reason('answer-not-possible', 'type', { status, command: command.type, possible: offered });
}
