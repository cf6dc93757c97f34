import * as z from 'zod';
import { isStateful, type Finding } from './stateful.ts';

const changeSchema = z.looseObject({
  ResourceChange: z
    .looseObject({
      Action: z.string(),
      LogicalResourceId: z.string(),
      ResourceType: z.string(),
      Replacement: z.string().optional(),
      Scope: z.array(z.string()).default([]),
    })
    .optional(),
});

/** What `aws cloudformation describe-change-set` answers. */
const changeSetSchema = z.looseObject({ Changes: z.array(changeSchema), NextToken: z.string().nullish() });

const policies = new Set(['DeletionPolicy', 'UpdateReplacePolicy']);

/** What CloudFormation does to a resource that only stays where it is. */
const harmless = new Set(['Add', 'Import']);

/** @throws Error for a change set that is not whole, or no change set */
export function readChangeSet(value: unknown): Finding[] {
  const { Changes, NextToken } = changeSetSchema.parse(value);
  if (NextToken) throw new Error('the change set has further pages (NextToken): give it whole');
  return Changes.flatMap(({ ResourceChange: change }): Finding[] => {
    if (!change || !isStateful(change.ResourceType) || harmless.has(change.Action)) return [];
    const { Action, LogicalResourceId: resource, ResourceType: type, Replacement = 'False', Scope } = change;
    if (Action === 'Remove') return [{ resource, type, danger: 'deleted', why: 'the change set removes it' }];
    const unprotected = Scope.filter((scope) => policies.has(scope)).map((policy): Finding => ({
      resource,
      type,
      danger: 'unprotected',
      why: `the change set changes its ${policy}`,
    }));
    if (Action === 'Modify' && Replacement === 'False') return unprotected;
    // Conditional and Dynamic: CloudFormation itself does not know yet.
    const why = `the change set says ${Action}, replacement ${Replacement}`;
    return [{ resource, type, danger: 'replaced', why }, ...unprotected];
  });
}
