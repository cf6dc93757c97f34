/** What a list of unpaid invoices does not count as still to be paid, so that nobody takes it for paid. */
import { type Language, type Said, spokenSum } from '../invoice/spoken.ts';
import type { StatusRow } from './status-row.ts';

interface Kind {
  isOne: (row: StatusRow) => boolean;
  one: Said;
  several: Said;
}

/** Whoever sends it again, or acknowledges the rejection, has said what becomes of it. */
const isOpen = ({ needsAction, dismissed }: StatusRow): boolean => needsAction || dismissed !== undefined;

const kinds: readonly Kind[] = [
  {
    isOne: (row) => row.state === 'refused' && row.request === undefined && isOpen(row),
    one: { fr: 'jamais déposée', en: 'never deposited' },
    several: { fr: 'jamais déposées', en: 'never deposited' },
  },
  {
    isOne: (row) => row.state === 'rejected' && isOpen(row),
    one: { fr: 'rejetée ou refusée', en: 'rejected or refused' },
    several: { fr: 'rejetées ou refusées', en: 'rejected or refused' },
  },
  {
    isOne: ({ paymentUnknown, isReplaced }) => paymentUnknown && !isReplaced,
    one: { fr: 'dont le paiement est inconnu', en: 'whose payment is unknown' },
    several: { fr: 'dont le paiement est inconnu', en: 'whose payment is unknown' },
  },
  {
    isOne: ({ type, unpaid }) => type === 'credit-note' && unpaid,
    one: { fr: 'avoir', en: 'credit note' },
    several: { fr: 'avoirs', en: 'credit notes' },
  },
];

const head: Said = { fr: 'Non compris dans le reste à payer : ', en: 'Not counted as still to be paid: ' };

/** @param rows what the list leaves out @returns one line, or none */
export function leftOut(rows: readonly StatusRow[], language: Language): string[] {
  const parts = kinds.flatMap(({ isOne, one, several }) => {
    const found = rows.filter(isOne);
    if (found.length === 0) return [];
    const amounts = found.flatMap(({ amount, currency }) => (amount === undefined ? [] : [{ amount, currency }]));
    const sum = amounts.length === 0 ? '' : ` (${spokenSum(amounts, language)})`;
    return [`${found.length} ${(found.length === 1 ? one : several)[language]}${sum}`];
  });
  return parts.length === 0 ? [] : [`${head[language]}${parts.join(', ')}.`];
}
