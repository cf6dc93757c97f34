import type { PollDependencies, PollReport } from '../../functions/poll-statuses/dependencies.ts';
import type { ValidationsReport } from '../../functions/poll-validations/dependencies.ts';
import { pollValidations } from '../../functions/poll-validations/poll-validations.ts';
import { pollStatuses } from '../../functions/poll-statuses/poll-statuses.ts';
import type { SubmitDependencies } from '../../functions/submit-invoice/dependencies.ts';
import type { Message } from '../../functions/submit-invoice/draft.ts';
import { processMessage } from '../../functions/submit-invoice/process-message.ts';
import { accessTo } from '../../shared/chorus-pro/chorus-pro.ts';
import type { Transport } from '../../shared/chorus-pro/transport.ts';
import type { CredentialsSource } from '../../shared/connection/credentials.ts';
import { InMemoryDocumentStore } from './in-memory-document-store.ts';
import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import type { WorksDocumentEvent } from '../../shared/messaging/works-event.ts';
import { InMemoryLedger } from './in-memory-ledger.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { RetentionDue } from '../../shared/messaging/retention-event.ts';
import type { ValidationEvent } from '../../shared/messaging/validation-event.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';
import { silentTelemetry } from './silent-telemetry.ts';
import {
  createChorusPro,
  createFaultPlan,
  drivenClock,
  EXAMPLE_CREDENTIALS,
  type ChorusPro,
  type FaultPlan,
} from '../../tools/chorus-pro-simulator/index.ts';
import { exampleConnectionsWith, heldConnections, type Settings } from './example-connection.ts';
import { modelTransport, modelUrls } from './model-transport.ts';

export const exampleCredentials: CredentialsSource = () =>
  Promise.resolve({
    pisteClientId: EXAMPLE_CREDENTIALS.clientId,
    pisteClientSecret: EXAMPLE_CREDENTIALS.clientSecret,
    technicalLogin: EXAMPLE_CREDENTIALS.technicalAccount,
    technicalPassword: EXAMPLE_CREDENTIALS.technicalPassword,
    version: 'v1',
  });

/**
 * The relay's real behaviours over memory and Chorus Pro's model: everything but the wire, on a clock that is driven.
 */
export interface Relay {
  model: ChorusPro;
  faults: FaultPlan;
  ledger: InMemoryLedger;
  documents: InMemoryDocumentStore;
  /** Every event that was published, in order; an event published twice is here twice. */
  published: InvoiceEvent[];
  /** Reminders of retentions. */
  reminders: RetentionDue[];
  /** The events about works documents that it did not send. */
  worksTold: WorksDocumentEvent[];
  /** The same of the events about requests to validate. */
  validationEvents: ValidationEvent[];
  /** What the relay put on its own queue. */
  sent: string[];
  now: () => Date;
  advance(minutes: number): void;
  submit(command: object | string, message?: Partial<Omit<Message, 'body'>>): Promise<Disposition>;
  poll(): Promise<PollReport>;
  pollValidations(): Promise<ValidationsReport>;
  /** Functions start anew. */
  reopen(): void;
  dependencies: SubmitDependencies & PollDependencies;
}

export interface RelayOptions {
  model?: Parameters<typeof createChorusPro>[0]['options'];
  world?: Parameters<typeof createChorusPro>[0]['world'];
  transport?: (transport: Transport) => Transport;
  credentials?: CredentialsSource;
  telemetry?: Telemetry;
  /** Settings of the connection that differ from the example's. */
  settings?: object;
  /** Instead: connections that the test may change. */
  connections?: Settings;
  /** The desk's role, where there is a desk. */
  deskRole?: string;
}

const start = Date.UTC(2026, 10, 23, 9);

export function relay({
  model: options = {},
  world,
  transport = (same) => same,
  credentials,
  telemetry,
  settings,
  connections = exampleConnectionsWith(settings),
  deskRole,
}: RelayOptions = {}): Relay {
  const clock = drivenClock({ start });
  const model = createChorusPro({ clock, options, ...(world ? { world } : {}) });
  const faults = createFaultPlan({ clock });
  const documents = new InMemoryDocumentStore();
  const published: InvoiceEvent[] = [];
  const reminders: RetentionDue[] = [];
  const worksTold: WorksDocumentEvent[] = [];
  const validationEvents: ValidationEvent[] = [];
  const sent: string[] = [];
  const now = () => new Date(clock.now());
  const ledger = new InMemoryLedger(now);
  const shared = { ledger, telemetry: telemetry ?? silentTelemetry, now };
  let messages = 0;
  const open = () =>
    accessTo({
      connections: heldConnections(connections),
      credentials: credentials ?? exampleCredentials,
      transport: transport(modelTransport(model, faults)),
      memory: ledger,
      wait: () => Promise.resolve(),
      urls: modelUrls,
      ...shared,
    });
  let access = open();
  const dependencies: Relay['dependencies'] = {
    ...shared,
    documents,
    access: (name) => access(name),
    deskRole,
    publish: (events) => {
      published.push(...events);
      return Promise.resolve();
    },
    remind: (events) => {
      reminders.push(...events);
      return Promise.resolve();
    },
    publishWorks: (events) => {
      worksTold.push(...events);
      return Promise.resolve();
    },
    publishValidation: (events) => {
      validationEvents.push(...events);
      return Promise.resolve();
    },
    send: (body) => {
      sent.push(body);
      return Promise.resolve();
    },
  };
  const deadline = { remainingMs: () => 57_000 };
  const turnDeadline = { remainingMs: () => timings.connectionTurn.ms - timings.reserveAfterTurn.ms };
  return {
    ...{ model, faults, ledger, documents, published, reminders, validationEvents, worksTold },
    ...{ sent, now, dependencies },
    advance: (minutes) => clock.advance(minutes * 60_000),
    submit: (
      command,
      { messageId = `message-${(messages += 1)}`, sentAt = now(), redelivered = false, senderId = 'AIDAERP' } = {},
    ) =>
      processMessage(
        {
          messageId,
          body: typeof command === 'string' ? command : JSON.stringify(command),
          sentAt,
          redelivered,
          senderId,
        },
        dependencies,
        deadline,
      ),
    reopen: () => {
      access = open();
    },
    poll: () => pollStatuses('example', dependencies, turnDeadline),
    pollValidations: () => {
      const { publishValidation: publish } = dependencies;
      return pollValidations('example', { ...dependencies, memory: ledger, publish }, turnDeadline);
    },
  };
}
