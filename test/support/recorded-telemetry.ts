import type { MetricName, Telemetry } from '../../shared/telemetry/telemetry.ts';
import { silentTelemetry } from './silent-telemetry.ts';

/** What was measured: the metric, its value, its dimensions. */
export type Measured = [MetricName, number | undefined, Record<string, string> | undefined];

/** Writes nothing, and remembers what was measured. */
export function recordedTelemetry(): Telemetry & { measured: Measured[] } {
  const measured: Measured[] = [];
  return {
    ...silentTelemetry,
    measured,
    measure: (metric, value, dimensions) => void measured.push([metric, value, dimensions]),
  };
}
