import type { Observed } from './invariants.ts';

/** Retentions in a schedule: of some invoices a part is kept back, and the ERP is reminded of it. */

/** Its reminder has been due since before the schedule begins, so the first poll that sees the invoice sends it. */
const deduction = { kind: 'retention', name: 'Retenue de garantie', amount: '60.00', releaseDate: '2026-12-15' };
export const retainingTotals = {
  ...{ taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1140.00' },
  deductions: [deduction],
};

const holdersOf = ({ ledger }: Observed) =>
  ledger.records().filter(({ state, retentions }) => retentions && (state === 'followed' || state === 'settled'));

/** A reminder that was sent, or is to be sent, is also noted. */
export const isReminderDue = (observed: Observed): boolean => {
  const now = new Date(observed.now()).toISOString();
  return holdersOf(observed).some(({ retentions = [] }) => retentions.some(({ remindAt = now }) => remindAt < now));
};

/** At rest: each reminder was sent, and under one id only. */
export const wronglyReminded = (observed: Observed): string[] =>
  holdersOf(observed).flatMap(({ pk, retentions = [] }) => {
    const ids = new Set(observed.reminders.filter((id) => id.startsWith(`${pk}#retention `)));
    return ids.size === retentions.length ? [] : [`the ERP was reminded ${ids.size} times of the retention of ${pk}`];
  });
