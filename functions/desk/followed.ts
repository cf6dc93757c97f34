/** What became of what was asked at the desk, as far as the ledger shows it. */
import type { Said } from '../../shared/invoice/spoken.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { commandKey, type RecordView } from '../../shared/ledger/record.ts';
import type { Note } from '../../shared/validations/notes.ts';
import { decisionOf, isDecision } from './actions/asked.ts';
import type { DeskRequest } from './actions/requests.ts';
import type { Followed } from './pages/requests.ts';

type End = Pick<Followed, 'end' | 'reasons'>;

/** @param endOf how the command of a message ended, if what it is about shows that */
async function followed(
  requests: readonly DeskRequest[],
  ledger: Pick<Ledger, 'get'>,
  endOf: (request: DeskRequest, messageId: string) => End | undefined,
): Promise<Followed[]> {
  return Promise.all(
    requests.map(async (request): Promise<Followed> => {
      const { messageId, failed, unsure } = request;
      if (unsure) return { ...request, end: 'unsure', reasons: [] };
      if (failed) return { ...request, end: 'failed', reasons: [] };
      if (messageId === undefined) return { ...request, end: 'waiting', reasons: [] };
      const end = endOf(request, messageId) ?? (await refusedAsMessage(messageId, ledger));
      return { ...request, ...(end ?? { end: 'waiting', reasons: [] }) };
    }),
  );
}

/** A command that was refused before it reached its invoice has a record of its own. */
async function refusedAsMessage(messageId: string, ledger: Pick<Ledger, 'get'>): Promise<End | undefined> {
  const own: RecordView | undefined = await ledger.get(commandKey(messageId));
  return own?.state === 'refused' ? { end: 'not-done', reasons: own.reasons ?? [] } : undefined;
}

const endOf = (isDone: boolean, why: readonly Said[] = []): End =>
  isDone ? { end: 'done', reasons: [] } : { end: 'not-done', reasons: why };

/** About an invoice. A command that only reads leaves no other trace than its end. */
export const followedOf = (
  requests: readonly DeskRequest[],
  { endedCommands = [], answered, refusedCommand }: RecordView,
  ledger: Pick<Ledger, 'get'>,
): Promise<Followed[]> =>
  followed(requests, ledger, ({ type, at }, messageId) => {
    if (!endedCommands.includes(messageId)) return undefined;
    if (refusedCommand?.messageId === messageId) return endOf(false, refusedCommand.reasons);
    return endOf(type === 'invoice.status' || (answered?.type === type && answered.at >= at));
  });

const outcomes = { accept: 'accepted', refuse: 'refused' } as const;

/** The answers to a request to validate. */
export const followedAnswers = (
  requests: readonly DeskRequest[],
  { end, endedMessages, refusedAnswer }: Note,
  ledger: Pick<Ledger, 'get'>,
): Promise<Followed[]> =>
  followed(requests, ledger, ({ type }, messageId) => {
    if (!endedMessages.includes(messageId)) return undefined;
    return endOf(isDecision(type) && end?.outcome === outcomes[decisionOf(type)], refusedAnswer?.why);
  });
