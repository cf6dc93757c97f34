import type { Deadline } from '../../shared/aws/runtime.ts';
import type { SendTurns, Turn } from '../../shared/messaging/turn.ts';
import type { MailDependencies, MailReport } from '../morning-mail/morning-mail.ts';
import type { OrdersDependencies, OrdersReport } from '../poll-orders/poll-orders.ts';
import type { PollDependencies, PollReport } from '../poll-statuses/dependencies.ts';
import { pollStatuses } from '../poll-statuses/poll-statuses.ts';
import type { ValidationDependencies, ValidationsReport } from '../poll-validations/dependencies.ts';

export interface TurnDependencies {
  statuses: PollDependencies;
  validations: ValidationDependencies;
  orders: OrdersDependencies;
  mail: MailDependencies;
  giveTurns: SendTurns;
}

export type TurnReport = PollReport | ValidationsReport | OrdersReport | MailReport;

/** Turns of one connection without a pause. After these it waits for its interval, like every other. */
const mostInARow = 5;

/**
 * Carries out one turn. It changes nothing if it is taken twice, and what a lost one leaves undone, the next one does:
 * each reads from what the ledger remembers. What few connections have is loaded when it is needed.
 */
export async function takeTurn(turn: Turn, dependencies: TurnDependencies, deadline: Deadline): Promise<TurnReport> {
  const { connection, what } = turn;
  switch (what) {
    case 'statuses': {
      const report = await pollStatuses(connection, dependencies.statuses, deadline);
      if (report.unfinished) await takeAnother(turn, dependencies);
      return report;
    }
    case 'validations': {
      const { pollValidations } = await import('../poll-validations/poll-validations.ts');
      return pollValidations(connection, dependencies.validations, deadline);
    }
    case 'orders': {
      const { pollOrders } = await import('../poll-orders/poll-orders.ts');
      return pollOrders(connection, dependencies.orders, deadline);
    }
    case 'mail': {
      const { sendMorningMail } = await import('../morning-mail/morning-mail.ts');
      return sendMorningMail(connection, dependencies.mail);
    }
  }
}

/** A connection with much to do goes on at once, but behind those that wait. */
async function takeAnother({ before, ...turn }: Turn, { giveTurns }: TurnDependencies): Promise<void> {
  if (before + 1 < mostInARow) await giveTurns([{ ...turn, before: before + 1 }]);
}
