import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../../shared/chorus-pro/statuses.ts';
import { recordStatus, type Seen } from '../../../shared/tracking/record-status.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay, type RelayOptions } from '../../support/relay.ts';
import { statusRow } from '../../../shared/lists/status-row.ts';
import { answering, deliver, effectsOf, paths, recordOf, told, trackedRecordOf } from '../submit-invoice/scenario.ts';

async function followed(options: RelayOptions = {}, changes: Parameters<typeof submitCommand>[0] = {}) {
  const world = relay(options);
  await world.submit(submitCommand(changes));
  const { chorusProId = 0 } = await recordOf(world);
  const see = async (seen: Omit<Seen, 'chorusProId'>, id = chorusProId) =>
    recordStatus(world.dependencies, await trackedRecordOf(world), { chorusProId: id, ...seen });
  const days = async (count: number) => {
    for (let day = 0; day < count; day += 1) {
      world.advance(24 * 60);
      await world.poll();
    }
  };
  return { world, see, days };
}

const at = (day: number) => new Date(Date.UTC(2026, 11, day));

describe('the life of an invoice in Chorus Pro', () => {
  it.each([
    ['rejected', RECIPIENTS.rejects, 'rejected', 'REJETEE', 'rejected'],
    ['sent back to be recycled', RECIPIENTS.toRecycle, 'followed', 'A_RECYCLER', 'action-needed'],
    ['suspended', RECIPIENTS.suspends, 'followed', 'SUSPENDUE', 'action-needed'],
  ])('that is %s is reported with the recipient’s motive', async (_end, siret, state, code, type) => {
    const { world, days } = await followed({}, { invoice: { recipient: { siret } } });
    await days(5);
    const record = await recordOf(world);
    expect(record).toMatchObject({ state, status: { code } });
    expect(record.status?.motive).toMatch(/\w/);
    expect(told(world).at(-1)).toBe(type);
    const { data } = world.published.at(-1) ?? {};
    expect(data).toMatchObject({ actionNeeded: true, status: { code, motive: record.status?.motive } });
    expect(data?.message.fr).toContain(record.status?.motive);
  });

  it('takes one search per poll, however many invoices are followed', async () => {
    const { world } = await followed();
    await world.poll();
    const before = world.model.effects.calls[paths.search] ?? 0;
    expect(await world.poll()).toEqual({ connection: 'example', attended: 0, seen: 1, recorded: 0 });
    expect((world.model.effects.calls[paths.search] ?? 0) - before).toBe(1);
  });

  it('is not followed if it was sent by other means', async () => {
    const { world } = await followed();
    const foreign = answering(paths.search, (body) => body.replaceAll('F-2026-0001', 'F-2026-0009'));
    const other = relay({ transport: foreign });
    await other.submit(submitCommand());
    const before = await recordOf(other);
    other.advance(60);
    expect(await other.poll()).toMatchObject({ seen: 1, recorded: 0 });
    expect(await recordOf(other)).toEqual(before);
    expect(world.ledger.records()).toHaveLength(1);
  });
});

describe('observed statuses', () => {
  it('that are late, repeated or out of order leave the most recent status', async () => {
    const sightings = fc.uniqueArray(
      fc.record({
        day: fc.integer({ min: 1, max: 28 }),
        status: fc.constantFrom('COMPTABILISEE', 'SUSPENDUE', 'MANDATEE', 'REJETEE', 'MISE_EN_PAIEMENT'),
      }),
      { selector: ({ day }) => day, minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(sightings, fc.nat(), async (given, repeats) => {
        const { world, see } = await followed();
        const repeated = given[repeats % given.length];
        for (const { day, status } of [...given, ...(repeated ? [repeated] : [])]) await see({ status, at: at(day) });
        const youngest = given.toSorted((a, b) => b.day - a.day)[0];
        const record = await recordOf(world);
        expect(record.status?.code).toBe(youngest?.status);
        const { effect } = meaningOf(youngest?.status ?? '');
        if (effect === 'settled' || effect === 'rejected') expect(record.state).toBe(effect);
        const sequences = world.published.map(({ data }) => data.sequence);
        expect(sequences).toEqual(sequences.map((_, i) => i + 1));
      }),
      { numRuns: 50 },
    );
  });

  it('that are repeated publish nothing new', async () => {
    const { world, see } = await followed();
    expect(await see({ status: 'MANDATEE', at: at(3) })).toBe('recorded');
    expect(await see({ status: 'MANDATEE', at: at(3) })).toBe('unchanged');
    expect(await see({ status: 'SUSPENDUE', at: at(2) })).toBe('unchanged');
    expect(told(world)).toEqual(['accepted', 'submitted', 'status-changed']);
  });

  it('without a time are recorded if they differ', async () => {
    const { see } = await followed();
    expect(await see({ status: 'DEPOSEE' })).toBe('unchanged');
    expect(await see({ status: 'MANDATEE' })).toBe('recorded');
  });

  it('without a time are reported once, however often the search repeats them', async () => {
    const transport = answering(paths.search, (body) => body.replaceAll(/,"dateHeureEtatCourant":"[^"]+"/g, ''));
    const { world } = await followed({ transport });
    for (let i = 0; i < 4; i += 1) {
      world.advance(11);
      expect(await world.poll()).toMatchObject({ seen: 1, recorded: i === 0 ? 1 : 0 });
    }
    const { status } = await recordOf(world);
    expect(status).toMatchObject({ code: 'EN_COURS_ACHEMINEMENT' });
    expect(status).not.toHaveProperty('at');
    expect(told(world)).toEqual(['accepted', 'submitted', 'status-changed']);
  });

  it('of the same day are recorded in the order in which they are seen', async () => {
    const { world, see } = await followed();
    await see({ status: 'MANDATEE', at: at(3) });
    expect(await see({ status: 'COMPTABILISEE', at: at(3) })).toBe('unchanged');
    world.advance(15);
    expect(await see({ status: 'COMPTABILISEE', at: at(3) })).toBe('recorded');
  });

  it('of another invoice with the same number are ignored', async () => {
    const { world, see } = await followed();
    const before = await recordOf(world);
    expect(await see({ status: 'REJETEE', at: at(3) }, 999)).toBe('unchanged');
    expect(await recordOf(world)).toEqual(before);
  });

  it('that lose a race for their record are a conflict and publish nothing', async () => {
    const { world } = await followed();
    const stale = await trackedRecordOf(world);
    const { chorusProId = 0 } = await recordOf(world);
    const seen = { chorusProId, status: 'MANDATEE', at: at(3) };
    await recordStatus(world.dependencies, stale, seen);
    expect(await recordStatus(world.dependencies, stale, { ...seen, status: 'COMPTABILISEE' })).toBe('conflict');
    expect(told(world)).toEqual(['accepted', 'submitted', 'status-changed']);
  });

  it('with an unknown code are stored unchanged, counted, and the invoice is still followed', async () => {
    const telemetry = recordedTelemetry();
    const { world, see } = await followed({ telemetry });
    expect(await see({ status: 'NOUVEAU_STATUT', at: at(1) })).toBe('recorded');
    expect(await recordOf(world)).toMatchObject({ state: 'followed', status: { code: 'NOUVEAU_STATUT' } });
    expect(telemetry.measured.map(([metric]) => metric)).toContain('UnknownStatus');
    await see({ status: 'MISE_EN_PAIEMENT', at: at(2) });
    expect((await recordOf(world)).state).toBe('settled');
    expect(told(world).slice(-2)).toEqual(['status-changed', 'paid']);
  });
});

describe('the term of payment', () => {
  it.each([
    ['counts from the moment that Chorus Pro names', -1, -1],
    ['never counts from a moment to come, whatever Chorus Pro’s clock says', 1, 0],
  ])('%s', async (_what, sinceHours, submittedHours) => {
    const world = relay();
    world.faults.add({ kind: 'reset-after', path: paths.submit, count: 1 });
    await world.submit(submitCommand());
    const hours = (count: number) => new Date(world.now().getTime() + count * 3_600_000);
    const seen = { chorusProId: 7, status: 'DEPOSEE', at: hours(sinceHours) };
    expect(await recordStatus(world.dependencies, await trackedRecordOf(world), seen)).toBe('recorded');
    expect((await recordOf(world)).submittedAt).toBe(hours(submittedHours).toISOString());
  });
});

describe('a connection that is no longer deployed', () => {
  it('is an answer and no fault: its schedule may outlive it, and must not turn a deployment back', async () => {
    const telemetry = recordedTelemetry();
    const world = relay({ telemetry });
    world.dependencies.access = () => Promise.resolve(undefined);
    expect(await world.poll()).toMatchObject({ attended: 0, stopped: 'unknown-connection' });
    expect(telemetry.logged).toEqual([
      ['warn', 'POLL_STOPPED', { connection: 'example', reason: 'unknown-connection' }],
    ]);
    expect(await deliver(world)).toEqual([]);
    expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
  });
});

describe('an invoice that had ended and moves again', () => {
  const ended = { settled: 'MISE_EN_PAIEMENT', rejected: 'REJETEE' } as const;

  it.each([
    ['settled', 'SUSPENDUE', 'followed', 'action-needed', true],
    ['settled', 'A_RECYCLER', 'followed', 'action-needed', true],
    ['settled', 'EN_COURS_ACHEMINEMENT', 'followed', 'status-changed', false],
    ['settled', 'COMPTABILISEE', 'settled', 'status-changed', false],
    ['settled', 'MANDAT_RECU', 'settled', 'status-changed', false],
    ['rejected', 'MISE_A_DISPOSITION', 'followed', 'status-changed', false],
    ['rejected', 'SUSPENDUE', 'followed', 'action-needed', true],
    ['rejected', 'MISE_EN_PAIEMENT', 'settled', 'paid', false],
    ['settled', 'REJETEE', 'rejected', 'rejected', true],
  ] as const)('after %s shows where %s leaves it', async (end, status, state, type, needsAction) => {
    const { world, see } = await followed();
    await see({ status: ended[end], at: at(3) });
    expect((await recordOf(world)).state).toBe(end);
    await see({ status, at: at(4) });
    const record = await recordOf(world);
    expect(record).toMatchObject({ state, status: { code: status } });
    expect(told(world).at(-1)).toBe(type);
    expect(world.published.at(-1)?.data.state).toBe(state);
    expect(statusRow(record)).toMatchObject({ needsAction, status: status });
    const open = state === 'followed' ? await world.ledger.oldestOpen('example') : undefined;
    expect(open).toBe(record.openSince);
  });

  it('is watched again: a payment that the polls miss is found by the look-up of its own', async () => {
    const { world, see } = await followed();
    await see({ status: 'MISE_EN_PAIEMENT', at: at(1) });
    await see({ status: 'SUSPENDUE', at: at(2) });
    const { nextStepAt } = await recordOf(world);
    expect(nextStepAt && nextStepAt > world.now().toISOString()).toBe(true);
    await see({ status: 'MISE_EN_PAIEMENT', at: at(3) });
    expect(told(world).slice(-3)).toEqual(['paid', 'action-needed', 'status-changed']);
  });

  it.each([
    ['is paid', RECIPIENTS.nothingMandatory, 'MISE_EN_PAIEMENT'],
    ['is paid by a recipient that reports no payments', RECIPIENTS.paymentNotReported, 'MANDATEE'],
  ])('is told as paid once, however often it %s, so that an ERP books it once', async (_what, siret, status) => {
    const { world, see } = await followed({}, { invoice: { recipient: { siret } } });
    await see({ status, at: at(1) });
    await see({ status: 'SUSPENDUE', at: at(2) });
    await see({ status: 'COMPLETEE', at: at(3) });
    await see({ status, at: at(4) });
    await see({ status: 'SUSPENDUE', at: at(5) });
    await see({ status, at: at(6) });
    expect(told(world).filter((type) => type === 'paid')).toHaveLength(1);
    expect(world.published.at(-1)?.data).toMatchObject({ state: 'settled', status: { code: status } });
    expect((await recordOf(world)).state).toBe('settled');
  });
});
