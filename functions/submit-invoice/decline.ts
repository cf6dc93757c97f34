import { firstReasons, type Reason } from '../../shared/invoice/reasons.ts';
import { publishOutbox } from '../../shared/messaging/outbox.ts';
import { commandKey } from '../../shared/ledger/record.ts';
import type { TransitionName } from '../../shared/ledger/states.ts';
import { begin, move, type Draft, type Move, type Told, type Write } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { LogCode } from '../../shared/telemetry/telemetry.ts';
import { situationOf } from './situation.ts';
import { contentOfDraft, rememberedMessages } from './draft.ts';
import type { SubmitDependencies } from './dependencies.ts';

/** The ways of not doing what a command asks: something is wrong with it, or the settings keep it back. */
const ways = {
  refuse: { move: 'refuse', event: 'refused', log: 'COMMAND_REFUSED' },
  withhold: { move: 'withhold', event: 'withheld', log: 'COMMAND_WITHHELD' },
  /** Of a command about an invoice: it says nothing about the invoice itself. */
  'refuse-answer': { move: 'refuse', event: 'answer-refused', log: 'COMMAND_REFUSED' },
} as const satisfies Record<string, { move: TransitionName; event: string; log: LogCode }>;

/**
 * Records with every reason that an invoice is not sent, and tells the ERP. It takes the invoice's own key where that is free,
 * so that the corrected invoice takes its place; beside a living invoice it is kept under the message's key.
 */
async function decline(
  way: keyof typeof ways,
  dependencies: SubmitDependencies,
  draft: Draft,
  all: readonly Reason[],
  command?: Told['command'],
): Promise<Disposition> {
  const { ledger, telemetry, now } = dependencies;
  const { move: name, event, log } = ways[way];
  const reasons = firstReasons(all);
  // One reason says it all; of several the event says where they are.
  const message = way === 'withhold' || reasons.length === 1 ? { message: sentenceOf(reasons) } : {};
  const declining: Move = {
    name,
    changes: { reasons },
    events: [{ type: event, reasons, ...message, ...(command ? { command } : {}) }],
    now: now(),
  };
  const write = await writeDown(dependencies, draft, declining);
  if (write === 'known') return { kind: 'done' };
  if (write === 'conflict') return { kind: 'retry', reason: 'being-sent' };
  telemetry.info(log, { subject: write.record.subject, reason: reasons.map(({ code }) => code).join(' ') });
  const { connection } = draft;
  if (way === 'withhold') telemetry.measure('Withheld', 1, { connection });
  else telemetry.measure('Refused', 1, { connection });
  await publishOutbox({ ...dependencies, ledger }, write.record);
  return { kind: 'done' };
}

type Declining = (dependencies: SubmitDependencies, draft: Draft, reasons: readonly Reason[]) => Promise<Disposition>;

export const refuse: Declining = (...declined) => decline('refuse', ...declined);
export const withhold: Declining = (...declined) => decline('withhold', ...declined);

/** Of a type that is no type at all so much is told as names one. */
const longestType = 100;

/** What was asked of an invoice is refused before anybody looked at the invoice: told of the message. */
export const refuseAnswer = (
  type: string,
  dependencies: SubmitDependencies,
  draft: Draft,
  reasons: readonly Reason[],
): Promise<Disposition> => {
  const [messageId = ''] = draft.messageIds;
  return decline('refuse-answer', dependencies, asMessage(draft), reasons, {
    type: type.slice(0, longestType),
    messageId,
  });
};

const sentenceOf = (reasons: readonly Reason[]) => ({
  fr: reasons.map(({ fr }) => fr).join(' '),
  en: reasons.map(({ en }) => en).join(' '),
});

async function writeDown(
  { ledger }: SubmitDependencies,
  draft: Draft,
  declining: Move,
): Promise<Write | 'known' | 'conflict'> {
  const first = begin(draft, declining);
  if ((await ledger.write(first)) === 'written') return first;
  const existing = await ledger.get(draft.pk);
  if (!existing) return 'conflict';
  const situation = situationOf(existing, draft, declining.now.toISOString());
  const ended = existing.state === 'refused' || existing.state === 'withheld' || existing.state === 'rejected';
  if (situation === 'known' && ended) return 'known';
  const messageIds = rememberedMessages(...draft.messageIds, ...existing.messageIds);
  const write =
    situation === 'free' && ended
      ? move(existing, { ...declining, changes: { ...contentOfDraft(draft), ...declining.changes, messageIds } })
      : begin(asMessage(draft), declining);
  if ((await ledger.write(write)) === 'written') return write;
  // Under the message's own key there can only be this very answer, written by another delivery.
  return write.record.pk === draft.pk ? 'conflict' : 'known';
}

/** About the message, not about the invoice that has its number already: an ERP that books by subject must not confound them. */
export function asMessage(draft: Draft): Draft {
  const [messageId = ''] = draft.messageIds;
  return { ...draft, pk: commandKey(messageId), subject: `${draft.connection}/-/message ${messageId}` };
}
