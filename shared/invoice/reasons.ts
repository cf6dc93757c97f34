/** A reason: why something was not done, as the ERP and a person are told. The sentences are in reason-texts.ts. */
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

export type Parameters = Record<string, string | number | Bilingual>;

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasonTexts, code);

export const reason = (code: ReasonCode, path = '', parameters: Parameters = {}): Reason => ({
  code,
  path: clip(path),
  fr: fill('fr', reasonTexts[code].fr, { path, ...parameters }),
  en: fill('en', reasonTexts[code].en, { path, ...parameters }),
});

/** First drops each `[…]` whose parameter is not given, then fills each `{name}`, `{name:amount}` and `{name:date}`. */
const fill = (language: keyof Bilingual, sentence: string, parameters: Parameters): string =>
  sentence
    .replace(/\[([^\]]*\{(\w+)\}[^\]]*)\]/g, (_, part: string, name: string) => (name in parameters ? part : ''))
    .replace(/\{(\w+)(?::(amount|date))?\}/g, (placeholder, name: string, form?: 'amount' | 'date') => {
      const given = parameters[name];
      if (given === undefined) return placeholder;
      const value = typeof given === 'object' ? given[language] : String(given);
      return clip(form && language === 'fr' ? french[form](value) : value);
    });

/**
 * Field names and values come from outside. They are cut, since a reason must fit into the ledger and into an event.
 */
const longest = 300;
const clip = (value: string): string => (value.length > longest ? `${value.slice(0, longest)}…` : value);

/** How the French write what machines write as "5498.86" and "2026-11-01". */
const french = {
  amount: (decimal: string): string => {
    const [whole = '', cents] = decimal.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
    return cents === undefined ? grouped : `${grouped},${cents}`;
  },
  date: (iso: string): string => {
    const [year = '', month = '', day = ''] = iso.split('-');
    return `${Number(day) === 1 ? '1er' : Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
  },
};

const months = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
];

/** An item of the ledger must hold the reasons twice, an event once. */
const mostReasons = 100;
const mostReasonBytes = 100_000;

/** As many of the first reasons as fit, and a last one that counts the others. */
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
