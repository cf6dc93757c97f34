/** One budget, and what was measured. */
export interface Figure {
  what: string;
  measured: number;
  unit: string;
  budget: number;
  /** Whether the budget is an upper or a lower limit. */
  side: 'at most' | 'at least';
}

/** @param tell what is measured next, for whoever waits */
export type Measure = (tell: (what: string) => void) => Promise<Figure[]>;

export const isKept = ({ measured, budget, side }: Figure): boolean =>
  side === 'at most' ? measured <= budget : measured >= budget;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = low] = sorted.slice(sorted.length % 2 === 0 ? middle - 1 : middle);
  return sorted.length % 2 === 0 ? (low + high) / 2 : low;
}
