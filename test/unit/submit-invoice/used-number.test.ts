import { describe, expect, it } from 'vitest';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, submitInvoice } from '../../../tools/chorus-pro-simulator/example-client.ts';
import { submitCommand } from '../../support/commands.ts';
import { exampleConnections } from '../../support/example-connection.ts';
import { relay } from '../../support/relay.ts';
import { answering, codesOf, deliver, effectsOf, keyOf, paths, recordOf, told } from './scenario.ts';

const done = { kind: 'done' };
/** Another debt under the same number. */
const other = { invoice: { issueDate: '2026-11-19' } };
const once = { invoices: 1, tries: 1 };

describe('another invoice under a used number', () => {
  it('is refused beside the living invoice, which stays as it is', async () => {
    const world = relay();
    await world.submit(submitCommand());
    const before = await recordOf(world);
    expect(await world.submit(submitCommand(other), { messageId: 'm-2' })).toEqual(done);
    const refused = await recordOf(world, 'command#m-2');
    expect(refused).toMatchObject({ state: 'refused', number: 'F-2026-0001' });
    expect(refused.reasons?.[0]?.fr).toContain('une facture du 20 novembre 2026, d’un montant de 1 200,00 €, pour 1');
    expect(refused.reasons?.[0]?.fr).toContain('(« Déposée »). Si vous corrigez');
    expect(codesOf(refused)).toEqual(['number-already-used']);
    expect(await recordOf(world)).toEqual(before);
    expect(effectsOf(world)).toEqual(once);
    expect(told(world)).toEqual(['accepted', 'submitted', 'refused']);
    expect(new Set(world.published.map(({ id }) => id)).size).toBe(3);
  });

  it('is told once, however often its message comes', async () => {
    const world = relay();
    await world.submit(submitCommand());
    for (const redelivered of [false, true, true]) {
      expect(await world.submit(submitCommand(other), { messageId: 'm-2', redelivered })).toEqual(done);
    }
    expect(told(world)).toEqual(['accepted', 'submitted', 'refused']);
  });

  it.each([
    ['in doubt', { kind: 'reset-before', path: paths.submit } as const],
    ['parked', { kind: 'server-error', path: paths.pdf } as const],
  ])('is refused while the first is %s', async (_state, fault) => {
    const world = relay();
    world.faults.add(fault);
    await world.submit(submitCommand());
    const before = await recordOf(world);
    await world.submit(submitCommand(other), { messageId: 'm-2' });
    const refused = await recordOf(world, 'command#m-2');
    expect(codesOf(refused)).toEqual(['number-already-used']);
    // There is nothing to cancel yet.
    expect(refused.reasons?.[0]?.fr).not.toContain('annulez-la');
    expect(refused.reasons?.[0]?.fr).toContain('attendez qu’elle y soit');
    expect(await recordOf(world)).toEqual(before);
  });

  it('of another supplier is another invoice', async () => {
    const world = relay();
    await world.submit(submitCommand());
    await world.submit(submitCommand({ command: { supplier: { company: 'Constructions Duval', agency: 'Caen' } } }));
    expect((await recordOf(world, keyOf('F-2026-0001', SUPPLIERS.agency))).state).toBe('followed');
    expect(effectsOf(world)).toEqual({ invoices: 2, tries: 2 });
  });

  it('that Chorus Pro has rejected is used up', async () => {
    const world = relay();
    await world.submit(submitCommand());
    world.advance(60);
    world.model.setStatus('F-2026-0001', 'REJETEE', 'Montant faux');
    world.advance(1);
    await world.poll();
    expect((await recordOf(world)).state).toBe('rejected');
    await world.submit(submitCommand(other), { messageId: 'm-2' });
    expect(codesOf(await recordOf(world, 'command#m-2'))).toEqual(['number-already-used']);
  });
});

describe('a number that was refused', () => {
  it('by a rule is taken up by the corrected invoice, whose events go on counting', async () => {
    const world = relay();
    await world.submit(submitCommand({ invoice: { issueDate: '2026-11-24' } }));
    await world.submit(submitCommand());
    const record = await recordOf(world);
    expect(record).toMatchObject({ state: 'followed', attempts: 1 });
    expect(record).not.toHaveProperty('reasons');
    expect(told(world)).toEqual(['refused', 'accepted', 'submitted']);
    expect(world.published.map(({ data }) => data.sequence)).toEqual([1, 2, 3]);
  });

  it('may be refused anew for another reason', async () => {
    const world = relay();
    await world.submit(submitCommand({ invoice: { issueDate: '2026-11-24' } }));
    await world.submit(submitCommand({ invoice: { framework: 'A12' } }));
    expect(codesOf(await recordOf(world))).toEqual(['validator-missing']);
    expect(told(world)).toEqual(['refused', 'refused']);
  });

  it('by Chorus Pro is taken up too, with the same content or another', async () => {
    const no = JSON.stringify({ codeRetour: 20013, libelle: 'non' });
    const world = relay({ transport: answering(paths.pdf, (body, nth) => (nth <= 2 ? no : body)) });
    await world.submit(submitCommand());
    await world.submit(submitCommand());
    expect((await recordOf(world)).state).toBe('refused');
    await world.submit(submitCommand(other));
    expect((await recordOf(world)).state).toBe('followed');
    expect(effectsOf(world).invoices).toBe(1);
    expect(told(world)).toEqual(['accepted', 'refused', 'accepted', 'refused', 'accepted', 'submitted']);
  });

  it('is not what another way into Chorus Pro has taken: that is Chorus Pro’s to say', async () => {
    const world = relay();
    submitInvoice(exampleClient(world.model), { number: 'F-2026-0001' });
    await world.submit(submitCommand());
    await world.submit(submitCommand());
    expect(effectsOf(world).invoices).toBe(1);
    expect((await recordOf(world)).state).toBe('refused');
  });
});

it('at New Year, the first invoice of January is not taken for the lost one of December', async () => {
  const companies = [{ name: 'Constructions Duval', siret: SUPPLIERS.company, numbering: 'per-year' }];
  const world = relay({ model: { numbersServe: 'once-a-year' }, settings: { companies } });
  world.advance((Date.parse('2026-12-31T22:50:00Z') - world.now().getTime()) / 60_000);
  const dated = (issueDate: string) => submitCommand({ invoice: { number: '0001', issueDate } });
  world.faults.add({ kind: 'reset-before', path: paths.submit, count: 1 });
  await world.submit(dated('2026-12-31'));
  world.advance(20);
  await world.submit(dated('2027-01-01'));
  for (let quarter = 0; quarter < 8; quarter += 1) {
    world.advance(15);
    await world.poll();
    await deliver(world);
  }
  const ids = world.ledger.records().flatMap(({ chorusProId }) => chorusProId ?? []);
  expect(new Set(ids).size, 'no two records have one invoice').toBe(ids.length);
  const december = await recordOf(world, `${keyOf('0001')}#2026`);
  expect(december.state).not.toBe('followed');
});

it('of two connections with one supplier, each hears of its own messages', async () => {
  const [example] = exampleConnections.values();
  if (!example) throw new Error('the example has one connection');
  const connections = new Map([...exampleConnections, ['other', { ...example, name: 'other' }]]);
  const world = relay({ connections });
  await world.submit(submitCommand());
  await world.submit(submitCommand({ command: { connection: 'other' } }), { messageId: 'm-2' });
  expect(effectsOf(world)).toEqual(once);
  const { source, data } = world.published.at(-1) ?? {};
  expect(source).toBe('chorus-relay/other');
  expect(data?.reasons?.map(({ code }) => code)).toEqual(['known-invoice']);
  expect((await recordOf(world)).connection).toBe('example');
});
