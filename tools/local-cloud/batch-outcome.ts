import * as z from 'zod';
import type { Outcome } from './lambda/execution-environment.ts';

const responseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Which messages of a batch have to come again, by Lambda's own rules: none when the response or its list is null or
 * empty; all after an error, or when an identifier is empty, unknown or not a text.
 */
export function failuresOf(outcome: Outcome, messageIds: readonly string[], reportsItemFailures: boolean): Set<string> {
  const all = new Set(messageIds);
  if ('error' in outcome) return all;
  if (!reportsItemFailures) return new Set();
  const response = responseSchema.safeParse(outcome.payload);
  if (!response.success) return all;
  const failed = new Set(response.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? []);
  return [...failed].every((id) => all.has(id)) ? failed : all;
}
