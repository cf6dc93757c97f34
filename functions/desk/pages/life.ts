/** An invoice's life as a line of dates: what was asked, sent and answered, its doubts, its statuses. */
import { html } from 'hono/html';
import { saidOf } from '../../../shared/evidence/life-said.ts';
import type { Language } from '../../../shared/invoice/spoken.ts';
import type { LifeEntry } from '../../../shared/ledger/life.ts';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { type Html, instant } from './html.ts';

const leftOut = {
  fr: (count: number) => `… ${count} lignes ne sont pas conservées …`,
  en: (count: number) => `… ${count} lines are not kept …`,
} as const satisfies Record<Language, object>;

/** Of a record that an earlier version wrote: what else it has. */
const withoutLife = ({ createdAt, submittedAt, status }: RecordView): LifeEntry[] => [
  { at: createdAt, command: 'invoice.submit' },
  ...(submittedAt === undefined ? [] : [{ at: submittedAt, call: 'submit' }]),
  ...(status === undefined ? [] : [{ at: status.at ?? status.observedAt, status: status.code, motive: status.motive }]),
];

export function lifeList(record: RecordView, language: Language): Html {
  const { life = withoutLife(record), lifeLeftOut } = record;
  return html`<ol class="life">
    ${life.map((entry) => html`<li>${instant(entry.at, language)} ${saidOf(entry)[language]}</li>`)}
    ${lifeLeftOut !== undefined && html`<li class="quiet">${leftOut[language](lifeLeftOut)}</li>`}
  </ol>`;
}
