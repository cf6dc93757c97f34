import { describe, expect, it } from 'vitest';
import { parisDay } from '../../../shared/chorus-pro/dates.ts';
import { validationsCsv } from '../../../shared/lists/validation-csv.ts';
import { waitingIn } from '../../../shared/lists/validation-rows.ts';
import { spokenValidations } from '../../../tools/relay/validation-text.ts';
import { accept, answer, asked, day, path, validating } from '../validations/scenario.ts';

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
      { number: 'ST-1', day: 14, until: '2026-12-08', daysLeft: 1, atRisk: true },
      { number: 'ST-2', day: 9, until: '2026-12-13', daysLeft: 6, atRisk: false },
    ]);
    const fr = spokenValidations(await shown(world), 'fr');
    expect(fr.split('\n')[0]).toMatch(/ dernier jour pour répondre +délai restant$/);
    expect(spokenValidations(await shown(world), 'en').split('\n')[0]).toMatch(/ last day to answer +time left$/);
    // As the event says: « Répondez au plus tard le 8 décembre ».
    expect(fr.split('\n')[1]).toMatch(
      /^! +example +ST-1 +Charpentes Morel .*\(\d{14}\).*200,00.*08.12.2026 +il reste 1 jour$/,
    );
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

  it('says how to answer, and with which reasons a request may be refused', async () => {
    const world = validating();
    world.model.askValidation(asked());
    await world.pollValidations();
    const fr = spokenValidations(await shown(world), 'fr');
    expect(fr).toContain(
      '→ valider ou refuser, par votre logiciel (validation.answer) ou sur le portail Chorus Pro, espace « Factures à valider » (au plus tard le 8 décembre 2026).',
    );
    expect(fr).toContain('Motifs de refus possibles : AUTRE (Autre motif), MAUVAIS_VALIDEUR (Mauvais valideur),');
  });

  it('says where the reasons are, while they could not be read', async () => {
    const world = validating();
    world.model.askValidation(asked());
    world.faults.add({ kind: 'unavailable', path: path('consulter/valideur') });
    await world.pollValidations();
    expect(spokenValidations(await shown(world), 'fr')).toContain('le portail les propose au moment du refus');
    world.faults.clear();
    world.advance(60);
    await world.pollValidations();
    expect(spokenValidations(await shown(world), 'fr')).toContain('possibles : AUTRE (Autre motif)');
  });

  it('says that the last answer was not given, and why, until another one is', async () => {
    const world = validating();
    world.model.askValidation(asked());
    await world.pollValidations();
    await world.submit(answer('refuse', { reason: 'PAS_CONTENT' }));
    const fr = spokenValidations(await shown(world), 'fr');
    expect(fr).toContain(
      'La réponse du 23 novembre 2026 (refus, PAS_CONTENT) n’a pas été transmise : Le motif de refus « PAS_CONTENT » n’est pas dans la liste de Chorus Pro.',
    );
    expect(validationsCsv(await shown(world), 'fr')).toContain('Le motif de refus « PAS_CONTENT »');
    await world.submit(accept);
    expect(spokenValidations(await shown(world), 'fr')).not.toContain('PAS_CONTENT');
  });

  it('says of one that has ended that an answer came too late, and where the older ones are', async () => {
    const world = validating();
    world.model.askValidation(asked());
    await world.pollValidations();
    world.advance(16 * day);
    await world.pollValidations();
    await world.submit(answer('refuse', { reason: 'AUTRE' }));
    const fr = spokenValidations(await shown(world), 'fr');
    expect(fr).toMatch(
      /acceptée tacitement le 08.12.2026\n +La réponse du 9 décembre 2026 \(refus, AUTRE\) n’a pas été transmise :/,
    );
    expect(fr).toContain('Les plus anciennes ne sont plus dans cette liste :');
    expect(spokenValidations(await shown(world), 'en')).toContain('Older ones are not in this list any more:');
    expect(validationsCsv(await shown(world), 'fr')).toMatch(/;La demande [^;]*;acceptée tacitement;08\/12\/2026\r\n/);
  });

  it('has those that ended, and how, below those that wait', async () => {
    const world = validating();
    world.model.askValidation(asked('ST-1'));
    world.model.askValidation(asked('ST-2'));
    world.model.askValidation(asked('ST-3'));
    await world.pollValidations();
    await world.submit(accept);
    world.model.setStatus('ST-2', 'REFUSEE_1');
    world.advance(day);
    await world.pollValidations();
    world.advance(16 * day);
    await world.pollValidations();
    world.model.askValidation(asked('ST-4'));
    await world.pollValidations();
    const fr = spokenValidations(await shown(world), 'fr');
    expect(fr).toContain('Terminées depuis moins de 30 jours (3)');
    expect(fr).toMatch(
      /ST-3 .*200,00.* acceptée tacitement le 08\/12\/2026\n.*ST-2 .* refusée le 24\/11\/2026\n.*ST-1 .* validée le 23\/11\/2026\n/,
    );
    expect(fr.indexOf('ST-4')).toBeLessThan(fr.indexOf('Terminées'));
    const csv = validationsCsv(await shown(world), 'fr');
    expect(csv).toMatch(/;ST-3;.*;acceptée tacitement;08\/12\/2026\r\n/);
    expect(csv).toMatch(/;ST-4;.*;15;/);
    world.advance(31 * day);
    await world.pollValidations();
    expect(spokenValidations(await shown(world), 'fr')).not.toContain('ST-1');
  });
});
