import { describe, expect, it } from 'vitest';
import { PROJECT_MANAGERS } from '../../../tools/chorus-pro-simulator/index.ts';
import type { Relay } from '../../support/relay.ts';
import { day, pollFor, worksCommand, worksRecord, worksRelay } from '../invoice-commands/works-scenario.ts';
import { paths, told } from '../submit-invoice/scenario.ts';
import { showsOnly } from './works-fixture.ts';

const lost = (world: Relay, kind: 'reset-after' | 'reset-before') =>
  world.faults.add({ kind, path: paths.flux, count: 1 });
const documentsOf = (world: Relay, number: string): number =>
  Object.entries(world.model.effects.invoices)
    .filter(([key]) => key.endsWith(`/${number}`))
    .reduce((sum, [, count]) => sum + count, 0);

describe.each(['production', 'qualification'] as const)('a works document of the relay’s own, in %s', (environment) => {
  it('is followed to its payment, which another document of its file gets', async () => {
    const world = worksRelay({ environment });
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 40);
    expect(await worksRecord(world, 'S-1', environment)).toMatchObject({
      state: 'settled',
      status: { code: 'MISE_EN_PAIEMENT' },
    });
    expect(told(world).filter((type) => type === 'paid')).toHaveLength(1);
    expect(world.published.at(-1)?.data.message.fr).toBe(
      'Mise en paiement, par la pièce S-1EAV du dossier de facturation.',
    );
    expect(world.worksTold.map(({ data }) => data.document.number)).not.toContain('S-1');
  });

  it('in doubt is found by its number, and not sent again', async () => {
    const world = worksRelay({ environment });
    lost(world, 'reset-after');
    await world.submit(worksCommand('S-1'));
    expect((await worksRecord(world, 'S-1', environment))?.state).toBe('in-doubt');
    await pollFor(world, 3);
    expect((await worksRecord(world, 'S-1', environment))?.state).toBe('followed');
    expect([documentsOf(world, 'S-1'), world.sent]).toEqual([1, []]);
  });

  it('that certainly never arrived is sent again, once', async () => {
    const world = worksRelay({ environment });
    lost(world, 'reset-before');
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 2);
    for (const body of world.sent.splice(0)) await world.submit(body);
    await pollFor(world, 2);
    expect((await worksRecord(world, 'S-1', environment))?.state).toBe('followed');
    expect(documentsOf(world, 'S-1')).toBe(1);
  });

  it('refused by the project manager is rejected; another one with a new number takes its place', async () => {
    const world = worksRelay({ environment });
    await world.submit(worksCommand('S-1', { manager: PROJECT_MANAGERS.refuses }));
    await pollFor(world, 5);
    expect(await worksRecord(world, 'S-1', environment)).toMatchObject({
      state: 'rejected',
      status: { code: 'REFUSEE_MOE' },
    });
    const rejected = world.published.findLast(({ type }) => type.endsWith('.rejected.v1'));
    expect(rejected?.data.message.fr).toMatch(
      /^Refusée par le maître d’œuvre : déposez une nouvelle pièce sous un nouveau numéro\. Motif : /,
    );
    await world.submit(worksCommand('S-1-BIS', { manager: PROJECT_MANAGERS.refuses }));
    await pollFor(world, 40);
    expect((await worksRecord(world, 'S-1-BIS', environment))?.state).toBe('settled');
  });
});

describe('a works document of which nothing is heard', () => {
  it('is looked up by its number', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('S-1', { manager: PROJECT_MANAGERS.silent }));
    await pollFor(world, 1);
    // The lists are read, and show no change: what they hide comes to light by the number.
    world.advance(11 * day);
    await world.ledger.remember('cursor#example', { since: world.now().toISOString() });
    await world.ledger.remember('second-reading#example', {
      from: world.now().toISOString(),
      until: world.now().toISOString(),
    });
    await world.poll();
    expect(await worksRecord(world, 'S-1')).toMatchObject({ status: { code: 'PRISE_EN_COMPTE_MOE' } });
  });
});

describe('a payment that is read while Chorus Pro does not show the draft', () => {
  it('settles it by the next poll', async () => {
    let hidden: number | undefined;
    const world = worksRelay({
      transport: (wire) => (request) => {
        const asksForIt = request.url.endsWith('consulter/fournisseur') && request.body?.includes(`:${hidden},`);
        return asksForIt ? Promise.resolve({ kind: 'lost', why: 'ECONNRESET' }) : wire(request);
      },
    });
    await world.submit(worksCommand('S-1'));
    const isPaid = () => world.model.othersDocuments().some(({ status }) => status === 'MISE_EN_PAIEMENT');
    while (!isPaid()) {
      await world.poll();
      world.advance(6 * 60);
    }
    hidden = world.model.accepted().find(({ number }) => number === 'S-1')?.id;
    await world.poll();
    expect((await worksRecord(world, 'S-1'))?.state).toBe('followed');
    hidden = undefined;
    world.advance(15);
    await world.poll();
    expect((await worksRecord(world, 'S-1'))?.state).toBe('settled');
  });
});

describe('a works document whose answers the list hides', () => {
  const relayThatSees = () => worksRelay({ transport: showsOnly('S-1') });

  it('is settled by the payment of the last, and each is told until its end', async () => {
    const world = relayThatSees();
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 60);
    const told = world.worksTold.map(({ data }) => `${data.document.number} ${data.status.code}`);
    expect(told).toEqual(expect.arrayContaining(['S-1EA ASSOCIEE', 'S-1EAV MISE_EN_PAIEMENT']));
    expect(new Set(told).size).toBe(told.length);
    expect(await worksRecord(world, 'S-1')).toMatchObject({
      state: 'settled',
      status: { code: 'MISE_EN_PAIEMENT' },
    });
  });

  it('costs some calls every ten days, not at every poll', async () => {
    const world = relayThatSees();
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 10);
    const calls = () => world.model.effects.calls['/cpro/factures/v1/consulter/fournisseur'] ?? 0;
    const before = calls();
    await pollFor(world, 10);
    expect(calls() - before).toBeLessThanOrEqual(5);
    expect(calls() - before).toBeGreaterThan(0);
  });

  it('is looked up again if Chorus Pro does not say what follows it', async () => {
    const world = relayThatSees();
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 12);
    const stateOf = async () => (await worksRecord(world, 'S-1'))?.state;
    const mend = world.faults.add({ kind: 'server-error', path: '/cpro/factures/v1/consulter/fournisseur' });
    await pollFor(world, 30);
    expect(await stateOf()).toBe('followed');
    mend();
    await pollFor(world, 1);
    expect(await stateOf()).toBe('settled');
  });
});

describe('a list that is cut off', () => {
  it('proves nothing about a document in doubt: it is not sent again', async () => {
    const world = worksRelay();
    lost(world, 'reset-after');
    await world.submit(worksCommand('S-1'));
    world.model.options.paymentRequestCeiling = 0;
    // By its number, the list of payment requests shows none of one.
    await world.ledger.remember('cursor#example', { since: world.now().toISOString() });
    for (let hour = 0; hour < 24; hour += 1) {
      world.advance(60);
      await world.poll().catch(() => undefined);
    }
    expect(world.sent).toEqual([]);
    expect((await worksRecord(world, 'S-1'))?.state).toBe('in-doubt');
  });
});
