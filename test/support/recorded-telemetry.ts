import type { LogCode, LogFields, MetricName, Telemetry } from '../../shared/telemetry/telemetry.ts';

/** What was measured: the metric, its value, its dimensions. */
export type Measured = [MetricName, number | undefined, Record<string, string> | undefined];

/** A log line: its level, its code, its fields. */
export type Logged = ['info' | 'warn' | 'error', LogCode, LogFields | undefined];

/** Writes nothing, and remembers what was measured and logged. */
export function recordedTelemetry(): Telemetry & { measured: Measured[]; logged: Logged[] } {
  const measured: Measured[] = [];
  const logged: Logged[] = [];
  return {
    measured,
    logged,
    info: (code, fields) => void logged.push(['info', code, fields]),
    warn: (code, fields) => void logged.push(['warn', code, fields]),
    error: (code, fields) => void logged.push(['error', code, fields]),
    measure: (metric, value, dimensions) => void measured.push([metric, value, dimensions]),
  };
}
