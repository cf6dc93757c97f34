/** Each list of the desk: what is read for it, how it is shown, and the same rows as a file. */
import { html } from 'hono/html';
import type { Language } from '../../shared/invoice/spoken.ts';
import { retentionFields } from '../../shared/lists/retention-csv.ts';
import { byDay } from '../../shared/lists/retention-row.ts';
import { invoiceFields } from '../../shared/lists/status-csv.ts';
import { validationFields } from '../../shared/lists/validation-csv.ts';
import { fileOf, type GiveFile } from './list-file.ts';
import { chosen, filterLinks, isWithin, type Period } from './pages/filters.ts';
import { cutSaid } from './pages/cut.ts';
import { type PageName, type Viewer } from './pages/frame.ts';
import { anchor, type Content, linkTo } from './pages/html.ts';
import { invoiceTable, type ListedRow, type ListName } from './pages/invoice-lists.ts';
import { recipientFields, recipientTable } from './pages/recipients.ts';
import { retentionTable } from './pages/retentions.ts';
import { isOnlyReplaced } from './pages/row-said.ts';
import { validationPage, waitingTable } from './pages/validations.ts';
import { weekFields, weeksOf } from './pages/weeks.ts';
import { worksAskedTable } from './pages/works-asked.ts';
import { worksFiles } from './pages/works.ts';
import type { Bounded, DeskReading, Listed } from './reading.ts';

/** What the address asks for, beside the page. */
export interface Query {
  /** A choice of filters.ts. */
  period?: string | undefined;
  /** Where the list goes on. */
  from?: string | undefined;
  /** What is sought. */
  text?: string | undefined;
}

export interface View {
  content: Content;
  file: GiveFile;
}

type Shows = (reading: DeskReading, viewer: Viewer, query: Query) => Promise<View>;

const texts = {
  fr: {
    next: 'Factures suivantes',
    bounded:
      'La recherche porte sur les factures en cours et sur celles qui se sont terminées depuis douze mois ; une facture plus ancienne se trouve par son numéro exact.',
    validations: 'Demandes à valider',
    works: 'Pièces de travaux qui attendent votre réponse',
    retentions: 'Retenues à libérer',
    replaced: 'Remplacées par une autre pièce',
    found: (text: string) => `Recherche de « ${text} »`,
  },
  en: {
    next: 'Next invoices',
    bounded:
      'The search is among the invoices in progress and those that ended in the last twelve months; an older one is found by its exact number.',
    validations: 'Requests to validate',
    works: 'Works documents that wait for your answer',
    retentions: 'Retentions to be released',
    replaced: 'Replaced by another document',
    found: (text: string) => `Search for “${text}”`,
  },
} as const;

/** The page after this one. */
function nextLink({ next }: Listed, page: string, { viewer, query }: { viewer: Viewer; query: Query }): Content {
  if (next === undefined) return undefined;
  return html`<p class="more">
    ${anchor(linkTo(viewer, page, { ...query, from: next }), texts[viewer.language].next)}
  </p>`;
}

/** Whether the list has other pages, before this one or after it. */
const isPart = ({ next }: Listed, { from }: Query): boolean => next !== undefined || from !== undefined;

const invoices =
  (name: Exclude<ListName, 'found' | 'refused'>): Shows =>
  async (reading, viewer, query) => {
    const listed = await reading.list(name, query.from);
    return {
      content: html`${invoiceTable(name, listed.rows, viewer, { isPart: isPart(listed, query) })}${nextLink(listed, name, { viewer, query })}`,
      file: fileOf(invoiceFields, () => reading.whole(name), viewer.language),
    };
  };

/** A list that a quick choice narrows. @param within what the choice shows */
const narrowed =
  (name: 'paid' | 'under-way', within: (reading: DeskReading, days: Period) => Promise<Bounded<ListedRow>>): Shows =>
  async (reading, viewer, query) => {
    const { name: period, choice } = chosen(name, query.period);
    const days = choice.of(viewer.today);
    const list = choice.list ?? name;
    const listed: Listed & Partial<Bounded<ListedRow>> = days
      ? await within(reading, days)
      : await reading.list(list, query.from);
    const shown = { none: choice.none, isPart: days === undefined && isPart(listed, query) };
    return {
      content: html`${filterLinks(name, period, viewer)}${cutSaid(listed.cut, viewer)}${invoiceTable(list, listed.rows, viewer, shown)}${nextLink(listed, name, { viewer, query })}`,
      file: fileOf(invoiceFields, days ? listed : () => reading.whole(list), viewer.language),
    };
  };

async function paidWithin(reading: DeskReading, days: Period): Promise<Bounded<ListedRow>> {
  const { rows, cut } = await reading.whole('paid', days.from);
  return { cut, rows: rows.filter(({ paidOn }) => isWithin(paidOn, days)).sort(latestPaid) };
}

/** Two places hold what is paid, each in its own order. */
const latestPaid = (a: ListedRow, b: ListedRow): number => (b.paidOn ?? '').localeCompare(a.paidOn ?? '');

/** What was really rejected, and below it what only had its place taken. */
const refused: Shows = async (reading, viewer, query) => {
  const { rows, ...listed } = await reading.list('refused', query.from);
  const replaced = rows.filter(isOnlyReplaced);
  const others = rows.filter((row) => !isOnlyReplaced(row));
  const more = nextLink({ rows, ...listed }, 'refused', { viewer, query });
  const shown = { isPart: isPart({ rows, ...listed }, query) };
  return {
    content: html`${invoiceTable('refused', others, viewer, shown)}
    ${
      replaced.length > 0 &&
      html`<section>
        <h2>${texts[viewer.language].replaced}</h2>
        ${invoiceTable('refused', replaced, viewer, shown)}
      </section>`
    }
    ${more}`,
    file: fileOf(invoiceFields, () => reading.whole('refused'), viewer.language),
  };
};

/** What waits in the other lists, below the invoices: on one page everything that is to be done. */
const toDo: Shows = async (reading, viewer, query) => {
  const { content, file } = await invoices('to-do')(reading, viewer, query);
  const { language } = viewer;
  const text = texts[language];
  const [waiting, works, retentions] = await Promise.all([
    reading.validations(),
    reading.worksAsked(),
    reading.retentions(),
  ]);
  const due = retentions.rows.filter(({ isDue }) => isDue);
  const section = (title: string, isThere: boolean, shown: () => Content): Content =>
    isThere
      ? html`<section>
          <h2>${title}</h2>
          ${shown()}
        </section>`
      : undefined;
  return {
    content: html`${content}
    ${section(text.validations, waiting.requests.length > 0, () => waitingTable(waiting.requests, viewer))}
    ${section(text.works, works.length > 0, () => worksAskedTable(works, viewer))}
    ${section(text.retentions, due.length > 0, () => html`${cutSaid(retentions.cut, viewer)}${retentionTable(due, viewer)}`)}`,
    file,
  };
};

export const views: Readonly<Record<PageName, Shows>> = {
  'to-do': toDo,
  late: invoices('late'),
  // Also what is late, or waits for the supplier: who asks what is old means all of it.
  'under-way': narrowed('under-way', (reading, days) => reading.unpaid(days)),
  paid: narrowed('paid', paidWithin),
  refused,
  recipients: async (reading, viewer) => {
    const { rows, cut } = await reading.recipients();
    const content = html`${cutSaid(cut, viewer)}${recipientTable(rows, viewer)}`;
    return { content, file: fileOf(recipientFields, { rows, cut }, viewer.language) };
  },
  weeks: async (reading, viewer) => {
    const { rows, cut } = await reading.weeks();
    const content = html`${cutSaid(cut, viewer)}${weeksOf(rows, viewer)}`;
    return { content, file: fileOf(weekFields, { rows, cut }, viewer.language) };
  },
  retentions: async (reading, viewer, query) => {
    const { name, choice } = chosen('retentions', query.period);
    const days = choice.of(viewer.today);
    const { rows: all, cut } = await reading.retentions();
    const rows = byDay(all).filter(({ until }) => isWithin(until, days));
    return {
      content: html`${filterLinks('retentions', name, viewer)}${cutSaid(cut, viewer)}${retentionTable(rows, viewer, choice.none?.[viewer.language])}`,
      file: fileOf(retentionFields, { rows, cut }, viewer.language),
    };
  },
  validations: async (reading, viewer) => {
    const waiting = await reading.validations();
    const rows = [...waiting.requests, ...waiting.ended];
    return { content: validationPage(waiting, viewer), file: fileOf(validationFields, { rows }, viewer.language) };
  },
  works: async (reading, viewer) => {
    const { rows: documents, cut } = await reading.works();
    const rows = documents.map(({ row }) => row);
    return {
      content: html`${cutSaid(cut, viewer)}${worksFiles(documents, viewer)}`,
      file: fileOf(invoiceFields, { rows, cut }, viewer.language),
    };
  },
};

/** The search has no place among the lists: it is on each page. */
export async function searched(reading: DeskReading, viewer: Viewer, { text = '' }: Query): Promise<View> {
  const { rows, cut } = await reading.found(text);
  const { bounded } = texts[viewer.language];
  return {
    content: html`${cutSaid(cut, viewer)}${invoiceTable('found', rows, viewer)}
      <p class="quiet">${bounded}</p>`,
    file: fileOf(invoiceFields, { rows, cut }, viewer.language),
  };
}

export const searchTitle = (text: string, language: Language): string => texts[language].found(text);
