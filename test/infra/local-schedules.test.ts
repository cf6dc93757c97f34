import { describe, expect, test } from 'vitest';
import { DrivenClock, type LogLine } from '../../tools/local-cloud/index.ts';
import { scheduleExpression } from '../../tools/local-cloud/scheduler.ts';
import { cloudOf, lambda } from './local-fixture.ts';

const at = (text: string) => Date.parse(text);

function instants(expression: string, timeZone: string, after: string, count: number): string[] {
  const next = scheduleExpression(expression, timeZone, at(after));
  const found: number[] = [];
  while (found.length < count) found.push(next(found.at(-1) ?? at(after)));
  return found.map((instant) => new Date(instant).toISOString().slice(0, 16));
}

describe('when a schedule is due', () => {
  test.each([
    ['rate(15 minutes)', 'UTC', '2026-01-01T00:07:30Z', ['2026-01-01T00:22', '2026-01-01T00:37']],
    ['rate(1 day)', 'UTC', '2026-01-01T06:00:00Z', ['2026-01-02T06:00', '2026-01-03T06:00']],
    ['cron(0 7 * * ? *)', 'Europe/Paris', '2026-01-01T06:00:00Z', ['2026-01-02T06:00', '2026-01-03T06:00']],
    ['cron(30 23 * * ? *)', 'UTC', '2026-12-31T23:30:00Z', ['2027-01-01T23:30']],
  ])('%s in %s after %s', (expression, timeZone, after, expected) => {
    expect(instants(expression, timeZone, after, expected.length)).toEqual(expected);
  });

  test('the hour follows summer time; one that does not exist is skipped, one that occurs twice counts once', () => {
    expect(instants('cron(0 7 * * ? *)', 'Europe/Paris', '2026-03-28T00:00:00Z', 2)).toEqual([
      '2026-03-28T06:00',
      '2026-03-29T05:00',
    ]);
    expect(instants('cron(30 2 * * ? *)', 'Europe/Paris', '2026-03-28T00:00:00Z', 2)).toEqual([
      '2026-03-28T01:30',
      '2026-03-30T00:30',
    ]);
    expect(instants('cron(30 2 * * ? *)', 'Europe/Paris', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  test.each([
    'every(1 hour)',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'cron(0 7 * * ?)',
    'cron(0 25 * * ? *)',
    'cron(0 7 ? * MON-FRI *)',
    'cron(0/20 7 * * ? *)',
    'cron(60 7 * * ? *)',
    'at(2026-07-14T12:00:00)',
  ])('%s is an error that names it', (expression) => {
    expect(() => scheduleExpression(expression, 'UTC', 0)).toThrow(/rate|cron|schedule/);
  });
});

const worker = `
  exports.handler = async (event) => {
    console.log(JSON.stringify({ at: new Date().toISOString(), event }));
    if (event.fail) throw new Error('as ordered');
  };
`;

const schedule = (ScheduleExpression: string, target: object = {}, properties: object = {}) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression,
    Target: { Arn: { 'Fn::GetAtt': ['worker', 'Arn'] }, ...target },
    ...properties,
  },
});

async function cloudWith(resources: Record<string, object>) {
  const lines: LogLine[] = [];
  const clock = new DrivenClock({ start: new Date('2026-05-01T00:00:00Z') });
  const onLog = (line: LogLine) => lines.push(line);
  const cloud = await cloudOf({ worker: lambda('worker'), ...resources }, { bundles: { worker }, clock, onLog });
  const ran = () => lines.filter(({ stream }) => stream === 'stdout').map(({ line }) => line.slice(7, 23));
  return { cloud, ran };
}

describe('schedules on a driven clock', () => {
  test('run at their instants, in order, and none is skipped', async () => {
    const { cloud, ran } = await cloudWith({
      hourly: schedule('rate(1 hour)', { Input: '{"connection":"example"}' }),
      nightly: schedule('cron(30 1 * * ? *)', { Input: '{}' }),
      off: schedule('rate(1 minute)', {}, { State: 'DISABLED' }),
    });
    await cloud.advance(59 * 60_000);
    expect(ran()).toEqual([]);
    await cloud.advance(3 * 3_600_000);
    expect(ran()).toEqual(['2026-05-01T01:00', '2026-05-01T01:30', '2026-05-01T02:00', '2026-05-01T03:00']);
    expect(cloud.schedules().map(({ runs }) => runs)).toEqual([3, 1, 0]);
  });

  test('a hundred days are a hundred days, or one leap', async () => {
    const { cloud, ran } = await cloudWith({ daily: schedule('cron(0 7 * * ? *)', { Input: '{}' }) });
    await cloud.advance(100 * 86_400_000);
    expect(ran()).toHaveLength(100);
    await cloud.advance(100 * 86_400_000, { catchUp: 'last' });
    expect(ran()).toHaveLength(101);
    expect(ran().at(-1)).toBe('2026-11-16T07:00');
  });

  test('an input may name the time of its run; a run that stands for several is told none', async () => {
    const lines: string[] = [];
    const input = JSON.stringify({ time: '<aws.scheduler.scheduled-time>', kept: 'as it is' });
    const cloud = await cloudOf(
      { worker: lambda('worker'), timed: schedule('rate(1 minute)', { Input: input }) },
      {
        bundles: { worker: `exports.handler = async (event) => console.log(JSON.stringify(event));` },
        clock: new DrivenClock({ start: new Date('2026-05-01T00:00:00Z') }),
        onLog: ({ stream, line }) => {
          if (stream === 'stdout') lines.push(line);
        },
      },
    );
    await cloud.advance(120_000);
    await cloud.advance(3_600_000, { catchUp: 'last' });
    await cloud.advance(60_000, { catchUp: 'last' });
    const times = lines.map((line) => /"time":"([^"]*)"/.exec(line)?.[1]?.slice(0, 16));
    expect(times).toEqual(['2026-05-01T00:01', '2026-05-01T00:02', undefined, '2026-05-01T01:03']);
    expect(lines.every((line) => line.includes('"kept":"as it is"'))).toBe(true);
    expect(lines[0]).toMatch(/"time":"2026-05-01T00:01:\d\dZ"/);
  });

  test('a function that fails is tried again by Lambda', async () => {
    const { cloud, ran } = await cloudWith({
      failing: schedule('rate(1 day)', { Input: '{"fail":true}' }),
      settings: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName: { Ref: 'worker' }, Qualifier: '$LATEST', MaximumRetryAttempts: 1 },
      },
    });
    await cloud.advance(86_400_000);
    expect(ran()).toHaveLength(2);
  });

  test('real time may leap too', async () => {
    const resources = { worker: lambda('worker'), daily: schedule('rate(1 day)', { Input: '{}' }) };
    const cloud = await cloudOf(resources, { bundles: { worker } });
    await cloud.advance(3 * 86_400_000, { catchUp: 'last' });
    expect(cloud.schedules().map(({ runs }) => runs)).toEqual([1]);
    expect(Math.round((cloud.clock.now() - Date.now()) / 86_400_000)).toBe(3);
  });
});
