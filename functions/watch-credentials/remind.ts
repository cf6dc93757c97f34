import * as z from 'zod';
import type { CredentialsReminder } from '../../shared/messaging/credentials-event.ts';
import type { EventPublisher, TellOperations } from '../../shared/messaging/senders.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import { daysBetween } from './days.ts';
import { messageOf, sentencesOf, type Reminded } from './reminder-texts.ts';

/** Somebody is told so many days before the end, on its day, and on each day after it. */
export const noticeDays = [14, 7, 3, 1] as const;

/** The notice that so few days left call for: one of the list, or the days themselves from the end on. */
export const noticeOf = (daysLeft: number): number | undefined =>
  daysLeft <= 0 ? daysLeft : noticeDays.findLast((days) => daysLeft <= days);

/** An end that is read one day and reckoned the next may move a little; one that moves further is a renewed credential's. */
const sameEndDays = 2;

const saidSchema = z.object({ due: z.iso.date(), notice: z.int() });

export interface RemindDependencies {
  memory: Memory;
  publish: EventPublisher<CredentialsReminder>;
  tell: TellOperations;
  now: () => Date;
}

/**
 * Says each notice once: after a day that was missed the one that is overdue, on a second run of the same day nothing. The
 * event, which consumers know again by its id, goes first: only a crash right after the e-mail can send that twice.
 */
export async function remind(reminded: Reminded, dependencies: RemindDependencies): Promise<boolean> {
  const { memory, publish, tell, now } = dependencies;
  const { connection, credential, due, daysLeft } = reminded;
  const notice = noticeOf(daysLeft);
  if (notice === undefined) return false;
  const name = `reminder#${connection.name}#${credential}`;
  const said = saidSchema.safeParse(await memory.recall(name)).data;
  if (said && said.notice <= notice && daysBetween(said.due, due) <= sameEndDays) return false;
  await publish([eventOf(reminded, notice, now())]);
  await tell(messageOf(reminded));
  await memory.remember(name, { due, notice });
  return true;
}

function eventOf(reminded: Reminded, notice: number, now: Date): CredentialsReminder {
  const { connection, credential, due, daysLeft } = reminded;
  return {
    specversion: '1.0',
    id: `credentials#${connection.name}#${credential}#${due}#${notice}`,
    source: `chorus-relay/${connection.name}`,
    type: 'chorus-relay.credentials.reminder.v1',
    subject: credential,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: {
      connection: connection.name,
      environment: connection.environment,
      credential,
      due,
      daysLeft,
      actionNeeded: true,
      message: sentencesOf(reminded),
    },
  };
}
