/** The small parts of a page. Everything that is put in is escaped by hono's `html`. */
import { html } from 'hono/html';
import { parisDay } from '../../../shared/chorus-pro/dates.ts';
import { type Language, type Said, shortDay, spokenAmount, spokenInstant } from '../../../shared/invoice/spoken.ts';

export type Html = ReturnType<typeof html>;
/** What a cell or a paragraph holds. */
export type Content = Html | string | undefined;

/** A sum is never broken between its digits and its currency. */
export const money = (amount: string | undefined, currency: string | undefined, language: Language): Content =>
  amount === undefined ? undefined : html`<span class="amount">${spokenAmount(amount, currency, language)}</span>`;

/** @param iso a day: 2026-11-30 */
export const day = (iso: string | undefined, language: Language): Content =>
  iso === undefined ? undefined : html`<time datetime="${iso}">${shortDay(iso, language)}</time>`;

/** @param iso an instant, of which the day in Paris is shown */
export const dayOf = (iso: string | undefined, language: Language): Content =>
  iso === undefined ? undefined : day(parisDay(new Date(iso)), language);

/** @param iso an instant, in French in Paris's time */
export const instant = (iso: string, language: Language): Html =>
  html`<time datetime="${iso}">${spokenInstant(iso, language)}</time>`;

/** Where a reader goes on: the part of the address after `#`, and the path of the page below `/pages`. */
export type Link = `/${string}`;

/** One of the pages of a connection, in a language. */
export function linkTo(
  { language, connection }: { language: Language; connection: string },
  page: string,
  query: Readonly<Record<string, string | undefined>> = {},
): Link {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const asked = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  return `/${connection}/${language}/${page}${asked}`;
}

export const plainList = (items: readonly Content[]): Html =>
  html`<ul class="plain">
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;

export const anchor = (to: Link, text: Content, isHere = false): Html =>
  html`<a href="#${to}" ${isHere ? html`aria-current="page"` : ''}>${text}</a>`;

export interface Column<Row> {
  head: Said;
  of: (row: Row) => Content;
  /** `amount`: set to the right. `head`: what the row is about. */
  is?: 'amount' | 'head';
}

interface Table<Row> {
  /** What the table is of; read before it, and shown above it. */
  caption: Content;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  language: Language;
  /** Said in place of the table. */
  none: Content;
  /** Below a row, over its whole width. */
  below?: (row: Row, i: number) => Content;
}

const dash = html`<span class="none">–</span>`;

function cell<Row>({ is, of }: Column<Row>, row: Row): Html {
  const content = of(row) ?? dash;
  if (is === 'head') return html`<th scope="row">${content}</th>`;
  return is === 'amount' ? html`<td class="right">${content}</td>` : html`<td>${content}</td>`;
}

const headOf = <Row>({ head, is }: Column<Row>, language: Language): Html =>
  html`<th scope="col" ${is === 'amount' ? html`class="right"` : ''}>${head[language]}</th>`;

/** A table that scrolls by itself where it is wider than the window: then the keyboard must reach it. */
export function table<Row>({ caption, columns, rows, language, none, below }: Table<Row>): Html {
  if (rows.length === 0) return html`<p class="nothing">${none}</p>`;
  const more = (row: Row, i: number): Content => {
    const content = below?.(row, i);
    return (
      content &&
      html`<tr class="below">
        <td colspan="${columns.length}">${content}</td>
      </tr>`
    );
  };
  return html`<div class="table" role="group" tabindex="0" aria-label="${tableOf[language]}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => headOf(column, language))}
        </tr>
      </thead>
      ${rows.map(
        (row, i) =>
          html`<tbody>
            <tr>
              ${columns.map((column) => cell(column, row))}
            </tr>
            ${more(row, i)}
          </tbody>`,
      )}
    </table>
  </div>`;
}

const tableOf: Said = { fr: 'tableau', en: 'table' };
