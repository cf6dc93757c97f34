import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { busySeries, idle, idleSeries, options } from '../../tools/docs/cost-page.ts';
import { submitCommand } from '../support/commands.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { relay } from '../support/relay.ts';
import { daysAgo, exampleVersion, watching } from '../unit/watch-credentials/watching.ts';
import { ofType, stacksOf } from './stacks-fixture.ts';

const metricsSchema = z.array(z.object({ MetricStat: z.unknown().optional() })).optional();

describe('what the page on costs counts', () => {
  const companies = [{ name: 'Duval', siret: '99910001900010' }];
  const connection = { label: 'Duval', environment: 'qualification', companies };

  it.each(idle.flatMap(({ resource, ...item }) => (resource ? [{ ...item, resource }] : [])))(
    'is in the template: $what',
    async ({ resource, stage, connection: each }) => {
      expect(await countedIn(resource, connection)).toEqual({ stage, each });
    },
  );

  it.each(options)('is in the template, for the setting $setting', async ({ setting, stage, connection: each }) => {
    const without = await countedIn('AWS::CloudWatch::Alarm', connection);
    expect(await countedIn('AWS::CloudWatch::Alarm', { ...connection, [setting]: {} })).toEqual({
      stage: without.stage + stage,
      each: without.each + each,
    });
  });

  it('is in the template, for an inbox of one’s own: two alarms', async () => {
    const shared = await countedIn('AWS::CloudWatch::Alarm', connection);
    const own = await countedIn('AWS::CloudWatch::Alarm', { ...connection, inbox: 'own' });
    expect([own.stage - shared.stage, own.each - shared.each]).toEqual([0, 2]);
  });

  it('is measured while no invoice comes, by each poll', async () => {
    const telemetry = recordedTelemetry();
    const world = relay({ telemetry });
    for (let hour = 0; hour < 48; hour += 1) {
      await world.poll();
      world.advance(60);
    }
    expect(seriesOf(telemetry.measured).size).toBe(idleSeries.stage + idleSeries.polls);
  });

  it('is measured while no invoice comes, by the daily check', async () => {
    const { run, measured } = watching({
      secrets: { example: exampleVersion({ pisteSecretCreatedAt: daysAgo(30) }) },
    });
    await run();
    expect(seriesOf(measured).size).toBe(idleSeries.dailyCheck);
  });

  it('is measured on days with invoices, besides', async () => {
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
    expect([...busy].filter((series) => !quiet.has(series))).toHaveLength(busySeries);
  });
});

/** How many of a resource a stage has without connections, and how many more for each connection. */
async function countedIn(resource: string, connection: object): Promise<{ stage: number; each: number }> {
  const count = async (names: string[]): Promise<number> => {
    const { all } = await stacksOf('test', {}, Object.fromEntries(names.map((name) => [name, connection])));
    // An alarm is charged for each metric that it computes with.
    const metrics = ofType(all, resource).map(({ Properties }) => metricsSchema.parse(Properties['Metrics']));
    return metrics.reduce((sum, list) => sum + (list?.filter(({ MetricStat }) => MetricStat).length ?? 1), 0);
  };
  const [one, two] = [await count(['a']), await count(['a', 'b'])];
  return { stage: 2 * one - two, each: two - one };
}

const seriesOf = (measured: readonly (readonly [string, unknown, unknown])[]): Set<string> =>
  new Set(measured.map(([metric, , dimensions]) => JSON.stringify([metric, dimensions])));
