import * as z from 'zod';
import { changeNote } from '../../shared/ledger/change-note.ts';
import { invoiceKey, isNumberedPerYear, type LedgerRecord, type RecordIn, yearOf } from '../../shared/ledger/record.ts';
import { move } from '../../shared/ledger/transition.ts';
import { sameStatement } from '../../shared/tracking/works-series.ts';
import type { SubmitDependencies } from './dependencies.ts';

/** `wait`: the earlier document is held by whoever sends it. */
type Noted = 'noted' | 'wait';

/** Nothing takes the place of what never was in Chorus Pro, and never will be. */
const canNote = (
  record: LedgerRecord,
): record is RecordIn<'accepted' | 'in-doubt' | 'deposited' | 'followed' | 'settled' | 'rejected'> =>
  record.state !== 'sending' && record.state !== 'refused' && record.state !== 'withheld';

/** A record that moves all the time is left for the next delivery. */
const mostTries = 5;

/**
 * Notes in the records of earlier works documents that this one takes their place, before it is sent: of the one that
 * it answers, and of the ones about the same statement, if they were rejected. So whoever reads one of them finds the
 * other. It may be repeated.
 */
export async function noteSuccessor(record: RecordIn<'sending'>, dependencies: SubmitDependencies): Promise<Noted> {
  const earlier = [...(await answeredBy(record, dependencies)), ...(await rejectedBefore(record, dependencies))];
  for (const pk of new Set(earlier)) if ((await noteIn(pk, record, dependencies)) === 'wait') return 'wait';
  return 'noted';
}

/** Where the document is that it answers: numbers that begin anew each year may be of the year before. */
async function answeredBy(
  { pk, works, environment, supplier, issueDate }: RecordIn<'sending'>,
  { ledger }: SubmitDependencies,
): Promise<string[]> {
  if (works?.answers === undefined) return [];
  const key = { environment, supplier, number: works.answers };
  const own = Number(yearOf(issueDate));
  for (const year of [undefined, ...(isNumberedPerYear({ pk }) ? [String(own), String(own - 1)] : [])]) {
    const answered = invoiceKey({ ...key, year });
    if (await ledger.get(answered)) return [answered];
  }
  return [];
}

/** The last documents about one statement: their keys. */
const sentSchema = z.object({ version: z.int().nonnegative(), keys: z.array(z.string()) });
const sentIn = (remembered: unknown): z.infer<typeof sentSchema> =>
  sentSchema.safeParse(remembered).data ?? { version: 0, keys: [] };
const mostKept = 20;

/** Remembers this one among those about its statement. @returns the others that were rejected */
async function rejectedBefore(record: RecordIn<'sending'>, { ledger }: SubmitDependencies): Promise<string[]> {
  const statement = sameStatement(record);
  if (statement === undefined) return [];
  const { keys } = await changeNote(ledger, `works-statement#${statement}`, {
    read: sentIn,
    change: (sent) =>
      sent.keys.includes(record.pk) ? undefined : { keys: [...sent.keys, record.pk].slice(-mostKept) },
  });
  const others = await Promise.all(keys.filter((pk) => pk !== record.pk).map((pk) => ledger.get(pk)));
  return others.flatMap((one) => (one?.state === 'rejected' ? [one.pk] : []));
}

async function noteIn(
  earlier: string,
  { pk, connection }: Pick<LedgerRecord, 'pk' | 'connection'>,
  { ledger, now }: SubmitDependencies,
): Promise<Noted> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const record = await ledger.get(earlier);
    if (record?.connection !== connection || record.succeededBy?.includes(pk)) return 'noted';
    if (record.state === 'sending') return 'wait';
    if (!canNote(record)) return 'noted';
    const succeededBy = [...(record.succeededBy ?? []), pk].slice(-mostKept);
    const write = move(record, { name: 'note-successor', changes: { succeededBy } }, now());
    if ((await ledger.write(write)) === 'written') return 'noted';
  }
  return 'wait';
}
