import { Logger, LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logCodes, logFields, splitAbout, type LogCode, type LogFields, type Telemetry } from './telemetry.ts';

/** Structured logs and metrics (EMF) with AWS Lambda Powertools. A line has the fields in `logFields` and no others. */
export function powertoolsTelemetry(): Telemetry {
  const logger = new Logger({ logFormatter: new AllowListFormatter() });
  const metrics = new Metrics();
  const line = (code: LogCode, fields: LogFields = {}) => ({ message: logCodes[code], code, ...fields });
  return {
    info: (code, fields) => logger.info(line(code, fields)),
    warn: (code, fields) => logger.warn(line(code, fields)),
    error: (code, fields) => logger.error(line(code, fields)),
    measure: (metric, value = 1, about = {}) => {
      const { dimensions, metadata } = splitAbout(metric, about);
      const single = metrics.singleMetric();
      single.addDimensions(dimensions);
      for (const [name, known] of Object.entries(metadata)) single.addMetadata(name, known);
      single.addMetric(metric, metric.endsWith('Milliseconds') ? MetricUnit.Milliseconds : MetricUnit.Count, value);
    },
  };
}

type Given = Parameters<LogFormatter['formatAttributes']>;

const isCode = (code: unknown): code is LogCode => typeof code === 'string' && code in logCodes;

/**
 * Writes only what the lists in telemetry.ts allow, whatever the logger is given at run time: the message is the code's
 * own text, and only the listed fields pass.
 */
export class AllowListFormatter extends LogFormatter {
  override formatAttributes(attributes: Given[0], additional: Given[1]): LogItem {
    const { code, ...given }: Record<string, unknown> = additional;
    const allowed = Object.entries(logFields).filter(([name, kind]) => typeof given[name] === kind);
    return new LogItem({
      attributes: {
        level: attributes.logLevel,
        message: isCode(code) ? logCodes[code] : 'a line without a code: its text is left out',
        timestamp: this.formatTimestamp(attributes.timestamp),
        service: attributes.serviceName,
        xray_trace_id: attributes.xRayTraceId,
        ...(isCode(code) ? { code } : {}),
        ...Object.fromEntries(allowed.map(([name]) => [name, given[name]])),
      },
    });
  }
}
