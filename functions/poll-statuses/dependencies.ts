import type { AccessByName, ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import type { Ledger, Memory } from '../../shared/ledger/ledger.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';
import type { RetentionDue } from '../../shared/messaging/retention-event.ts';
import type { EventPublisher } from '../../shared/messaging/senders.ts';
import type { WorksDocumentEvent } from '../../shared/messaging/works-event.ts';

/** What a poll of statuses depends on: real in the handler, in memory in tests. */
export interface PollDependencies extends OutboxDependencies {
  ledger: Ledger & Memory;
  /** Publishes reminders of retentions. */
  remind: EventPublisher<RetentionDue>;
  publishWorks: EventPublisher<WorksDocumentEvent>;
  access: AccessByName;
  /** Puts a message on the queue of invoices: the relay's own `relay.resume`. */
  send: (body: string, connection: string) => Promise<void>;
}

/** One poll of one connection. */
export interface Poll {
  dependencies: PollDependencies;
  chorusPro: ChorusPro;
}

/** What one poll of one connection came to. */
export interface PollReport {
  connection: string;
  /** Records that needed attention: events left behind, doubts, leases that ran out. */
  attended: number;
  /** Invoices whose status changed since the cursor, ours or not. */
  seen: number;
  /** Moves of the ledger that came of it. */
  recorded: number;
  /** Why it stopped before its end; the next poll goes on from there. */
  stopped?: string;
  /** Nothing is open, and it was read not long ago: Chorus Pro was not asked. */
  quiet?: true;
  /** It got on, and only ran out of time: another poll at once gets on too. */
  unfinished?: true;
}
