import type { PollDependencies } from '../../functions/poll-statuses/dependencies.ts';
import { pollStatuses } from '../../functions/poll-statuses/poll-statuses.ts';
import type { SubmitDependencies } from '../../functions/submit-invoice/dependencies.ts';
import { processMessage } from '../../functions/submit-invoice/process-message.ts';
import { accessTo } from '../../shared/chorus-pro/chorus-pro.ts';
import type { CredentialsSource } from '../../shared/connection/credentials.ts';
import { InMemoryDocumentStore } from '../support/in-memory-document-store.ts';
import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import { InMemoryLedger } from '../support/in-memory-ledger.ts';
import { faultCount, runBatch } from '../../shared/messaging/batch-runner.ts';
import { silentTelemetry } from '../support/silent-telemetry.ts';
import type { ChorusPro } from '../../tools/chorus-pro-simulator/index.ts';
import { modelUrls } from '../support/model-transport.ts';
import { heldConnections, type Settings } from '../support/example-connection.ts';
import { exampleCredentials } from '../support/relay.ts';
import type { Chance } from './chance.ts';
import { effectOf, type CommandEffect } from './command-invariants.ts';
import { Erp } from './erp.ts';
import { Host } from './host.ts';
import { networkOf, platformOf } from './network.ts';
import { SimulatedQueue } from './queue.ts';
import { faultsLast, type Schedule } from './schedule.ts';
import type { Story, Timeline } from './timeline.ts';
import { connectionsOf } from './works.ts';

/** The secret's version while its password is wrong. */
const wrongVersion = 'v2';

/** As the template has them. */
const timeouts = { submit: 60_000, poll: 300_000 } as const;

interface Makings {
  schedule: Schedule;
  timeline: Timeline;
  chance: Chance;
  story: Story;
}

/** Everything that outlives a function: AWS's services and Chorus Pro, on one timeline. */
export class World {
  readonly ledger: InMemoryLedger;
  readonly documents = new InMemoryDocumentStore();
  readonly published: InvoiceEvent[] = [];
  /** The ids of the reminders of retentions that were sent. */
  readonly reminders: string[] = [];
  readonly model: ChorusPro;
  readonly queue: SimulatedQueue;
  readonly erp: Erp;
  readonly schedule: Schedule;
  readonly commandEffects: CommandEffect[] = [];
  /** Calls made with credentials that the ledger had suspended. */
  readonly badCalls: string[] = [];
  /** How many calls each lasting trouble met. */
  readonly met: Record<string, number> = {};
  private suspendedAt = -Infinity;
  /** Calls that reached Chorus Pro. */
  handled = 0;
  private readonly connections: Settings;
  private readonly timeline: Timeline;
  private readonly chance: Chance;
  private readonly story: Story;
  private readonly hosts = new Map<string, Worker>();
  private launched = 0;

  constructor({ schedule, timeline, chance, story }: Makings) {
    this.schedule = schedule;
    this.timeline = timeline;
    this.ledger = new InMemoryLedger(() => new Date(timeline.now()));
    this.chance = chance;
    this.story = story;
    this.connections = connectionsOf(schedule);
    this.model = platformOf(schedule, { timeline, chance, story });
    this.model.observe(() => (this.handled += 1));
    this.queue = new SimulatedQueue(timeline, () => this.deliver());
    this.erp = new Erp({ schedule, timeline, chance, story, queue: this.queue });
  }

  /** The event source mapping: it gives visible messages to idle functions, a few at a time, in any order. */
  private deliver(): void {
    for (const slot of ['submit-1', 'submit-2', 'submit-3']) {
      const visible = this.queue.visible();
      if (visible.length === 0) return;
      const worker = this.worker(slot);
      if (worker.host.busy) continue;
      const place = this.chance.next(`${slot} batch`);
      const batch = visible.filter((id) => this.chance.number(`${place} ${id}`) < 0.7).slice(0, 3);
      const records = (batch.length > 0 ? batch : visible.slice(0, 1)).flatMap((id) => this.queue.receive(id) ?? []);
      if (records.length > 0) this.run(worker, records);
    }
  }

  private run(worker: Worker, records: ReturnType<typeof this.queue.receive>[]): void {
    const Records = records.flatMap((record) => record ?? []);
    const { host } = worker;
    const endsAt = this.timeline.now() + timeouts.submit;
    const deadline = { remainingMs: () => endsAt - 3_000 - this.timeline.now() };
    this.story.tell(`${host.name} receives ${Records.map(({ messageId }) => messageId).join(', ')}`);
    void host
      .invoke(timeouts.submit, async () => {
        const { batchItemFailures } = await runBatch(
          { Records },
          ({ messageId, body, attributes }) => {
            const redelivered = attributes.ApproximateReceiveCount !== '1';
            const sentAt = new Date(Number(attributes.SentTimestamp));
            const message = { messageId, body, sentAt, redelivered, senderId: 'AIDAERP' };
            return processMessage(message, worker.dependencies, deadline);
          },
          {
            queue: this.queueFor(host),
            telemetry: silentTelemetry,
            now: worker.dependencies.now,
            random: () => this.chance.number(this.chance.next('jitter')),
            countFault: faultCount(worker.dependencies.ledger, worker.dependencies.now),
          },
        );
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const { messageId } of Records) if (!failed.has(messageId)) this.deleteMessage(host, messageId);
      })
      .then(() => this.deliver());
  }

  /** A deletion may be lost: the message comes again. */
  private deleteMessage(host: Host, messageId: string): void {
    const place = this.chance.next(`${host.name} delete`);
    if (this.chance.fault(place, { lost: 1 }, this.rate() * 0.5))
      this.story.tell(`${place}: lost, ${messageId} comes again`);
    else this.queue.delete(messageId);
  }

  private queueFor(host: Host) {
    return {
      hide: ({ messageId }: { messageId: string }, seconds: number) =>
        host.aws('sqs.hide', () => this.queue.hide(messageId, seconds * 1000)),
      moveToDeadLetters: (record: Parameters<SimulatedQueue['moveToDeadLetters']>[0], why: string) =>
        host.aws('sqs.deadLetter', () => this.queue.moveToDeadLetters(record, why)),
    };
  }

  /** One poll; two of them may run at once. */
  poll(slot: string): void {
    const worker = this.worker(slot);
    if (worker.host.busy) return;
    const endsAt = this.timeline.now() + timeouts.poll;
    const deadline = { remainingMs: () => endsAt - 3_000 - this.timeline.now() };
    void worker.host.invoke(timeouts.poll, async () => {
      await pollStatuses('example', worker.dependencies, deadline);
    });
  }

  /** The warm function of a slot. After a crash it is a new one that remembers nothing. */
  private worker(slot: string): Worker {
    const known = this.hosts.get(slot);
    if (known && !known.host.dead) return known;
    this.launched += 1;
    const { timeline, chance, story } = this;
    const host = new Host(`${slot}#${this.launched}`, { timeline, chance, story, rate: () => this.rate() });
    const worker = { host, dependencies: this.dependenciesOf(host) };
    this.hosts.set(slot, worker);
    return worker;
  }

  private rate(): number {
    return faultsLast(this.schedule, this.timeline.now()) ? this.schedule.rate : 0;
  }

  private dependenciesOf(host: Host): SubmitDependencies & PollDependencies {
    const { timeline, chance, story, model, schedule, ledger: store, documents: objects } = this;
    const skew = (chance.number(`${host.name} skew`) * 2 - 1) * schedule.skewMs;
    const now = () => new Date(timeline.now() + skew);
    const ledger: PollDependencies['ledger'] = {
      get: (pk) => host.aws('ledger.get', () => store.get(pk)),
      write: (write) => host.aws(`ledger.${write.transition}`, () => store.write(write)),
      due: (connection, query) => host.aws('ledger.due', () => store.due(connection, query)),
      silent: (connection, query) => host.aws('ledger.silent', () => store.silent(connection, query)),
      oldestOpen: (connection) => host.aws('ledger.oldestOpen', () => store.oldestOpen(connection)),
      recall: (name) => host.aws('ledger.recall', () => store.recall(name)),
      remember: (name, value, until) =>
        host.aws('ledger.remember', () => {
          const wrongOnes = 'version' in value && value.version === wrongVersion;
          if (name.startsWith('suspension#') && wrongOnes) this.suspendedAt = timeline.now();
          return store.remember(name, value, until);
        }),
      swap: (name, swap) => host.aws('ledger.swap', () => store.swap(name, swap)),
    };
    const met = (trouble: string) => (this.met[trouble] = (this.met[trouble] ?? 0) + 1);
    const handled = (call: Parameters<typeof effectOf>[0]) => void this.commandEffects.push(...effectOf(call));
    const network = { timeline, chance, story, model, schedule, handled, met, rate: () => this.rate() };
    const shared = { ledger, telemetry: silentTelemetry, now };
    const send = networkOf(host, network);
    return {
      ...shared,
      documents: {
        get: (key, maxBytes) => host.aws('s3.get', () => objects.get(key, maxBytes)),
        put: (key, bytes) => host.aws('s3.put', () => objects.put(key, bytes)),
      },
      access: accessTo({
        ...shared,
        connections: heldConnections(this.connections),
        credentials: (connection, how) => host.aws('secret.get', () => this.credentials(connection, how)),
        transport: (request) => {
          this.checkSuspension(request.headers);
          return send(request);
        },
        memory: ledger,
        wait: (ms) => timeline.wait(ms),
        urls: modelUrls,
      }),
      publish: (events) =>
        host.aws('sns.publish', () => {
          this.published.push(...events);
          this.erp.hear(events);
        }),
      remind: (events) => host.aws('sns.remind', () => void this.reminders.push(...events.map(({ id }) => id))),
      publishValidation: () => Promise.reject(new Error('nothing is validated here')),
      publishWorks: (events) => host.aws('sns.publish', () => this.erp.hearOfWorks(events)),
      send: (body) => host.aws('sqs.send', () => this.queue.send(body)),
    };
  }

  /** Once the ledger says that the credentials are suspended, no call may use them for an hour. */
  private checkSuspension(headers: Record<string, string>): void {
    const [, password] = Buffer.from(headers['cpro-account'] ?? '', 'base64')
      .toString()
      .split(':');
    const since = this.timeline.now() - this.suspendedAt;
    // A running function, or one that has just read the ledger, may not know yet. At the end, clocks differ.
    if (password === 'wrong' && since > 3 * 60_000 && since < 57 * 60_000)
      this.badCalls.push('a call was made with suspended credentials');
  }

  private readonly credentials: CredentialsSource = async (connection) => {
    const right = await exampleCredentials(connection);
    const { wrongPassword: wrong } = this.schedule;
    const now = this.timeline.now();
    if (!right || !wrong || now < wrong.from) return right;
    return now < wrong.to
      ? { ...right, technicalPassword: 'wrong', version: wrongVersion }
      : { ...right, version: 'v3' };
  };
}

interface Worker {
  host: Host;
  dependencies: SubmitDependencies & PollDependencies;
}
