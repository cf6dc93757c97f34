import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import { logCodes, logFields } from './telemetry.ts';

type Given = Parameters<LogFormatter['formatAttributes']>;

const isCode = (code: unknown): code is keyof typeof logCodes => typeof code === 'string' && code in logCodes;

/**
 * Lets through what is listed and nothing else, whatever a logger is handed at run time: the message is the code's own, and of
 * the fields those that telemetry.ts names.
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
