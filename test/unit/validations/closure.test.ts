import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../shared/chorus-pro/outcome.ts';
import type { Period } from '../../../shared/chorus-pro/search.ts';
import type { ValidationRequest } from '../../../shared/chorus-pro/validation-requests.ts';
import type { FoundRequest } from '../../../shared/chorus-pro/validations.ts';
import type { Entry } from '../../../shared/validations/notes.ts';
import { readMissed } from '../../../shared/validations/read-missed.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import type { Relay } from '../../support/relay.ts';
import { asked, day, path, toldOf, validating } from './scenario.ts';

const search = path('rechercher/valideur');

/** A first reading, then a closure of so many days in which something happens, then two readings. */
async function afterClosure(days: number, happens: (world: Relay) => void, world = validating()): Promise<Relay> {
  await world.pollValidations();
  world.advance(60);
  happens(world);
  world.advance(days * day);
  await world.pollValidations();
  world.advance(60);
  await world.pollValidations();
  return world;
}

const toldWith = ({ validationEvents }: Relay) =>
  validationEvents.map(({ type, data }) => [type.split('.')[2], data.number]);

describe('a request that is deposited and ends while nothing is read', () => {
  it('is told once as accepted by silence', async () => {
    const world = await afterClosure(20, ({ model }) => model.askValidation(asked()));
    expect(toldWith(world)).toEqual([['tacit', 'ST-1']]);
    expect(world.validationEvents[0]?.data).toMatchObject({ deposited: '2026-11-23', taxInclusive: '1200.00' });
    expect(world.model.effects.calls[search]).toBe(1);
  });

  it('is told although Chorus Pro could not be reached at any hour of it', async () => {
    const world = validating();
    await world.pollValidations();
    world.advance(60);
    world.model.askValidation(asked());
    world.faults.add({ kind: 'maintenance', path: '/cpro/*' });
    for (let at = 0; at < 18; at += 1) {
      await world.pollValidations();
      world.advance(day);
    }
    world.faults.clear();
    await world.pollValidations();
    await world.pollValidations();
    expect(toldOf(world)).toEqual(['tacit']);
  });

  it.each([
    ['accepted', 'VALIDEE_1'],
    ['refused', 'REFUSEE_1'],
    ['withdrawn', 'ABANDONNEE'],
  ] as const)('is told as %s, if somebody did so on the portal', async (outcome, status) => {
    const world = await afterClosure(20, ({ model }) => {
      model.askValidation(asked());
      model.setStatus('ST-1', status);
    });
    expect(world.validationEvents.map(({ data }) => data.outcome)).toEqual([outcome]);
    expect(toldOf(world)).toEqual(['answered']);
  });

  it('is told beside one that still waits, and one that was known is told no second time', async () => {
    const world = validating();
    world.model.askValidation(asked('KNOWN'));
    await world.pollValidations();
    world.model.setStatus('KNOWN', 'VALIDEE_1');
    await world.pollValidations();
    const lost = (closed: Relay) => {
      closed.model.askValidation(asked('LOST'));
      closed.advance(12 * day);
      closed.model.askValidation(asked('WAITS'));
    };
    await afterClosure(8, lost, world);
    expect(toldWith(world)).toEqual([
      ['requested', 'KNOWN'],
      ['answered', 'KNOWN'],
      ['requested', 'WAITS'],
      ['tacit', 'LOST'],
    ]);
  });

  it('is looked for again until the search works', async () => {
    const world = validating();
    await world.pollValidations();
    world.model.askValidation(asked());
    world.advance(20 * day);
    const reopen = world.faults.add({ kind: 'maintenance', path: search });
    expect(await world.pollValidations()).toMatchObject({ told: 0, stopped: 'platform-down' });
    expect(toldOf(world)).toEqual([]);
    reopen();
    world.advance(60);
    await world.pollValidations();
    await world.pollValidations();
    expect(toldOf(world)).toEqual(['tacit']);
  });

  it('costs nothing while every hour is read', async () => {
    const world = validating();
    for (let hour = 0; hour < 30; hour += 1) {
      await world.pollValidations();
      world.advance(60);
    }
    expect(world.model.effects.calls[search]).toBeUndefined();
  });
});

describe('a second validator’s request that ended while nothing was read', () => {
  const document: ValidationRequest = {
    ...{ chorusProId: 7, round: 1, validator: { siret: SUPPLIERS.mainContractor }, deposited: '2026-11-20' },
    ...{ subcontractor: {}, recipient: {}, type: 'invoice', worksDocument: false },
  };
  const second = { ...document, round: 2, validator: { siret: SUPPLIERS.company } } as const;
  const found = { request: second, progress: 'tacit' } as const;
  const since = '2026-11-25T10:00:00.000Z';
  const read = async (given: FoundRequest[], entries: Entry[] = []) => {
    const periods: Period[] = [];
    const accepted = <Value>(value: Value): Promise<Outcome<Value>> => Promise.resolve({ kind: 'accepted', value });
    const chorusPro = {
      documentsToValidate: (period: Period) => {
        periods.push(period);
        return accepted([document]);
      },
      requestsOf: () => accepted(given),
    };
    const known = { entries, readUntil: { [SUPPLIERS.company]: since } };
    const asking = {
      settings: { name: 'example' },
      chorusPro,
      telemetry: recordedTelemetry(),
      now: new Date('2026-12-20T10:00:00.000Z'),
    };
    return { ...(await readMissed(known, new Set([SUPPLIERS.company]), asking)), periods };
  };

  it('is found, though the document was deposited before', async () => {
    const { found: missed, periods, readUntil } = await read([{ request: document }, found]);
    expect(missed).toEqual([found]);
    expect(periods[0]?.from).toEqual(new Date('2026-11-09T10:00:00.000Z'));
    expect(readUntil).toEqual({ [SUPPLIERS.company]: '2026-12-20T10:00:00.000Z' });
  });

  it('is not found if it is known, nor is a first validator’s that had ended before', async () => {
    const entry = { key: '7-2', chorusProId: 7 };
    expect((await read([found], [entry])).found).toEqual([]);
    expect((await read([{ ...found, request: { ...second, round: 1 } }])).found).toEqual([]);
  });
});
