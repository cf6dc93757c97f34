/** Other parties' works documents that wait for the supplier: the general statement to sign, for one. */
import { html } from 'hono/html';
import type { Said } from '../../../shared/invoice/spoken.ts';
import { placeOf, toAnswerAsked } from '../../../shared/lists/to-do.ts';
import { spokenAsked } from '../../../shared/lists/works-asked.ts';
import type { WorksAsked } from '../../../shared/works/record.ts';
import type { Viewer } from './frame.ts';
import { day, type Html, table } from './html.ts';

const counted = {
  fr: (count: number) => `${count} ${count < 2 ? 'pièce attend' : 'pièces attendent'} votre réponse`,
  en: (count: number) => `${count} ${count === 1 ? 'document waits' : 'documents wait'} for your answer`,
} as const;

const none: Said = { fr: 'Aucune pièce n’attend votre réponse.', en: 'No document waits for your answer.' };

export function worksAskedTable(asked: readonly WorksAsked[], { language }: Viewer): Html {
  return table<WorksAsked>({
    caption: counted[language](asked.length),
    ...{ rows: asked, language, none: none[language] },
    columns: [
      { head: { fr: 'Pièce', en: 'Document' }, is: 'head', of: (one) => spokenAsked(one, language) },
      {
        head: { fr: 'À faire', en: 'To do' },
        of: () => html`<strong>${toAnswerAsked[language]}</strong>, ${placeOf(toAnswerAsked, language)}`,
      },
      { head: { fr: 'Au plus tard le', en: 'By' }, of: ({ until }) => day(until, language) },
    ],
  });
}
