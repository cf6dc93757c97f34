/** What a folder of Swaggers says of everything that the code uses. */
import * as z from 'zod';
import { deviations, exchanges, openMarks, type OpenMark } from '../../shared/chorus-pro/contract.ts';
import type { Mark } from '../../shared/facts/fact.ts';
import { differences, type Difference } from './compare.ts';
import { schemaSchema, type Schema, type Swagger } from './swagger.ts';

/** `known`: we know better than the Swagger, and shared/chorus-pro/contract.ts says why. */
type Verdict = 'differs' | 'warning' | 'known';

export interface Finding extends Difference {
  verdict: Verdict;
  file: string;
  operation: string;
}

export interface Settled {
  name: string;
  mark: Mark;
  file: string;
}

export interface Judgement {
  findings: Finding[];
  settled: Settled[];
  /** How many operations were compared, by API: `factures`. */
  compared: Record<string, number>;
  /** The APIs that the code uses, and of which the folder has nothing. */
  absent: string[];
}

/** What every request carries beside its body; `Authorization` is no parameter of a Swagger's. */
const sentHeaders = ['cpro-account', 'authorization', 'content-type', 'accept'];

const apiOf = (path: string): string => path.slice(0, path.indexOf('/'));

const schemaOf = (schema: z.ZodType): Schema =>
  schemaSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

/** The exchanges of the code, as JSON Schemas. */
const used = exchanges.map(({ path, known, ...schemas }) => ({
  path,
  known,
  request: schemaOf(schemas.request),
  responses: schemas.responses.map(schemaOf),
}));
type Used = (typeof used)[number];

function ofOperation({ path, request, responses, known }: Used, swagger: Swagger): Difference[] {
  const found = swagger.paths.get(path);
  if (!found) return [{ field: '', kind: 'no-path', detail: '' }];
  const theirs = swagger.operation(path, 'post');
  if (!theirs) return [{ field: '', kind: 'no-method', detail: found.join(', ') }];
  const unsent = theirs.required.filter(
    ({ in: where, name }) => where !== 'header' || !sentHeaders.includes(name.toLowerCase()),
  );
  const undescribed = (side: 'request' | 'response'): Difference => ({
    side,
    field: '',
    kind: 'no-description',
    detail: '',
  });
  const sendsNothing = Object.keys(request.properties ?? {}).length === 0;
  return [
    ...unsent.map(({ in: where, name }): Difference => ({
      side: 'request',
      field: name,
      kind: 'parameter-required',
      detail: `${name} (${where})`,
    })),
    ...(theirs.request
      ? differences(request, theirs.request, { side: 'request', swagger, known })
      : sendsNothing
        ? []
        : [undescribed('request')]),
    ...(theirs.response
      ? once(
          responses.flatMap((response) =>
            differences(response, theirs.response ?? {}, { side: 'response', swagger, known }),
          ),
        )
      : [undescribed('response')]),
  ];
}

/** A field that is read in two ways differs once. */
const once = (all: readonly Difference[]): Difference[] => [
  ...new Map(all.map((one) => [`${one.kind} ${one.field} ${one.detail}`, one])).values(),
];

const isKnown = ({ operation, side, field, detail }: Finding): boolean =>
  deviations.some(
    (one) =>
      one.operation === operation &&
      one.side === side &&
      one.field === field &&
      (one.detail === undefined || one.detail === detail),
  );

const verdictOf = (finding: Finding): Verdict =>
  finding.kind === 'new-value' ? 'warning' : isKnown(finding) ? 'known' : 'differs';

/** The schema of a field by its place: `listeFactures[].statut`. */
function fieldAt({ operation, resolve }: Swagger, { path, field }: OpenMark): Schema | undefined {
  if (!field) return undefined;
  const body = operation(path, 'post')?.[field.side];
  return field.place
    .split(/\.|(?=\[\])/)
    .reduce<Schema | undefined>(
      (schema, step) => schema && (step === '[]' ? resolve(schema).items : resolve(schema).properties?.[step]),
      body,
    );
}

function settles(swagger: Swagger, mark: OpenMark): boolean {
  if (!swagger.paths.has(mark.path)) return false;
  if (!mark.field) return true;
  const schema = fieldAt(swagger, mark);
  const { enum: values = [], maxLength } = schema ? swagger.resolve(schema) : {};
  return [...values, maxLength].includes(mark.field.is);
}

export function judge(swaggers: readonly Swagger[]): Judgement {
  const about = (api: string) => swaggers.filter(({ paths }) => [...paths.keys()].some((path) => apiOf(path) === api));
  const asked = used.map((exchange) => ({ exchange, files: about(apiOf(exchange.path)) }));
  const findings = asked.flatMap(({ exchange, files }) =>
    files.flatMap((swagger) =>
      ofOperation(exchange, swagger).map((difference): Finding => {
        const finding: Finding = { verdict: 'differs', file: swagger.file, operation: exchange.path, ...difference };
        return { ...finding, verdict: verdictOf(finding) };
      }),
    ),
  );
  const settled = openMarks.flatMap((mark) => {
    const by = swaggers.find((swagger) => settles(swagger, mark));
    return by ? [{ name: mark.name, mark: mark.mark, file: by.file }] : [];
  });
  const apis = [...new Set(asked.map(({ exchange }) => apiOf(exchange.path)))];
  const countOf = (api: string) =>
    asked.filter(({ exchange, files }) => apiOf(exchange.path) === api && files.length > 0).length;
  return {
    findings,
    settled,
    compared: Object.fromEntries(apis.filter((api) => countOf(api) > 0).map((api) => [api, countOf(api)])),
    absent: apis.filter((api) => countOf(api) === 0),
  };
}
