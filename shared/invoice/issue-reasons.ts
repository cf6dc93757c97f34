/** What is wrong with the form of a command: a reason for each of zod's issues. */
import * as z from 'zod';
import { frenchNumber } from './amounts.ts';
import { hiddenIn, named } from './characters.ts';
import { strangers } from './fields.ts';
import { isReasonCode, reason, type Parameters, type Reason, type ReasonCode } from './reasons.ts';

/** One reason for each zod issue, one of a kind for each field. */
export function reasonsOf(error: z.ZodError, schema: z.ZodType): Reason[] {
  const places = fieldPlaces(schema);
  // A list instead of text is not too short as well.
  const unfit = new Set(error.issues.flatMap(({ code, path }) => (code === 'invalid_type' ? [pathOf(path)] : [])));
  const issues = error.issues.filter(({ code, path }) => code === 'invalid_type' || !unfit.has(pathOf(path)));
  const reasons = issues.flatMap((issue) => reasonsOfIssue(issue, places));
  const sameKind = (one: Reason) => (other: Reason) => other.code === one.code && other.path === one.path;
  return reasons.filter((one, i) => reasons.findIndex(sameKind(one)) === i);
}

type Issue = z.ZodError['issues'][number];

/** Fields whose absence has a reason of its own. */
const absences: Readonly<Record<string, ReasonCode>> = { 'invoice.recipient.siret': 'recipient-siret-missing' };

/** The message of a schema is a reason's code, or a word of `kinds`. What zod itself says never gets out. */
function reasonsOfIssue(issue: Issue, places: ReturnType<typeof fieldPlaces>): Reason[] {
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((field) => {
      const known = places.get(field);
      const at = path ? `${path}.${field}` : field;
      return reason('unknown-field', at, { field, ...(known ? { places: known.join(', ') } : {}) });
    });
  if (issue.input === undefined) return [reason(absences[path] ?? 'missing-field', path, knownTo(issue))];
  const hidden = hiddenOf(issue);
  if (hidden) return [reason('character', path, { found: hidden })];
  if (isReasonCode(issue.message)) return [reason(issue.message, path, saidAbout(issue.message, issue.input))];
  if (issue.code === 'too_big') return [reason('too-long', path, { maximum: counted(issue.maximum, issue.origin) })];
  if (issue.code === 'too_small') return [reason('too-short', path, { minimum: counted(issue.minimum, issue.origin) })];
  return [reason('invalid-value', path, { expected: expectedBy(issue), ...givenIn(issue.input) })];
}

/** The most characters that a sentence lists. */
const listed = 3;

/** The hidden characters of a text that is refused, for whatever but its length: they would explain it. */
function hiddenOf(issue: Issue): Said | undefined {
  if (typeof issue.input !== 'string' || issue.code === 'too_big' || issue.code === 'too_small') return undefined;
  const inLines = issue.code === 'custom' && issue.params?.['inLines'] === true;
  const found = hiddenIn(issue.input, { inLines });
  if (found.length === 0) return undefined;
  const more = found.length > listed ? ' …' : '';
  const first = found.slice(0, listed);
  return {
    fr: first.map(({ fr, position }) => `${fr} en position ${position}`).join(', ') + more,
    en: first.map(({ en, position }) => `${en} at position ${position}`).join(', ') + more,
  };
}

/** What may stand where something is missing. */
const knownTo = (issue: Issue): Parameters =>
  issue.code === 'invalid_value' ? { known: issue.values.map(String).join(', ') } : {};

/** What was given, and the first character that it may not have. */
function saidAbout(code: ReasonCode, input: unknown): Parameters {
  if (typeof input !== 'string') return givenIn(input);
  const [stranger] = strangers[code]?.exec(input) ?? [];
  return { value: input, ...givenIn(input), ...(stranger === undefined ? {} : { stranger: named(stranger) }) };
}

/** As it was written: a number without quotes. A list or an object says nothing in a sentence. */
function givenIn(input: unknown): Parameters {
  if (typeof input === 'string') return { given: { fr: `« ${input} »`, en: `"${input}"` } };
  return typeof input === 'number' || typeof input === 'boolean' ? { given: String(input) } : {};
}

type Said = Parameters[string];

function counted(count: number | bigint, origin: string): Said {
  const s = count > 1 ? 's' : '';
  const grouped = frenchNumber(String(count));
  if (origin === 'string') return { fr: `${grouped} caractère${s}`, en: `${count} character${s}` };
  if (origin === 'array') return { fr: `${grouped} élément${s}`, en: `${count} item${s}` };
  return { fr: grouped, en: String(count) };
}

const kinds: Readonly<Record<string, { fr: string; en: string }>> = {
  string: { fr: 'un texte', en: 'text' },
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un objet', en: 'an object' },
  boolean: { fr: 'true ou false', en: 'true or false' },
  currency: { fr: 'trois lettres majuscules, par exemple "EUR"', en: 'three capital letters, for example "EUR"' },
};
/** For a schema that says neither a reason nor a kind: a test finds it. */
const another = { fr: 'une autre valeur (voir docs/commands.md)', en: 'another value (see docs/commands.md)' };

function expectedBy(issue: Issue): Said {
  if (issue.code === 'invalid_value') {
    const values = issue.values.map((value) => JSON.stringify(value)).join(', ');
    if (issue.values.length > 1) return { fr: `l’une des valeurs ${values}`, en: `one of ${values}` };
    const isQuoted = typeof issue.input === 'string' && typeof issue.values[0] === 'number';
    return isQuoted
      ? { fr: `le nombre ${values}, sans guillemets`, en: `the number ${values}, without quotes` }
      : values;
  }
  return kinds[issue.code === 'invalid_type' ? issue.expected : issue.message] ?? another;
}

/** `invoice.lines[0].net`. Zod's own function for this would bring all its languages into the bundle. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`)).join('');

/**
 * The places of each field name (`invoice.lines[].net`), to tell whoever put a field in the wrong place where it
 * belongs.
 */
function fieldPlaces(schema: z.ZodType): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { name, path } of fieldsOf(schema)) places.set(name, [...(places.get(name) ?? []), path]);
  return places;
}

function* fieldsOf(schema: unknown, at = ''): Generator<{ name: string; path: string }> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) yield* fieldsOf(schema.unwrap(), at);
  else if (schema instanceof z.ZodArray) yield* fieldsOf(schema.element, `${at}[]`);
  else if (schema instanceof z.ZodObject) {
    for (const [name, field] of Object.entries<unknown>(schema.shape)) {
      const path = at ? `${at}.${name}` : name;
      yield { name, path };
      yield* fieldsOf(field, path);
    }
  }
}
