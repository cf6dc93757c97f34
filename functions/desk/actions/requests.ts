/** Who asked for what at the desk, and what became of it: written before anything is sent. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Memory } from '../../../shared/ledger/ledger.ts';
import { deskActions } from '../../../shared/evidence/desk-actions.ts';
import { isAskedType } from './asked.ts';

const requestSchema = z.object({
  /** Of the form that was clicked. */
  id: z.string(),
  at: z.iso.datetime(),
  /** The person's verified address, or the provider's id; the name is for people. */
  by: z.string(),
  name: z.string(),
  type: z.string().refine(isAskedType),
  /** Of the command on the queue. Absent: it has not been sent, or that could not be noted. */
  messageId: z.string().optional(),
  /** It was certainly not sent. */
  failed: z.literal(true).optional(),
  /** The queue did not answer: nobody knows whether it was sent. */
  unsure: z.literal(true).optional(),
});
export type DeskRequest = z.infer<typeof requestSchema>;

const notedSchema = z.object({ version: z.int().nonnegative(), requests: z.array(requestSchema) });

/** How many are remembered of one invoice: who only reads its status must not push out who acted on it. */
const remembered = { readings: 10, others: 100 } as const;

const isReading = ({ type }: DeskRequest): boolean => type === 'invoice.status';

function latest(requests: readonly DeskRequest[]): DeskRequest[] {
  const readings = requests.filter(isReading).slice(0, remembered.readings);
  const others = requests.filter((one) => !isReading(one)).slice(0, remembered.others);
  const kept = new Set([...readings, ...others]);
  return requests.filter((one) => kept.has(one));
}

/** How often a write is tried while others write at the same time. */
const tries = 10;

/** The name of what is remembered. @param about the key of a record, or of a request to validate with its connection */
const nameOf = deskActions;

export const aboutValidation = (connection: string, key: string): string => `validation#${connection}#${key}`;

const read = async (memory: Memory, about: string): Promise<z.infer<typeof notedSchema>> =>
  notedSchema.safeParse(await memory.recall(nameOf(about))).data ?? { version: 0, requests: [] };

/** The latest first. */
export const requestsAbout = async (memory: Memory, about: string): Promise<DeskRequest[]> =>
  (await read(memory, about)).requests;

/** @param change the new requests, or undefined to leave them. @returns what `change` was given last */
async function swap(
  memory: Memory,
  about: string,
  change: (requests: readonly DeskRequest[]) => readonly DeskRequest[] | undefined,
): Promise<readonly DeskRequest[]> {
  for (let tried = 1; tried <= tries; tried += 1) {
    const { version, requests } = await read(memory, about);
    const changed = change(requests);
    if (!changed) return requests;
    const value = { version: version + 1, writeId: randomUUID(), requests: latest(changed) };
    if ((await memory.swap(nameOf(about), { value, replaces: version })) === 'swapped') return requests;
  }
  throw new Error('what was asked at the desk about one invoice is written by too many at once');
}

/**
 * What was certainly not sent may be asked again.
 * @returns the same request as it was noted before: a second click; undefined if it is new
 */
export async function note(memory: Memory, about: string, request: DeskRequest): Promise<DeskRequest | undefined> {
  const earlierIn = (requests: readonly DeskRequest[]) =>
    requests.find(({ id, failed }) => id === request.id && !failed);
  const before = await swap(memory, about, (requests) =>
    earlierIn(requests) ? undefined : [request, ...requests.filter(({ id }) => id !== request.id)],
  );
  return earlierIn(before);
}

export async function noteEnd(
  memory: Memory,
  about: string,
  { id }: DeskRequest,
  end: Pick<DeskRequest, 'messageId' | 'failed' | 'unsure'>,
): Promise<void> {
  await swap(memory, about, (requests) => requests.map((one) => (one.id === id ? { ...one, ...end } : one)));
}
