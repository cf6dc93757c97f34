/** What recipients keep back, until when, and what releases it. */
import Big from 'big.js';
import { html } from 'hono/html';
import { spokenSum } from '../../../shared/invoice/spoken.ts';
import type { Releaser, RetentionRow } from '../../../shared/lists/retention-row.ts';
import type { Viewer } from './frame.ts';
import { anchor, type Column, type Content, day, type Html, linkTo, money, reference, siretSaid } from './html.ts';
import { table } from './html.ts';

const texts = {
  fr: {
    none: 'Aucune retenue.',
    expected: '(prévu)',
    due: 'à libérer',
    released: 'libérée',
    caption: (count: number, held: string) => `${count} ${count < 2 ? 'retenue' : 'retenues'}, ${held} retenus`,
    paid: (number: Content, on: Content) => html`${number} (mise en paiement le ${on})`,
    notPaid: (number: Content) => html`${number} (pas encore mise en paiement)`,
    unknown: (number: Content) => html`${number} (paiement non communiqué par le destinataire)`,
  },
  en: {
    none: 'No retention.',
    expected: '(expected)',
    due: 'to be released',
    released: 'released',
    caption: (count: number, held: string) => `${count} ${count === 1 ? 'retention' : 'retentions'}, ${held} held`,
    paid: (number: Content, on: Content) => html`${number} (payment issued on ${on})`,
    notPaid: (number: Content) => html`${number} (not paid yet)`,
    unknown: (number: Content) => html`${number} (its recipient reports no payments)`,
  },
} as const;

function releaserSaid({ key, number, paidOn, paymentUnknown }: Releaser, viewer: Viewer): Content {
  const { language } = viewer;
  const text = texts[language];
  const link = key === undefined ? number : anchor(linkTo(viewer, 'invoice', { key }), reference(number));
  if (paidOn !== undefined) return text.paid(link, day(paidOn, language));
  return paymentUnknown ? text.unknown(link) : text.notPaid(link);
}

type RetentionColumn = Column<RetentionRow>;

function columnsFor(viewer: Viewer) {
  const { language } = viewer;
  const text = texts[language];
  const name: RetentionColumn = { head: { fr: 'Retenue', en: 'Retention' }, of: (row) => row.name };
  const sum = (of: 'amount' | 'released' | 'held') => (row: RetentionRow) => money(row[of], row.currency, language);
  return {
    invoice: {
      head: { fr: 'Numéro', en: 'Number' },
      is: 'head',
      of: ({ key, number }) => anchor(linkTo(viewer, 'invoice', { key }), reference(number) ?? '–'),
    },
    recipient: {
      head: { fr: 'Destinataire', en: 'Recipient' },
      of: (row) => row.recipientName ?? siretSaid(row.recipient),
    },
    contract: { head: { fr: 'Marché', en: 'Contract' }, of: ({ contract }) => reference(contract) },
    name,
    itsName: { ...name, is: 'head' },
    amount: { head: { fr: 'Montant d’origine', en: 'At first' }, is: 'amount', of: sum('amount') },
    released: { head: { fr: 'Montant libéré', en: 'Released' }, is: 'amount', of: sum('released') },
    held: { head: { fr: 'Montant retenu', en: 'Held' }, is: 'amount', of: sum('held') },
    until: {
      head: { fr: 'Se libère le', en: 'Comes free on' },
      of: ({ until, expected, isDue, held }) => {
        if (Big(held).eq(0)) return html`<span class="good">${text.released}</span>`;
        if (until === undefined) return undefined;
        return html`${day(until, language)} ${expected ? html`<span class="quiet">${text.expected}</span>` : ''}
        ${isDue ? html`<strong class="urgent">${text.due}</strong>` : ''}`;
      },
    },
    releasedBy: {
      head: { fr: 'Versement demandé par', en: 'Payment asked by' },
      of: ({ releasedBy }) =>
        releasedBy.length === 0
          ? undefined
          : html`${releasedBy.map((one) => html`<div>${releaserSaid(one, viewer)}</div>`)}`,
    },
  } as const satisfies Record<string, RetentionColumn>;
}

type ColumnName = keyof ReturnType<typeof columnsFor>;

const tableOf =
  (columns: readonly ColumnName[]) =>
  (rows: readonly RetentionRow[], viewer: Viewer, none?: string): Html => {
    const { language } = viewer;
    const text = texts[language];
    const sums = rows.map(({ held: amount, currency }) => ({ amount, currency }));
    const all = columnsFor(viewer);
    return table<RetentionRow>({
      caption: text.caption(rows.length, spokenSum(sums, language)),
      columns: columns.map((one) => all[one]),
      ...{ rows, language, none: none ?? text.none },
    });
  };

export const retentionTable = tableOf(['invoice', 'recipient', 'contract', 'name', 'held', 'until', 'releasedBy']);

/** Of one invoice, also what is held no more. */
export const releasedTable = tableOf(['itsName', 'amount', 'released', 'held', 'until', 'releasedBy']);
