import { turnsOf } from '../../../functions/give-turns/give-turns.ts';
import { processMessage } from '../../../functions/submit-invoice/process-message.ts';
import { takeTurn, type TurnDependencies } from '../../../functions/take-turns/take-turn.ts';
import { accessTo, type AccessByName } from '../../../shared/chorus-pro/chorus-pro.ts';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import type { CredentialsSource } from '../../../shared/connection/credentials.ts';
import type { Connections } from '../../../shared/connection/connections.ts';
import { timings } from '../../../shared/facts/timings.ts';
import type { InvoiceEvent } from '../../../shared/invoice/events.ts';
import type { Turn } from '../../../shared/messaging/turn.ts';
import { createChorusPro, SUPPLIERS, type ChorusPro } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { heldConnections, settingsOf } from '../../support/example-connection.ts';
import { InMemoryDocumentStore } from '../../support/in-memory-document-store.ts';
import { InMemoryMailbox } from '../../support/in-memory-mailbox.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { modelTransport, modelUrls } from '../../support/model-transport.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { exampleCredentials } from '../../support/relay.ts';
import { VirtualTime } from '../../support/virtual-time.ts';

/**
 * A deployment with many connections on a virtual clock: turns are given each minute and wait for one of 25 places, and
 * each call takes 300 ms. Each connection has a Chorus Pro of its own; the ledger is one. A function that takes a turn
 * knows nothing of the connection, and has no token for it: the worst case.
 */

export const minute = 60_000;
const places = 25;
const start = Date.UTC(2026, 10, 23, 9);

type Trouble = 'bad password' | 'closed' | 'hangs';
const troubles: readonly Trouble[] = ['bad password', 'closed', 'hangs'];

/** In epoch milliseconds. */
export interface TurnTaken {
  connection: string;
  given: number;
  begun: number;
  ended: number;
  stopped: boolean;
}

/** A connection as Chorus Pro and PISTE see it. */
interface Party {
  model: ChorusPro;
  trouble?: Trouble;
  calls: { tokens: number; others: number };
}

const tellNobody = () => Promise.resolve();

export class ManyConnections {
  readonly names: readonly string[];
  readonly published: InvoiceEvent[] = [];
  readonly telemetry = recordedTelemetry();
  readonly taken: TurnTaken[] = [];
  /** The most turns beside each other. */
  mostAtOnce = 0;
  /** How long each call takes. */
  callMs = 300;
  private readonly time = new VirtualTime(start);
  private readonly now = () => new Date(this.time.now());
  readonly ledger = new InMemoryLedger(this.now);
  private readonly parties: ReadonlyMap<string, Party>;
  private readonly connections: Connections;
  private readonly brings: (turn: number) => number;
  private readonly waiting: { turn: Turn; given: number }[] = [];
  private atOnce = 0;
  private given = 0;

  /** @param brings how often SQS brings the turn with this number */
  constructor(count: number, brings: (turn: number) => number = () => 1) {
    this.brings = brings;
    this.names = Array.from({ length: count }, (_, i) => `builder-${i + 1}`);
    const companies = [{ name: 'Constructions Duval', siret: SUPPLIERS.company }];
    const settings = { label: 'A builder', environment: 'qualification', companies };
    this.connections = heldConnections(settingsOf(...this.names.map((name) => ({ ...settings, name }))));
    const party = () => ({ model: createChorusPro({ clock: this.time }), calls: { tokens: 0, others: 0 } });
    this.parties = new Map(this.names.map((name) => [name, party()]));
  }

  /** From now on, one in so many connections has a trouble. */
  breakDown(oneIn: number): void {
    for (const [i, name] of this.names.entries()) {
      const trouble = troubles[(i / oneIn) % troubles.length];
      if (trouble) this.party(name).trouble = trouble;
    }
  }

  party(name: string): Party {
    const party = this.parties.get(name);
    if (!party) throw new Error(`no connection ${name}`);
    return party;
  }

  /** The connections without a trouble. */
  get healthy(): string[] {
    return this.names.filter((name) => this.party(name).trouble === undefined);
  }

  get faults(): unknown[] {
    return this.telemetry.logged.filter(([, code]) => code === 'UNEXPECTED');
  }

  /** An invoice. The companies of all connections are one, so its number tells whose it is. */
  async deposit(name: string, number = `F-${name}`): Promise<void> {
    const command = submitCommand({ invoice: { number }, command: { connection: name } });
    const message = { messageId: number, body: JSON.stringify(command), sentAt: this.now() };
    const dependencies = {
      ...this.common,
      documents: new InMemoryDocumentStore(),
      access: this.opened(name),
      connections: this.connections,
      publishValidation: tellNobody,
    };
    const sent = { ...message, redelivered: false, senderId: 'AIDAERP' };
    const deadline = { remainingMs: () => 57_000 };
    await Promise.all([processMessage(sent, dependencies, deadline), this.leap(1)]);
  }

  /** These minutes pass without turns. */
  leap(minutes: number): Promise<void> {
    return this.time.passUntil(this.time.now() + minutes * minute);
  }

  /** Each of these minutes begins with its turns. */
  async pass(minutes: number): Promise<void> {
    for (let i = 0; i < minutes; i += 1) {
      for (const turn of turnsOf(await this.connections.roster(), this.now())) this.give(turn);
      await this.leap(1);
    }
  }

  private give(turn: Turn): void {
    this.given += 1;
    for (let times = this.brings(this.given); times > 0; times -= 1)
      this.waiting.push({ turn, given: this.time.now() });
    this.serve();
  }

  private serve(): void {
    while (this.atOnce < places) {
      const next = this.waiting.shift();
      if (!next) return;
      this.atOnce += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
      void this.take(next.turn, next.given).finally(() => {
        this.atOnce -= 1;
        this.serve();
      });
    }
  }

  private async take(turn: Turn, given: number): Promise<void> {
    const begun = this.time.now();
    const end = begun + timings.connectionTurn.ms - timings.reserveAfterTurn.ms;
    const shared = { ...this.common, access: this.opened(turn.connection) };
    const aside = { ...shared, memory: this.ledger, publish: tellNobody };
    const dependencies: TurnDependencies = {
      statuses: { ...shared, remind: tellNobody, publishWorks: tellNobody, send: tellNobody },
      validations: aside,
      orders: aside,
      mail: { ...aside, connections: this.connections, mailbox: new InMemoryMailbox() },
      giveTurns: (turns) => {
        for (const one of turns) this.give(one);
        return Promise.resolve();
      },
    };
    const report = await takeTurn(turn, dependencies, { remainingMs: () => end - this.time.now() });
    const { connection } = turn;
    this.taken.push({ connection, given, begun, ended: this.time.now(), stopped: 'stopped' in report });
  }

  get clock(): number {
    return this.time.now();
  }

  private get common() {
    return {
      ledger: this.ledger,
      telemetry: this.telemetry,
      now: this.now,
      publish: (events: readonly InvoiceEvent[]) => {
        this.published.push(...events);
        return Promise.resolve();
      },
    };
  }

  /** As a function does that has just started. */
  private opened(connection: string): AccessByName {
    return accessTo({
      ...{ connections: this.connections, telemetry: this.telemetry, memory: this.ledger },
      ...{ now: this.now, wait: this.time.wait, urls: modelUrls },
      credentials: this.credentialsOf(connection),
      transport: this.transportOf(connection),
    });
  }

  private credentialsOf(connection: string): CredentialsSource {
    return async () => {
      const known = await exampleCredentials(connection);
      return known && this.party(connection).trouble === 'bad password'
        ? { ...known, technicalPassword: 'of last year' }
        : known;
    };
  }

  private transportOf(connection: string): Transport {
    const party = this.party(connection);
    const answer = modelTransport(party.model);
    return async (request) => {
      const asksFor = request.url === modelUrls.PISTE_TOKEN_URL ? 'tokens' : 'others';
      party.calls[asksFor] += 1;
      const { trouble } = party;
      const hangs = trouble === 'hangs' && asksFor === 'others';
      await this.time.wait(hangs ? request.timeoutMs : this.callMs);
      if (hangs) return { kind: 'lost', why: 'TimeoutError' };
      return trouble === 'closed' ? { kind: 'response', status: 503, headers: {}, body: '' } : answer(request);
    };
  }
}
