import type { Telemetry } from '../../shared/telemetry/telemetry.ts';

/** For tests that do not look at what is logged or measured. */
export const silentTelemetry: Telemetry = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  measure: () => undefined,
};
