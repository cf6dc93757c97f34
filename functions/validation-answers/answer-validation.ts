import { leaseUntil, type Deadline } from '../../shared/aws/runtime.ts';
import type { Access, ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import { type Outcome, reasonsOf, retryOf } from '../../shared/chorus-pro/outcome.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { ValidationStanding } from '../../shared/chorus-pro/validations.ts';
import { timings } from '../../shared/facts/timings.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { ValidationAnswer } from '../../shared/invoice/validation-command.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';
import type { EventPublisher } from '../../shared/messaging/senders.ts';
import type { ValidationEvent } from '../../shared/messaging/validation-event.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';
import { dayOn, endOf } from '../../shared/validations/deadline.ts';
import { validationEvent } from '../../shared/validations/event.ts';
import { keyOf, latest, type Note, ValidationNotes } from '../../shared/validations/notes.ts';
import { findRequest } from './find-request.ts';

export interface Answer {
  command: ValidationAnswer;
  messageId: string;
  access: Access;
}

export interface AnswerDependencies {
  ledger: Memory;
  publishValidation: EventPublisher<ValidationEvent>;
  telemetry: Telemetry;
  now: () => Date;
  /** Refuses the command as a message, where no request is found that it could be about. */
  refuse: (reasons: readonly Reason[]) => Promise<Disposition>;
}

/** An answer and the note of its request, as it was read last. */
interface AnswerCase extends Answer {
  note: Note;
  notes: ValidationNotes;
  chorusPro: ChorusPro;
}

/**
 * Gives the ERP's answer to a subcontractor's request, once: the intent is noted before the call, and after a call
 * without a reply the relay looks whether the request has ended before it tries again.
 */
export async function answerValidation(
  answer: Answer,
  dependencies: AnswerDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, messageId, access } = answer;
  const { settings } = access;
  if (!settings.validations)
    return dependencies.refuse([reason('validations-off', 'connection', { value: settings.name })]);
  const { ledger, telemetry, now } = dependencies;
  const notes = new ValidationNotes(ledger, settings.name);
  const found = await findRequest(command.request, { settings, notes, telemetry, now }, access.chorusPro(deadline));
  if (found.kind === 'refused') return dependencies.refuse(found.reasons);
  if (found.kind === 'retry') return found;
  const { note } = found;
  if (note.endedMessages.includes(messageId)) return { kind: 'done' };
  if (note.lease && note.lease.until > now().toISOString()) return { kind: 'retry', reason: 'being-sent' };
  const isTried = note.attempts.some((attempt) => attempt.messageId === messageId);
  const chorusPro = access.chorusPro(deadline, { doubted: isTried });
  return answerWhere({ ...answer, note, notes, chorusPro }, dependencies, deadline);
}

const ends = { accept: 'accepted', refuse: 'refused' } as const;

/** What to do by where the request stands now. */
async function answerWhere(
  answer: AnswerCase,
  dependencies: AnswerDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { command, messageId, note, chorusPro } = answer;
  const { lease, attempts } = note;
  const standing = await chorusPro.validationStanding(note.request);
  if (standing.kind === 'refused') return conclude(answer, dependencies, reasonsOf(standing.refusal));
  if (standing.kind !== 'accepted') return retryOf(standing);
  const { progress } = standing.value;
  if (progress !== 'waiting') {
    const isTried = attempts.some((attempt) => attempt.messageId === messageId);
    const day = dayOn(note.request.deposited, parisDay(dependencies.now()));
    const tookEffect = isTried && endOf(progress, day) === ends[command.decision];
    return conclude(answer, dependencies, tookEffect ? [] : [hasEnded(standing.value)]);
  }
  // A call without a reply may still take effect, whichever message made it.
  const settled = lease ? Date.parse(lease.until) + timings.settlingAfterCommand.ms : 0;
  if (lease && !lease.turnedAway && dependencies.now().getTime() < settled)
    return { kind: 'retry', reason: 'answer-awaited' };
  const unlisted = await reasonNotListed(answer, standing.value);
  if (unlisted.kind === 'retry') return unlisted;
  if (unlisted.reasons.length > 0) return conclude(answer, dependencies, unlisted.reasons);
  return send(answer, dependencies, deadline);
}

const progressTexts = {
  accepted: { fr: 'elle est acceptée', en: 'it is accepted' },
  refused: { fr: 'elle est refusée', en: 'it is refused' },
  tacit: { fr: 'elle a été acceptée tacitement', en: 'silence has accepted it' },
  withdrawn: { fr: 'elle ne s’adresse plus à cette société', en: 'it is not addressed to this company any more' },
  'moved-on': { fr: 'elle est passée à l’intervenant suivant', en: 'it has moved on' },
  waiting: { fr: 'elle attend', en: 'it waits' },
} as const;

const hasEnded = ({ progress, status }: ValidationStanding): Reason =>
  reason('request-ended', 'request', { progress: progressTexts[progress], status });

type Unlisted = { kind: 'read'; reasons: Reason[] } | Retry;

/** A list that is empty, or may not be read, says nothing against a reason: then Chorus Pro decides. */
async function reasonNotListed({ command, chorusPro }: AnswerCase, { frame }: ValidationStanding): Promise<Unlisted> {
  const { reason: value } = command;
  if (value === undefined || frame === undefined) return { kind: 'read', reasons: [] };
  const listed = await chorusPro.refusalReasons(frame);
  if (listed.kind === 'refused') return { kind: 'read', reasons: [] };
  if (listed.kind !== 'accepted') return retryOf(listed);
  if (listed.value.length === 0 || listed.value.some(({ code }) => code === value))
    return { kind: 'read', reasons: [] };
  const known = listed.value.map(({ code, label }) => (label ? `${code} (${label})` : code)).join(', ');
  return { kind: 'read', reasons: [reason('refusal-reason-unknown', 'reason', { value, known })] };
}

/** Notes the intent BEFORE it asks Chorus Pro to change anything. */
async function send(answer: AnswerCase, dependencies: AnswerDependencies, deadline: Deadline): Promise<Disposition> {
  const { command, messageId, note, notes, chorusPro, access } = answer;
  const { decision } = command;
  const others = note.attempts.filter((attempt) => attempt.messageId !== messageId);
  const held = await notes.swap(note, {
    lease: { messageId, until: leaseUntil(dependencies.now(), deadline) },
    attempts: latest({ messageId, decision }, ...others),
  });
  if (!held) return { kind: 'retry', reason: 'being-sent' };
  const { validatorTypes } = access.settings.validations ?? {};
  const outcome = await chorusPro.answerValidation(note.request, { ...command, validatorTypes });
  return recordOutcome({ ...answer, note: held }, outcome, dependencies);
}

/** Unless the outcome is certain, the answer stays noted: its message comes again, and looks for its effect. */
async function recordOutcome(
  answer: AnswerCase,
  outcome: Outcome<object>,
  dependencies: AnswerDependencies,
): Promise<Disposition> {
  const { command, messageId, note, notes } = answer;
  switch (outcome.kind) {
    case 'accepted':
      return conclude(answer, dependencies, []);
    case 'refused':
      // After a try that was turned away, it may only mean that the answer was already given.
      if (!outcome.refusal.repeated) return conclude(answer, dependencies, reasonsOf(outcome.refusal));
      break;
    case 'not-done': {
      const until = dependencies.now().toISOString();
      await notes.swap(note, { lease: { messageId, until, turnedAway: true } });
      return retryOf(outcome);
    }
    case 'unknown':
  }
  const subject = keyOf(note.request);
  dependencies.telemetry.warn('COMMAND_UNANSWERED', { subject, operation: command.type });
  return { kind: 'retry', reason: 'answer-awaited' };
}

/** Tells how the answer ended, then notes it. @param reasons why it was not given; empty: it was */
async function conclude(
  { command, messageId, note, notes, access }: AnswerCase,
  { publishValidation, telemetry, now }: AnswerDependencies,
  reasons: Reason[],
): Promise<Disposition> {
  const { settings } = access;
  const isGiven = reasons.length === 0;
  const about = { type: command.type, messageId } as const;
  const outcome = ends[command.decision];
  const told = isGiven
    ? ({ type: 'answered', mark: `answered#${messageId}`, outcome, by: 'relay', command: about } as const)
    : ({ type: 'answer-refused', mark: `answer-refused#${messageId}`, reasons, command: about } as const);
  const { decision, reason: given } = command;
  const why = reasons.map(({ code, fr, en }) => ({ code, fr, en }));
  const refusedAnswer = { at: now().toISOString(), decision, why, ...(given === undefined ? {} : { reason: given }) };
  const event = validationEvent(settings, note, told, now());
  await publishValidation([event]);
  await notes.change(keyOf(note.request), (current) => ({
    ...(isGiven
      ? { end: { outcome, at: now().toISOString() }, untold: undefined, refusedAnswer: undefined }
      : { refusedAnswer }),
    ...(current.lease?.messageId === messageId ? { lease: undefined } : {}),
    attempts: current.attempts.filter((attempt) => attempt.messageId !== messageId),
    endedMessages: latest(messageId, ...current.endedMessages),
  }));
  const fields = { subject: event.subject, operation: command.type };
  const connection = settings.name;
  if (isGiven) telemetry.info('COMMAND_ANSWERED', fields);
  else telemetry.info('COMMAND_REFUSED', { ...fields, reason: reasons.map(({ code }) => code).join(' ') });
  telemetry.measure(isGiven ? 'Answered' : 'Refused', 1, { connection });
  return { kind: 'done' };
}
