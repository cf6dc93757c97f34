import { logCodes, logFields, splitAbout, type LogFields, type Telemetry } from './telemetry.ts';

/** What Lambda and the template put into the environment of a function. */
interface Settings {
  METRICS_NAMESPACE?: string | undefined;
  /** The dimension `service` of every metric. */
  METRICS_SERVICE?: string | undefined;
  /** Lambda's own, of the invocation that runs: `Root=1-…;Parent=…`. */
  _X_AMZN_TRACE_ID?: string | undefined;
}

/**
 * Past Lambda's own console, which would put a prefix before the JSON, so that CloudWatch would not read it. Lines of
 * one moment are written at once, since each writing blocks; whatever ends the process, they are written before.
 */
function toStdout(): (line: string) => void {
  let waiting = '';
  const flush = () => {
    if (waiting !== '') process.stdout.write(waiting);
    waiting = '';
  };
  process.once('exit', flush);
  return (line) => {
    if (waiting === '') setImmediate(flush);
    waiting += `${line}\n`;
  };
}

/**
 * Structured logs, and metrics in CloudWatch's embedded format: a line of JSON for each. A line has the fields in
 * `logFields` and no others, whatever it is given at run time. [AWS: Embedded metric format]
 */
export function cloudWatchTelemetry(settings: Settings, write = toStdout()): Telemetry {
  const line =
    (level: string): Telemetry['info'] =>
    (code, fields = {}) => {
      const [, root] = /Root=([^;]+)/.exec(settings._X_AMZN_TRACE_ID ?? '') ?? [];
      const told = {
        level,
        message: logCodes[code],
        timestamp: new Date().toISOString(),
        service: settings.METRICS_SERVICE,
      };
      write(JSON.stringify({ ...told, xray_trace_id: root, code, ...allowed(fields) }));
    };
  return {
    info: line('INFO'),
    warn: line('WARN'),
    error: line('ERROR'),
    measure: (metric, value = 1, about = {}) => {
      const { dimensions, metadata } = splitAbout(metric, about);
      const { METRICS_NAMESPACE: Namespace, METRICS_SERVICE: service } = settings;
      const Unit = metric.endsWith('Milliseconds') ? 'Milliseconds' : 'Count';
      const Metrics = [{ Name: metric, Unit }];
      const CloudWatchMetrics = [{ Namespace, Dimensions: [['service', ...Object.keys(dimensions)]], Metrics }];
      const _aws = { Timestamp: Date.now(), CloudWatchMetrics };
      write(JSON.stringify({ _aws, service, ...dimensions, [metric]: value, ...metadata }));
    },
  };
}

const allowed = (fields: LogFields): LogFields => {
  const given: Readonly<Record<string, unknown>> = fields;
  return Object.fromEntries(
    Object.entries(logFields).flatMap(([name, kind]) => (typeof given[name] === kind ? [[name, given[name]]] : [])),
  );
};
