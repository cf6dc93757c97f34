import * as z from 'zod';
import type { RecordView } from './record.ts';
import type { TransitionName } from './states.ts';

/**
 * An invoice's life, as its record keeps it: what was asked, each call that may have changed something in Chorus Pro,
 * doubts and how they ended, statuses. It is written with the moves that are written anyway
 * (docs/adr/0035-the-life-of-an-invoice.md), so each entry is small. In the order in which the relay learnt of it.
 */

const at = z.iso.datetime();

const commandEntry = z.object({
  at,
  /** The type of a command: who asked for it, or how it ended. */
  command: z.string(),
  /** AWS's id of the sender, if it came with the message: `AIDA…`, or `AROA…:<session>`. */
  by: z.string().optional(),
  /** Where the command is kept; absent for the one that brought the invoice (`commandKey` of the record). */
  key: z.string().optional(),
  /** The papers that it sends, which the document store keeps under their SHA-256. */
  papers: z.array(z.object({ name: z.string(), sha256: z.string() })).optional(),
  /** `uncertain`: an attempt got no certain reply, and the relay looked for its effect. */
  end: z.enum(['done', 'refused', 'uncertain']).optional(),
});

const callEntry = z.object({
  /** When the request was sent. */
  at,
  /** Of `callNames`; an earlier or later version may have others. */
  call: z.string(),
  /** HTTP status. */
  http: z.int().optional(),
  /** Chorus Pro's return code. */
  code: z.int().optional(),
  /** Without a reply: whether it may have arrived. */
  noReply: z.enum(['sent', 'not-sent']).optional(),
  /** SHA-256 of what was sent and answered, which is kept in the document store. */
  kept: z.string().optional(),
});

const statusEntry = z.object({
  /** Since when, as Chorus Pro says; if it does not say, when the relay read it. */
  at,
  status: z.string(),
  motive: z.string().optional(),
});

const doubtEntry = z.object({ at, doubt: z.string() });
const resolutionEntry = z.object({ at, resolved: z.enum(['found', 'absent']) });
const depositEntry = z.object({ at, deposit: z.string() });
/** The final state of Chorus Pro's report on a deposited file. */
const reportEntry = z.object({ at, report: z.string() });

export const lifeEntrySchema = z.union([
  commandEntry,
  callEntry,
  statusEntry,
  doubtEntry,
  resolutionEntry,
  depositEntry,
  reportEntry,
]);
export type CommandEntry = z.infer<typeof commandEntry>;
export type CallEntry = z.infer<typeof callEntry>;
export type LifeEntry = z.infer<typeof lifeEntrySchema>;

/** The calls that change something in Chorus Pro, in the relay's own words. */
export const callNames = {
  'upload-pdf': { fr: 'téléversement du PDF', en: 'upload of the PDF' },
  'upload-attachment': { fr: 'téléversement d’une pièce jointe', en: 'upload of an attachment' },
  submit: { fr: 'dépôt de la facture', en: 'submission of the invoice' },
  'deposit-file': { fr: 'dépôt du fichier', en: 'deposit of the file' },
  complete: { fr: 'envoi d’un complément', en: 'completion' },
  recycle: { fr: 'recyclage', en: 'recycling' },
  'acknowledge-rejection': { fr: 'prise d’acte du rejet', en: 'acknowledgement of the rejection' },
  'correct-validator': { fr: 'changement de valideur', en: 'correction of the validator' },
  'answer-validation': { fr: 'réponse à une demande de validation', en: 'answer to a request to validate' },
  'sign-final': { fr: 'signature du décompte général', en: 'signature of the general final statement' },
} as const;
export type CallName = keyof typeof callNames;

/** More entries than a life usually has: then the middle is left out. */
const mostEntries = 40;
/** Of these, how many are from its beginning. */
const fromBeginning = 12;
/** In characters. The whole motive is in the event, and the last one in `status`. */
const longestMotive = 500;

interface Living {
  life?: LifeEntry[] | undefined;
  /** How many entries were left out of the middle. */
  lifeLeftOut?: number | undefined;
}

/** The record with more of its life, for its next write. */
export function lived<Some extends Living>(record: Some, entries: readonly LifeEntry[]): Some {
  if (entries.length === 0) return record;
  const life = [...(record.life ?? []), ...entries];
  const over = life.length - mostEntries;
  if (over <= 0) return { ...record, life };
  const kept = [...life.slice(0, fromBeginning), ...life.slice(fromBeginning + over)];
  return { ...record, life: kept, lifeLeftOut: (record.lifeLeftOut ?? 0) + over };
}

interface Step {
  name: TransitionName;
  /** The state before. */
  origin: string;
  /** It brings a status. */
  isSighting: boolean;
}

/** What a move itself says of the life. @param record after the move */
export function entriesOf(record: RecordView, { name, origin, isSighting }: Step): LifeEntry[] {
  const { updatedAt, status, doubt, depositId } = record;
  const entries: LifeEntry[] = [];
  if (origin === 'in-doubt' && record.state !== 'in-doubt')
    entries.push({ at: updatedAt, resolved: record.chorusProId === undefined ? 'absent' : 'found' });
  if (name === 'doubt' && doubt) entries.push({ at: updatedAt, doubt: doubt.why });
  if (name === 'deposit' && depositId !== undefined) entries.push({ at: updatedAt, deposit: depositId });
  if (isSighting && status) {
    const { code, at = status.observedAt, motive } = status;
    entries.push({ at, status: code, ...(motive ? { motive: beginningOf(motive) } : {}) });
  }
  return entries;
}

function beginningOf(motive: string): string {
  const characters = Array.from(motive);
  return characters.length > longestMotive ? `${characters.slice(0, longestMotive).join('')}…` : motive;
}
