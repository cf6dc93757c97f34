import { describe, expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { answering, codesOf, deliver, effectsOf, paths, recordOf, told } from '../submit-invoice/scenario.ts';

const number = 'F-2026-0001';
const report = '/cpro/transverses/v1/consulterCRDetaille';
const content = Buffer.from(cii({ number })).toString('base64');
const command = submitCommand({ command: { document: { name: `${number}.xml`, format: 'cii', content } } });

const pass = async (world: Relay, hours: number) => {
  world.advance(hours * 60);
  await world.poll();
};

/** The response to the first file was lost, no invoice appeared for twelve hours, and a second file was deposited. */
async function depositedTwice(options: RelayOptions, lost: 'reset-after' | 'reset-before'): Promise<Relay> {
  const world = relay(options);
  world.faults.add({ kind: lost, path: paths.flux, count: 1 });
  await world.submit(command);
  await pass(world, 12);
  await deliver(world);
  expect(await recordOf(world)).toMatchObject({ state: 'deposited', doubt: { times: 1 } });
  return world;
}

describe('a rejected file after an earlier one with an unknown outcome', () => {
  it('leads to the invoice of the earlier file, which is followed', async () => {
    const world = await depositedTwice({ model: { fluxProcessingMs: 13 * 3_600_000 } }, 'reset-after');
    await pass(world, 14);
    const record = await recordOf(world);
    expect(record).toMatchObject({ state: 'followed', chorusProId: world.model.accepted()[0]?.id });
    expect(record).not.toHaveProperty('doubt');
    expect(effectsOf(world).invoices).toBe(1);
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'deposited', 'submitted']);
  });

  it('is not reported while the search does not respond', async () => {
    const world = await depositedTwice({ model: { fluxProcessingMs: 13 * 3_600_000 } }, 'reset-after');
    world.faults.add({ kind: 'server-error', path: paths.search });
    await pass(world, 14);
    expect((await recordOf(world)).state).toBe('deposited');
    world.faults.clear();
    await pass(world, 1);
    expect((await recordOf(world)).state).toBe('followed');
    expect(told(world)).not.toContain('rejected');
  });

  it('is not reported while the search may be late, and the invoice is found later', async () => {
    const world = await depositedTwice({ model: { fluxProcessingMs: 13 * 3_600_000 } }, 'reset-after');
    world.model.options.searchLagMs = 20 * 3_600_000;
    await pass(world, 14);
    expect(await recordOf(world)).toMatchObject({
      state: 'in-doubt',
      doubt: { refusal: [{ code: 'rejected-report' }] },
    });
    await pass(world, 8);
    expect(await recordOf(world)).toMatchObject({ state: 'followed', chorusProId: world.model.accepted()[0]?.id });
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'deposited', 'in-doubt', 'submitted']);
  });

  it('is reported after two days without an invoice from either file', async () => {
    const world = await depositedTwice({ model: { fluxOutcome: () => 'IN_REJETE' } }, 'reset-before');
    for (const hours of [1, 24, 23]) {
      await pass(world, hours);
      expect((await recordOf(world)).state).toBe('in-doubt');
    }
    await pass(world, 2);
    const record = await recordOf(world);
    expect(record.state).toBe('refused');
    expect(record).not.toHaveProperty('doubt');
    expect(codesOf(record)).toEqual(['rejected-report']);
    expect(told(world).at(-1)).toBe('refused');
  });
});

describe('a file that met with an incident', () => {
  const deposits = ({ model }: Relay) => model.effects.completed[paths.flux] ?? 0;
  const hours = async (world: Relay, count: number) => {
    for (let hour = 0; hour < count; hour += 1) {
      await pass(world, 1);
      await deliver(world);
    }
  };

  it('again and again is deposited only after growing pauses, and the operator is alarmed', async () => {
    const telemetry = recordedTelemetry();
    const world = relay({ telemetry, model: { fluxOutcome: () => 'IN_INCIDENTE' } });
    await world.submit(command);
    await hours(world, 25);
    expect(deposits(world)).toBe(2);
    await hours(world, 6 * 24);
    expect(deposits(world)).toBeLessThanOrEqual(6);
    expect(telemetry.measured.some(([name]) => name === 'DoubtStuck')).toBe(true);
    expect(told(world)).toContain('failed');
    expect(told(world)).not.toContain('rejected');
  });

  it.each([1, 6, 11, 13, 20, 40])('is followed if Chorus Pro works on it %i hours later after all', async (later) => {
    const outcomes = ['IN_INCIDENTE' as const, undefined];
    const model = { fluxOutcome: () => outcomes.shift(), incidentResolvesAfterMs: later * 3_600_000 };
    const world = relay({ model });
    await world.submit(command);
    await hours(world, 72);
    expect(effectsOf(world).invoices).toBe(1);
    expect(await recordOf(world)).toMatchObject({ state: 'followed', chorusProId: world.model.accepted()[0]?.id });
    expect(told(world)).not.toContain('rejected');
    expect(told(world)).not.toContain('refused');
  });

  it('is followed if Chorus Pro worked on it while the second file waited, which is then rejected', async () => {
    const outcomes = ['IN_INCIDENTE' as const, undefined];
    const world = relay({
      model: {
        fluxOutcome: () => outcomes.shift(),
        fluxProcessingMs: 2 * 3_600_000,
        incidentResolvesAfterMs: 13 * 3_600_000,
        searchLagMs: 5 * 3_600_000,
      },
    });
    await world.submit(command);
    await hours(world, 48);
    expect([deposits(world), effectsOf(world).invoices]).toEqual([2, 1]);
    expect((await recordOf(world)).state).toBe('followed');
    expect(told(world)).not.toContain('rejected');
    expect(told(world)).not.toContain('refused');
  });
});

describe('a report with more faults than a record can hold', () => {
  it('is reported with the first of them and their total', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => ({ numeroDP: number, libelleErreurDP: `faute ${i + 1}` }));
    const world = relay({
      model: { fluxOutcome: () => 'IN_REJETE' },
      transport: answering(report, (body) =>
        body.replace(/"listeErreurDP":\[\]/, `"listeErreurDP":${JSON.stringify(rows)}`),
      ),
    });
    await world.submit(command);
    await pass(world, 1);
    const { state, reasons = [] } = await recordOf(world);
    expect(state).toBe('rejected');
    expect(reasons).toHaveLength(101);
    expect(reasons[99]?.fr).toContain('faute 100');
    expect(reasons[100]?.code).toBe('more-reasons');
    expect(reasons[100]?.en).toContain('50');
    expect(world.published.at(-1)?.data.reasons).toEqual(reasons);
  });
});
