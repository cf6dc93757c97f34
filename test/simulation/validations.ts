import type { Transport } from '../../shared/chorus-pro/transport.ts';
import type { ValidationEvent } from '../../shared/messaging/validation-event.ts';
import { retryDelaySeconds } from '../../shared/messaging/retry-reasons.ts';
import { seededRandom } from '../../tools/chorus-pro-simulator/faults.ts';
import { RECIPIENTS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { relay, type Relay } from '../support/relay.ts';

/** A hundred requests to validate on the clock, while every fifth call is disturbed. */

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const requests = 100;
const depositsEnd = 10 * dayMs;
const end = 30 * dayMs;
const step = 3 * hour;
const disturbed = 0.2;

type Random = () => number;

interface Request {
  id: number;
  number: string;
  depositedAt: number;
  /** Somebody ended it on the portal. */
  onPortal: boolean;
}

interface Message {
  id: string;
  /** Of the request that it answers. */
  number: string;
  body: object;
  at: number;
  receives: number;
}

interface Heard {
  at: number;
  event: ValidationEvent;
}

export interface Outcome {
  violations: string[];
}

/** How a disturbed call ends, with or without its effect. */
const disturbances: readonly ((wire: Transport, request: Parameters<Transport>[0]) => ReturnType<Transport>)[] = [
  () => Promise.resolve({ kind: 'lost', why: 'ECONNRESET' }),
  () => Promise.resolve({ kind: 'not-connected', why: 'ECONNREFUSED' }),
  async (wire, request) => {
    await wire(request);
    return { kind: 'lost', why: 'TimeoutError' };
  },
  () => Promise.resolve({ kind: 'response', status: 503, headers: {}, body: '<html>maintenance</html>' }),
  async (wire, request) => {
    await wire(request);
    return { kind: 'response', status: 504, headers: {}, body: '<html>timeout</html>' };
  },
  async (wire, request) => {
    const sending = await wire(request);
    return sending.kind === 'response' ? { ...sending, body: sending.body.slice(0, sending.body.length / 2) } : sending;
  },
];

const during = ([from, to]: readonly [number, number], at: number): boolean => at >= from && at < to;

/** Plays one seed from the first deposit until every request has ended. */
export async function run(seed: number): Promise<Outcome> {
  const random = seededRandom(seed);
  const from = (most: number): number => random() * most;
  const closedFrom = from(24 * dayMs);
  const closed = [closedFrom, closedFrom + from(4 * dayMs)] as const;
  const stoppedFrom = from(24 * dayMs);
  // Two days lie between the last reminder and the fifteenth day.
  const stopped = [stoppedFrom, stoppedFrom + from(1.5 * dayMs)] as const;
  let passed = 0;
  const transport =
    (wire: Transport): Transport =>
    (request) => {
      if (during(closed, passed)) return Promise.resolve({ kind: 'not-connected', why: 'ECONNREFUSED' });
      if (request.url.endsWith('token') || random() >= disturbed) return wire(request);
      const strike = disturbances[Math.floor(from(disturbances.length))];
      return strike ? strike(wire, request) : wire(request);
    };
  const model = { answersTwice: 'taken', validatedForMs: from(4 * hour), searchLagMs: from(2 * hour) } as const;
  const world = relay({ settings: { validations: {} }, transport, model });
  const heard: Heard[] = [];
  deafen(world, heard, random, () => passed);

  const asked: Request[] = [];
  const messages: Message[] = [];
  const deposits = Array.from({ length: requests }, () => from(depositsEnd)).sort((a, b) => a - b);
  for (; passed < end; passed += step) {
    while (deposits[0] !== undefined && deposits[0] <= passed) {
      deposits.shift();
      asked.push(deposit(world, asked.length, passed));
    }
    actOnPortal(world, asked, random);
    if (!during(stopped, passed)) {
      await world.pollValidations().catch(() => undefined);
      orderAnswers(heard, messages, { random, passed });
      await deliver(world, messages, { random, passed });
    }
    world.advance(step / minute);
  }
  return { violations: violationsOf(world, { asked, heard, messages }) };
}

/** Publishing fails at times, before or after the ERP has heard. */
function deafen(world: Relay, heard: Heard[], random: Random, now: () => number): void {
  world.dependencies.publishValidation = (events) => {
    const chance = random();
    if (chance < 0.03) return Promise.reject(new Error('not published'));
    heard.push(...events.map((event) => ({ at: now(), event })));
    return chance < 0.06 ? Promise.reject(new Error('published, but nobody knows')) : Promise.resolve();
  };
}

function deposit(world: Relay, nth: number, depositedAt: number): Request {
  const number = `ST-${nth}`;
  const parties = { subcontractor: SUPPLIERS.subcontractor, recipient: RECIPIENTS.nothingMandatory };
  const validator = nth % 5 === 0 ? SUPPLIERS.agency : SUPPLIERS.company;
  const id = world.model.askValidation({ number, ...parties, validator, net: 100 + nth, vat: 20 });
  return { id, number, depositedAt, onPortal: false };
}

/** One in a thousand is answered on the portal at each step: some five of a hundred. */
function actOnPortal(world: Relay, asked: Request[], random: Random): void {
  for (const request of asked) {
    if (random() >= 0.001 || world.model.invoice(request.id)?.status !== 'A_VALIDER_1') continue;
    world.model.setStatus(request.id, random() < 0.5 ? 'VALIDEE_1' : 'REFUSEE_1');
    request.onPortal = true;
  }
}

/** The ERP answers two of three requests when it hears of them, at once or days later; some it answers twice. */
function orderAnswers(heard: readonly Heard[], messages: Message[], { random, passed }: Now): void {
  for (const { at, event } of heard) {
    if (at !== passed || !event.data.actionNeeded || event.data.reasons || random() >= 0.4) continue;
    const { number = '' } = event.data;
    const orders = random() < 0.2 ? 2 : 1;
    for (let nth = 0; nth < orders; nth += 1) {
      const decision = random() < 0.7 ? { decision: 'accept' } : { decision: 'refuse', reason: 'AUTRE' };
      const request = { subcontractor: SUPPLIERS.subcontractor, number };
      const body = { type: 'validation.answer', version: 1, connection: 'example', request, ...decision };
      messages.push({ id: `m-${messages.length}`, number, body, at: passed + random() * 2 * dayMs, receives: 0 });
    }
  }
}

interface Now {
  random: Random;
  passed: number;
}

/** At least once: a message that is done may come again, also while it is being handled. */
async function deliver(world: Relay, messages: Message[], { random, passed }: Now): Promise<void> {
  const due = messages.filter(({ at }) => at <= passed);
  const twice = due.filter(() => random() < 0.1);
  await Promise.all(
    [...due, ...twice].map(async (message) => {
      message.receives += 1;
      const { id: messageId, receives, body } = message;
      const done = await world.submit(body, { messageId, redelivered: receives > 1 }).catch(() => undefined);
      if (done?.kind === 'done') message.at = random() < 0.1 && receives < 5 ? passed + dayMs : Infinity;
      else message.at = passed + (done?.kind === 'retry' ? retryDelaySeconds(done.reason, receives, 0.5) : 60) * 1_000;
    }),
  );
}

interface Seen {
  asked: readonly Request[];
  heard: readonly Heard[];
  messages: readonly Message[];
}

/** What we promise, against what Chorus Pro and the ERP have seen. */
function violationsOf(world: Relay, { asked, heard, messages }: Seen): string[] {
  const { answers } = world.model.effects;
  const of = (id: number) => heard.filter(({ event }) => event.data.chorusProId === id);
  const typeOf = ({ event }: Heard) => event.type.split('.')[2];
  const violations: string[] = [];
  const expect = (isSo: boolean | undefined, what: string) => {
    if (!isSo) violations.push(what);
  };
  for (const { id, number, depositedAt, onPortal } of asked) {
    const given = answers[id] ?? [];
    const told = of(id);
    const silent = given.length === 0 && !onPortal;
    const before = (days: number) => told.some(({ at }) => at < depositedAt + days * dayMs);
    expect(given.length <= 1, `${number} was answered ${given.length} times`);
    expect(!silent || before(15), `${number} reached its fifteenth day untold`);
    const reminded = told.some(({ at, event }) => event.data.day >= 13 && at < depositedAt + 15 * dayMs);
    expect(!silent || reminded, `${number} reached its fifteenth day without its last reminder`);
    expect(
      !silent || told.some((one) => typeOf(one) === 'tacit'),
      `${number} was accepted in silence, and nobody told`,
    );
    const ids = new Set(told.filter((one) => typeOf(one) !== 'answer-refused').map(({ event }) => event.id));
    // Three as time passes, and its end; or an answer to each message that answers it.
    const answered = messages.filter((message) => message.number === number).length;
    expect(ids.size <= 3 + Math.max(1, answered), `${number} was told by ${ids.size} events`);
    for (const { event } of told.filter((one) => typeOf(one) === 'answered' && one.event.data.by === 'relay')) {
      const right = event.data.outcome === 'accepted' ? 'VALIDATION' : 'REFUS';
      expect(given[0] === right || onPortal, `${number} is told as ${event.data.outcome}, and was not`);
    }
  }
  for (const { id, at } of messages) {
    const replies = heard.filter(({ event }) => event.data.command?.messageId === id);
    const refusals = world.published.filter(({ data }) => data.command?.messageId === id);
    const ends = new Set([...replies.map(({ event }) => event.id), ...refusals.map((event) => event.id)]);
    expect(ends.size <= 1, `the command ${id} ended ${ends.size} times`);
    expect(ends.size === 1 || at < Infinity, `the command ${id} is done, and nobody was told`);
  }
  return violations;
}
