import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { AllowListFormatter } from './allow-list-formatter.ts';
import { logCodes, type LogCode, type LogFields, type MetricName, type Telemetry } from './telemetry.ts';

/** Structured logs and metrics (EMF) by AWS Lambda Powertools: nothing is written but the fields of LogFields. */
export function powertoolsTelemetry(): Telemetry {
  const logger = new Logger({ logFormatter: new AllowListFormatter() });
  const metrics = new Metrics();
  const line = (code: LogCode, fields: LogFields = {}) => ({ message: logCodes[code], code, ...fields });
  return {
    info: (code, fields) => logger.info(line(code, fields)),
    warn: (code, fields) => logger.warn(line(code, fields)),
    error: (code, fields) => logger.error(line(code, fields)),
    measure: (metric: MetricName, value = 1, dimensions = {}) => {
      const single = metrics.singleMetric();
      single.addDimensions(dimensions);
      single.addMetric(metric, metric.endsWith('Milliseconds') ? MetricUnit.Milliseconds : MetricUnit.Count, value);
    },
  };
}
