import Big from 'big.js';
import type { Mark } from '../../facts/fact.ts';
import type { Profile } from '../../invoice/submit-command.ts';
import type { EInvoice } from '../read-e-invoice.ts';
import { first, groups, type GroupName, type Term, type Values } from '../terms.ts';

/** The form of a rule about an e-invoice, and what rules are made of. */

/** `refuse`: the invoice is not sent; `warn`: it is sent, and the ERP is told; `off`: nobody is. */
export type Level = 'refuse' | 'warn' | 'off';

/** Where in the invoice: `BG-25[2]/BT-131` is the net amount of the second line. */
export type Place = string;

export interface Rule {
  /** As the norm numbers it; `CR-…` are our own. */
  id: string;
  source: string;
  mark: Mark;
  levels: Readonly<Record<Profile, Level>>;
  /** What it is mainly about. */
  term: Term | GroupName;
  fr: string;
  en: string;
  /** The places where it is broken. */
  broken: (invoice: EInvoice) => Place[];
}

type Text = Pick<Rule, 'fr' | 'en'>;

interface Family {
  source: string;
  mark: Mark;
  levels: Rule['levels'];
}

/** A rule of a family that shares source and levels: its id, the term, its sentence, and where it is broken. */
export const rulesOf =
  (family: Family) =>
  (id: string, term: Term | GroupName, text: Text, broken: (invoice: EInvoice) => Place[] | boolean): Rule => ({
    ...family,
    id,
    term,
    ...text,
    broken: (invoice) => {
      const places = broken(invoice);
      return typeof places === 'boolean' ? (places ? [term] : []) : places;
    },
  });

/** The occurrences of a group, each with its place. */
export const occurrences = (values: Values, group: GroupName): { own: Values; at: Place }[] =>
  (values[group] ?? []).map((own, i) => ({ own, at: `${group}[${i + 1}]` }));

/** Where the occurrences of a group break something: at a term of each, or at the group itself. */
export const brokenIn =
  (group: GroupName, term: Term | GroupName, isBroken: (own: Values, invoice: Values) => boolean) =>
  ({ values }: EInvoice): Place[] => {
    const { within } = groups[group];
    const around = within ? occurrences(values, within) : [{ own: values, at: '' }];
    return around.flatMap(({ own: outer, at: outside }) =>
      // A place is written only where something is broken: there may be thousands of occurrences.
      (outer[group] ?? []).flatMap((own, i) =>
        isBroken(own, values)
          ? [[outside, `${group}[${i + 1}]`, ...(term === group ? [] : [term])].filter(Boolean).join('/')]
          : [],
      ),
    );
  };

export const has = (values: Values, ...names: Term[]): boolean =>
  names.some((name) => first(values, name) !== undefined);

/** No amount has more characters, and the work of a multiplication grows with the product of those of its factors. */
export const longestDecimal = 40;

/** A decimal as XML Schema writes it; undefined for anything else, and for one that is too long. */
export function decimal(text = ''): Big | undefined {
  if (text.length > longestDecimal) return undefined;
  const [, sign = '', digits] = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)$/.exec(text) ?? [];
  return digits === undefined ? undefined : Big(`${sign === '-' ? '-' : ''}0${digits.replace(/\.$/, '')}`);
}

export const decimalOf = (values: Values, name: Term): Big | undefined => decimal(first(values, name));

/** A term that is not there counts as nothing. */
export const amountOf = (values: Values, name: Term): Big => decimalOf(values, name) ?? Big(0);

export const sumOf = (list: readonly Values[] | undefined, name: Term): Big =>
  (list ?? []).reduce((total, own) => total.plus(amountOf(own, name)), Big(0));

/** An identifier of this scheme, among those of a party. */
export const idOf = (values: Values, term: Term, scheme: Term, wanted: string): string | undefined =>
  values[term]?.find((_, i) => values[scheme]?.[i] === wanted);

function floor(amount: Big): Big {
  const whole = amount.round(0, Big.roundDown);
  return whole.gt(amount) ? whole.minus(1) : whole;
}

/** To the cent, halves towards the greater: as XPath rounds, in which the norm's rules are written. */
export const rounded = (amount: Big): Big => floor(amount.times(100).plus('0.5')).div(100);

export const decimalsIn = (text: string | undefined): number => /\.(\d*)$/.exec(text ?? '')?.[1]?.length ?? 0;
