/** What a list says of the interest that a late payment is worth. */
import { type Language, spokenAmount, spokenDay, spokenSum } from '../invoice/spoken.ts';
import { frenchNumber } from '../invoice/french.ts';
import type { StatusRow } from './status-row.ts';

type Row = Pick<StatusRow, 'interest' | 'paidLate'>;

const days: Readonly<Record<Language, (count: number) => string>> = {
  fr: (count) => `${count} ${count < 2 ? 'jour' : 'jours'}`,
  en: (count) => `${count} ${count === 1 ? 'day' : 'days'}`,
};

const texts = {
  fr: {
    paidLate: (count: number, from: string) =>
      `Payée avec ${days.fr(count)} de retard ; les intérêts moratoires ont couru à partir du ${from}.`,
    owed: (amount: string, rate: string, indemnity: string) =>
      `Intérêts moratoires : ${amount} (${frenchNumber(rate)}\u00a0% l’an), et ${indemnity} d’indemnité forfaitaire.`,
    unknown: (indemnity: string) =>
      `Indemnité forfaitaire : ${indemnity} ; le taux des intérêts moratoires de ce semestre n’est pas connu du relais.`,
  },
  en: {
    paidLate: (count: number, from: string) => `Paid ${days.en(count)} late; the interest ran from ${from}.`,
    owed: (amount: string, rate: string, indemnity: string) =>
      `Interest: ${amount} (${rate} % a year), and a fixed indemnity of ${indemnity}.`,
    unknown: (indemnity: string) =>
      `Fixed indemnity: ${indemnity}; the relay does not know the interest rate of that half-year.`,
  },
} as const satisfies Record<Language, object>;

/** @returns nothing if no interest is owed */
export function interestSaid({ interest, paidLate }: Row, language: Language): string[] {
  if (!interest) return [];
  const text = texts[language];
  const { run, indemnity, days: count, since } = interest;
  const euros = (amount: string) => spokenAmount(amount, 'EUR', language);
  return [
    ...(paidLate ? [text.paidLate(count, spokenDay(since, language))] : []),
    run ? text.owed(euros(run.amount), run.rate.total, euros(indemnity)) : text.unknown(euros(indemnity)),
  ];
}

const totals: Readonly<Record<Language, (amount: string, unknown: number) => string>> = {
  fr: (amount, unknown) =>
    `Intérêts moratoires et indemnités : ${amount}${unknown === 0 ? '' : ` (${unknown} sans taux connu)`}.`,
  en: (amount, unknown) =>
    `Interest and indemnities: ${amount}${unknown === 0 ? '' : ` (${unknown} without a known rate)`}.`,
};

/** What all of these are worth; undefined if nothing is owed. */
export function interestTotal(rows: readonly Row[], language: Language): string | undefined {
  const owed = rows.flatMap(({ interest }) => interest ?? []);
  if (owed.length === 0) return undefined;
  const amounts = owed.flatMap(({ run, indemnity }) => [indemnity, ...(run ? [run.amount] : [])]);
  const sum = spokenSum(
    amounts.map((amount) => ({ amount, currency: 'EUR' })),
    language,
  );
  return totals[language](sum, owed.filter(({ run }) => !run).length);
}
