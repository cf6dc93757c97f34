import { isDropped } from '../../shared/documents/document-store.ts';
import { firstReasons, type Reason } from '../../shared/invoice/reasons.ts';
import { begin, type Draft, type Told, type Write } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { publishOutbox } from '../../shared/messaging/outbox.ts';
import type { LogCode } from '../../shared/telemetry/telemetry.ts';
import { compareWithExisting, isEnded, keysOfMessage, rememberedMessages } from './draft.ts';
import type { SubmitDependencies } from './dependencies.ts';
import { type Living, livesOn } from './standing.ts';

/** The ways to decline a command: something is wrong with it, or the settings exclude its invoice. */
const ways = {
  refuse: { move: 'refuse', event: 'refused', log: 'COMMAND_REFUSED' },
  withhold: { move: 'withhold', event: 'withheld', log: 'COMMAND_WITHHELD' },
  /** For a command about an invoice: its refusal says nothing about the invoice itself. */
  'refuse-command': { move: 'refuse', event: 'answer-refused', log: 'COMMAND_REFUSED' },
} as const satisfies Record<string, { move: 'refuse' | 'withhold'; event: Told['type']; log: LogCode }>;

type Way = keyof typeof ways;
type Refuse = (dependencies: SubmitDependencies, draft: Draft, reasons: readonly Reason[]) => Promise<Disposition>;

export const refuse: Refuse = (...refused) => decline('refuse', ...refused);
export const withhold: Refuse = (...withheld) => decline('withhold', ...withheld);

/** An unknown type can be very long: the event has its first characters. */
export const longestType = 100;

/** Refuses a command about an invoice without looking at the invoice: the event is about the message. */
export function refuseCommand(
  type: string | undefined,
  dependencies: SubmitDependencies,
  draft: Draft,
  reasons: readonly Reason[],
): Promise<Disposition> {
  const [messageId = ''] = draft.messageIds;
  const command = { ...(type === undefined ? {} : { type: type.slice(0, longestType) }), messageId };
  return decline('refuse-command', dependencies, asMessage(draft), reasons, command);
}

/**
 * Records all reasons why an invoice is not sent, and tells the ERP. The record takes the invoice's own key if that is
 * free, so that the corrected invoice can replace it; if another invoice has that key, the record takes the message's
 * key.
 */
async function decline(
  way: Way,
  dependencies: SubmitDependencies,
  draft: Draft,
  all: readonly Reason[],
  command?: Told['command'],
): Promise<Disposition> {
  const { telemetry } = dependencies;
  const { log } = ways[way];
  const reasons = firstReasons(await forSender(draft, all));
  const write = await writeDown(dependencies, draft, { way, reasons, command });
  if (write === 'known') return { kind: 'done' };
  if (write === 'conflict') return { kind: 'retry', reason: 'being-sent' };
  telemetry.info(log, { subject: write.record.subject, reason: reasons.map(({ code }) => code).join(' ') });
  const { connection } = draft;
  if (way === 'withhold') telemetry.measure('Withheld', 1, { connection });
  else telemetry.measure('Refused', 1, { connection });
  await publishOutbox(dependencies, write.record);
  return { kind: 'done' };
}

/** Whoever put a file into the folder for e-invoices wrote no command. */
async function forSender({ connection, file }: Draft, reasons: readonly Reason[]): Promise<readonly Reason[]> {
  if (file?.key === undefined || !isDropped(connection, file.key)) return reasons;
  const { inWordsOfFolder } = await import('../../shared/documents/dropped-file.ts');
  return inWordsOfFolder(reasons, file.key);
}

const sentenceOf = (reasons: readonly Reason[]) => ({
  fr: reasons.map(({ fr }) => fr).join(' '),
  en: reasons.map(({ en }) => en).join(' '),
});

interface Declined {
  way: Way;
  reasons: Reason[];
  command: Told['command'];
}

function moveOf({ way, reasons, command }: Declined) {
  const message = way === 'withhold' ? { message: sentenceOf(reasons) } : {};
  const told: Told = { type: ways[way].event, reasons, ...message, ...(command ? { command } : {}) };
  const changes = { reasons, ...(command?.type === undefined ? {} : { command: command.type }) };
  return { name: ways[way].move, changes, events: [told] };
}

async function writeDown(
  { ledger, now }: SubmitDependencies,
  draft: Draft,
  declined: Declined,
): Promise<Write | 'known' | 'conflict'> {
  const at = now();
  const refusal = moveOf(declined);
  const first = begin(draft, refusal, at);
  if ((await ledger.write(first)) === 'written') return first;
  const existing = await ledger.get(draft.pk);
  if (!existing) return 'conflict';
  if (compareWithExisting(existing, draft) === 'known') return 'known';
  const messageIds = rememberedMessages(...draft.messageIds, ...existing.messageIds);
  const write = isEnded(existing)
    ? begin({ ...draft, messageIds }, refusal, at, existing)
    : begin(asMessage(draft), moveOf(besideLiving(existing, declined)), at);
  if ((await ledger.write(write)) === 'written') return write;
  // Under the message's own key there can only be the same refusal, written by another delivery.
  return write.record.pk === draft.pk ? 'conflict' : 'known';
}

/** Whoever reads the refusal must not take the earlier invoice for refused. */
const besideLiving = (living: Living, { reasons, ...declined }: Declined): Declined => ({
  ...declined,
  reasons: firstReasons([...reasons, livesOn(living)]),
});

/**
 * Makes a draft about the message, not about the invoice with that number: an ERP that books by subject must not mix
 * them.
 */
export function asMessage(draft: Draft): Draft {
  const [messageId = ''] = draft.messageIds;
  return { ...draft, ...keysOfMessage(draft.connection, messageId) };
}
