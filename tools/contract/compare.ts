/** Compares what we send and read with what a Swagger says of it. */
import type { Said } from '../../shared/invoice/spoken.ts';
import { nearestOf } from '../command-line/command.ts';
import type { Schema, Swagger } from './swagger.ts';

type Side = 'request' | 'response';

/** What may differ, and how that is said. A new value is a warning: we do not send it, and keep it if it comes. */
const kinds = {
  'no-path': { fr: () => 'le Swagger n’a pas ce chemin', en: () => 'the Swagger does not have this path' },
  'no-method': { fr: (is) => `le chemin n’a pas POST, mais : ${is}`, en: (is) => `the path has no POST, but: ${is}` },
  'no-description': {
    fr: () => 'n’est pas décrite : rien ne peut être comparé',
    en: () => 'is not described: nothing can be compared',
  },
  'parameter-required': {
    fr: (is) => `paramètre obligatoire, que le code n’envoie pas : ${is}`,
    en: (is) => `a required parameter that the code does not send: ${is}`,
  },
  'field-not-taken': {
    fr: (near) => `envoyé par le code, absent du Swagger${near}`,
    en: (near) => `sent by the code, not in the Swagger${near}`,
  },
  'field-required': {
    fr: () => 'obligatoire ; le code ne l’envoie pas, ou pas toujours',
    en: () => 'required; the code does not send it, or not always',
  },
  'field-gone': {
    fr: (near) => `lu par le code, absent du Swagger${near}`,
    en: (near) => `read by the code, not in the Swagger${near}`,
  },
  type: { fr: (is) => `type différent, code / Swagger : ${is}`, en: (is) => `another type, code / Swagger: ${is}` },
  'value-gone': {
    fr: (is) => `valeur connue du code, absente du Swagger : ${is}`,
    en: (is) => `a value of the code’s that is not in the Swagger: ${is}`,
  },
  'values-limited': {
    fr: (is) => `texte libre dans le code, limité à : ${is}`,
    en: (is) => `free text in the code, limited to: ${is}`,
  },
  narrower: {
    fr: (is) => `plus strict que ce que le code envoie : ${is}`,
    en: (is) => `stricter than what the code sends: ${is}`,
  },
  'new-value': { fr: (is) => `valeur inconnue du code : ${is}`, en: (is) => `a value unknown to the code: ${is}` },
} as const satisfies Record<string, { fr: (detail: string) => string; en: (detail: string) => string }>;

export interface Difference {
  side?: Side;
  /** `listeFactures[].statut`; empty: the whole. */
  field: string;
  kind: keyof typeof kinds;
  /** What it is about: a value, a limit, a type. */
  detail: string;
}

export const saidOf = ({ kind, detail }: Difference): Said => ({
  fr: kinds[kind].fr(detail),
  en: kinds[kind].en(detail),
});

interface Comparison {
  side: Side;
  swagger: Pick<Swagger, 'resolve'>;
  known: Readonly<Record<string, readonly string[]>>;
}

/** Where theirs does not fit ours: what we send must be what they take, and what they send what we read. */
export function differences(ours: Schema, theirs: Schema, comparison: Comparison, field = ''): Difference[] {
  const { side, swagger } = comparison;
  const mine = branches(ours, (schema) => schema);
  const other = branches(theirs, swagger.resolve);
  const [given, taking] = side === 'request' ? [mine, other] : [other, mine];
  return given.flatMap((one) =>
    fewest(
      taking.map((another) =>
        side === 'request' ? ofOne(one, another, comparison, field) : ofOne(another, one, comparison, field),
      ),
    ),
  );
}

const fewest = (all: readonly Difference[][]): Difference[] =>
  all.reduce<Difference[] | undefined>((best, one) => (best && best.length <= one.length ? best : one), undefined) ??
  [];

/** The alternatives of a schema; that of having no value is none. */
function branches(schema: Schema, resolve: (schema: Schema) => Schema): Schema[] {
  const { anyOf, oneOf, ...own } = resolve(schema);
  const inner = anyOf ?? oneOf;
  const all = inner ? inner.flatMap((one) => branches(one, resolve)) : [own];
  return all.filter(({ type }) => type !== 'null');
}

function ofOne(ours: Schema, theirs: Schema, comparison: Comparison, field: string): Difference[] {
  const { side } = comparison;
  const differs = (kind: Difference['kind'], detail: string, at = field): Difference => ({
    side,
    field: at,
    kind,
    detail,
  });
  const [sent, taken] = side === 'request' ? [ours, theirs] : [theirs, ours];
  const [from, to] = [typesOf(sent), typesOf(taken)];
  if (from.length > 0 && to.length > 0 && !from.every((type) => fits(type, to)))
    return [differs('type', `${typesOf(ours).join('|')} / ${typesOf(theirs).join('|')}`)];
  return [
    ...ofValues(ours, theirs, comparison, field),
    ...(side === 'request' ? narrowed(ours, theirs).map((detail) => differs('narrower', detail)) : []),
    ...(ours.items ? differences(ours.items, theirs.items ?? {}, comparison, `${field}[]`) : []),
    ...ofFields(ours, theirs, comparison, field),
  ];
}

function ofFields(ours: Schema, theirs: Schema, comparison: Comparison, field: string): Difference[] {
  const { side } = comparison;
  const mine = ours.properties ?? {};
  const other = theirs.properties ?? {};
  const isOpen = theirs.properties === undefined && (theirs.additionalProperties ?? false) !== false;
  const within = (name: string) => (field === '' ? name : `${field}.${name}`);
  const fresh = Object.keys(other).filter((name) => !(name in mine));
  const own = Object.entries(mine).flatMap(([name, schema]): Difference[] => {
    const matching = other[name];
    if (matching) return differences(schema, matching, comparison, within(name));
    if (isOpen) return [];
    const near = nearestOf(name, fresh);
    const kind = side === 'request' ? 'field-not-taken' : 'field-gone';
    return [{ side, field: within(name), kind, detail: near === undefined ? '' : ` (${near}?)` }];
  });
  const always = new Set(ours.required);
  const required = side === 'request' && ours.properties ? (theirs.required ?? []) : [];
  const unsent = required
    .filter((name) => !always.has(name))
    .map((name): Difference => ({ side, field: within(name), kind: 'field-required', detail: name }));
  return [...own, ...unsent];
}

function ofValues(ours: Schema, theirs: Schema, { side, known: told }: Comparison, field: string): Difference[] {
  const values = valuesOf(theirs);
  if (!values) return [];
  const differs =
    (kind: Difference['kind']) =>
    (detail: string): Difference => ({ side, field, kind, detail });
  const used = side === 'request' ? valuesOf(ours) : told[field];
  const known = side === 'request' ? ours.known : told[field];
  if (side === 'request' && !used && typesOf(ours).includes('string'))
    return [differs('values-limited')(values.join(', '))];
  return [
    ...(used ?? []).filter((value) => !values.includes(value)).map(differs('value-gone')),
    ...(known ? values.filter((value) => !known.includes(value)) : []).map(differs('new-value')),
  ];
}

const valuesOf = ({ enum: all, const: only }: Schema): string[] | undefined =>
  (all ?? (only === undefined ? undefined : [only]))?.filter((value) => value !== null).map(String);

const most = ['maxLength', 'maximum', 'maxItems'] as const;
const least = ['minLength', 'minimum', 'minItems'] as const;

/** The limits of theirs that ours may break. Where we have none of our own, any limit may be broken. */
function narrowed(ours: Schema, theirs: Schema): string[] {
  const isFixed = valuesOf(ours) !== undefined;
  const breaks = (key: (typeof most | typeof least)[number], isWithin: (mine: number, limit: number) => boolean) => {
    const [mine, limit] = [ours[key], theirs[key]];
    return limit === undefined || isFixed || (mine !== undefined && isWithin(mine, limit)) ? [] : [`${key} ${limit}`];
  };
  return [
    ...most.flatMap((key) => breaks(key, (mine, limit) => mine <= limit)),
    ...least.flatMap((key) => breaks(key, (mine, limit) => mine >= limit)),
    ...(theirs.pattern === undefined || theirs.pattern === ours.pattern ? [] : [`pattern ${theirs.pattern}`]),
  ];
}

function typesOf({ type, properties, items, enum: values, const: only }: Schema): string[] {
  if (type !== undefined) return (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null');
  if (properties) return ['object'];
  if (items) return ['array'];
  const [first] = values ?? (only === undefined ? [] : [only]);
  return first === undefined ? [] : [typeof first];
}

const fits = (type: string, taken: readonly string[]): boolean =>
  taken.includes(type) || (type === 'integer' && taken.includes('number'));
