/** What is expected by week, as a chart and as a table. */
import Big from 'big.js';
import { html } from 'hono/html';
import { type Language, spokenAmount, spokenCount, spokenDay, spokenSum } from '../../../shared/invoice/spoken.ts';
import type { Field } from '../../../shared/lists/spreadsheet.ts';
import { barChart } from './chart.ts';
import type { Viewer } from './frame.ts';
import { day, type Html, money, table } from './html.ts';

/** A week that begins on a Monday, or what no week is known of yet. */
export interface Week {
  /** ISO; undefined if it has no due date yet. */
  monday: string | undefined;
  invoices: number;
  /** What is due in it, in euros: a decimal string. */
  amount: string;
  /** It is over: what was due in it is late. */
  isPast: boolean;
}

const texts = {
  fr: {
    title: 'Montants attendus par semaine d’échéance',
    none: 'Aucun paiement attendu.',
    past: 'échue',
    undated: 'Sans échéance connue',
    caption: (sum: string) => `Montants attendus par semaine d’échéance\u00a0: ${sum} au total`,
  },
  en: {
    title: 'Amounts expected, by the week in which they are due',
    none: 'No payment is expected.',
    past: 'over',
    undated: 'No due date yet',
    caption: (sum: string) => `Amounts expected, by the week in which they are due: ${sum} in all`,
  },
} as const;

/** Room for each bar's label. */
const mostBars = 12;

const rounded = (amount: string, language: Language): string =>
  spokenAmount(Big(amount).round(0).toFixed(2), 'EUR', language).replace(/[.,]00/, '');

export function weeksOf(weeks: readonly Week[], viewer: Viewer): Html {
  const { language } = viewer;
  const text = texts[language];
  if (weeks.length === 0) return html`<p class="nothing">${text.none}</p>`;
  const shown = weeks
    .flatMap(({ monday, ...week }) => (monday === undefined ? [] : [{ monday, ...week }]))
    .slice(-mostBars);
  const highest = shown.reduce((most, { amount }) => (Big(amount).gt(most) ? Big(amount) : most), Big(1));
  const bars = shown.map(({ monday, amount, isPast }) => ({
    label: spokenDay(monday, language),
    share: Big(amount).lt(0) ? 0 : Big(amount).div(highest).toNumber(),
    value: rounded(amount, language),
    isPast,
  }));
  const sum = spokenSum(
    weeks.map(({ amount }) => ({ amount, currency: 'EUR' })),
    language,
  );
  return html`${bars.length > 0 && barChart(bars, text.title)}
  ${table<Week>({
    ...{ caption: text.caption(sum), rows: weeks, language, none: text.none },
    columns: [
      {
        head: { fr: 'Semaine du', en: 'Week of' },
        is: 'head',
        of: ({ monday, isPast }) =>
          html`${day(monday, language) ?? text.undated}${isPast ? html` <span class="urgent">${text.past}</span>` : ''}`,
      },
      { head: { fr: 'Nombre', en: 'How many' }, is: 'amount', of: ({ invoices }) => spokenCount(invoices, language) },
      {
        head: { fr: 'Montant attendu', en: 'Amount expected' },
        is: 'amount',
        of: ({ amount }) => money(amount, 'EUR', language),
      },
    ],
  })}`;
}

export const weekFields: readonly Field<Week>[] = [
  ['semaine du', 'week of', ({ monday }) => monday, 'day'],
  ['factures', 'invoices', ({ invoices }) => String(invoices), 'count'],
  ['montant attendu', 'amount expected', ({ amount }) => amount, 'amount'],
];
