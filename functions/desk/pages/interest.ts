/** What a late payment is worth, on the page of its invoice, with the letter that claims it. */
import { html } from 'hono/html';
import { frenchNumber } from '../../../shared/invoice/french.ts';
import { spokenAmount } from '../../../shared/invoice/spoken.ts';
import type { Viewer } from './frame.ts';
import { type Content, linkTo } from './html.ts';
import { type ListedRow, wholeOf } from './invoice-lists.ts';

const texts = {
  fr: {
    interest: 'Intérêts moratoires',
    run: (days: number, rate: string, amount: string, perDay: string) =>
      `${amount} pour ${days} ${days < 2 ? 'jour' : 'jours'} de retard, au taux de ${rate} % l’an (${perDay} par jour).`,
    toCheck: 'Ce taux n’a pas été contrôlé sur la publication de la BCE : vérifiez-le avant d’envoyer le courrier.',
    noRate: 'Le taux de ce semestre n’est pas connu du relais.',
    indemnity: (amount: string) => `Indemnité forfaitaire de recouvrement : ${amount}, due une fois.`,
    whole: (amount: string) => ` Total : ${amount}.`,
    letter: 'Courrier d’intérêts (PDF)',
  },
  en: {
    interest: 'Interest for late payment',
    run: (days: number, rate: string, amount: string, perDay: string) =>
      `${amount} for ${days} ${days === 1 ? 'day' : 'days'}, at ${rate} % a year (${perDay} a day).`,
    toCheck: 'Nobody has checked this rate against the ECB’s own table: check it before you send the letter.',
    noRate: 'The relay does not know the rate of that half-year.',
    indemnity: (amount: string) => `Fixed sum for recovery: ${amount}, owed once.`,
    whole: (amount: string) => ` In all: ${amount}.`,
    letter: 'Letter about interest (PDF, in French)',
  },
} as const;

export function interestSection({ interest, key }: ListedRow, viewer: Viewer): Content {
  if (!interest) return undefined;
  const { language } = viewer;
  const text = texts[language];
  const euros = (amount: string) => spokenAmount(amount, 'EUR', language);
  const { run, days, indemnity } = interest;
  const rate = run && (language === 'fr' ? frenchNumber(run.rate.total) : run.rate.total);
  return html`<section>
    <h2>${text.interest}</h2>
    <p class="total">
      ${run && rate !== undefined ? text.run(days, rate, euros(run.amount), euros(run.perDay)) : text.noRate}
    </p>
    ${run?.rate.isToCheck ? html`<p class="note">${text.toCheck}</p>` : ''}
    <p>${text.indemnity(euros(indemnity))}${run && text.whole(euros(wholeOf(interest)))}</p>
    <p class="screen">
      <button type="button" data-download="${linkTo(viewer, 'letter.pdf', { key })}">${text.letter}</button>
    </p>
  </section>`;
}
