/** An invoice's life as a line of dates: who asked for what, what was sent and answered, its doubts, its statuses. */
import { html } from 'hono/html';
import { lifeLines } from '../../../shared/evidence/life-lines.ts';
import { unbroken } from '../../../shared/invoice/french.ts';
import type { Language } from '../../../shared/invoice/spoken.ts';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { type Html, instant } from './html.ts';
import type { Followed } from './requests.ts';

const leftOut = {
  fr: (count: number) => `… ${count} ${count < 2 ? 'ligne n’est pas conservée' : 'lignes ne sont pas conservées'} …`,
  en: (count: number) => `… ${count} ${count === 1 ? 'line is not kept' : 'lines are not kept'} …`,
} as const satisfies Record<Language, object>;

/** @param requests what was asked at the desk */
export function lifeList(record: RecordView, requests: readonly Followed[], language: Language): Html {
  const sent = requests.filter(({ end }) => end !== 'failed');
  const { lifeLeftOut } = record;
  return html`<ol class="life">
    ${lifeLines(record, sent).map(({ at, said }) => html`<li>${instant(at, language)} <span>${unbroken(said[language])}</span></li>`)}
    ${lifeLeftOut !== undefined && html`<li class="quiet">${leftOut[language](lifeLeftOut)}</li>`}
  </ol>`;
}
