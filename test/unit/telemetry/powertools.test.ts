import { Logger } from '@aws-lambda-powertools/logger';
import { expect, it, onTestFinished, vi } from 'vitest';
import { AllowListFormatter, powertoolsTelemetry } from '../../../shared/telemetry/powertools.ts';

/** What Lambda's runtime would carry to the log. */
function lines(): unknown[] {
  const written: unknown[] = [];
  const parse = (line: unknown) => void written.push(JSON.parse(String(line)));
  for (const name of ['info', 'warn', 'error'] as const) {
    const spy = vi.spyOn(console, name).mockImplementation(parse);
    onTestFinished(() => spy.mockRestore());
  }
  return written;
}

it('a line has its code, the code’s own message and the fields that are listed', () => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  onTestFinished(() => void vi.unstubAllEnvs());
  const written = lines();
  powertoolsTelemetry().warn('CREDENTIALS_REMINDED', { connection: 'duval', reason: 'piste-secret', days: 7 });
  expect(written).toMatchObject([
    { level: 'WARN', code: 'CREDENTIALS_REMINDED', connection: 'duval', reason: 'piste-secret', days: 7 },
  ]);
});

it('whatever else a logger is handed stays out: text, fields, errors with their causes', () => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  onTestFinished(() => void vi.unstubAllEnvs());
  const written = lines();
  const logger = new Logger({ logFormatter: new AllowListFormatter() });
  const secret = 'client-secret';
  logger.info(`token with ${secret}`);
  logger.error(secret, new Error(secret, { cause: new Error(secret) }));
  logger.warn({ message: secret, code: secret, credentials: { secret }, reason: { secret }, count: 3 });
  logger.appendKeys({ password: secret });
  logger.info({ message: secret, code: 'POLL_DONE', connection: 'duval', body: secret });
  expect(JSON.stringify(written)).not.toContain(secret);
  expect(written).toMatchObject([
    {},
    {},
    { count: 3 },
    { code: 'POLL_DONE', message: 'a connection was polled', connection: 'duval' },
  ]);
});

it('a metric has the dimensions of the table; whatever else is known of it stands in the line alone', () => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'Test');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'relay');
  onTestFinished(() => void vi.unstubAllEnvs());
  const written: unknown[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line) => void written.push(JSON.parse(String(line))));
  onTestFinished(() => spy.mockRestore());
  const telemetry = powertoolsTelemetry();
  telemetry.measure('ChorusProCalls', 1, { connection: 'duval', operation: 'soumettre', outcome: 'accepted' });
  telemetry.measure('ConnectionSuspended', 1, { connection: 'duval' });
  const sets = (...dimensions: string[]) => ({ _aws: { CloudWatchMetrics: [{ Dimensions: [dimensions] }] } });
  expect(written).toMatchObject([
    { ...sets('service', 'operation', 'outcome'), connection: 'duval', ChorusProCalls: 1 },
    { ...sets('service', 'connection'), connection: 'duval', ConnectionSuspended: 1 },
  ]);
});
