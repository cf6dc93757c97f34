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

const fill = (text: string, parameters: Parameters): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(parameters[name] ?? placeholder));

export const reason = (code: ReasonCode, path = '', parameters: Parameters = {}): Reason => ({
  code,
  path,
  fr: fill(reasonTexts[code].fr, { path, ...parameters }),
  en: fill(reasonTexts[code].en, { path, ...parameters }),
});

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasonTexts, code);
