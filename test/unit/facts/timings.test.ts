import { describe, expect, it } from 'vitest';
import { exampleClient, submitInvoice } from '../../../tools/chorus-pro-simulator/example-client.ts';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { RECIPIENTS, type CallPath } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';

/*
 * Each timing that the relay's behaviour depends on, tested just before and just after it ends. The values are repeated
 * here, so that a window that shrinks to nothing, or grows tenfold, fails.
 */

const number = 'F-2026-0001';
const hour = 60;
const operation = <Name extends string>(name: Name) => `/cpro/factures/v1/${name}` as const;
const paths = { pdf: operation('deposer/pdf'), submit: operation('soumettre'), file: operation('deposer/flux') };

const stateOf = async (world: Relay) =>
  (await world.ledger.get(`invoice#qualification#99910001900010#${number}`))?.state;
const told = (world: Relay) => world.published.map(({ type }) => type.split('.').at(-2));

/** Polls once at each of these minutes, counted from now. */
async function pollAt(world: Relay, ...minutes: number[]): Promise<void> {
  let passed = 0;
  for (const minute of minutes) {
    world.advance(minute - passed);
    passed = minute;
    await world.poll();
  }
}

const every = (step: number, until: number): number[] => {
  const minutes: number[] = [];
  for (let minute = step; minute <= until; minute += step) minutes.push(minute);
  return minutes;
};

/** Counts the searches for one number. */
function countingLooks(): { options: RelayOptions; looks: () => number } {
  let looks = 0;
  return {
    options: {
      transport: (wire) => (request) => {
        if (request.body?.includes('"numeroFacture"') && request.url.endsWith('/rechercher/fournisseur')) looks += 1;
        return wire(request);
      },
    },
    looks: () => looks,
  };
}

/** An invoice whose submission was lost on its way: it is not in Chorus Pro, and the relay cannot know. */
async function inDoubt(options: RelayOptions = {}, path: CallPath = paths.submit, command: object = submitCommand()) {
  const world = relay(options);
  world.faults.add({ kind: 'reset-before', path, count: 1 });
  await world.submit(command);
  expect(await stateOf(world)).toBe('in-doubt');
  return world;
}

describe('an invoice in doubt', () => {
  it('is looked for after one minute', async () => {
    const { options, looks } = countingLooks();
    const world = await inDoubt(options);
    await pollAt(world, 0.9);
    expect(looks()).toBe(0);
    await pollAt(world, 0.2);
    expect(looks()).toBe(1);
  });

  it('that was sent as a PDF is sent again if it is not found for half an hour', async () => {
    const world = await inDoubt();
    await pollAt(world, 2, 29);
    expect(world.sent).toEqual([]);
    await pollAt(world, 2);
    expect(world.sent).toHaveLength(1);
  });

  const file = { name: `${number}.xml`, format: 'cii', content: Buffer.from(cii({ number })).toString('base64') };
  const asFile = submitCommand({ command: { document: file } });

  it('that was sent as a file is looked for every hour, and sent again after twelve hours', async () => {
    const { options, looks } = countingLooks();
    const world = await inDoubt(options, paths.file, asFile);
    await pollAt(world, ...every(5, 3 * hour));
    expect(looks()).toBe(3);
    await pollAt(world, 9 * hour - 1);
    expect(world.sent).toEqual([]);
    await pollAt(world, 2);
    expect(world.sent).toHaveLength(1);
  });

  it('whose second submission is refused is looked for during two days before it counts as refused', async () => {
    let deposits = 0;
    const world = await inDoubt({
      transport: (wire) => async (request) => {
        const sending = await wire(request);
        if (!request.url.endsWith(paths.pdf) || (deposits += 1) === 1 || sending.kind !== 'response') return sending;
        return { ...sending, body: JSON.stringify({ codeRetour: 20013, libelle: 'refus' }) };
      },
    });
    await pollAt(world, 2, 31);
    const [resume = ''] = world.sent;
    expect(await world.submit(resume)).toEqual({ kind: 'done' });
    expect(await stateOf(world)).toBe('in-doubt');
    await pollAt(world, ...every(hour, 47 * hour), 48 * hour - 1);
    expect(told(world)).not.toContain('refused');
    await pollAt(world, 2);
    expect(told(world).at(-1)).toBe('refused');
  });

  it('is sent again after another hour when the message for the second submission is lost', async () => {
    const world = await inDoubt();
    await pollAt(world, 2, 31);
    expect(world.sent).toHaveLength(1);
    await pollAt(world, 59);
    expect(world.sent).toHaveLength(1);
    await pollAt(world, 2);
    expect(world.sent).toHaveLength(2);
  });

  /** The number was sent by other means and rejected, the given number of minutes before our record began. */
  const afterARejection = async (minutes: number) => {
    const world = relay({ model: { reuseAfterRejection: true } });
    submitInvoice(exampleClient(world.model), { number });
    world.model.setStatus(number, 'REJETEE', 'doublon');
    world.advance(minutes);
    world.faults.add({ kind: 'reset-before', path: paths.submit, count: 1 });
    await world.submit(submitCommand());
    await pollAt(world, 2);
    return stateOf(world);
  };

  it('may have a rejection dated up to ten minutes before it was sent, since clocks differ', async () => {
    expect(await afterARejection(9)).toBe('rejected');
    expect(await afterARejection(11)).toBe('in-doubt');
  });
});

it('an invoice whose message is lost before anything was sent is sent after a day', async () => {
  const world = relay();
  world.faults.add({ kind: 'server-error', path: paths.pdf, count: 1 });
  await world.submit(submitCommand());
  expect(await stateOf(world)).toBe('accepted');
  await pollAt(world, 24 * hour - 1);
  expect(world.sent).toEqual([]);
  await pollAt(world, 2);
  expect(world.sent).toHaveLength(1);
  await pollAt(world, 24 * hour - 1);
  expect(world.sent).toHaveLength(1);
  await pollAt(world, 2);
  expect(world.sent).toHaveLength(2);
});

it('a lease ends half a minute after the 57 seconds of its invocation', async () => {
  const second = 1 / 60;
  const world = relay({
    transport: (wire) => (request) =>
      request.url.endsWith(paths.pdf) ? Promise.reject(new Error('the function dies')) : wire(request),
  });
  const message = { messageId: 'm-1', redelivered: true };
  await expect(world.submit(submitCommand(), { messageId: 'm-1' })).rejects.toThrow('the function dies');
  world.advance(86 * second);
  expect(await world.submit(submitCommand(), message)).toEqual({ kind: 'retry', reason: 'being-sent' });
  world.advance(2 * second);
  expect(await world.submit(submitCommand(), message)).toEqual({ kind: 'done' });
  expect(told(world)).toEqual(['accepted', 'in-doubt']);
});

it('an event is left for one minute to the function that recorded it before a poll publishes it', async () => {
  const world = relay();
  const { publish } = world.dependencies;
  world.dependencies.publish = () => Promise.reject(new Error('SNS is away'));
  await world.submit(submitCommand({ invoice: { issueDate: '2026-11-24' } }));
  world.dependencies.publish = publish;
  await pollAt(world, 0.9);
  expect(told(world)).toEqual([]);
  await pollAt(world, 0.2);
  expect(told(world)).toEqual(['refused']);
});

describe('a change that Chorus Pro’s search shows late', () => {
  /**
   * Polls every minute while the search still shows the past, and then once more.
   * @returns the status in the ledger after that
   */
  const shownLate = async (minutes: number) => {
    const world = relay();
    await world.submit(submitCommand());
    await pollAt(world, 15);
    world.model.setStatus(number, 'MANDATEE');
    world.model.options.searchLagMs = 30 * 24 * hour * 60_000;
    await pollAt(world, ...every(1, minutes));
    world.model.options.searchLagMs = 0;
    await world.poll();
    return world.ledger.records()[0]?.status?.code;
  };

  it('is read if it appears within an hour', async () => {
    expect(await shownLate(59)).toBe('MANDATEE');
    expect(await shownLate(62)).not.toBe('MANDATEE');
  });
});

describe('a first poll', () => {
  const changedBefore = async (hours: number) => {
    const world = relay();
    await world.submit(submitCommand());
    world.model.setStatus(number, 'MANDATEE');
    await pollAt(world, hours * hour);
    return world.ledger.records()[0]?.status?.code;
  };

  it('reaches back one day plus the hour that every poll reads again', async () => {
    expect(await changedBefore(24.9)).toBe('MANDATEE');
    expect(await changedBefore(25.1)).not.toBe('MANDATEE');
  });
});

describe('a command whose response was lost', () => {
  const complete = {
    ...{ type: 'invoice.complete', version: 1, connection: 'example', supplier: { company: 'Constructions Duval' } },
    ...{ invoice: { number }, comment: 'Voici le procès-verbal.' },
  };
  const message = { messageId: 'm-2', redelivered: true };

  /** The invoice was completed on the portal, the given minutes before the command, and then suspended again. */
  const afterCompletion = async (minutes: number) => {
    const world = relay();
    await world.submit(submitCommand({ invoice: { recipient: { siret: RECIPIENTS.suspends } } }));
    await pollAt(world, hour);
    world.model.setStatus(number, 'COMPLETEE');
    world.advance(minutes);
    world.model.setStatus(number, 'SUSPENDUE');
    await world.poll();
    world.faults.add({ kind: 'reset-before', path: operation('completer'), count: 1 });
    await world.submit(complete, message);
    return world;
  };

  it('counts as done if the status is dated up to two minutes earlier, since clocks differ', async () => {
    const soon = await afterCompletion(1);
    soon.advance(2);
    expect(await soon.submit(complete, message)).toEqual({ kind: 'done' });
    const late = await afterCompletion(3);
    late.advance(2);
    expect(await late.submit(complete, message)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
  });

  it('has half an hour after the end of its lease to show an effect', async () => {
    const world = await afterCompletion(10);
    world.advance(31);
    expect(await world.submit(complete, message)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
    world.advance(1);
    expect(await world.submit(complete, message)).toEqual({ kind: 'done' });
    expect(world.model.effects.completed[operation('completer')]).toBe(1);
  });
});
