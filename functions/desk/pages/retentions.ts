/** What recipients keep back, until when, and what releases it. */
import { html } from 'hono/html';
import { type Language, spokenSum } from '../../../shared/invoice/spoken.ts';
import type { Releaser, RetentionRow } from '../../../shared/lists/retention-row.ts';
import type { Viewer } from './frame.ts';
import { anchor, type Content, day, type Html, linkTo, money, table } from './html.ts';

const texts = {
  fr: {
    none: 'Aucune retenue.',
    expected: '(prévu)',
    due: 'à libérer',
    caption: (count: number, held: string) => `${count} ${count < 2 ? 'retenue' : 'retenues'}, ${held} retenus`,
    paid: (number: string, on: Content) => html`${number} (mise en paiement le ${on})`,
    notPaid: (number: string) => `${number} (pas encore mise en paiement)`,
    unknown: (number: string) => `${number} (paiement non communiqué par le destinataire)`,
  },
  en: {
    none: 'No retention.',
    expected: '(expected)',
    due: 'to be released',
    caption: (count: number, held: string) => `${count} ${count === 1 ? 'retention' : 'retentions'}, ${held} held`,
    paid: (number: string, on: Content) => html`${number} (payment issued on ${on})`,
    notPaid: (number: string) => `${number} (not paid yet)`,
    unknown: (number: string) => `${number} (its recipient reports no payments)`,
  },
} as const;

function releaserSaid({ number, paidOn, paymentUnknown }: Releaser, language: Language): Content {
  const text = texts[language];
  if (paidOn !== undefined) return text.paid(number, day(paidOn, language));
  return paymentUnknown ? text.unknown(number) : text.notPaid(number);
}

export function retentionTable(rows: readonly RetentionRow[], viewer: Viewer): Html {
  const { language } = viewer;
  const text = texts[language];
  const held = spokenSum(
    rows.map(({ held: amount, currency }) => ({ amount, currency })),
    language,
  );
  return table<RetentionRow>({
    caption: text.caption(rows.length, held),
    ...{ rows, language, none: text.none },
    columns: [
      {
        head: { fr: 'Facture', en: 'Invoice' },
        is: 'head',
        of: ({ key, number }) => anchor(linkTo(viewer, 'invoice', { key }), number ?? '–'),
      },
      { head: { fr: 'Destinataire', en: 'Recipient' }, of: (row) => row.recipientName ?? row.recipient },
      { head: { fr: 'Marché', en: 'Contract' }, of: ({ contract }) => contract },
      { head: { fr: 'Retenue', en: 'Retention' }, of: ({ name }) => name },
      {
        head: { fr: 'Montant retenu', en: 'Held' },
        is: 'amount',
        of: (row) => money(row.held, row.currency, language),
      },
      {
        head: { fr: 'Se libère le', en: 'Comes free on' },
        of: ({ until, expected, isDue }) =>
          until === undefined
            ? undefined
            : html`${day(until, language)} ${expected ? html`<span class="quiet">${text.expected}</span>` : ''}
              ${isDue ? html`<strong class="urgent">${text.due}</strong>` : ''}`,
      },
      {
        head: { fr: 'Versement demandé par', en: 'Payment asked by' },
        of: ({ releasedBy }) =>
          releasedBy.length === 0
            ? undefined
            : html`${releasedBy.map((one) => html`<div>${releaserSaid(one, language)}</div>`)}`,
      },
    ],
  });
}
