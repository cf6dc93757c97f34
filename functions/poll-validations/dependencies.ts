import type { AccessByName } from '../../shared/chorus-pro/chorus-pro.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { EventPublisher } from '../../shared/messaging/senders.ts';
import type { ValidationEvent } from '../../shared/messaging/validation-event.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';

/** What poll-validations depends on: real in the handler, in memory in tests. */
export interface ValidationDependencies {
  access: AccessByName;
  memory: Memory;
  publish: EventPublisher<ValidationEvent>;
  telemetry: Telemetry;
  now: () => Date;
}

/** What one reading of a connection's requests came to. */
export interface ValidationsReport {
  connection: string;
  /** Requests that wait for an answer. */
  waiting: number;
  /** Those of them on day 13 or later. */
  atRisk: number;
  /** Events that were published. */
  told: number;
  /** Why a list could not be read to its end; the next reading tries again. */
  stopped?: string;
}
