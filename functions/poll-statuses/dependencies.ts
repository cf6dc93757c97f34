import type { Access, ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import type { Ledger, Memory } from '../../shared/ledger/ledger.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';

/** What the function needs to be given. */
export interface PollDependencies extends OutboxDependencies {
  ledger: Ledger & Memory;
  access: (connection: string) => Access | undefined;
  /** Puts a message on the queue of invoices: the relay's own `relay.resume`. */
  send: (body: string, connection: string) => Promise<void>;
}

/** One poll of one connection: with these its records are processed. */
export interface Poll {
  dependencies: PollDependencies;
  chorusPro: ChorusPro;
}
