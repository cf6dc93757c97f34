import { reasonTexts } from './reason-texts.ts';

export type ReasonCode = keyof typeof reasonTexts;

/** One fault: its stable code, where it is (a path into the command, "" for the whole), and the sentence in two languages. */
export interface Reason {
  code: string;
  path: string;
  fr: string;
  en: string;
}

export type Parameters = Record<string, string | number>;

/** A field's name or a value comes from outside: it is quoted so far, since a reason must fit into the ledger and an event. */
const longest = 300;
const clip = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

const fill = (text: string, parameters: Parameters): string =>
  text
    .replace(/\[([^\]]*\{(\w+)\}[^\]]*)\]/g, (_, part: string, name: string) => (name in parameters ? part : ''))
    .replace(/\{(\w+)\}/g, (placeholder, name: string) => clip(String(parameters[name] ?? placeholder)));

export const reason = (code: ReasonCode, path = '', parameters: Parameters = {}): Reason => ({
  code,
  path: clip(path),
  fr: fill(reasonTexts[code].fr, { path, ...parameters }),
  en: fill(reasonTexts[code].en, { path, ...parameters }),
});

/** So many reasons, and so many bytes of them, fit into an item of the ledger twice and into an event. */
const mostReasons = 100;
const mostReasonBytes = 100_000;

/** The first reasons as far as they fit, and how many more there are. */
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

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasonTexts, code);
