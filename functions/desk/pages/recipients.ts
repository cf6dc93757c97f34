/** What each recipient still owes, since when, and how many days it usually takes to pay. */
import { html } from 'hono/html';
import { type Language, spokenAmount, spokenCount, spokenSum } from '../../../shared/invoice/spoken.ts';
import type { Field } from '../../../shared/lists/spreadsheet.ts';
import type { Viewer } from './frame.ts';
import { anchor, type Content, day, type Html, linkTo, siretSaid, table } from './html.ts';

export interface RecipientTotal {
  /** SIRET. */
  recipient: string;
  recipientName?: string | undefined;
  /** Unpaid invoices. */
  count: number;
  /** What they add up to, by currency: decimal strings. */
  outstanding: readonly { amount: string; currency: string | undefined }[];
  /** Of which late. */
  late: readonly { amount: string; currency: string | undefined }[];
  /** The issue date of the oldest of them: ISO. */
  oldest: string | undefined;
  /** From the deposit to the payment, over those that were paid; undefined if none was. */
  averageDays: number | undefined;
}

const texts = {
  fr: {
    none: 'Aucun destinataire ne doit rien.',
    caption: (owed: string, late: string) =>
      `Ce que chaque destinataire doit encore\u00a0: ${owed} au total, dont ${late} en retard`,
    days: (count: number) => `${count} ${count < 2 ? 'jour' : 'jours'}`,
  },
  en: {
    none: 'No recipient owes anything.',
    caption: (owed: string, late: string) => `What each recipient still owes: ${owed} in all, of which ${late} late`,
    days: (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`,
  },
} as const;

type Sums = RecipientTotal['outstanding'];

const sums = (all: Sums, language: Language): Content =>
  all.length === 0
    ? undefined
    : html`${all.map(({ amount, currency }) => html`<span class="amount">${spokenAmount(amount, currency, language)}</span> `)}`;

export function recipientTable(rows: readonly RecipientTotal[], viewer: Viewer): Html {
  const { language } = viewer;
  const text = texts[language];
  const inAll = (sums: Sums) => spokenSum(sums, language);
  return table<RecipientTotal>({
    caption: text.caption(
      inAll(rows.flatMap(({ outstanding }) => outstanding)),
      inAll(rows.flatMap(({ late }) => late)),
    ),
    ...{ rows, language, none: text.none },
    columns: [
      {
        head: { fr: 'Destinataire', en: 'Recipient' },
        is: 'head',
        of: ({ recipient, recipientName }) =>
          anchor(linkTo(viewer, 'search', { text: recipient }), recipientName ?? siretSaid(recipient)),
      },
      { head: { fr: 'SIRET', en: 'SIRET' }, of: ({ recipient }) => siretSaid(recipient) },
      {
        head: { fr: 'Factures impayées', en: 'Unpaid invoices' },
        is: 'amount',
        of: ({ count }) => spokenCount(count, language),
      },
      {
        head: { fr: 'Reste à payer', en: 'Still to be paid' },
        is: 'amount',
        of: (row) => sums(row.outstanding, language),
      },
      { head: { fr: 'Dont en retard', en: 'Of which late' }, is: 'amount', of: (row) => sums(row.late, language) },
      { head: { fr: 'La plus ancienne', en: 'The oldest' }, of: ({ oldest }) => day(oldest, language) },
      {
        head: { fr: 'Délai moyen de paiement', en: 'Average time to payment' },
        is: 'amount',
        of: ({ averageDays }) => (averageDays === undefined ? undefined : text.days(averageDays)),
      },
    ],
  });
}

const inEuros = (all: Sums): string | undefined => all.find(({ currency }) => currency === 'EUR')?.amount;

/** In words: a column of amounts has one currency. */
function inOthers(all: Sums, language: Language): string {
  const others = all.filter(({ currency }) => currency !== 'EUR');
  return others.length === 0 ? '' : spokenSum(others, language);
}

export const recipientFields: readonly Field<RecipientTotal>[] = [
  ['SIRET du destinataire', 'recipient’s SIRET', ({ recipient }) => recipient],
  ['destinataire', 'recipient', ({ recipientName }) => recipientName],
  ['factures impayées', 'unpaid invoices', ({ count }) => String(count), 'count'],
  ['reste à payer en euros', 'still to be paid in euros', ({ outstanding }) => inEuros(outstanding), 'amount'],
  ['dont en retard en euros', 'of which late in euros', ({ late }) => inEuros(late), 'amount'],
  ['autres devises', 'other currencies', ({ outstanding }, language) => inOthers(outstanding, language)],
  ['la plus ancienne', 'the oldest', ({ oldest }) => oldest, 'day'],
  [
    'délai moyen de paiement en jours',
    'average days to payment',
    ({ averageDays }) => averageDays?.toString(),
    'count',
  ],
];
