/** Two connections on one technical account, as a group or an editor may have: Chorus Pro shows both to each. */
import { describe, expect, it } from 'vitest';
import { pollStatuses } from '../../../functions/poll-statuses/poll-statuses.ts';
import { worksDocumentTold } from '../../../functions/poll-statuses/works-told.ts';
import { worksAsked } from '../../../shared/tracking/works-asked.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleWorksSettings, settingsOf } from '../../support/example-connection.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { worksCommand } from '../invoice-commands/works-scenario.ts';
import { day, depositByHand, showsOnly } from './works-fixture.ts';

const connection = (name: string, companies: object[]) => ({
  ...{ name, label: name, environment: 'production', companies, works: { answers: 'inferred' } },
});

const twoConnections = (options: RelayOptions = {}) =>
  relay({
    connections: settingsOf(
      connection('martin', [{ name: 'Martin', siret: SUPPLIERS.mainContractor }]),
      connection('example', exampleWorksSettings.companies),
    ),
    model: { qualification: false },
    ...options,
  });

/** Martin’s poll is always the first: what it takes would be missing in the other’s. */
async function pollBoth(world: Relay, days: number): Promise<void> {
  for (let half = 0; half < days * 2; half += 1) {
    world.advance(day / 2);
    for (const name of ['martin', 'example'])
      await pollStatuses(name, world.dependencies, { remainingMs: () => 57_000 });
  }
}

describe('two connections on one account', () => {
  it('each hear only of the billing files in which a company of theirs has a part', async () => {
    const world = twoConnections();
    await pollBoth(world, 1);
    depositByHand(world, { number: 'S-9', frame: 'A7' });
    await pollBoth(world, 25);
    expect(new Set(world.worksTold.map(({ data }) => data.connection))).toEqual(new Set(['example']));
    expect(world.worksTold.map(({ data }) => data.document.framework)).toContain('A20');
    expect(await worksAsked(world.ledger, { name: 'martin', environment: 'production' })).toEqual([]);
    expect(await worksAsked(world.ledger, { name: 'example', environment: 'production' })).toHaveLength(1);
  });

  it('take nothing from each other: who sent a draft hears of what answers it', async () => {
    const world = twoConnections({ transport: showsOnly('S-1') });
    await pollBoth(world, 1);
    await world.submit(worksCommand('S-1'));
    await pollBoth(world, 8);
    expect(world.worksTold.map(({ data }) => `${data.connection} ${data.document.number}`)).toContain('example S-1EA');
    expect(world.worksTold.filter(({ data }) => data.connection === 'martin')).toEqual([]);
  });

  it('hear of another supplier’s documents in a file of their own, of which nothing is for them to do', () => {
    const amounts = { taxExclusive: undefined, taxInclusive: undefined, due: undefined };
    const works = { framework: 'A20', amounts };
    const account = { chorusProId: 7, number: 'S-9DG', supplierSiret: SUPPLIERS.company, works };
    const told = (companies: object[]) => {
      const settings = settingsOf(connection('one', companies)).get('one');
      const found = { ...account, status: 'A_ASSOCIER_FOURNISSEUR' };
      const sighting = { found, details: undefined, since: undefined, times: 1 };
      return settings && worksDocumentTold(sighting, settings, new Date(0)).data;
    };
    const ofMain = told([{ name: 'Duval', siret: SUPPLIERS.company }]);
    expect([ofMain?.actionNeeded, ofMain?.status.answer]).toEqual([true, 'works.sign-final']);
    const ofOther = told([{ name: 'Martin', siret: SUPPLIERS.mainContractor }]);
    expect([ofOther?.actionNeeded, ofOther?.status.answer]).toEqual([false, undefined]);
    expect(ofOther?.message.fr).toMatch(/Prochain intervenant : le titulaire/);
  });
});
