export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface DrivenClock extends Clock {
  advance(milliseconds: number): void;
}

interface Options {
  /** Where the clock starts. */
  start: number;
  /** The clock that it follows; without one it stands still until it is advanced. */
  follow?: () => number;
  /** How many times faster than the followed clock it goes: 1440 makes a day of a minute. */
  speed?: number;
}

/** A clock that tests and demonstrations move; the model itself never asks the machine for the time. */
export function drivenClock({ start, follow, speed = 1 }: Options): DrivenClock {
  const origin = follow?.() ?? 0;
  let advanced = 0;
  return {
    now: () => start + advanced + ((follow?.() ?? origin) - origin) * speed,
    advance: (milliseconds) => {
      advanced += milliseconds;
    },
  };
}
