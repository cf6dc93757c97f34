import type { Access, ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import type { Ledger, Memory } from '../../shared/ledger/ledger.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';

/** What poll-statuses depends on: real in the handler, in memory in tests. */
export interface PollDependencies extends OutboxDependencies {
  ledger: Ledger & Memory;
  access: (connection: string) => Access | undefined;
  /** Puts a message on the queue of invoices: the relay's own `relay.resume`. */
  send: (body: string, connection: string) => Promise<void>;
}

/** One poll of one connection. */
export interface Poll {
  dependencies: PollDependencies;
  chorusPro: ChorusPro;
}
