import * as z from 'zod';
import { written, type Resource } from './stacks-fixture.ts';

const oneOrMore = z.union([z.string(), z.looseObject({}), z.array(z.union([z.string(), z.looseObject({})]))]);
const statementSchema = z.looseObject({
  Effect: z.string(),
  Action: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.unknown()).optional(),
  Principal: z.unknown().optional(),
});
const documentSchema = z.looseObject({ Statement: z.array(statementSchema) });

export interface Statement {
  in: string;
  type: string;
  effect: string;
  actions: string[];
  resources: string[];
  condition: string;
  principal: string;
  /** NotAction, NotResource, NotPrincipal. */
  inverted: string[];
}

const list = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(written);

/** Every statement of every policy, wherever in a resource it stands. */
export const statementsOf = (resources: readonly Resource[]): Statement[] =>
  resources.flatMap((resource) =>
    documentsIn(resource.Properties).flatMap((document) =>
      documentSchema.parse(document).Statement.map((statement) => ({
        in: resource.id,
        type: resource.Type,
        effect: statement.Effect,
        actions: list(statement.Action),
        resources: list(statement.Resource),
        condition: written(statement.Condition),
        principal: written(statement.Principal),
        inverted: Object.keys(statement).filter((name) => name.startsWith('Not')),
      })),
    ),
  );

function documentsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'Statement' in value ? [value] : Object.values(value).flatMap(documentsIn);
}
