import { describe, expect, it } from 'vitest';
import { parisDay } from '../../../shared/chorus-pro/dates.ts';
import { spokenValidations, waitingIn } from '../../../tools/relay/validation-rows.ts';
import { asked, day, path, validating } from '../validations/scenario.ts';

const shown = async (world: ReturnType<typeof validating>) => [
  await waitingIn(world.ledger, 'example', parisDay(world.now())),
];

describe('the list of requests to validate', () => {
  it('has those that wait, the oldest first, with the last day to answer', async () => {
    const world = validating();
    world.model.askValidation(asked('ST-1'));
    world.advance(5 * day);
    world.model.askValidation(asked('ST-2'));
    world.model.askValidation(asked('ST-3'));
    await world.pollValidations();
    world.model.setStatus('ST-3', 'REFUSEE_1');
    world.advance(9 * day);
    await world.pollValidations();
    const [found] = await shown(world);
    expect(found?.requests).toMatchObject([
      { number: 'ST-1', day: 14, until: '2026-12-08', atRisk: true },
      { number: 'ST-2', day: 9, until: '2026-12-13', atRisk: false },
    ]);
    const fr = spokenValidations(await shown(world), 'fr');
    expect(fr.split('\n')[0]).toMatch(/ dernier jour pour répondre$/);
    expect(spokenValidations(await shown(world), 'en').split('\n')[0]).toMatch(/ last day to answer$/);
    // As the event says: « Répondez au plus tard le 8 décembre ».
    expect(fr.split('\n')[1]).toMatch(/^! +example +Charpentes Morel.*ST-1.*200,00.*08.12.2026/);
    expect(fr).toContain('2 demandes en attente, dont 1 au treizième jour ou au-delà (!).');
    expect(fr).toContain('example : dernière lecture le ');
  });

  it.each([
    ['forbidden', '"Factures"'],
    ['unavailable', 'closed'],
  ] as const)('says why the last reading did not reach its end (%s)', async (kind, said) => {
    const world = validating();
    world.faults.add({ kind, path: path('rechercher/aTraiter/valideur') });
    await world.pollValidations();
    expect(spokenValidations(await shown(world), 'en')).toContain(said);
  });

  it('names the space that the technical account lacks', async () => {
    const world = validating();
    for (const account of world.model.world.accounts) account.structures = [];
    await world.pollValidations();
    expect(spokenValidations(await shown(world), 'fr')).toContain('l’espace « Factures à valider »');
  });

  it('is empty for a connection that has not been read', async () => {
    expect(spokenValidations(await shown(validating()), 'en')).toBe(
      'Nothing waits for a validation.\n\nexample has not been read: has it the setting "validations"?',
    );
  });
});
