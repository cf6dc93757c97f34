import type { Access } from '../../shared/chorus-pro/access.ts';
import type { Ledger, Memory } from '../../shared/ledger/ledger.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';

export interface PollDependencies extends OutboxDependencies {
  ledger: Ledger & Memory;
  access: (connection: string) => Access | undefined;
  /** Puts a message on the queue of invoices: the relay's own `relay.resume`. */
  send: (body: string, connection: string) => Promise<void>;
}

export interface PollReport {
  connection: string;
  /** Records that wanted attention: left events, doubts, lapsed leases. */
  attended: number;
  /** Invoices whose status changed since the cursor, ours or not. */
  seen: number;
  /** Moves of the ledger that came of it. */
  recorded: number;
  /** Why it stopped before its end; the next poll goes on from there. */
  stopped?: string;
}
