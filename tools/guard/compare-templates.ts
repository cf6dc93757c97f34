import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { isWeaker, protections } from './protections.ts';
import { isStateful, statefulTypes, type Finding } from './stateful.ts';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Condition: z.string().optional(),
});
type Resource = z.infer<typeof resourceSchema>;

const resourcesSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });
/** The API answers with a template as text, which the AWS command line has read already. */
const textSchema = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
const bodySchema = z.union([resourcesSchema, textSchema.pipe(resourcesSchema)]);
/** As `cdk synth` writes it, or as `aws cloudformation get-template` answers. */
const templateSchema = z.union(
  [resourcesSchema, z.looseObject({ TemplateBody: bodySchema }).transform(({ TemplateBody }) => TemplateBody)],
  'one of the files is no CloudFormation template in JSON: it has no Resources',
);

/** @param before of the stack as it stands @param after that is to be deployed @throws ZodError for what is no template */
export function compareTemplates(before: unknown, after: unknown): Finding[] {
  const old = templateSchema.parse(before).Resources;
  const fresh = templateSchema.parse(after).Resources;
  return Object.entries(old)
    .filter(([, { Type }]) => isStateful(Type))
    .flatMap(([id, was]) => compareResource(id, was, fresh[id]));
}

function compareResource(resource: string, was: Resource, is: Resource | undefined): Finding[] {
  const { Type: type } = was;
  if (!is)
    return [{ resource, type, danger: 'deleted', why: 'it is not in the new template, not under this logical id' }];
  if (is.Type !== type) return [{ resource, type, danger: 'replaced', why: `it becomes a ${is.Type}` }];
  const changed = (statefulTypes[type] ?? []).filter((name) =>
    changes(name, was.Properties[name], is.Properties[name]),
  );
  const replaced = changed.map((name): Finding => ({
    resource,
    type,
    danger: 'replaced',
    why: `${name} cannot be changed in place`,
  }));
  const unprotected = (['DeletionPolicy', 'UpdateReplacePolicy'] as const)
    .filter((policy) => was[policy] === 'Retain' && is[policy] !== 'Retain')
    .map((policy): Finding => ({ resource, type, danger: 'unprotected', why: `${policy} is Retain no more` }));
  const weakened = Object.entries(protections[type] ?? {})
    .filter(([name, weaker]) => isWeaker(weaker, was.Properties[name], is.Properties[name]))
    .map(([name]): Finding => ({ resource, type, danger: 'unprotected', why: `${name} protects less` }));
  const conditional: Finding[] = isDeepStrictEqual(was.Condition, is.Condition)
    ? []
    : [{ resource, type, danger: 'unprotected', why: 'under another Condition it would not be there' }];
  return [...replaced, ...unprotected, ...weakened, ...conditional];
}

const attributesSchema = z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() }));

function changes(name: string, was: unknown, is: unknown): boolean {
  if (isDeepStrictEqual(was, is)) return false;
  const [old, fresh] = [attributesSchema.safeParse(was).data, attributesSchema.safeParse(is).data];
  if (name !== 'AttributeDefinitions' || !old || !fresh) return true;
  // An attribute may come or go with an index; one that becomes of another type replaces the table.
  return old.some((one) =>
    fresh.some(
      ({ AttributeName, AttributeType }) => AttributeName === one.AttributeName && AttributeType !== one.AttributeType,
    ),
  );
}
