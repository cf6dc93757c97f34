import { describe, expect, it } from 'vitest';
import { worksDocumentSchema } from '../../../shared/messaging/works-event.ts';
import { listAsked, worksAsked } from '../../../shared/tracking/works-asked.ts';
import { PROJECT_MANAGERS, RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import type { Relay } from '../../support/relay.ts';
import { day, depositByHand, pollFor, showsOnly, worksRelay } from './works-fixture.ts';

const brief = (world: Relay) =>
  world.worksTold.map(({ data: { document, status } }) => `${document.number} ${document.framework} ${status.code}`);
const details = '/cpro/factures/v1/consulter/fournisseur';

describe.each(['production', 'qualification'] as const)('in %s', (environment) => {
  it('each document of the billing file is told, and each of its statuses once', async () => {
    const world = worksRelay(environment);
    await world.poll();
    depositByHand(world, { number: 'S-1' });
    await pollFor(world, 40);
    const ids = world.worksTold.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(brief(world)).size).toBe(ids.length);
    expect(brief(world)).toEqual(
      expect.arrayContaining([
        'S-1 A4 PRISE_EN_COMPTE_MOE',
        'S-1 A4 TRANSMISE_MOA',
        'S-1EA A15 MISE_A_DISPOSITION_MOA',
        'S-1EA A15 ASSOCIEE',
        'S-1EAV A19 MISE_EN_PAIEMENT',
      ]),
    );
    for (const event of world.worksTold) expect(worksDocumentSchema.parse(event)).toEqual(event);
  });

  it('says whose it is, what it answers, and who must act next', async () => {
    const world = worksRelay(environment);
    await world.poll();
    depositByHand(world, { number: 'S-1' });
    await pollFor(world, 7);
    const statement = world.worksTold.findLast(({ data }) => data.document.number === 'S-1EA');
    expect(statement?.data).toMatchObject({
      supplier: SUPPLIERS.company,
      document: { framework: 'A15', kind: 'instalment-statement', by: 'project-manager', amounts: { due: '1200.00' } },
      preceding: { number: 'S-1', framework: 'A4' },
      next: { actor: 'works-owner' },
      ...{ projectManager: PROJECT_MANAGERS.answers, worksOwner: RECIPIENTS.nothingMandatory },
      actionNeeded: false,
    });
    expect(statement?.data.message).toEqual({
      fr: 'Dossier de facturation : état d’acompte n° S-1EA (A15), par le maître d’œuvre. Mise à disposition du maître d’ouvrage. Prochain intervenant : le maître d’ouvrage.',
      en: 'Billing file: instalment statement S-1EA (A15), by the project manager. Available to the works owner. Next to act: the works owner.',
    });
    if (environment === 'production') expect(statement?.data.billingFile?.id).toBeGreaterThan(0);
  });

  it('the general statement asks the supplier to sign it, until a day', async () => {
    const world = worksRelay(environment);
    await world.poll();
    depositByHand(world, { number: 'S-9', frame: 'A7' });
    await pollFor(world, 25);
    const account = world.worksTold.findLast(({ data }) => data.document.framework === 'A20');
    expect(account?.data).toMatchObject({
      document: { number: 'S-9DG', kind: 'general-statement', by: 'works-owner' },
      status: { code: 'A_ASSOCIER_FOURNISSEUR', answer: 'works.sign-final' },
      next: { actor: 'main-contractor', until: '2027-01-12' },
      actionNeeded: true,
    });
    expect(account?.data.message.fr).toMatch(
      /Prochain intervenant : vous \(le titulaire\), jusqu’au 12 janvier 2027\.$/,
    );
    const asks = { number: 'S-9DG', framework: 'A20', until: '2027-01-12' };
    const key = `works-document#example#${environment}#${account?.data.document.chorusProId}`;
    expect(await world.ledger.recall(key)).toMatchObject({ asks });
    const example = { name: 'example', environment };
    expect(await worksAsked(world.ledger, example)).toEqual([asks]);
    expect(await worksAsked(world.ledger, { ...example, name: 'other' })).toEqual([]);
  });

  it('a document that asks for nothing any more is in no list, and leaves the note of those that asked', async () => {
    const world = worksRelay(environment);
    const example = { name: 'example', environment };
    await world.poll();
    depositByHand(world, { number: 'S-9', frame: 'A7' });
    await pollFor(world, 25);
    world.model.setStatus('S-9DG', 'ASSOCIEE');
    await pollFor(world, 2);
    expect(await worksAsked(world.ledger, example)).toEqual([]);
    await listAsked(world.ledger, example, 1, world.now());
    expect(await world.ledger.recall(`works-asked#example#${environment}`)).toMatchObject({
      entries: [{ chorusProId: 1 }],
    });
  });
});

describe('a document that the relay did not send', () => {
  it.each(['A_COMPLETER', 'A_RECYCLER'] as const)('is %s by whoever deposited it, on the portal', async (status) => {
    const world = worksRelay('production');
    await world.poll();
    depositByHand(world, { number: 'S-1' });
    await pollFor(world, 7);
    for (const number of ['S-1', 'S-1EA']) world.model.setStatus(number, status);
    await pollFor(world, 1);
    const last = (number: string) => world.worksTold.findLast(({ data }) => data.document.number === number)?.data;
    for (const number of ['S-1', 'S-1EA']) expect(last(number)?.status).not.toHaveProperty('answer');
    expect([last('S-1')?.status.code, last('S-1')?.actionNeeded]).toEqual([status, true]);
    expect([last('S-1EA')?.status.code, last('S-1EA')?.actionNeeded]).toEqual([status, false]);
  });
});

describe('a document that the lists do not show', () => {
  const relayThatSees = (...numbers: string[]) => worksRelay('production', { transport: showsOnly(...numbers) });

  it('is found by walking through its file', async () => {
    const world = relayThatSees('S-1');
    await world.poll();
    depositByHand(world, { number: 'S-1' });
    await pollFor(world, 40);
    expect(brief(world).filter((one) => one.startsWith('S-1EA '))).toHaveLength(1);
  });

  it('says until when the supplier must sign it, as its history tells', async () => {
    const world = relayThatSees('S-9', 'S-9PDG', 'S-9DGM');
    await world.poll();
    depositByHand(world, { number: 'S-9', frame: 'A7' });
    await pollFor(world, 19);
    // By the next poll the general statement has been deposited, and waits for its signature.
    world.advance(1.5 * day);
    await world.poll();
    const accounts = world.worksTold.filter(({ data }) => data.document.framework === 'A20');
    expect(accounts.map(({ data }) => [data.status.code, data.next])).toEqual([
      ['A_ASSOCIER_FOURNISSEUR', { actor: 'main-contractor', until: '2027-01-12' }],
    ]);
  });
});

describe('a document that Chorus Pro does not show in full', () => {
  it('is told with what the list says', async () => {
    const world = worksRelay('production', {
      transport: (wire) => (request) =>
        request.url.endsWith(details)
          ? Promise.resolve({
              kind: 'response',
              status: 200,
              headers: {},
              body: JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' }),
            })
          : wire(request),
    });
    await world.poll();
    depositByHand(world, { number: 'S-1' });
    await pollFor(world, 7);
    expect(brief(world)).toContain('S-1EA A15 MISE_A_DISPOSITION_MOA');
  });

  it('is read again if there was no answer: the window counts as unread', async () => {
    const world = worksRelay('production');
    await world.poll();
    depositByHand(world, { number: 'S-1' });
    world.faults.add({ kind: 'server-error', path: details });
    world.advance(15);
    expect(await world.poll()).toMatchObject({ stopped: 'no-answer' });
    world.faults.clear();
    world.advance(15);
    await world.poll();
    expect(world.worksTold.length).toBeGreaterThan(0);
  });
});

describe('a crash', () => {
  it('after the event left repeats it with the same id', async () => {
    const world = worksRelay('production');
    await world.poll();
    depositByHand(world, { number: 'S-1' });
    world.advance(day);
    const swap = world.ledger.swap.bind(world.ledger);
    world.ledger.swap = (name, change) =>
      name.startsWith('works-document#') ? Promise.reject(new Error('died')) : swap(name, change);
    await world.poll();
    world.ledger.swap = swap;
    world.advance(15);
    await world.poll();
    const [first, second] = world.worksTold;
    expect(second?.id).toBe(first?.id);
  });
});
