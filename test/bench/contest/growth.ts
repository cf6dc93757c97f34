/** What the relay asks for while ever more invoices are followed: counts, which are the same on every machine. */
import { after } from '../../../shared/facts/fact.ts';
import { timings } from '../../../shared/facts/timings.ts';
import { invoiceKey } from '../../../shared/ledger/record.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';

/** Requests: calls to Chorus Pro, tokens left out, and those to the ledger. */
export interface Asked {
  calls: number;
  reads: number;
  writes: number;
}

export interface Grown {
  followed: number;
  /** One more invoice. */
  submit: Asked;
  /** A poll that finds nothing new. */
  idlePoll: Asked;
  /** A poll that finds twenty changes. */
  poll: Asked;
}

const changed = 20;
const sizes = [1_000, 10_000, 100_000];

/** @returns what was asked for since the last time */
function counting({ ledger, model }: Relay): () => Asked {
  const counts = { reads: 0, writes: 0 };
  const counted =
    <Given extends unknown[], Answer>(kind: keyof typeof counts, ask: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      counts[kind] += 1;
      return ask(...given);
    };
  ledger.get = counted('reads', ledger.get.bind(ledger));
  ledger.due = counted('reads', ledger.due.bind(ledger));
  ledger.silent = counted('reads', ledger.silent.bind(ledger));
  ledger.oldestOpen = counted('reads', ledger.oldestOpen.bind(ledger));
  ledger.recall = counted('reads', ledger.recall.bind(ledger));
  ledger.remember = counted('writes', ledger.remember.bind(ledger));
  ledger.swap = counted('writes', ledger.swap.bind(ledger));
  ledger.write = counted('writes', ledger.write.bind(ledger));
  const callsSoFar = () =>
    Object.entries(model.effects.calls).reduce(
      (all, [path, count]) => all + (path.startsWith('/cpro/') ? count : 0),
      0,
    );
  let before = callsSoFar();
  return () => {
    const asked = { calls: callsSoFar() - before, ...counts };
    before += asked.calls;
    Object.assign(counts, { reads: 0, writes: 0 });
    return asked;
  };
}

/** Followed like the first one, and as long. */
async function follow(world: Relay, many: number): Promise<void> {
  const key = { environment: 'qualification', supplier: SUPPLIERS.company };
  const first = await world.ledger.get(invoiceKey({ ...key, number: 'F-0' }));
  if (first?.state !== 'followed') throw new Error('the first invoice is not followed');
  const watchAt = after(world.now(), timings.paymentTerm);
  for (let i = 0; i < many; i += 1) {
    const number = `G-${i}`;
    const own = { number, pk: invoiceKey({ ...key, number }), subject: `example/${SUPPLIERS.company}/${number}` };
    const record = { ...first, ...own, version: 1, chorusProId: 900_000_000 + i, nextStepAt: watchAt, watchAt };
    await world.ledger.write({ record, transition: 'claim', replaces: 0 });
  }
}

async function grownTo(followed: number): Promise<Grown> {
  const world = relay();
  const numbers = Array.from({ length: changed }, (_, i) => `F-${i}`);
  for (const number of numbers) await world.submit(submitCommand({ invoice: { number } }));
  await follow(world, followed - changed);
  // Each poll reads the last hour again: none of them is in it.
  world.advance(90);
  await world.poll();
  const asked = counting(world);
  world.advance(2);
  await world.poll();
  const idlePoll = asked();
  for (const number of numbers) world.model.setStatus(number, 'SERVICE_FAIT');
  world.advance(2);
  await world.poll();
  const poll = asked();
  await world.submit(submitCommand({ invoice: { number: 'ONE-MORE' } }));
  return { followed, submit: asked(), idlePoll, poll };
}

export async function growth(tell: (what: string) => void): Promise<Grown[]> {
  const grown: Grown[] = [];
  for (const followed of sizes) {
    tell(`${followed.toLocaleString('en')} invoices followed`);
    grown.push(await grownTo(followed));
  }
  return grown;
}
