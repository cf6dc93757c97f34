/** Every way in which a Swagger may break what the code uses, as a table. */
import * as z from 'zod';
import type { Finding } from '../../../tools/contract/judge.ts';
import { json, type Field, type Json } from './fields.ts';

/** The object of a Swagger that has a field, and the field's own schema there. */
interface Spot {
  parent: Json;
  properties: Json;
  name: string;
  own: Json;
}

function pointed(document: Json, schema: Json, name?: string): Json {
  const ref = z.string().safeParse(schema['$ref']).data;
  if (ref !== undefined) {
    const target = ref
      .slice(2)
      .split('/')
      .reduce<Json>((inner, key) => json.parse(inner[key]), document);
    return pointed(document, target, name);
  }
  const parts = z
    .array(json)
    .safeParse(schema['allOf'])
    .data?.map((part) => pointed(document, part, name));
  return parts?.find((part) => name !== undefined && name in json.parse(part['properties'])) ?? schema;
}

const media = (content: unknown): Json => json.parse(Object.values(json.parse(content))[0]);

/** What a Swagger has of an operation of its own. */
function operationIn(document: Json, path: string) {
  const base = z.string().safeParse(document['basePath']).data ?? '';
  const [server] = z.array(z.object({ url: z.string() })).safeParse(document['servers']).data ?? [];
  const api = (server?.url ?? base).split('/cpro/')[1] ?? '';
  const paths = json.parse(document['paths']);
  const key = path.slice(api.length);
  const item = json.parse(paths[key]);
  const post = json.parse(item['post']);
  const parameters = z.array(json).safeParse(post['parameters']).data ?? [];
  const success = pointed(document, json.parse(json.parse(post['responses'])['200']));
  const requestBody = json.safeParse(post['requestBody']).data;
  const body = requestBody
    ? media(pointed(document, requestBody)['content'])
    : parameters.find((one) => one['in'] === 'body');
  const response = success['content'] === undefined ? success : media(success['content']);
  return { paths, key, item, post, body: json.parse(body), response };
}

/** @returns undefined where the Swagger does not have the field in the first place */
function spotOf(document: Json, path: string, { side, place }: Pick<Field, 'side' | 'place'>): Spot | undefined {
  const { body, response } = operationIn(document, path);
  let schema: Json = json.parse((side === 'request' ? body : response)['schema']);
  const steps = place.split(/\.|(?=\[\])/);
  for (const [i, step] of steps.entries()) {
    const parent = pointed(document, schema, step);
    const properties = json.safeParse(parent['properties']).data;
    const next = json.safeParse(step === '[]' ? parent['items'] : properties?.[step]).data;
    if (!next) return undefined;
    if (i === steps.length - 1 && properties) return { parent, properties, name: step, own: pointed(document, next) };
    schema = next;
  }
  return undefined;
}

const isText = ({ schema }: Field): boolean => schema['type'] === 'string' && !hasValues(schema);
const hasValues = (schema: Json): boolean => schema['enum'] !== undefined || schema['const'] !== undefined;
const isNumber = ({ schema }: Field): boolean => schema['type'] === 'number' || schema['type'] === 'integer';

interface Mutation {
  of: (field: Field) => boolean;
  change: (spot: Spot) => void;
  named: (finding: Finding, field: Field) => boolean;
}

const at =
  (kind: Finding['kind'], detail = '') =>
  (finding: Finding, { side, place }: Field): boolean =>
    finding.kind === kind && finding.side === side && finding.field === place && finding.detail.includes(detail);
const inRequest = ({ side }: Field): boolean => side === 'request';
const inResponse = ({ side }: Field): boolean => side === 'response';
const another = ({ own }: Spot): void => {
  const type = own['type'];
  for (const key of Object.keys(own)) Reflect.deleteProperty(own, key);
  own['type'] = type === 'boolean' ? 'string' : 'boolean';
};

export const fieldMutations: Readonly<Record<string, Mutation>> = {
  'a request field is removed': {
    of: inRequest,
    change: ({ properties, name }) => Reflect.deleteProperty(properties, name),
    named: at('field-not-taken'),
  },
  'a request field is renamed': {
    of: inRequest,
    change: ({ properties, name, own }) => {
      Reflect.deleteProperty(properties, name);
      properties[`${name}Bis`] = own;
    },
    named: at('field-not-taken', '?'),
  },
  'a request field has another type': { of: inRequest, change: another, named: at('type') },
  'a request field beside it is required, and we do not send it': {
    of: inRequest,
    change: ({ parent, properties }) => {
      properties['nouveauChamp'] = { type: 'string' };
      parent['required'] = ['nouveauChamp'];
    },
    named: ({ kind, field }, { place }) =>
      kind === 'field-required' && field === place.replace(/[^.]*$/, 'nouveauChamp'),
  },
  'a request text is limited to one character': {
    of: (field) => inRequest(field) && isText(field),
    change: ({ own }) => (own['maxLength'] = 1),
    named: at('narrower', 'maxLength 1'),
  },
  'a request text is limited to a pattern': {
    of: (field) => inRequest(field) && isText(field),
    change: ({ own }) => (own['pattern'] = '^$'),
    named: at('narrower', 'pattern ^$'),
  },
  'a request text is limited to values': {
    of: (field) => inRequest(field) && isText(field),
    change: ({ own }) => (own['enum'] = ['AUTRE']),
    named: at('values-limited', 'AUTRE'),
  },
  'a request number is limited': {
    of: (field) => inRequest(field) && isNumber(field),
    change: ({ own }) => (own['maximum'] = 1),
    named: at('narrower', 'maximum 1'),
  },
  'the values of a request field are others': {
    of: (field) => inRequest(field) && hasValues(field.schema),
    change: ({ own }) => (own['enum'] = ['AUTRE']),
    named: at('value-gone'),
  },
  'a response field is removed': {
    of: inResponse,
    change: ({ properties, name }) => Reflect.deleteProperty(properties, name),
    named: at('field-gone'),
  },
  'a response field is renamed': {
    of: inResponse,
    change: ({ properties, name, own }) => {
      Reflect.deleteProperty(properties, name);
      properties[`${name}Bis`] = own;
    },
    named: at('field-gone', '?'),
  },
  'a response field has another type': { of: inResponse, change: another, named: at('type') },
};

interface OperationMutation {
  change: (operation: ReturnType<typeof operationIn>) => void;
  kind: Finding['kind'];
}

export const operationMutations: Readonly<Record<string, OperationMutation>> = {
  'the path is gone': {
    change: ({ paths, key, item }) => {
      paths[`${key}/v2`] = item;
      Reflect.deleteProperty(paths, key);
    },
    kind: 'no-path',
  },
  'the method is another': {
    change: ({ item, post }) => {
      item['put'] = post;
      Reflect.deleteProperty(item, 'post');
    },
    kind: 'no-method',
  },
  'a header is required': {
    change: ({ post }) => {
      const header = { in: 'header', name: 'cpro-espace', required: true, type: 'string' };
      post['parameters'] = [...(z.array(json).safeParse(post['parameters']).data ?? []), header];
    },
    kind: 'parameter-required',
  },
  'the response is not described': { change: ({ response }) => delete response['schema'], kind: 'no-description' },
};

const clone = (document: object): Json => json.parse(structuredClone(document));

/** The Swagger of one operation, with one of its fields changed; undefined where it does not have the field. */
export function changed(document: object, path: string, field: Field, { change }: Mutation): Json | undefined {
  const copy = clone(document);
  const spot = spotOf(copy, path, field);
  if (!spot) return undefined;
  const { paths, key, item } = operationIn(copy, path);
  for (const other of Object.keys(paths)) Reflect.deleteProperty(paths, other);
  paths[key] = item;
  change(spot);
  return copy;
}

export function changedOperation(document: object, path: string, { change }: OperationMutation): Json {
  const copy = clone(document);
  change(operationIn(copy, path));
  return copy;
}

/** Adds a value to what a field of a response may be, or takes one of them away. */
export function withValues(
  document: object,
  { path, place }: { path: string; place: string },
  change: (values: string[]) => string[],
): Json {
  const copy = clone(document);
  const own = spotOf(copy, path, { side: 'response', place })?.own;
  if (own) own['enum'] = change(z.array(z.string()).parse(own['enum']));
  return copy;
}
