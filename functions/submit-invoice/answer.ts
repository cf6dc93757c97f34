import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import { move } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { answeringOf, type Answering } from './answering.ts';
import { conclude } from './answer-end.ts';
import { leaseUntil } from './claim.ts';
import type { Question } from './question.ts';
import { reasonsOf } from './refusal.ts';
import { retryOf } from './retry-of.ts';
import type { SubmitDependencies } from './dependencies.ts';

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
      deadline,
    );
  }

  const now = dependencies.now();
  const { asking } = record;
  if (asking && asking.until > now.toISOString()) return { kind: 'retry', reason: 'being-sent' };
  const standing = await access.chorusPro(deadline).standingOf(record.chorusProId);
  if (standing.kind === 'refused') return end(question, standing, dependencies, deadline);
  if (standing.kind !== 'accepted') return retryOf(standing);
  const earlier = asking?.messageId === messageId ? asking : undefined;
  const took = earlier ? await tookEffect(question, { answering, since: earlier.since }, deadline) : undefined;
  if (took?.kind === 'refused') return end(question, took, dependencies, deadline);
  if (took && took.kind !== 'accepted') return retryOf(took);
  if (answering.isDone?.(standing.value) || took?.value) return done(question, dependencies, deadline);
  if (meaningOf(standing.value.status).command !== command.type)
    return conclude(question, dependencies, { kind: 'refused', reasons: [impossible(question, standing.value)] });
  // Whoever asked: what was not answered may still take effect.
  if (asking && now.getTime() < Date.parse(asking.until) + settlingWindowMs)
    return { kind: 'retry', reason: 'answer-awaited' };
  return ask(question, answering, dependencies, deadline);
}

/** Chorus Pro's clock may be behind ours, and its histories tell no seconds. */
const skewMs = 2 * 60_000;

/** Whether the invoice has passed, since it was asked, through what follows when it is done. */
async function tookEffect(
  { access, record }: Question,
  { answering, since }: { answering: Answering & { changes: true }; since: string },
  deadline: Deadline,
): Promise<Outcome<boolean>> {
  const history = await access.chorusPro(deadline).historyOf(record.chorusProId);
  if (history.kind !== 'accepted') return history;
  const from = Date.parse(since) - skewMs;
  const passed = history.value.some(
    ({ status, at }) => answering.leadsTo.some((code) => code === status) && (at?.getTime() ?? 0) >= from,
  );
  return { kind: 'accepted', value: passed };
}

/** An invoice that was recycled to another recipient has that one's name and habits from now on. */
async function done(
  question: Question,
  dependencies: SubmitDependencies,
  deadline: Deadline,
  document?: { key: string; name: string },
): Promise<Disposition> {
  const { command, access } = question;
  const to = command.type === 'invoice.recycle' ? command.recipient?.siret : undefined;
  const found = to ? await access.directory(deadline).recipient(to) : undefined;
  const paymentNotReported = found?.kind === 'accepted' && found.value?.paymentNotReported ? true : undefined;
  const changes = to ? { recipient: to, paymentNotReported } : {};
  return conclude(question, dependencies, { kind: 'done', changes, ...(document ? { document } : {}) });
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
  if (prepared.kind !== 'accepted') return end(question, prepared, dependencies, deadline);
  const at = now();
  const since = record.asking?.messageId === messageId ? record.asking.since : at.toISOString();
  const asking = { messageId, type: command.type, since, until: leaseUntil(at, deadline) };
  const taken = move(record, { name: 'ask', changes: { asking }, now: at });
  if ((await ledger.write(taken)) === 'conflict') return { kind: 'retry', reason: 'being-sent' };
  const held = { ...question, record: { ...taken.record, chorusProId: record.chorusProId } };
  return end(held, await prepared.value(deadline), dependencies, deadline);
}

/** Writes what came of it. Without an answer the ledger keeps that it was asked: the message comes again and looks. */
async function end(
  question: Question,
  outcome: Outcome<{ document?: { key: string; name: string } }>,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, record } = question;
  switch (outcome.kind) {
    case 'accepted':
      return done(question, dependencies, deadline, outcome.value.document);
    case 'refused':
      return conclude(question, dependencies, { kind: 'refused', reasons: reasonsOf(outcome.refusal) });
    case 'unknown':
      dependencies.telemetry.warn('COMMAND_UNANSWERED', { subject: record.subject, operation: command.type });
      return { kind: 'retry', reason: 'answer-awaited' };
    case 'not-done': {
      if (record.asking?.messageId === question.messageId) {
        const released = move(record, { name: 'answer', changes: { asking: undefined }, now: dependencies.now() });
        await dependencies.ledger.write(released);
      }
      return retryOf(outcome);
    }
  }
}

function impossible({ command }: Question, { status }: { status: string }): Reason {
  const { command: possible } = meaningOf(status);
  const always = ['invoice.fetch', 'invoice.status'];
  const offered = [...(possible && possible !== command.type ? [possible] : []), ...always].join(', ');
  return reason('answer-not-possible', 'type', { status, command: command.type, possible: offered });
}
