/** The quick choices above a list: each is a link, and one of them is chosen. */
import { html } from 'hono/html';
import { monthsAfter } from '../../../shared/tracking/retentions.ts';
import { dayMs } from '../../../shared/facts/fact.ts';
import type { Said } from '../../../shared/invoice/spoken.ts';
import type { PageName, Viewer } from './frame.ts';
import { anchor, type Html, linkTo } from './html.ts';

/** Days, both ends included: ISO. */
export interface Period {
  from: string;
  to: string;
}

interface Choice {
  said: Said;
  /** Said where nothing is there; without it, the list says it. */
  none?: Said;
  /** Which days it means today; undefined: all. @param today ISO */
  of: (today: string) => Period | undefined;
  /** Another list than the page's own. */
  list?: 'payment-unknown';
}

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** @returns the Monday of the week of a day; both ISO */
export const mondayOf = (day: string): string => daysAfter(day, -((new Date(day).getUTCDay() + 6) % 7));

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;
const monthFrom = (first: string): Period => ({ from: first, to: daysAfter(monthsAfter(first, 1), -1) });

const nonePaid = { fr: 'Aucune mise en paiement à ces dates.', en: 'No payment was issued on these days.' } as const;
const noneFree = {
  fr: 'Aucune retenue ne se libère à ces dates.',
  en: 'No retention comes free on these days.',
} as const;

const all: Choice = { said: { fr: 'Toutes', en: 'All' }, of: () => undefined };

/** By the name in the address. */
const choices = {
  paid: {
    all,
    'last-week': {
      said: { fr: 'La semaine dernière', en: 'Last week' },
      none: nonePaid,
      of: (today) => ({ from: daysAfter(mondayOf(today), -7), to: daysAfter(mondayOf(today), -1) }),
    },
    'this-week': {
      said: { fr: 'Cette semaine', en: 'This week' },
      none: nonePaid,
      of: (today) => ({ from: mondayOf(today), to: daysAfter(mondayOf(today), 6) }),
    },
    'last-month': {
      said: { fr: 'Le mois dernier', en: 'Last month' },
      none: nonePaid,
      of: (today) => monthFrom(monthsAfter(firstOfMonth(today), -1)),
    },
    'this-month': {
      said: { fr: 'Ce mois-ci', en: 'This month' },
      none: nonePaid,
      of: (today) => monthFrom(firstOfMonth(today)),
    },
    unknown: {
      ...{ said: { fr: 'Paiement non communiqué', en: 'Payment not reported' }, of: () => undefined },
      list: 'payment-unknown',
    },
  },
  'under-way': {
    all,
    old: {
      said: { fr: 'Déposées depuis plus de 30 jours', en: 'Submitted more than 30 days ago' },
      none: {
        fr: 'Rien d’impayé n’a été déposé il y a plus de 30 jours.',
        en: 'Nothing unpaid was submitted more than 30 days ago.',
      },
      of: (today) => ({ from: '', to: daysAfter(today, -31) }),
    },
  },
  retentions: {
    all,
    due: {
      said: { fr: 'À libérer', en: 'To be released' },
      none: { fr: 'Aucune retenue à libérer aujourd’hui.', en: 'No retention is to be released today.' },
      of: (today) => ({ from: '', to: today }),
    },
    'next-month': {
      said: { fr: 'Le mois prochain', en: 'Next month' },
      none: noneFree,
      of: (today) => monthFrom(monthsAfter(firstOfMonth(today), 1)),
    },
    'this-month': {
      said: { fr: 'Ce mois-ci', en: 'This month' },
      none: noneFree,
      of: (today) => monthFrom(firstOfMonth(today)),
    },
  },
} as const satisfies Partial<Record<PageName, Record<string, Choice>>>;

export type Filtered = keyof typeof choices;

/** The choice that an address names; all, if it names none. */
export function chosen(page: Filtered, name: string | undefined): { name: string; choice: Choice } {
  const offered: Readonly<Record<string, Choice>> = choices[page];
  const choice = name !== undefined && Object.hasOwn(offered, name) ? offered[name] : undefined;
  return choice && name !== undefined ? { name, choice } : { name: 'all', choice: all };
}

const label: Said = { fr: 'Choix dans la liste', en: 'Choice in the list' };

export const filterLinks = (page: Filtered, name: string, viewer: Viewer): Html =>
  html`<nav class="filters" aria-label="${label[viewer.language]}">
    <ul>
      ${Object.entries<Choice>(choices[page]).map(
        ([one, { said }]) =>
          html`<li>
            ${anchor(linkTo(viewer, page, one === 'all' ? {} : { period: one }), said[viewer.language], one === name)}
          </li>`,
      )}
    </ul>
  </nav>`;

export const isWithin = (day: string | undefined, period: Period | undefined): boolean =>
  period === undefined || (day !== undefined && day >= period.from && day <= period.to);
