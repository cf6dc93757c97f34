import { cronInstants } from './cron.ts';
import { instantsOf, type NextDue } from './instants.ts';

const minute = 60_000;
const units: Record<string, number> = { minute, hour: 60 * minute, day: 24 * 60 * minute };

/** EventBridge Scheduler's rate(…), cron(…) and at(…). @throws Error that names what is not understood */
export function scheduleExpression(expression: string, timeZone: string, since: number): NextDue {
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') {
    const period = periodOf(inside, expression);
    return (after) => since + Math.max(1, Math.floor((after - since) / period) + 1) * period;
  }
  if (kind === 'cron') return cronInstants(inside, timeZone);
  if (kind === 'at') {
    const instant = Date.parse(`${inside}Z`);
    if (Number.isNaN(instant)) throw new Error(`not a time: ${expression}`);
    const zoned = instantsOf(instant, timeZone)[0] ?? instant;
    return (after) => (zoned > after ? zoned : undefined);
  }
  throw new Error(`not a schedule: ${expression}`);
}

function periodOf(inside: string, expression: string): number {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(inside.trim()) ?? [];
  const period = Number(count) * (units[unit ?? ''] ?? Number.NaN);
  if (!(period > 0)) throw new Error(`not a rate: ${expression}`);
  return period;
}
