/** What a list is of: invoices, credit notes, documents of works contracts, messages that became none of these. */
import { type Language, spokenCount } from '../invoice/spoken.ts';
import type { StatusRow } from './status-row.ts';

/** One and several. */
type Noun = Readonly<Record<Language, readonly [string, string]>>;

const nouns = {
  invoice: { fr: ['facture', 'factures'], en: ['invoice', 'invoices'] },
  creditNote: { fr: ['avoir', 'avoirs'], en: ['credit note', 'credit notes'] },
  works: { fr: ['pièce de travaux', 'pièces de travaux'], en: ['works document', 'works documents'] },
  message: { fr: ['message refusé', 'messages refusés'], en: ['refused message', 'refused messages'] },
} as const satisfies Record<string, Noun>;

/** As they are counted. */
const order = ['invoice', 'creditNote', 'works', 'message'] as const satisfies readonly (keyof typeof nouns)[];

type Named = Pick<StatusRow, 'about' | 'type' | 'isWorks'>;

function nounOf({ about, type, isWorks }: Named): keyof typeof nouns {
  if (about === 'message') return 'message';
  if (isWorks) return 'works';
  return type === 'credit-note' ? 'creditNote' : 'invoice';
}

/** « Facture », « Avoir », « Pièce de travaux » */
export function nounFor(row: Named, language: Language): string {
  const [one] = nouns[nounOf(row)][language];
  return one.slice(0, 1).toUpperCase() + one.slice(1);
}

const isOne: Readonly<Record<Language, (count: number) => boolean>> = {
  fr: (count) => count < 2,
  en: (count) => count === 1,
};
const joined: Readonly<Record<Language, Intl.ListFormat>> = {
  fr: new Intl.ListFormat('fr'),
  en: new Intl.ListFormat('en'),
};

/** « 3 factures, 1 avoir et 8 pièces de travaux »; nothing of nothing. */
export function countedNouns(rows: readonly Named[], language: Language): string {
  const kinds = Map.groupBy(rows, nounOf);
  const parts = order.flatMap((kind) => {
    const count = kinds.get(kind)?.length ?? 0;
    const [one, several] = nouns[kind][language];
    return count === 0 ? [] : [`${spokenCount(count, language)} ${isOne[language](count) ? one : several}`];
  });
  return joined[language].format(parts);
}
