import { spawnSync } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { cloudWatchTelemetry } from '../../../shared/telemetry/cloud-watch.ts';

const settings = { METRICS_NAMESPACE: 'Test', METRICS_SERVICE: 'relay' };

function writing(given: Parameters<typeof cloudWatchTelemetry>[0] = settings) {
  const lines: string[] = [];
  return { lines, telemetry: cloudWatchTelemetry(given, (line) => void lines.push(line)) };
}

it('a line has its code, the code’s own message and the fields that are listed', () => {
  const { lines, telemetry } = writing({ ...settings, _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe;Sampled=1' });
  telemetry.warn('CREDENTIALS_REMINDED', { connection: 'duval', reason: 'piste-secret', days: 7 });
  const told = { level: 'WARN', code: 'CREDENTIALS_REMINDED', connection: 'duval', reason: 'piste-secret', days: 7 };
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { ...told, service: 'relay', xray_trace_id: '1-5759e988-bd862e3fe' },
  ]);
});

it('whatever else a line is handed stays out', () => {
  const { lines, telemetry } = writing();
  const secret = 'client-secret';
  const fields = { connection: 'duval', count: 3, body: secret };
  Reflect.set(fields, 'error', new Error(secret));
  Reflect.set(fields, 'reason', { secret });
  telemetry.error('POLL_DONE', fields);
  expect(lines.join()).not.toContain(secret);
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { code: 'POLL_DONE', message: 'a connection was polled', connection: 'duval', count: 3 },
  ]);
});

it('a metric has the dimensions of the table; whatever else is known of it stands in the line alone', () => {
  const { lines, telemetry } = writing();
  telemetry.measure('ChorusProCalls', 1, { connection: 'duval', operation: 'soumettre', outcome: 'accepted' });
  telemetry.measure('ConnectionSuspended', 1, { connection: 'duval' });
  const of = (name: string, ...dimensions: string[]) => {
    const directive = { Namespace: 'Test', Dimensions: [dimensions], Metrics: [{ Name: name, Unit: 'Count' }] };
    return { service: 'relay', _aws: { CloudWatchMetrics: [directive] } };
  };
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { ...of('ChorusProCalls', 'service', 'operation', 'outcome'), connection: 'duval', ChorusProCalls: 1 },
    { ...of('ConnectionSuspended', 'service', 'connection'), connection: 'duval', ConnectionSuspended: 1 },
  ]);
});

it('writes lines of their own to the output of the function, those of one moment at once', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const telemetry = cloudWatchTelemetry(settings);
  telemetry.info('POLL_DONE');
  telemetry.measure('Received');
  await setImmediate();
  telemetry.info('TURNS_GIVEN');
  await setImmediate();
  const written = write.mock.calls.map(([text]) => text);
  write.mockRestore();
  expect(written).toEqual([
    expect.stringMatching(/^\{.*"code":"POLL_DONE"\}\n\{.*"Received":1\}\n$/),
    expect.stringMatching(/^\{.*"code":"TURNS_GIVEN"\}\n$/),
  ]);
});

it('loses no line of a process that ends at once', () => {
  const at = JSON.stringify(new URL('../../../shared/telemetry/cloud-watch.ts', import.meta.url).href);
  const script = `const { cloudWatchTelemetry } = await import(${at});
    process.once('uncaughtException', () => process.exit(3));
    cloudWatchTelemetry({}).info('POLL_DONE');
    throw new Error('the end');`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout).toContain('POLL_DONE');
});
