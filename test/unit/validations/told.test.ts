import { describe, expect, it } from 'vitest';
import { validationEventSchema } from '../../../shared/messaging/validation-event.ts';
import { ValidationNotes } from '../../../shared/validations/notes.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { asked, day, path, toldOf, validating } from './scenario.ts';

describe('a subcontractor’s request', () => {
  it('is told once, with all that the main contractor needs to answer it', async () => {
    const world = validating();
    const id = world.model.askValidation(asked());
    await world.pollValidations();
    world.advance(60);
    await world.pollValidations();
    expect(toldOf(world)).toEqual(['requested']);
    const [event] = world.validationEvents;
    expect(validationEventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({
      id: `validation#qualification#${id}-1#requested`,
      subject: `example/-/validation ${id}-1`,
      data: {
        ...{ connection: 'example', chorusProId: id, validator: SUPPLIERS.company, isSecondValidator: false },
        subcontractor: { siret: SUPPLIERS.subcontractor, name: 'Charpentes Morel (sous-traitant)' },
        ...{ number: 'ST-1', taxExclusive: '1000.00', taxInclusive: '1200.00', due: '1200.00', currency: 'EUR' },
        ...{ contract: '2026-BAT-1', deposited: '2026-11-23', day: 0, until: '2026-12-08', onSilence: 'accepted' },
        actionNeeded: true,
      },
    });
    expect(event?.data.message.fr).toContain('Répondez au plus tard le 8 décembre 2026');
  });

  it('is told again on day 10 and day 13, and when the fifteenth day has passed in silence', async () => {
    const world = validating();
    world.model.askValidation(asked());
    for (let at = 0; at <= 17; at += 1) {
      await world.pollValidations();
      world.advance(day);
    }
    const told = world.validationEvents.map(({ type, data }) => [type.split('.')[2], data.day]);
    expect(told).toEqual([
      ['requested', 0],
      ['due', 10],
      ['due', 13],
      ['tacit', 15],
    ]);
  });

  it.each([
    [11, ['due'], 'reminder'],
    [14, ['due'], 'last-reminder'],
    [20, [], ''],
  ])(
    'that was deposited %i days before the first reading is told by its most urgent notice',
    async (days, told, mark) => {
      const world = validating();
      world.model.askValidation(asked());
      world.advance(days * day);
      await world.pollValidations();
      await world.pollValidations();
      expect(toldOf(world)).toEqual(told);
      expect(world.validationEvents.map(({ id }) => id.split('#').at(-1))).toEqual(told.length > 0 ? [mark] : []);
    },
  );

  it('is told although Chorus Pro cannot be read from the ninth day on', async () => {
    const world = validating();
    world.model.askValidation(asked());
    await world.pollValidations();
    world.advance(9 * day);
    world.faults.add({ kind: 'maintenance', path: '/cpro/*' });
    for (let at = 9; at <= 17; at += 1) {
      await world.pollValidations();
      world.advance(day);
    }
    expect(world.validationEvents.map(({ type, data }) => [type.split('.')[2], data.day])).toEqual([
      ['requested', 0],
      ['due', 10],
      ['due', 13],
      ['tacit', 16],
    ]);
  });

  it.each([
    ['accepted', 'VALIDEE_1'],
    ['refused', 'REFUSEE_1'],
    ['withdrawn', 'ERREUR_FOURNISSEUR_SUR_VALIDEUR'],
    ['accepted', 'MISE_A_DISPOSITION'],
  ] as const)('that somebody ended on the portal as %s (%s) is told, and nothing more', async (outcome, status) => {
    const world = validating();
    world.model.askValidation(asked());
    await world.pollValidations();
    world.advance(day);
    world.model.setStatus('ST-1', status);
    for (let at = 1; at <= 16; at += 1) {
      await world.pollValidations();
      world.advance(day);
    }
    expect(toldOf(world)).toEqual(['requested', 'answered']);
    expect(world.validationEvents.at(-1)?.data).toMatchObject({ outcome, by: 'elsewhere', actionNeeded: false });
  });

  it('that Chorus Pro passed on in the middle of the fifteenth day was accepted by silence', async () => {
    const world = validating();
    world.model.askValidation(asked());
    await world.pollValidations();
    world.advance(15 * day + 3 * 60);
    await world.pollValidations();
    expect(toldOf(world)).toEqual(['requested', 'tacit']);
  });

  it('that comes back after its validator was wrong is told anew', async () => {
    const world = validating();
    world.model.askValidation(asked());
    await world.pollValidations();
    world.model.setStatus('ST-1', 'ERREUR_FOURNISSEUR_SUR_VALIDEUR');
    await world.pollValidations();
    world.advance(11 * day);
    world.model.setStatus('ST-1', 'A_VALIDER_1');
    await world.pollValidations();
    await world.pollValidations();
    expect(toldOf(world)).toEqual(['requested', 'answered', 'due']);
    expect(new Set(world.validationEvents.map(({ id }) => id)).size).toBe(3);
  });

  it('is counted by days of Paris, which begin at midnight there', async () => {
    const world = validating();
    world.model.askValidation(asked());
    // 23 November, 10:00 in Paris: the tenth day begins nine days and fourteen hours later.
    world.advance(9 * day + 13 * 60 + 59);
    await world.pollValidations();
    world.advance(1);
    await world.pollValidations();
    expect(world.validationEvents.map(({ data }) => data.day)).toEqual([9, 10]);
  });
});

describe('a reading', () => {
  it('reads all pages, for each company and agency', async () => {
    const world = validating();
    for (let i = 0; i < 1_005; i += 1) world.model.askValidation(asked(`ST-${i}`));
    world.model.askValidation(asked('AG-1', { validator: SUPPLIERS.agency }));
    world.model.askValidation(asked('NO-1', { validator: SUPPLIERS.mainContractor }));
    const report = await world.pollValidations();
    expect(report).toEqual({ connection: 'example', waiting: 1_006, atRisk: 0, told: 1_006 });
  });

  it('measures how many requests wait, and how many are at risk from day 13 on', async () => {
    const telemetry = recordedTelemetry();
    const world = validating({ telemetry });
    world.model.askValidation(asked('ST-1'));
    world.advance(3 * day);
    world.model.askValidation(asked('ST-2'));
    world.advance(10 * day);
    await world.pollValidations();
    const measured = (name: string) => telemetry.measured.filter(([metric]) => metric === name);
    expect(measured('ValidationsWaiting')).toEqual([['ValidationsWaiting', 2, { connection: 'example' }]]);
    expect(measured('ValidationsAtRisk')).toEqual([['ValidationsAtRisk', 1, { connection: 'example' }]]);
    expect(measured('ValidationsRead')).toEqual([['ValidationsRead', 1, { connection: 'example' }]]);
  });

  it('that the gateway turns away (403) says so, and goes on with what is known', async () => {
    const telemetry = recordedTelemetry();
    const world = validating({ telemetry });
    world.model.askValidation(asked());
    await world.pollValidations();
    world.advance(10 * day);
    world.faults.add({ kind: 'forbidden', path: path('rechercher/aTraiter/valideur') });
    expect(await world.pollValidations()).toMatchObject({ stopped: 'api-not-subscribed', waiting: 1, told: 1 });
    expect(toldOf(world)).toEqual(['requested', 'due']);
    const unread = telemetry.logged.filter(([, code]) => code === 'VALIDATIONS_UNREAD');
    expect(unread[0]?.[2]).toMatchObject({ connection: 'example', reason: 'api-not-subscribed' });
    expect(telemetry.measured).toContainEqual(['ValidationsRead', 0, { connection: 'example' }]);
  });

  it('of one company that is refused does not hide the requests to another', async () => {
    const world = validating();
    world.model.askValidation(asked('AG-1', { validator: SUPPLIERS.agency }));
    const { accounts, structures } = world.model.world;
    const company = structures.find(({ siret }) => siret === SUPPLIERS.company)?.id;
    for (const account of accounts) account.structures = account.structures.filter((one) => one !== company);
    expect(await world.pollValidations()).toMatchObject({ told: 1, stopped: '20001 GDP_MSG_11.005' });
  });

  it('does nothing for a connection without the setting', async () => {
    const world = validating({ settings: {} });
    world.model.askValidation(asked());
    expect(await world.pollValidations()).toMatchObject({ stopped: 'validations-off' });
    expect(world.model.effects.calls[path('rechercher/aTraiter/valideur')]).toBeUndefined();
  });

  it('whose event could not be published tells it next time, and the others now', async () => {
    const world = validating();
    world.model.askValidation(asked('ST-1'));
    world.model.askValidation(asked('ST-2'));
    const { publishValidation } = world.dependencies;
    let isDown = true;
    world.dependencies.publishValidation = (events) =>
      isDown && events[0]?.data.number === 'ST-1' ? Promise.reject(new Error('no topic')) : publishValidation(events);
    expect(await world.pollValidations()).toMatchObject({ told: 1, stopped: 'unexpected' });
    isDown = false;
    await world.pollValidations();
    expect(world.validationEvents.map(({ data }) => data.number)).toEqual(['ST-2', 'ST-1']);
  });
});

describe('what is remembered', () => {
  it('of a request that has ended is forgotten after thirty days, not before', async () => {
    const world = validating();
    world.model.askValidation(asked());
    await world.pollValidations();
    world.model.setStatus('ST-1', 'VALIDEE_1');
    await world.pollValidations();
    const remembered = async () => (await new ValidationNotes(world.ledger, 'example').list()).entries.length;
    world.advance(30 * day - 1);
    await world.pollValidations();
    expect(await remembered()).toBe(1);
    world.advance(1);
    await world.pollValidations();
    expect(await remembered()).toBe(0);
    expect(toldOf(world)).toEqual(['requested', 'answered']);
  });
});
