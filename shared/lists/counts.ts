/** What is counted of a list: how many invoices, how many wait for somebody, and how much is still to be paid. */
import { type Language, spokenSum } from '../invoice/spoken.ts';
import { interestTotal } from './interest-said.ts';
import { countedNouns } from './nouns.ts';
import type { StatusRow } from './status-row.ts';

const sumOf = (
  rows: readonly StatusRow[],
  language: Language,
  amountOf: (row: StatusRow) => string | undefined,
): string =>
  spokenSum(
    rows.flatMap((row) => {
      const amount = amountOf(row);
      return amount === undefined ? [] : [{ amount, currency: row.currency }];
    }),
    language,
  );

/** What is retained of these rows; undefined if nothing is. */
const retainedIn = (rows: readonly StatusRow[], language: Language): string | undefined =>
  rows.some(({ retained }) => retained !== undefined) ? sumOf(rows, language, ({ retained }) => retained) : undefined;

/** Credit notes are negative; a row without a currency owes nothing. */
const owed = (rows: readonly StatusRow[], language: Language): string =>
  sumOf(rows, language, (row) => (row.unpaid ? row.owed : undefined));

/** What is counted below the list. */
interface Counts {
  /** « 3 factures et 1 message refusé » */
  rows: string;
  waiting: number;
  late: number;
  owed: string;
  owedLate: string;
  retained: string | undefined;
  interest: string | undefined;
  /** Undefined if the list is of others too. */
  paid: string | undefined;
}

const summaries = {
  en: ({ rows, waiting, late, owed: toPay, owedLate, retained, paid, interest }: Counts) =>
    [
      `${rows}, ${waiting === 0 ? 'none waiting for somebody' : `${waiting} waiting for somebody (!)`}.`,
      ` Still to be paid: ${toPay}`,
      late === 0 ? '.' : `, of which late: ${owedLate} (${late} ${late === 1 ? 'invoice' : 'invoices'}).`,
      interest === undefined ? '' : ` ${interest}`,
      retained === undefined ? '' : ` Still retained: ${retained}.`,
      paid === undefined ? '' : ` Payments issued in the period: ${paid}.`,
    ].join(''),
  fr: ({ rows, waiting, late, owed: toPay, owedLate, retained, paid, interest }: Counts) =>
    [
      `${rows}, ${waiting === 0 ? 'aucune action attendue' : `dont ${waiting} en attente d’une action (!)`}.`,
      ` Reste à payer : ${toPay}`,
      late === 0 ? '.' : `, dont en retard : ${owedLate} (${late} ${late === 1 ? 'facture' : 'factures'}).`,
      interest === undefined ? '' : ` ${interest}`,
      retained === undefined ? '' : ` Encore retenu : ${retained}.`,
      paid === undefined ? '' : ` Mis en paiement sur la période : ${paid}.`,
    ].join(''),
} as const satisfies Record<Language, object>;

const nothing = { en: 'No invoice.', fr: 'Aucune facture.' } as const;

/** @param isOfPaid the list is only of what was paid in a period */
export function counted(rows: readonly StatusRow[], language: Language, isOfPaid: boolean): string {
  if (rows.length === 0) return nothing[language];
  const late = rows.filter((row) => row.late);
  return summaries[language]({
    rows: countedNouns(rows, language),
    waiting: rows.filter(({ needsAction }) => needsAction).length,
    late: late.length,
    owed: owed(rows, language),
    owedLate: owed(late, language),
    retained: retainedIn(rows, language),
    interest: interestTotal(rows, language),
    paid: isOfPaid ? sumOf(rows, language, ({ amount }) => amount) : undefined,
  });
}
