/** Works contracts: the documents of each billing file as a chain, from one to the one that answers it. */
import { html } from 'hono/html';
import type { Language } from '../../../shared/invoice/spoken.ts';
import { type RecordView, worksFrameworkOf } from '../../../shared/ledger/record.ts';
import { labelOf } from '../../../shared/lists/status-label.ts';
import { spokenUntil } from '../../../shared/lists/to-do.ts';
import { kinds, worksDocuments } from '../../../shared/works/documents.ts';
import { actors } from '../../../shared/works/parties.ts';
import type { Viewer } from './frame.ts';
import { anchor, type Html, linkTo, money } from './html.ts';
import type { ListedRow } from './invoice-lists.ts';

/** A works document: its row, and what its record says of the file. */
export interface FileDocument {
  row: ListedRow;
  record: RecordView;
}

const texts = {
  fr: {
    none: 'Aucune pièce de travaux.',
    contract: (number: string) => `Marché ${number}`,
    noContract: 'Sans numéro de marché',
    statement: (number: number) => `situation n° ${number}`,
    next: (who: string, until: string | undefined) => `Doit agir : ${who}${until === undefined ? '' : `, ${until}`}.`,
  },
  en: {
    none: 'No works document.',
    contract: (number: string) => `Contract ${number}`,
    noContract: 'Without a contract number',
    statement: (number: number) => `statement ${number}`,
    next: (who: string, until: string | undefined) => `Next to act: ${who}${until === undefined ? '' : `, ${until}`}.`,
  },
} as const;

const contractOf = ({ record }: FileDocument): string => record.corrected?.contract ?? record.contract ?? '';

/** « projet de décompte mensuel (A4), situation n° 2 » */
function kindSaid({ record }: FileDocument, language: Language): string {
  const framework = worksFrameworkOf(record);
  if (framework === undefined) return '';
  const { kind } = worksDocuments[framework];
  const number = kind === 'monthly-draft' ? record.works?.statement?.number : undefined;
  return `${kinds[kind][language]} (${framework})${number === undefined ? '' : `, ${texts[language].statement(number)}`}`;
}

function documentOf(one: FileDocument, viewer: Viewer): Html {
  const { language } = viewer;
  const { row } = one;
  const until = row.next?.until === undefined ? undefined : spokenUntil(row.next.until, language);
  const next = row.next === undefined ? undefined : texts[language].next(actors[row.next.actor][language], until);
  return html`<li>
    <strong>${anchor(linkTo(viewer, 'invoice', { key: row.key }), row.number ?? '–')}</strong>
    <div>${kindSaid(one, language)}</div>
    <div>${money(row.amount, row.currency, language)} · ${labelOf(row, language)}</div>
    ${next === undefined ? '' : html`<div>${next}</div>`}
  </li>`;
}

/** By their time, but none before the one that it answers: what others deposited may be noticed late. */
function inOrder(documents: readonly FileDocument[]): FileDocument[] {
  const createdAt = new Map(documents.map(({ record }) => [record.number, record.createdAt]));
  const placeOf = ({ record }: FileDocument): string => {
    const asked = createdAt.get(record.works?.answers ?? '') ?? '';
    return asked < record.createdAt ? record.createdAt : `${asked} and then`;
  };
  return documents.toSorted((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

export function worksFiles(documents: readonly FileDocument[], viewer: Viewer): Html {
  const text = texts[viewer.language];
  if (documents.length === 0) return html`<p class="nothing">${text.none}</p>`;
  const files = [...Map.groupBy(documents, contractOf)].sort(([a], [b]) => a.localeCompare(b, 'fr'));
  return html`${files.map(
    ([contract, its]) =>
      html`<section>
        <h2>${contract === '' ? text.noContract : text.contract(contract)}</h2>
        <ol class="chain">
          ${inOrder(its).map((one) => documentOf(one, viewer))}
        </ol>
      </section>`,
  )}`;
}
