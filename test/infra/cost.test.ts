import { describe, expect, it } from 'vitest';
import {
  busySeries,
  deskAlarms,
  forConnection,
  forOptions,
  idle,
  idleSeries,
  optionSeries,
} from '../../tools/docs/cost-page.ts';
import { submitCommand } from '../support/commands.ts';
import { splitAbout } from '../../shared/telemetry/telemetry.ts';
import { recordedTelemetry, type Measured } from '../support/recorded-telemetry.ts';
import { relay } from '../support/relay.ts';
import { daysAgo, exampleVersion, watching } from '../unit/watch-credentials/watching.ts';
import { ofType, stacksOf } from './stacks-fixture.ts';

const companies = [{ name: 'Duval', siret: '99910001900010' }];
const connection = { label: 'Duval', environment: 'qualification', companies };

describe('a thousand connections', () => {
  const whole = { ...connection, orders: {}, works: {}, validations: {}, callsPerDay: 5000 };

  it.each([
    ['without options', connection],
    ['with all of them', whole],
  ])('share the alarms of one stage: %s', async (_, settings) => {
    const alarms = async (names: string[]) => {
      const { all } = await stacksOf(
        'test',
        { desk: undefined },
        Object.fromEntries(names.map((name) => [name, settings])),
      );
      return ofType(all, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties['AlarmName']);
    };
    expect(await alarms(['a', 'b'])).toEqual(await alarms(['a']));
  });

  it('cost little more than their secrets, while they are idle', () => {
    expect(forConnection).toBeLessThanOrEqual(0.45);
    expect(forConnection + forOptions(['validations', 'orders'])).toBeLessThanOrEqual(0.45);
    // With works documents a connection is never quiet: it is read at each turn.
    expect(forConnection + forOptions(['validations', 'orders', 'works'])).toBeLessThanOrEqual(0.5);
  });
});

describe('what the page on costs counts', () => {
  it.each(idle.flatMap(({ resource, ...item }) => (resource ? [{ ...item, resource }] : [])))(
    'is in the template: $what',
    async ({ resource, stage, connection: each }) => {
      expect(await countedIn(resource, connection)).toEqual({ stage, each });
    },
  );

  it('is in the template, for the desk: its alarms', async () => {
    const alarmsWith = async (context: Record<string, unknown>) =>
      ofType((await stacksOf(context['desk'] ? 'test' : 'bare', context)).all, 'AWS::CloudWatch::Alarm').length;
    const desk = { issuer: 'https://login.example.org', clientId: 'desk' };
    expect((await alarmsWith({ desk })) - (await alarmsWith({ desk: undefined }))).toBe(deskAlarms);
  });

  it('is in the template, for an inbox of one’s own: two alarms', async () => {
    const shared = await countedIn('AWS::CloudWatch::Alarm', connection);
    const own = await countedIn('AWS::CloudWatch::Alarm', { ...connection, inbox: 'own' });
    expect([own.stage - shared.stage, own.each - shared.each]).toEqual([0, 2]);
  });

  it.each([
    { options: 'without options', settings: {}, count: idleSeries.polls },
    {
      options: 'with all of them',
      settings: { orders: {}, works: {}, validations: {} },
      count: idleSeries.polls + optionSeries,
    },
  ])('is measured while no invoice comes, by each poll, the same for all: $options', async ({ settings, count }) => {
    const telemetry = recordedTelemetry();
    const world = relay({ telemetry, settings });
    for (let hour = 0; hour < 48; hour += 1) {
      await world.poll();
      if ('validations' in settings) await world.pollValidations();
      world.advance(60);
    }
    expect(seriesOf(telemetry.measured)).toEqual(seriesOf(ofAnother(telemetry.measured)));
    expect(seriesOf(telemetry.measured).size).toBe(count);
  });

  it('is measured while no invoice comes, by the daily check: the same series for all connections', async () => {
    const { run, measured } = watching({
      secrets: { example: exampleVersion({ pisteSecretCreatedAt: daysAgo(30) }) },
      passwordEnds: Date.UTC(2027, 0, 1),
    });
    await run();
    expect(seriesOf(measured)).toEqual(seriesOf(ofAnother(measured)));
    expect(seriesOf(measured).size).toBe(idleSeries.dailyCheck);
  });

  it('is measured on days with invoices, besides: the same series for all connections', async () => {
    const telemetry = recordedTelemetry();
    const world = relay({ telemetry });
    await world.poll();
    const quiet = seriesOf(telemetry.measured);
    const attachments = [{ name: 'metre.csv', content: 'QQ==' }];
    await world.submit(submitCommand({ command: { attachments } }));
    for (let day = 0; day < 25; day += 1) {
      world.advance(24 * 60);
      await world.poll();
    }
    const busy = seriesOf(telemetry.measured);
    expect(busy).toEqual(seriesOf(ofAnother(telemetry.measured)));
    expect([...busy].filter((series) => !quiet.has(series))).toHaveLength(busySeries);
  });
});

/** How many of a resource a stage has without connections, and how many more for each connection. */
async function countedIn(resource: string, connection: object): Promise<{ stage: number; each: number }> {
  const count = async (names: string[]): Promise<number> => {
    const { all } = await stacksOf(
      'test',
      { desk: undefined },
      Object.fromEntries(names.map((name) => [name, connection])),
    );
    // An alarm with a query is charged for each metric that the query finds: none while all is well.
    return ofType(all, resource).filter(({ Properties }) => Properties['Metrics'] === undefined).length;
  };
  const [one, two] = [await count(['a']), await count(['a', 'b'])];
  return { stage: 2 * one - two, each: two - one };
}

const seriesOf = (measured: readonly Measured[]): Set<string> =>
  new Set(measured.map(([metric, , about = {}]) => JSON.stringify([metric, splitAbout(metric, about).dimensions])));

/** What the same measurements would be of another connection. */
const ofAnother = (measured: readonly Measured[]): Measured[] =>
  measured.map(([metric, value, about]) => [metric, value, { ...about, connection: 'another' }]);
