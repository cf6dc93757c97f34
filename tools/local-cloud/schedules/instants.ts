/** The first instant after `after` at which a schedule is due; a rate counts from `since`. */
export type NextDue = (after: number) => number | undefined;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

/** What a wall clock of this zone shows at an instant, as if it were UTC. */
export function wallClock(instant: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** The instants at which that wall clock shows this: none in spring's missing hour, two in autumn's. */
export function instantsOf(wall: number, timeZone: string): number[] {
  const guesses = [wall - 86_400_000, wall + 86_400_000].map((near) => wall - (wallClock(near, timeZone) - near));
  return [...new Set(guesses)].filter((instant) => wallClock(instant, timeZone) === wall).sort((a, b) => a - b);
}
