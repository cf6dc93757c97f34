/** Said where there was more to read: what is summed or sought is not all that there is. */
import { html } from 'hono/html';
import { type Language, spokenCount } from '../../../shared/invoice/spoken.ts';
import type { Viewer } from './frame.ts';
import type { Content } from './html.ts';

const texts = {
  fr: (count: string) =>
    `${count} factures ont été lues, les plus récentes de chaque liste. Il y en a davantage : cette page est incomplète.`,
  en: (count: string) =>
    `${count} invoices were read, the newest of each list. There are more: this page is incomplete.`,
} as const;

const names = {
  fr: (count: number) => `incomplet ${count} factures lues`,
  en: (count: number) => `incomplete ${count} invoices read`,
} as const satisfies Record<Language, object>;

/** The same in the name of a file, which goes where no page is. Nothing of a file that has all. */
export const cutNamed = (cut: number | undefined, language: Language): string[] =>
  cut === undefined ? [] : [names[language](cut)];

/** @param cut how many were read, if there are more */
export const cutSaid = (cut: number | undefined, { language }: Viewer): Content =>
  cut === undefined ? undefined : html`<p class="note">${texts[language](spokenCount(cut, language))}</p>`;
