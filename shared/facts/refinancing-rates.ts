/**
 * The rate that the ECB applies to its main refinancing operations on the first day of each half-year, in percent. A
 * half-year that is not here has no rate: none is guessed. How to add one: docs/runbooks/alarms/interest-rates-end.md.
 */
import type { Fact } from './fact.ts';

const reproduced = {
  mark: 'V-3P',
  source: 'ECB, as Banque de France and Banka Slovenije reproduce its table',
} as const;
/** @param who agrees on the rate with the eight points */
const reported = (who: string, total: string) =>
  ({ mark: 'COM', source: `${who} agree on ${total} % with the eight points; to be checked with ECB` }) as const;

/** By first day, ISO, oldest first and without gaps. */
export const refinancingRates: Readonly<Record<string, Fact<string>>> = {
  '2023-01-01': { value: '2.50', ...reproduced },
  '2023-07-01': { value: '4.00', ...reproduced },
  '2024-01-01': { value: '4.50', ...reproduced },
  '2024-07-01': { value: '4.25', ...reproduced },
  '2025-01-01': { value: '3.15', ...reproduced },
  '2025-07-01': {
    value: '2.15',
    mark: 'V-3P',
    source: 'ECB’s decisions of June to October 2025, as the press reports them',
  },
  '2026-01-01': { value: '2.15', ...reported('guides to late payment in France, Luxembourg and Italy', '10.15') },
  '2026-07-01': { value: '2.40', ...reported('guides to late payment in France and Spain', '10.40') },
};

/** @param day ISO @returns the first day of its half-year */
export const halfYearOf = (day: string): string => `${day.slice(0, 4)}-${day.slice(5, 7) < '07' ? '01' : '07'}-01`;

/** The last day, ISO, on which interest can begin to run at a known rate. */
export function lastDayWithRate(): string {
  const last = Object.keys(refinancingRates).at(-1) ?? '';
  const year = last.slice(0, 4);
  return last.endsWith('-01-01') ? `${year}-06-30` : `${year}-12-31`;
}
