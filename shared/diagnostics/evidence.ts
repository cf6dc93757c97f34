import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Memory } from '../ledger/ledger.ts';

/**
 * What was once seen to work: it tells a wrong id from a wrong secret, and a wrong password from an expired one, where PISTE
 * and Chorus Pro have one answer for both. No credential is in it: of the client id its digest, of the password the
 * version of the secret that it came from.
 */
const evidenceSchema = z.object({
  clientId: z.object({ digest: z.string(), takenAt: z.iso.datetime() }).optional(),
  password: z
    .object({ version: z.string(), takenAt: z.iso.datetime(), expiresAt: z.iso.datetime().optional() })
    .optional(),
});

export type Evidence = z.infer<typeof evidenceSchema>;

const nameOf = (connection: string): string => `checked#${connection}`;

export async function recallEvidence(memory: Memory, connection: string): Promise<Evidence> {
  return evidenceSchema.safeParse(await memory.recall(nameOf(connection))).data ?? {};
}

export const rememberEvidence = (memory: Memory, connection: string, evidence: Evidence): Promise<void> =>
  memory.remember(nameOf(connection), evidence);

export const digestOf = (clientId: string): string => createHash('sha256').update(clientId).digest('hex');
