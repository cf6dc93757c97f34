/** The sentences of a row, as an accountant reads them: with the names of fields, and nothing said twice. */
import { parisDay } from '../chorus-pro/dates.ts';
import { commandNames, isInvoiceCommandType } from '../invoice/invoice-commands.ts';
import { type Language, type Said, spokenDay } from '../invoice/spoken.ts';
import type { RecordView } from '../ledger/record.ts';
import { fieldName } from './field-names.ts';
import type { StatusRow } from './status-row.ts';

const correct = {
  fr: (name: string) => `À corriger dans votre logiciel : ${name}.`,
  en: (name: string) => `Correct in your software: ${name}.`,
} as const satisfies Record<Language, object>;

const quoted = { fr: (name: string) => `« ${name} »`, en: (name: string) => `“${name}”` } as const;

/** Until Chorus Pro shows another status, the last one still asks for what was given. */
export function answeredSaid({ type, at }: NonNullable<RecordView['answered']>): Said {
  const name = isInvoiceCommandType(type) ? commandNames[type] : { fr: type, en: type };
  const on = parisDay(new Date(at));
  return {
    fr: `Vous avez répondu le ${spokenDay(on, 'fr')} (${name.fr}) : le relais attend que Chorus Pro le montre.`,
    en: `You answered on ${on} (${name.en}): the relay waits until Chorus Pro shows it.`,
  };
}

/** Where a sentence names its fields between brackets: several can stand there. */
const brackets = '(\u0000)';

/** A path such as `connection` is also a word of the sentence: in its place a name would make no sense. */
const isPlainWord = (path: string): boolean => /^[a-z]+$/.test(path);

/** A sentence about a field, as an accountant calls that: in place of its path, or to be said after the sentence. */
function inWords(sentence: string, path: string, language: Language): { sentence: string; field?: string } {
  const field = path === '' ? undefined : fieldName(path, language);
  if (field === undefined) return { sentence };
  const name = quoted[language](field);
  if (sentence.includes(`(${path})`)) return { sentence: sentence.replaceAll(`(${path})`, brackets), field };
  if (!sentence.includes(path)) return { sentence, field };
  return isPlainWord(path) ? { sentence } : { sentence: sentence.replaceAll(path, name) };
}

/** Each sentence once, with all its fields. */
export function sentencesOf({ reasons, ...row }: StatusRow, language: Language): string[] {
  const said = new Map<string, Set<string>>();
  for (const text of row[language]) {
    const path = reasons.find((one) => one[language] === text)?.path ?? '';
    const { sentence, field } = inWords(text, path, language);
    const fields = said.get(sentence) ?? new Set();
    said.set(sentence, field === undefined ? fields : fields.add(field));
  }
  return [...said].map(([sentence, fields]) => {
    const all = [...fields].join(', ');
    if (sentence.includes(brackets)) return sentence.replaceAll(brackets, `(${all})`);
    return all === '' ? sentence : `${sentence} ${correct[language](all)}`;
  });
}

/** What a sentence says beyond the label that stands in the row above it, if it begins with that. */
export function beyondLabel(sentence: string, label: string): string[] {
  const separator = /^(?: : |: |, (?!qui |who ))/;
  if (sentence.toLowerCase() === label.toLowerCase()) return [];
  const rest = sentence.slice(label.length);
  const repeats = sentence.toLowerCase().startsWith(label.toLowerCase()) && separator.test(rest);
  if (!repeats) return [sentence];
  const beyond = rest.replace(separator, '');
  return [`${beyond.slice(0, 1).toUpperCase()}${beyond.slice(1)}`];
}
