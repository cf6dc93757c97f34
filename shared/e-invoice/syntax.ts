import type { GroupName, Term } from './terms.ts';

/** How a syntax of e-invoices is described: one table, from which it is read and written. */

/** An attribute of an element that holds a term. */
export type AttributeRow =
  /** Its value is a term. With `needed` the element is meant for values that have it, with `never` for the others. */
  | { term: Term; given: 'maybe' | 'needed' | 'never' }
  /** It has this value, or else the element is not meant. */
  | { is: string }
  /** It has the value of this term of the invoice; unless it is needed, either may be absent. */
  | { sameAs: Term; needed?: true };

/** An element with a term's value. */
export interface TermRow {
  path: string;
  term: Term;
  attributes: Readonly<Record<string, AttributeRow>>;
  /** UBL writes the subject of a note into its text: "#AAB#No discount." */
  subject?: Term;
  /** The term is of the invoice as a whole, though the syntax repeats it in a group. */
  ofInvoice?: true;
  /** Another place where files have the term; it is written in the first. */
  alternative?: true;
}

/** An element with a fixed value. With another one, or if it is needed and absent, the element around is not meant. */
export interface FixedRow {
  path: string;
  is: string;
  needed?: boolean;
  /** With another value the element is meant all the same, and this term keeps that value. */
  otherwise?: Term;
}

/** Elements that have others inside; with a group, each is one occurrence of it. */
export interface ElementRow {
  path: string;
  group?: GroupName;
  rows: readonly Row[];
  /** The syntax demands it, even with nothing inside. */
  always?: true;
}

/** In the order in which the syntax has them. */
export type Row = TermRow | FixedRow | ElementRow;

export interface Syntax {
  /** The names of its root element, without prefix. */
  roots: readonly string[];
  rows: readonly Row[];
  /** A date as the syntax writes it, as ISO; any other text as it is. */
  readDate: (text: string) => string;
  /** Whether dates are written in ISO form, so that another is wrong. */
  hasIsoDates: boolean;
}

type Attributes = Readonly<Record<string, Term | AttributeRow>>;

/**
 * @param path names from the element around it, separated by "/"; "a|b" is either, "." the element itself
 * @param attributes a name alone means a term that may be there
 */
export const term = (path: string, name: Term, attributes: Attributes = {}): TermRow => ({
  path,
  term: name,
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([attribute, row]) => [
      attribute,
      typeof row === 'string' ? { term: row, given: 'maybe' } : row,
    ]),
  ),
});
export const fixed = (path: string, is: string): FixedRow => ({ path, is });
export const element = (path: string, rows: readonly Row[]): ElementRow => ({ path, rows });
export const each = (group: GroupName, path: string, rows: readonly Row[]): ElementRow => ({ path, group, rows });
export const always = (row: ElementRow): ElementRow => ({ ...row, always: true });
export const ofInvoice = (row: TermRow): TermRow => ({ ...row, ofInvoice: true });
export const alternative = (row: TermRow): TermRow => ({ ...row, alternative: true });
