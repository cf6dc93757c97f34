import { describe, expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { answering, codesOf, deliver, paths, recordOf, told } from '../submit-invoice/scenario.ts';

const number = 'F-2026-0001';
const report = '/cpro/transverses/v1/consulterCRDetaille';
const fileOf = (xml: string) => ({
  name: `${number}.xml`,
  format: 'cii',
  content: Buffer.from(xml).toString('base64'),
});
const command = (xml = cii({ number })) => submitCommand({ command: { document: fileOf(xml) } });

async function deposited(options: RelayOptions = {}, xml?: string): Promise<Relay> {
  const world = relay(options);
  expect(await world.submit(command(xml), { messageId: 'm-1' })).toEqual({ kind: 'done' });
  return world;
}
const pass = async (world: Relay, minutes: number) => {
  world.advance(minutes);
  await world.poll();
};
const invoices = ({ model }: Relay): number => Object.values(model.effects.invoices).reduce((a, b) => a + b, 0);
const deposits = ({ model }: Relay): number => model.effects.completed[paths.flux] ?? 0;

describe('an e-invoice', () => {
  it('is deposited as a file, then followed to its final status', async () => {
    const world = await deposited();
    expect(await recordOf(world)).toMatchObject({ state: 'deposited', route: 'flux' });
    expect((await recordOf(world)).depositId).toMatch(/^CPP/);
    await pass(world, 1);
    expect((await recordOf(world)).state).toBe('deposited');
    await pass(world, 10);
    expect(await recordOf(world)).toMatchObject({ state: 'followed', chorusProId: world.model.accepted()[0]?.id });
    await pass(world, 21 * 24 * 60);
    expect((await recordOf(world)).state).toBe('settled');
    expect(told(world)).toEqual(['accepted', 'deposited', 'submitted', 'paid']);
    expect(world.model.effects.calls[paths.pdf]).toBeUndefined();
  });

  it('stays deposited while Chorus Pro does not know its file yet', async () => {
    const world = await deposited({ model: { fluxUnknownMs: 20 * 60_000 } });
    await pass(world, 1);
    await pass(world, 6);
    expect((await recordOf(world)).state).not.toBe('rejected');
    await pass(world, 20);
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('whose file is rejected is reported with the reason, and its number can be used again', async () => {
    const outcomes = ['IN_REJETE' as const, undefined];
    const world = await deposited({ model: { fluxOutcome: () => outcomes.shift() } });
    await pass(world, 10);
    const record = await recordOf(world);
    expect(record.state).toBe('rejected');
    expect(codesOf(record)).toContain('rejected-report');
    expect(record).not.toHaveProperty('dueAt');
    expect(told(world)).toEqual(['accepted', 'deposited', 'rejected']);

    await world.submit(command());
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('followed');
    expect(invoices(world)).toBe(1);
  });

  const reportWith = (etatCourantDepotFlux: string) =>
    answering(report, () =>
      JSON.stringify({
        ...{ codeRetour: 0, libelle: '', etatCourantDepotFlux },
        listeErreurDP: [{ numeroDP: 'SOMETHING-ELSE', libelleErreurDP: 'Le SIRET est inconnu' }],
      }),
    );

  it('whose file is rejected under another number is reported with that reason', async () => {
    const world = await deposited({ model: { fluxOutcome: () => 'IN_REJETE' }, transport: reportWith('IN_REJETE') });
    await pass(world, 10);
    expect(JSON.stringify((await recordOf(world)).reasons)).toContain('Le SIRET est inconnu');
    expect((await recordOf(world)).state).toBe('rejected');
  });

  it('of which a part is rejected under another number is looked for before that is believed', async () => {
    const transport = reportWith('IN_INTEGRE_PARTIEL');
    const there = await deposited({ transport });
    await pass(there, 10);
    expect((await recordOf(there)).state).toBe('followed');

    const absent = await deposited({ model: { fluxOutcome: () => 'IN_REJETE' }, transport });
    await pass(absent, 10);
    expect((await recordOf(absent)).state).toBe('in-doubt');
    for (let day = 0; day < 4; day += 1) await pass(absent, 24 * 60);
    expect(told(absent)).toEqual(['accepted', 'deposited', 'in-doubt', 'refused']);
    expect(JSON.stringify((await recordOf(absent)).reasons)).toContain('Le SIRET est inconnu');
    expect(deposits(absent)).toBe(1);
  });

  it('whose file Chorus Pro lost in an incident is deposited again', async () => {
    const outcomes = ['IN_INCIDENTE' as const, undefined];
    const world = await deposited({ model: { fluxOutcome: () => outcomes.shift() } });
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('in-doubt');
    for (let hour = 0; hour < 12; hour += 1) await pass(world, 60);
    expect(await deliver(world)).toEqual([{ kind: 'done' }]);
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('followed');
    expect([invoices(world), deposits(world)]).toEqual([1, 2]);
  });

  it('keeps waiting after a report with an unknown state', async () => {
    const strange = answering(report, (body) => body.replace('IN_INTEGRE', 'IN_NOUVEAU'));
    const world = await deposited({ transport: (inner) => strange(inner), model: { searchLagMs: 24 * 3_600_000 } });
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('deposited');
    expect(
      (await world.ledger.due('example', { before: new Date(world.now().getTime() + 600_000), limit: 5 })).length,
    ).toBe(1);
  });

  it('keeps waiting without a report', async () => {
    const world = await deposited({ model: { searchLagMs: 24 * 3_600_000 } });
    world.faults.add({ kind: 'server-error', path: report });
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('deposited');
  });

  it('keeps waiting when it is integrated but not in the index yet', async () => {
    const world = await deposited({ model: { searchLagMs: 60 * 60_000 } });
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('deposited');
    await pass(world, 60);
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('is not confused with an invoice of the same number that was sent by other means', async () => {
    const world = await deposited({
      transport: answering(paths.search, (body) =>
        body.replaceAll(/"numeroFluxDepot":"[^"]+"/g, '"numeroFluxDepot":null'),
      ),
    });
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('deposited');
  });
});

describe('a deposit without a response', () => {
  it('is searched by its number for longer than a submission, and found', async () => {
    const world = relay();
    world.faults.add({ kind: 'reset-after', path: paths.flux, count: 1 });
    await world.submit(command());
    expect((await recordOf(world)).state).toBe('in-doubt');
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('followed');
    expect([invoices(world), deposits(world)]).toEqual([1, 1]);
  });

  it('is not repeated within the hours that a file may take to process', async () => {
    const world = relay({ model: { fluxProcessingMs: 6 * 3_600_000 } });
    world.faults.add({ kind: 'hang-after', path: paths.flux, count: 1 });
    await world.submit(command());
    for (let hour = 0; hour < 7; hour += 1) await pass(world, 60);
    expect(world.sent).toEqual([]);
    expect((await recordOf(world)).state).toBe('followed');
    expect([invoices(world), deposits(world)]).toEqual([1, 1]);
  });

  it('is repeated once when no invoice appears', async () => {
    const world = relay();
    world.faults.add({ kind: 'reset-before', path: paths.flux, count: 1 });
    await world.submit(command());
    for (let hour = 0; hour < 13; hour += 1) await pass(world, 60);
    await deliver(world);
    await pass(world, 10);
    expect((await recordOf(world)).state).toBe('followed');
    expect([invoices(world), deposits(world)]).toEqual([1, 1]);
  });
});

describe('the report on a deposited file', () => {
  const never = (inner: Parameters<NonNullable<RelayOptions['transport']>>[0]) =>
    answering(report, (body) => body.replace('IN_INTEGRE', 'IN_EN_COURS_TRAITEMENT_CPP'))(inner);
  /** Otherwise the search of changes would show the invoice without a report. */
  const hidden = { searchLagMs: 30 * 24 * 3_600_000 };
  const failures = (world: Relay): number => told(world).filter((type) => type === 'failed').length;

  it('is read again after five minutes, and not earlier', async () => {
    const world = await deposited({ transport: never, model: hidden });
    await pass(world, 10);
    const reads = () => world.model.effects.calls[report] ?? 0;
    const before = reads();
    await pass(world, 4);
    expect(reads()).toBe(before);
    await pass(world, 2);
    expect(reads()).toBe(before + 1);
  });

  it('is reported as failed when it is still open after three days, and then once a day', async () => {
    const world = await deposited({ transport: never, model: hidden });
    await pass(world, 3 * 24 * 60 - 1);
    expect(failures(world)).toBe(0);
    await pass(world, 5);
    expect(failures(world)).toBe(1);
    await pass(world, 23 * 60);
    expect(failures(world)).toBe(1);
    await pass(world, 61);
    expect(failures(world)).toBe(2);
    expect(world.published.at(-1)?.data.message.fr).toContain('Trois jours après le dépôt');
    expect((await recordOf(world)).state).toBe('deposited');
  });

  it('is logged when it has ended, and with an alarm when its state is unknown', async () => {
    const telemetry = recordedTelemetry();
    const strange = answering(report, (body) => body.replace('IN_INTEGRE', 'IN_NOUVEAU'));
    const world = await deposited({ telemetry, transport: (inner) => strange(inner) });
    await pass(world, 10);
    const codes = telemetry.logged.map(([, code]) => code);
    expect(codes).toContain('REPORT_UNKNOWN');
    expect(telemetry.measured.map(([metric]) => metric)).toContain('UnknownStatus');

    const quiet = recordedTelemetry();
    await pass(await deposited({ telemetry: quiet, transport: never }), 10);
    expect(quiet.logged.map(([, code]) => code)).not.toContain('REPORT_READ');
  });
});
