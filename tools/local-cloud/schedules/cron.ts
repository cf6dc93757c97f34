import { instantsOf, wallClock, type NextDue } from './instants.ts';

interface Field {
  name: string;
  from: number;
  to: number;
  names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const day = 86_400_000;
const horizonDays = 5 * 366;

/** AWS's six fields: minutes, hours, day of month, month, day of week (1 is Sunday), year. */
export function cronInstants(inside: string, timeZone: string): NextDue {
  const parts = inside.trim().split(/\s+/);
  if (parts.length !== 6) throw new Error(`cron(${inside}) has not six fields`);
  const [minutes = '', hours = '', daysOfMonth = '', monthsOfYear = '', daysOfWeek = '', years = ''] = parts;
  const minute = numbers(minutes, { name: 'minutes', from: 0, to: 59 });
  const hour = numbers(hours, { name: 'hours', from: 0, to: 23 });
  const dayOfMonth = numbers(daysOfMonth, { name: 'day of month', from: 1, to: 31 });
  const month = numbers(monthsOfYear, { name: 'month', from: 1, to: 12, names: months });
  const dayOfWeek = numbers(daysOfWeek, { name: 'day of week', from: 1, to: 7, names: weekdays });
  const year = numbers(years, { name: 'year', from: 1970, to: 2199 });

  const falls = (date: Date) =>
    dayOfMonth.has(date.getUTCDate()) &&
    month.has(date.getUTCMonth() + 1) &&
    dayOfWeek.has(date.getUTCDay() + 1) &&
    year.has(date.getUTCFullYear());

  return (after) => {
    const shown = wallClock(after, timeZone);
    const today = shown - (shown % day);
    for (let midnight = today; midnight < today + horizonDays * day; midnight += day) {
      if (!falls(new Date(midnight))) continue;
      for (const h of hour) {
        for (const m of minute) {
          const [instant] = instantsOf(midnight + h * 3_600_000 + m * 60_000, timeZone);
          if (instant !== undefined && instant > after) return instant;
        }
      }
    }
    return undefined;
  };
}

/** `*`, `?`, lists, ranges, steps and names, in rising order. L, W and # are not understood. */
function numbers(text: string, field: Field): Set<number> {
  const found = text.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const every = step === undefined ? 1 : Number(step);
    const [first, last] = bounds(range, field, step !== undefined);
    if (!(every > 0 && first >= field.from && last <= field.to && first <= last)) {
      throw new Error(`cron: ${field.name} '${text}' is not understood`);
    }
    return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every);
  });
  return new Set(found.sort((a, b) => a - b));
}

function bounds(range: string, field: Field, open: boolean): [number, number] {
  if (range === '*' || range === '?') return [field.from, field.to];
  const value = (text: string) => {
    const index = field.names?.indexOf(text.toUpperCase()) ?? -1;
    return index >= 0 ? field.from + index : Number(text || Number.NaN);
  };
  const [first = '', last] = range.split('-');
  if (last !== undefined) return [value(first), value(last)];
  return [value(first), open ? field.to : value(first)];
}
