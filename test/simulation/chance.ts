/** A fault that struck, by the place where it struck: enough to play the schedule again, or a part of it. */
export interface Strike {
  place: string;
  fault: string;
}

export type Weights = Readonly<Record<string, number>>;

/**
 * Everything that is left to chance, by place: the same seed and place give the same number whatever happens elsewhere.
 * A schedule that loses one of its faults is otherwise the same schedule.
 */
export class Chance {
  readonly strikes: Strike[] = [];
  private readonly seed: number;
  private readonly only: ReadonlySet<string> | undefined;
  private readonly counts = new Map<string, number>();

  /** @param only the places where faults may strike, when a schedule is played again with fewer of them */
  constructor(seed: number, only?: ReadonlySet<string>) {
    this.seed = seed;
    this.only = only;
  }

  /** In [0, 1). */
  number(place: string): number {
    return hash(`${this.seed}/${place}`);
  }

  between(place: string, low: number, high: number): number {
    return low + this.number(place) * (high - low);
  }

  pick<T>(place: string, choices: readonly T[]): T {
    const choice = choices[Math.floor(this.number(place) * choices.length)];
    if (choice === undefined) throw new Error(`nothing to pick at ${place}`);
    return choice;
  }

  /** An operation that a function repeats is a new place each time. */
  next(place: string): string {
    const count = (this.counts.get(place) ?? 0) + 1;
    this.counts.set(place, count);
    return `${place}:${count}`;
  }

  /** One of the faults, each with its own probability. Mostly none. */
  fault(place: string, weights: Weights, rate: number): string | undefined {
    if (rate === 0 || (this.only && !this.only.has(place))) return undefined;
    let rest = this.number(`${place}?`) / rate;
    for (const [fault, weight] of Object.entries(weights)) {
      if (rest < weight) {
        this.strikes.push({ place, fault });
        return fault;
      }
      rest -= weight;
    }
    return undefined;
  }
}

/** FNV-1a, then a finalising mix: well spread over [0, 1) for texts that differ in one character. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >>> 0) / 4_294_967_296;
}
