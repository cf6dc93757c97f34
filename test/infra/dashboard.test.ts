import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { isKnownStatus } from '../../shared/chorus-pro/statuses.ts';
import { logCodes } from '../../shared/telemetry/telemetry.ts';
import { ofType, stacksOf, written, type Stacks } from './stacks-fixture.ts';

let stacks: Stacks;
beforeAll(async () => {
  stacks = await stacksOf('test');
});

/** Every `measure('Name', value, { dimensions })` of the functions: name → the dimensions that it is given. */
function measured(): Map<string, string[]> {
  const files = ['functions', 'shared'].flatMap((room) =>
    readdirSync(join(projectRoot, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(projectRoot, room, file), 'utf8')),
  );
  const calls = files.flatMap((text) => [
    ...text.matchAll(/telemetry\.measure\('(\w+)'(?:,[^,;]+(?:,\s*([^;]*))?)?\)/g),
  ]);
  return new Map(calls.map(([, name = '', dimensions = '']) => [name, namesIn(dimensions)]));
}

const namesIn = (dimensions: string): string[] =>
  ['connection', 'operation', 'outcome', 'reason'].filter(
    (name) =>
      new RegExp(`\\b${name}\\b *[:,}]`).test(dimensions) ||
      (dimensions.includes('dimensions') && ofEveryCall.includes(name)),
  );
/** shared/chorus-pro/session.ts gives them to both of its metrics by one constant. */
const ofEveryCall = ['connection', 'operation'];

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
    const raised = measured();
    const all = shown();
    expect(new Set(all.map(([name]) => name))).toEqual(new Set(raised.keys()));
    for (const [name, dimensions] of all)
      expect([...dimensions].sort(), name).toEqual(['service', ...(raised.get(name) ?? [])].sort());
  });

  it('answers for flow, ages, errors, credentials', () => {
    const text = written(ofType(stacks.all, 'AWS::CloudWatch::Dashboard')[0]?.Properties['DashboardBody']);
    for (const subject of ['Flow', 'What waits for somebody', 'Ages', 'Errors', 'Credentials', 'Retries by reason'])
      expect(text).toContain(subject);
  });
});

describe('the graph of the day’s quota', () => {
  const settings = {
    label: 'Duval',
    environment: 'qualification',
    companies: [{ name: 'Duval', siret: '99910001900010' }],
  };
  const bodyWith = async (connections: Record<string, object>) => {
    const { all } = await stacksOf('test', {}, connections);
    return written(ofType(all, 'AWS::CloudWatch::Dashboard')[0]?.Properties['DashboardBody']).replaceAll('\\', '');
  };

  it('takes the calls of the connection from what PISTE grants it, and leaves out one whose quota nobody said', async () => {
    const body = await bodyWith({ known: { ...settings, callsPerDay: 5000 }, unasked: settings });
    const [, left = ''] = /"title":"Chorus Pro: calls left of the day’s quota"(.*?)"title"/.exec(body) ?? [];
    const search =
      '{ChorusRelay,service,connection,operation,outcome} MetricName="ChorusProCalls" service="chorus-relay-test"';
    expect(left).toContain(`"expression":"5000 - SUM(SEARCH('${search} connection="known"', 'Sum', 86400))"`);
    expect(left).toContain('"label":"known"');
    expect(left).not.toContain('unasked');
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
