/** Reads an API's description as the PISTE console exports it: Swagger 2.0 or OpenAPI 3, as JSON. */
import * as z from 'zod';

/** The part of a JSON Schema that is compared. Our own zod schemas are turned into it as well. */
export const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  /** Ours alone: every value that we know. */
  known: z.array(z.string()).optional(),
  pattern: z.string().optional(),
  maxLength: z.number().optional(),
  minLength: z.number().optional(),
  maximum: z.number().optional(),
  minimum: z.number().optional(),
  maxItems: z.number().optional(),
  minItems: z.number().optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  get properties(): z.ZodOptional<z.ZodRecord<z.ZodString, typeof schemaSchema>> {
    return z.record(z.string(), schemaSchema).optional();
  },
  get items(): z.ZodOptional<typeof schemaSchema> {
    return schemaSchema.optional();
  },
  get allOf(): z.ZodOptional<z.ZodArray<typeof schemaSchema>> {
    return z.array(schemaSchema).optional();
  },
  get anyOf(): z.ZodOptional<z.ZodArray<typeof schemaSchema>> {
    return z.array(schemaSchema).optional();
  },
  get oneOf(): z.ZodOptional<z.ZodArray<typeof schemaSchema>> {
    return z.array(schemaSchema).optional();
  },
});
export type Schema = z.infer<typeof schemaSchema>;

const object = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.looseObject({ schema: schemaSchema.optional() }));
const parameterSchema = z.looseObject({
  $ref: z.string().optional(),
  in: z.string().optional(),
  name: z.string().optional(),
  required: z.boolean().optional(),
  schema: schemaSchema.optional(),
});
const bodySchema = z.looseObject({ $ref: z.string().optional(), content: content.optional() });
const responseSchema = bodySchema.extend({ schema: schemaSchema.optional() });
const operationSchema = z.looseObject({
  parameters: z.array(parameterSchema).optional(),
  requestBody: bodySchema.optional(),
  responses: z.record(z.string(), responseSchema).optional(),
});
const documentSchema = z.looseObject({
  swagger: z.literal('2.0').optional(),
  openapi: z.string().startsWith('3.').optional(),
  basePath: z.string().optional(),
  servers: z.array(z.looseObject({ url: z.string() })).optional(),
  paths: z.record(z.string(), object),
});

/** One operation as a Swagger describes it. */
interface Described {
  request: Schema | undefined;
  response: Schema | undefined;
  /** The parameters that every call must have, beside the body. */
  required: readonly { in: string; name: string }[];
}

export interface Swagger {
  file: string;
  /** The methods of a path, in lower case: `factures/v1/soumettre`. */
  paths: ReadonlyMap<string, readonly string[]>;
  operation: (path: string, method: string) => Described | undefined;
  resolve: (schema: Schema) => Schema;
}

const successes = ['200', '201', '202', '2XX', 'default'];
const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** @returns undefined if the JSON describes no API of Chorus Pro */
export function readSwagger(file: string, json: unknown): Swagger | undefined {
  const read = documentSchema.safeParse(json);
  if (!read.success || (read.data.swagger ?? read.data.openapi) === undefined) return undefined;
  const { basePath = '', servers = [], paths: given } = read.data;
  const paths = new Map(
    Object.entries(given).flatMap(([path, item]) => {
      const own = ownPath(`${servers[0]?.url ?? basePath}/${path}`);
      return own === undefined ? [] : [[own, item] as const];
    }),
  );
  if (paths.size === 0) return undefined;
  const at = <Pointed extends { $ref?: string | undefined }>(schema: z.ZodType<Pointed>, given: Pointed): Pointed =>
    (given.$ref === undefined ? undefined : schema.safeParse(pointedAt(json, given.$ref)).data) ?? given;
  const operation = (path: string, method: string): Described | undefined => {
    const item = paths.get(path);
    if (!item || !(method in item)) return undefined;
    const own = operationSchema.safeParse(item[method]).data;
    const shared = operationSchema.shape.parameters.safeParse(item['parameters']).data ?? [];
    const parameters = [...shared, ...(own?.parameters ?? [])].map((one) => at(parameterSchema, one));
    const success = successes.map((status) => own?.responses?.[status]).find((one) => one !== undefined);
    const response = success && at(responseSchema, success);
    return {
      request:
        parameters.find((one) => one.in === 'body')?.schema ??
        (own?.requestBody && jsonOf(at(bodySchema, own.requestBody).content)),
      response: response?.schema ?? jsonOf(response?.content),
      required: parameters.flatMap(({ in: where = '', name = '', required = false }) =>
        required && where !== 'body' ? [{ in: where, name }] : [],
      ),
    };
  };
  const named = [...paths].map(
    ([path, item]) => [path, Object.keys(item).filter((key) => methods.includes(key))] as const,
  );
  return { file, paths: new Map(named), operation, resolve: (schema) => whole(json, schema) };
}

/** `https://…/cpro/factures` and `/v1/soumettre` are `factures/v1/soumettre`, with slashes as they come. */
const ownPath = (url: string): string | undefined =>
  /(?:^|\/)cpro\/(.+)$/.exec(url.replaceAll(/(?<!:)\/{2,}/g, '/'))?.[1]?.replace(/\/$/, '');

const jsonOf = (types: z.infer<typeof content> | undefined): Schema | undefined =>
  Object.entries(types ?? {}).find(([type]) => /json|\*\/\*/.test(type))?.[1].schema;

/** @param pointer `#/definitions/Invoice` */
const pointedAt = (json: unknown, pointer: string): unknown =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((inner, key) => object.safeParse(inner).data?.[key], json);

/** A schema without `$ref` and `allOf`, one level deep. What refers to itself without end counts as anything. */
function whole(json: unknown, schema: Schema, seen: readonly string[] = []): Schema {
  const { $ref, allOf, ...own } = schema;
  if ($ref !== undefined)
    return seen.includes($ref)
      ? {}
      : whole(json, schemaSchema.safeParse(pointedAt(json, $ref)).data ?? {}, [...seen, $ref]);
  if (!allOf) return own;
  return allOf
    .map((part) => whole(json, part, seen))
    .reduce(
      (sum, part) => ({
        ...sum,
        ...part,
        properties: { ...sum.properties, ...part.properties },
        required: [...(sum.required ?? []), ...(part.required ?? [])],
      }),
      own,
    );
}
