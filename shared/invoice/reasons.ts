/** A reason: why something was not done, for the ERP and for people. The sentences are in reason-texts.ts. */
import type Big from 'big.js';
import { frenchAmount, frenchDate, frenchNumber, inCents, type Decimal } from './amounts.ts';
import { visible } from './characters.ts';
import { reasonTexts } from './reason-texts.ts';

export type ReasonCode = keyof typeof reasonTexts;

export interface Reason {
  /** Stable, for the machine. */
  code: string;
  /** Where in the command: `invoice.lines[0].net`; empty for the whole. */
  path: string;
  fr: string;
  en: string;
}

interface Bilingual {
  fr: string;
  en: string;
}

/**
 * What fills a sentence. Amounts are decimal strings ("5498.86") in `currency`, which is then one of the parameters;
 * dates are ISO ("2026-11-01").
 */
export type Parameters = Record<string, string | number | Bilingual>;

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasonTexts, code);

/** @param path where in the command: `invoice.lines[0].net`; empty for the whole command */
export const reason = (code: ReasonCode, path = '', parameters: Parameters = {}): Reason => ({
  code,
  path: clip(path),
  fr: fill('fr', reasonTexts[code].fr, { path, ...parameters }),
  en: fill('en', reasonTexts[code].en, { path, ...parameters }),
});

/** The reason with what is stated and what we computed, unless they are equal. */
export const mustEqual = (
  code: ReasonCode,
  path: string,
  stated: Decimal,
  computed: Big,
  parameters: Parameters = {},
): Reason[] =>
  computed.eq(stated)
    ? []
    : [reason(code, path, { ...parameters, stated: inCents(stated), computed: inCents(computed) })];

/**
 * Drops each `[…]` whose parameter is not given, then fills each `{name}`, and `{name:amount}`, `{name:number}` and
 * `{name:date}` as the language writes them.
 */
function fill(language: keyof Bilingual, sentence: string, parameters: Parameters): string {
  const currency = typeof parameters['currency'] === 'string' ? parameters['currency'] : undefined;
  return sentence
    .replace(/\[([^\]]*\{(\w+)(?::\w+)?\}[^\]]*)\]/g, (_, part: string, name: string) =>
      name in parameters ? part : '',
    )
    .replace(/\{(\w+)(?::(amount|number|date))?\}/g, (placeholder, name: string, form?: Form) => {
      const given = parameters[name];
      if (given === undefined) return placeholder;
      const value = typeof given === 'object' ? given[language] : String(given);
      return clip(form ? written[language][form](value, currency) : value);
    });
}

/**
 * Field names and values come from outside. They are cut, since a reason must fit into the ledger and into an
 * event, and no character in them is hidden.
 */
const longest = 300;
const clip = (value: string): string => visible(value.length > longest ? `${value.slice(0, longest)}…` : value);

type Form = 'amount' | 'number' | 'date';
type Writer = (value: string, currency: string | undefined) => string;

const asItIs = (value: string): string => value;
const written: Readonly<Record<keyof Bilingual, Record<Form, Writer>>> = {
  fr: { amount: frenchAmount, number: frenchNumber, date: frenchDate },
  en: { amount: (value, currency) => (currency ? `${value} ${currency}` : value), number: asItIs, date: asItIs },
};

/** An item of the ledger must hold the reasons twice (in the record and in its outbox), an event once. */
const mostReasons = 100;
const mostReasonBytes = 100_000;

/** The first reasons that fit, and a last one with the number of those left out. */
export function firstReasons(all: readonly Reason[]): Reason[] {
  const first: Reason[] = [];
  let bytes = 0;
  for (const one of all) {
    bytes += Buffer.byteLength(JSON.stringify(one));
    if (first.length === mostReasons || bytes > mostReasonBytes) break;
    first.push(one);
  }
  const left = all.length - first.length;
  return left > 0 ? [...first, reason('more-reasons', '', { count: left })] : first;
}
