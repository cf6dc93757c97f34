/** What the directory's cache remembers, in the memory of the ledger. */
import * as z from 'zod';
import type { LedgerLists, Memory } from '../ledger/ledger.ts';
import { recipientSchema } from './structures.ts';

/** `at`: when Chorus Pro was asked. */
export const entrySchema = z.object({ at: z.iso.datetime(), value: z.unknown() });
export type Entry = z.infer<typeof entrySchema>;

/** The name of a recipient's entry. */
export const recipientEntry = (environment: string, siret: string): string => `recipient#${environment}#${siret}`;

const knownSchema = recipientSchema.pick({ name: true, address: true });
type KnownRecipient = z.infer<typeof knownSchema>;

interface Structure {
  environment: string;
  siret: string;
}

const knownIn = (entry: unknown): KnownRecipient | undefined =>
  knownSchema.safeParse(entrySchema.safeParse(entry).data?.value).data;

/** How a recipient is called and where it is, if the directory's cache has it. */
export const knownRecipient = async (
  memory: Pick<Memory, 'recall'>,
  { environment, siret }: Structure,
): Promise<KnownRecipient | undefined> => knownIn(await memory.recall(recipientEntry(environment, siret)));

/** The names of recipients that the directory's cache has. */
export async function knownNames(
  memory: Pick<LedgerLists, 'recallMany'>,
  recipients: readonly Structure[],
): Promise<(environment: string | undefined, siret: string | undefined) => string | undefined> {
  const known = await memory.recallMany(recipients.map(({ environment, siret }) => recipientEntry(environment, siret)));
  return (environment = '', siret = '') => knownIn(known.get(recipientEntry(environment, siret)))?.name;
}
