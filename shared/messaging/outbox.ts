import type { EventPublisher } from './event-publisher.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { move } from '../ledger/transition.ts';

export interface OutboxDependencies {
  ledger: Ledger;
  publish: EventPublisher;
  telemetry: Telemetry;
  now: () => Date;
}

/**
 * Publishes what a record's outbox holds, then empties it. Never throws for the publishing itself: what stays behind is
 * due, and the next poll publishes it. A crash between the two steps publishes again; consumers drop known ids.
 */
export async function publishOutbox(dependencies: OutboxDependencies, record: LedgerRecord): Promise<void> {
  const { ledger, publish, telemetry, now } = dependencies;
  if (record.outbox.length === 0) return;
  try {
    await publish(record.outbox);
    // A conflict means that the record moved on meanwhile, and its outbox with it: whoever moved it publishes.
    await ledger.write(move(record, { name: 'publish', now: now() }));
  } catch (error) {
    telemetry.warn('EVENTS_LEFT', { subject: record.subject, error: String(error) });
  }
}
