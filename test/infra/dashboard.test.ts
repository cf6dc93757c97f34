import { beforeAll, describe, expect, it } from 'vitest';
import { isKnownStatus } from '../../shared/chorus-pro/statuses.ts';
import { logCodes, metrics } from '../../shared/telemetry/telemetry.ts';
import { ofType, stacksOf, written, type Stacks } from './stacks-fixture.ts';

const settings = {
  label: 'Duval',
  environment: 'qualification',
  companies: [{ name: 'Duval', siret: '99910001900010' }],
};

let stacks: Stacks;
beforeAll(async () => {
  stacks = await stacksOf('test');
});

/** Own metrics as dashboard and alarms name them: name → sets of dimensions. */
function shown(): [string, string[]][] {
  const dashboard = written(ofType(stacks.all, 'AWS::CloudWatch::Dashboard')[0]?.Properties['DashboardBody']);
  const flat = dashboard.replaceAll('\\"', '"').replaceAll('\\"', '"');
  const named = [...flat.matchAll(/\["ChorusRelay","(\w+)",([^\]{]*)/g)].map(
    ([, name = '', rest = '']): [string, string[]] => {
      const parts = [...rest.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text);
      return [name, parts.filter((_, i) => i % 2 === 0)];
    },
  );
  const searched = [...flat.matchAll(/\{ChorusRelay,([\w,]+)\} MetricName=\\?"(\w+)/g)].map(
    ([, dimensions = '', name = '']): [string, string[]] => [name, dimensions.split(',')],
  );
  return [...named, ...searched];
}

describe('the dashboard', () => {
  it('names each metric with all the dimensions that the functions give it, and no other', () => {
    const raised = new Map<string, readonly string[]>(Object.entries(metrics));
    const all = shown();
    expect(new Set(all.map(([name]) => name))).toEqual(new Set(raised.keys()));
    for (const [name, dimensions] of all)
      expect([...dimensions].sort(), name).toEqual(['service', ...(raised.get(name) ?? [])].sort());
  });

  it('is the same, however many connections there are', async () => {
    const bodyOf = async (names: readonly string[]) =>
      written(
        ofType(
          (await stacksOf('test', {}, Object.fromEntries(names.map((name) => [name, settings])))).all,
          'AWS::CloudWatch::Dashboard',
        )[0]?.Properties['DashboardBody'],
      );
    expect(await bodyOf(['a', 'b'])).toBe(await bodyOf(['a']));
  });

  it('shows one connection by its log lines: the one whose name is typed in', () => {
    const text = written(ofType(stacks.all, 'AWS::CloudWatch::Dashboard')[0]?.Properties['DashboardBody']);
    const body = text.replaceAll('\\', '');
    const [, chosen = ''] = /"variables":\[\{"pattern":"([^"]+)","type":"pattern"/.exec(body) ?? [];
    expect(body.split(`connection = "${chosen}"`)).toHaveLength(3);
  });

  it('answers for flow, ages, errors, credentials', () => {
    const text = written(ofType(stacks.all, 'AWS::CloudWatch::Dashboard')[0]?.Properties['DashboardBody']);
    for (const subject of ['Flow', 'What waits for somebody', 'Ages', 'Errors', 'Credentials', 'Retries by reason'])
      expect(text).toContain(subject);
  });
});

describe('the graph of the day’s quota', () => {
  const bodyWith = async (connections: Record<string, object>) => {
    const { all } = await stacksOf('test', {}, connections);
    return written(ofType(all, 'AWS::CloudWatch::Dashboard')[0]?.Properties['DashboardBody']).replaceAll('\\', '');
  };

  it('takes the calls of the connection from what PISTE grants it, and leaves out one whose quota nobody said', async () => {
    const body = await bodyWith({ known: { ...settings, callsPerDay: 5000 }, unasked: settings });
    expect(body).toContain('"title":"Chorus Pro: calls left of the day’s quota of known"');
    const query =
      'filter connection = "known" and ispresent(ChorusProCalls)n| stats 5000 - sum(ChorusProCalls) as left';
    expect(body).toContain(query);
    expect(body).not.toContain('unasked');
  });

  it('is not there where no quota is known', async () => {
    expect(await bodyWith({ unasked: settings })).not.toContain('quota');
  });
});

it('the dashboard of another stage shows the metrics of that stage alone', async () => {
  const { all } = await stacksOf('other');
  const body = written(ofType(all, 'AWS::CloudWatch::Dashboard')[0]?.Properties['DashboardBody']).replaceAll('\\', '');
  const services = [...body.matchAll(/"service","([^"]+)"|service="([^"]+)"/g)].map(
    ([, named, found]) => named ?? found,
  );
  expect(services.length).toBeGreaterThan(20);
  expect(new Set(services)).toEqual(new Set(['chorus-relay-other']));
});

it('the saved queries look for codes that there are, in the logs of every function', () => {
  const queries = ofType(stacks.all, 'AWS::Logs::QueryDefinition');
  expect(queries.length).toBeGreaterThan(5);
  for (const { Properties } of queries) {
    const codes = [...written(Properties['QueryString']).matchAll(/"([A-Z_]+)"/g)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !(code in logCodes || isKnownStatus(code)))).toEqual([]);
    expect(Properties['LogGroupNames']).toHaveLength(ofType(stacks.all, 'AWS::Lambda::Function').length);
  }
});
