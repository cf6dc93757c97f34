/** Who asked for what at the desk, and what became of it: written before anything is sent. */
import * as z from 'zod';
import { changeNote } from '../../../shared/ledger/change-note.ts';
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

/** The name of what is remembered. @param about the key of a record, or of a request to validate with its connection */
const nameOf = deskActions;

export const aboutValidation = (connection: string, key: string): string => `validation#${connection}#${key}`;

const read = (remembered: unknown): z.infer<typeof notedSchema> =>
  notedSchema.safeParse(remembered).data ?? { version: 0, requests: [] };

/** The latest first. */
export const requestsAbout = async (memory: Memory, about: string): Promise<DeskRequest[]> =>
  read(await memory.recall(nameOf(about))).requests;

/** @param changed the new requests, or undefined to leave them. @returns what `changed` was given last */
async function change(
  memory: Memory,
  about: string,
  changed: (requests: readonly DeskRequest[]) => readonly DeskRequest[] | undefined,
): Promise<readonly DeskRequest[]> {
  const { requests } = await changeNote(memory, nameOf(about), {
    read,
    change: (noted) => {
      const next = changed(noted.requests);
      return next && { requests: latest(next) };
    },
  });
  return requests;
}

/**
 * What was certainly not sent may be asked again.
 * @returns the same request as it was noted before: a second click; undefined if it is new
 */
export async function note(memory: Memory, about: string, request: DeskRequest): Promise<DeskRequest | undefined> {
  const earlierIn = (requests: readonly DeskRequest[]) =>
    requests.find(({ id, failed }) => id === request.id && !failed);
  const before = await change(memory, about, (requests) =>
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
  await change(memory, about, (requests) => requests.map((one) => (one.id === id ? { ...one, ...end } : one)));
}
