/** The small parts of a page. Everything that is put in is escaped by hono's `html`. */
import { html } from 'hono/html';
import { parisDay } from '../../../shared/chorus-pro/dates.ts';
import { spacedSiret, unbroken } from '../../../shared/invoice/french.ts';
import { type Language, type Said, spokenAmount, spokenDay, spokenMoment } from '../../../shared/invoice/spoken.ts';

export type Html = ReturnType<typeof html>;
/** What a cell or a paragraph holds. */
export type Content = Html | string | undefined;

/** A sum is never broken between its digits and its currency. */
export const money = (amount: string | undefined, currency: string | undefined, language: Language): Content =>
  amount === undefined ? undefined : html`<span class="amount">${spokenAmount(amount, currency, language)}</span>`;

/** @param iso a day: 2026-11-30 */
export const day = (iso: string | undefined, language: Language): Content =>
  iso === undefined ? undefined : html`<time datetime="${iso}">${spokenDay(iso, language)}</time>`;

/** @param iso an instant, of which the day in Paris is shown */
export const dayOf = (iso: string | undefined, language: Language): Content =>
  iso === undefined ? undefined : day(parisDay(new Date(iso)), language);

/** @param iso an instant, in Paris's time */
export const instant = (iso: string, language: Language): Html =>
  html`<time datetime="${iso}">${spokenMoment(iso, language)}</time>`;

/** A longer one would make a column of its own width. */
const mostOfACode = 30;

/** A number or a reference: read as one word, it is not broken at its hyphens. */
export const reference = (text: string | undefined): Content =>
  text === undefined || text.length > mostOfACode ? text : html`<span class="reference">${text}</span>`;

export const siretSaid = (siret: string | undefined): Content => reference(siret && spacedSiret(siret));

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

/** A text that ends no line before its punctuation. */
const flowing = (content: Content): Content => (typeof content === 'string' ? unbroken(content) : content);

export const plainList = (items: readonly Content[]): Html =>
  html`<ul class="plain">
    ${items.map((item) => html`<li>${flowing(item)}</li>`)}
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

/** With its column's head, which stands before it where the window is too narrow for columns. */
function cell<Row>({ head, is, of }: Column<Row>, row: Row, language: Language): Html {
  const content = flowing(of(row)) ?? dash;
  if (is === 'head') return html`<th scope="row" role="rowheader">${content}</th>`;
  return html`<td role="cell" ${is === 'amount' ? html`class="right"` : ''} data-head="${head[language]}">
    <span>${content}</span>
  </td>`;
}

const headOf = <Row>({ head, is }: Column<Row>, language: Language): Html =>
  html`<th scope="col" role="columnheader" ${is === 'amount' ? html`class="right"` : ''}>${head[language]}</th>`;

/**
 * A table that scrolls by itself where it is wider than the window: then the keyboard must reach it. In a narrow window
 * each row is a block, and its roles say what the style then hides: that it is a table.
 */
export function table<Row>({ caption, columns, rows, language, none, below }: Table<Row>): Html {
  if (rows.length === 0) return html`<p class="nothing">${none}</p>`;
  const more = (row: Row, i: number): Content => {
    const content = below?.(row, i);
    return (
      content &&
      html`<tr class="below" role="row">
        <td role="cell" colspan="${columns.length}">${content}</td>
      </tr>`
    );
  };
  return html`<div class="table" role="group" tabindex="0" aria-label="${tableOf[language]}">
    <table role="table">
      <caption>
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => headOf(column, language))}
        </tr>
      </thead>
      ${rows.map(
        (row, i) =>
          html`<tbody role="rowgroup">
            <tr role="row">
              ${columns.map((column) => cell(column, row, language))}
            </tr>
            ${more(row, i)}
          </tbody>`,
      )}
    </table>
  </div>`;
}

const tableOf: Said = { fr: 'tableau', en: 'table' };
