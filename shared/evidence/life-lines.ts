import type { Said } from '../invoice/spoken.ts';
import type { LifeEntry } from '../ledger/life.ts';
import type { RecordView } from '../ledger/record.ts';
import type { DeskAction } from './desk-actions.ts';
import { detailOf, saidOf } from './life-said.ts';

/** A life in the order of time, with the names of the people who acted: for a page that a person reads. */

export interface LifeLine {
  /** ISO instant. */
  at: string;
  said: Said;
  detail?: Said | undefined;
}

/** Of a record that an earlier version wrote: what else it has. */
const withoutLife = ({ createdAt, submittedAt, status }: RecordView): LifeEntry[] => [
  { at: createdAt, command: 'invoice.submit' },
  ...(submittedAt === undefined ? [] : [{ at: submittedAt, call: 'submit' }]),
  ...(status === undefined ? [] : [{ at: status.at ?? status.observedAt, status: status.code, motive: status.motive }]),
];

/** The command that somebody asked for at the desk is kept under the id of its message. */
const isOf =
  (entry: LifeEntry) =>
  ({ messageId }: DeskAction): boolean =>
    messageId !== undefined && 'key' in entry && entry.key?.endsWith(`/${messageId}.json`) === true;

function dismissedLine({ dismissed }: RecordView): LifeLine[] {
  if (!dismissed) return [];
  const { at, by, why } = dismissed;
  const because = why === undefined ? '' : ` (${why})`;
  return [{ at, said: { fr: `Classée par ${by}${because}`, en: `Dismissed by ${by}${because}` } }];
}

/** @param actions what people asked for at the desk; without a trace in the life, each has a line of its own */
export function lifeLines(record: RecordView, actions: readonly DeskAction[]): LifeLine[] {
  const { life = withoutLife(record) } = record;
  const lines = life.map((entry): LifeLine => {
    const { name } = actions.find(isOf(entry)) ?? {};
    return {
      at: entry.at,
      said: saidOf(entry, name === undefined ? undefined : { fr: name, en: name }),
      detail: detailOf(entry),
    };
  });
  const others = actions.filter((action) => !life.some((entry) => isOf(entry)(action)));
  const asked = others.map(({ at, name, type }): LifeLine => ({
    at,
    said: saidOf({ at, command: type }, { fr: name, en: name }),
  }));
  // Stable: what happened at the same instant stays in the order in which the relay learnt of it.
  return [...lines, ...asked, ...dismissedLine(record)].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
