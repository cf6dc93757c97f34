import { describe, expect, it } from 'vitest';
import type { Sending } from '../../../shared/chorus-pro/transport.ts';
import type { FaultRule } from '../../../tools/chorus-pro-simulator/faults.ts';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../../support/commands.ts';
import { queueOf } from '../../support/queue.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { keyOf, paths, recordOf, told } from '../submit-invoice/scenario.ts';

const numberOf = (nth: number) => `F-2026-${String(nth).padStart(4, '0')}`;
const pdf = (number: string) => submitCommand({ invoice: { number } });
const file = (number: string) => {
  const content = Buffer.from(cii({ number })).toString('base64');
  return submitCommand({
    invoice: { number },
    command: { document: { name: `${number}.xml`, format: 'cii', content } },
  });
};

const twenty = Array.from({ length: 20 }, (_, nth) => numberOf(nth + 1));

const allOnce = ({ model }: Relay) => {
  expect(Object.values(model.effects.invoices)).toEqual(twenty.map(() => 1));
};

/** The ERP hears of an invoice's doubt once, however often it is tried meanwhile. */
const expectDoubtsToldOnce = ({ published }: Relay) => {
  const doubted = published.filter(({ type }) => type.includes('in-doubt')).map(({ subject }) => subject);
  expect(doubted).toHaveLength(new Set(doubted).size);
  expect(doubted.length).toBeGreaterThanOrEqual(5);
};

describe('one operation that fails for everybody', () => {
  it.each<[what: string, hours: number, rule: FaultRule, command: (number: string) => object]>([
    ['soumettre answers 504', 8, { kind: 'gateway-timeout', path: paths.submit }, pdf],
    ['soumettre answers 500', 24, { kind: 'server-error', path: paths.submit }, pdf],
    ['soumettre is reset', 72, { kind: 'reset-before', path: paths.submit }, pdf],
    ['soumettre answers half', 24, { kind: 'truncated', strikes: 'before', path: paths.submit }, pdf],
    ['soumettre hangs, although the work is done', 72, { kind: 'hang-after', path: paths.submit }, pdf],
    ['deposer/flux answers 504', 72, { kind: 'gateway-timeout', path: paths.flux }, file],
    ['deposer/pdf answers 500', 72, { kind: 'server-error', path: paths.pdf }, pdf],
    ['the search hangs', 72, { kind: 'hang-before', path: paths.search }, pdf],
  ])('%s for %i hours: all are sent once afterwards, and nobody had to act', async (_what, hours, rule, command) => {
    const world = relay({ model: { duplicateCheck: 'off' } });
    const queue = queueOf(world, twenty.map(command));
    world.faults.add(rule);
    await queue.pass(hours);
    world.faults.clear();
    await queue.pass(30);
    allOnce(world);
    for (const number of twenty)
      expect(['followed', 'settled']).toContain((await recordOf(world, keyOf(number))).state);
    expect(queue.mostReceives()).toBeLessThan(200);
    expect(told(world)).not.toContain('refused');
  });

  it('gets few calls meanwhile: trials after pauses of up to an hour, and no upload for nothing', async () => {
    const world = relay();
    const queue = queueOf(world, twenty.map(pdf));
    world.faults.add({ kind: 'gateway-timeout', path: paths.submit, strikes: 'before' });
    let tries = 0;
    const draw = world.faults.draw.bind(world.faults);
    world.faults.draw = (path) => {
      if (path === paths.submit) tries += 1;
      return draw(path);
    };
    await queue.pass(24);
    expect(tries).toBeLessThan(45);
    expectDoubtsToldOnce(world);
    expect(world.model.effects.calls[paths.pdf]).toBeLessThan(45 + 20);
  });
});

describe('soumettre that fails for what is in order, and refuses what is not', () => {
  it('for 36 hours: all are sent once afterwards, and nobody had to act', async () => {
    let broken = true;
    let failures = 0;
    const answered = (status: number, body: object | string): Sending => ({
      ...{ kind: 'response', status, headers: { 'content-type': 'application/json' } },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const world = relay({
      model: { duplicateCheck: 'off' },
      transport: (inner) => (request) => {
        if (!broken || !request.url.endsWith(paths.submit)) return inner(request);
        const isWrong = request.body?.includes('WRONG') ?? false;
        if (!isWrong) failures += 1;
        return Promise.resolve(isWrong ? answered(200, { codeRetour: 1, libelle: 'no' }) : answered(500, '<html>'));
      },
    });
    const queue = queueOf(world, twenty.map(pdf));
    for (let nth = 1; nth <= 72; nth += 1) {
      await world.submit(pdf(`WRONG-${nth}`));
      await queue.pass(0.5);
    }
    // A trial that is refused gives its turn back, so each wrong invoice lets one more be tried.
    expect(failures).toBeLessThan(170);
    expectDoubtsToldOnce(world);
    broken = false;
    await queue.pass(3);
    allOnce(world);
  });
});

const poison = numberOf(99);

describe('one invoice that alone is lost at every attempt', () => {
  const lossy = () =>
    relay({
      transport: (inner) => (request) =>
        request.url.endsWith(paths.submit) && request.body?.includes(poison)
          ? Promise.resolve({ kind: 'lost', why: 'ECONNRESET' })
          : inner(request),
    });

  it('is given up, while the others pass', async () => {
    const world = lossy();
    await world.submit(pdf(poison));
    for (let round = 1; round <= 12; round += 1) {
      await world.submit(pdf(numberOf(round)));
      await queueOf(world, []).pass(1);
    }
    expect(await recordOf(world, keyOf(poison))).toMatchObject({ state: 'in-doubt', doubt: { times: 10 } });
    expect(told(world).filter((type) => type === 'failed')).toHaveLength(1);
    expect(told(world).filter((type) => type === 'submitted')).toHaveLength(12);
  });

  it('and is the only one, is tried again and again, and the ERP and the operator hear of it', async () => {
    const telemetry = recordedTelemetry();
    const world = relay({ telemetry });
    world.faults.add({ kind: 'reset-before', path: paths.submit });
    const queue = queueOf(world, [pdf(poison)]);
    await queue.pass(72);
    const failures = told(world).filter((type) => type === 'failed').length;
    expect(failures).toBeGreaterThanOrEqual(2);
    expect(failures).toBeLessThanOrEqual(3);
    expect(telemetry.measured.filter(([name]) => name === 'DoubtStuck')).toHaveLength(failures);
    world.faults.clear();
    await queue.pass(3);
    expect((await recordOf(world, keyOf(poison))).state).toBe('followed');
  });
});

describe('an invoice that was given up', () => {
  async function givenUp() {
    let broken = true;
    const world = relay({
      transport: (inner) => (request) =>
        broken && request.url.endsWith(paths.submit) && request.body?.includes(poison)
          ? Promise.resolve({ kind: 'lost', why: 'ECONNRESET' })
          : inner(request),
    });
    await world.submit(pdf(poison));
    for (let round = 1; round <= 12; round += 1) {
      await world.submit(pdf(numberOf(round)));
      await queueOf(world, []).pass(1);
    }
    broken = false;
    return world;
  }

  it('is only looked for, once a day', async () => {
    const world = await givenUp();
    await queueOf(world, []).pass(48);
    expect((await recordOf(world, keyOf(poison))).state).toBe('in-doubt');
    expect(told(world).filter((type) => type === 'failed')).toHaveLength(3);
    expect(world.published.at(-1)?.data.actionNeeded).toBe(true);
  });

  it('is looked for and sent when the ERP sends the same message again', async () => {
    const world = await givenUp();
    const searches = world.model.effects.calls[paths.search] ?? 0;
    await world.submit(pdf(poison));
    expect(told(world).slice(-2)).toEqual(['repeated', 'in-doubt']);
    await world.poll();
    expect(world.model.effects.calls[paths.search] ?? 0).toBeGreaterThan(searches);
    await queueOf(world, []).pass(1);
    expect((await recordOf(world, keyOf(poison))).state).toBe('followed');
    expect(Object.values(world.model.effects.invoices).every((times) => times === 1)).toBe(true);
  });
});
