import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { parisDay } from '../chorus-pro/dates.ts';
import { listedCodeSchema } from '../chorus-pro/lists.ts';
import { type Round, validationRequestSchema, type ValidationRequest } from '../chorus-pro/validation-requests.ts';
import { after, type Timing } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { changeNote } from '../ledger/change-note.ts';
import type { Memory } from '../ledger/ledger.ts';
import { notices } from './deadline.ts';

/**
 * What the relay remembers of the requests to validate. Of each connection a list of those that wait, and of those that
 * ended a while ago; of each request a note. Both are versioned, since a poll and an answer may write at once.
 */

const noticeNames = notices.map(({ name }) => name);

const endSchema = z.object({ outcome: z.enum(['accepted', 'refused', 'withdrawn', 'tacit']), at: z.iso.datetime() });

const noteSchema = z.object({
  version: z.int().positive(),
  /** As it was last seen; its deposit is then known, or at least a day that is not after it. */
  request: validationRequestSchema.required({ deposited: true }),
  /** The most urgent notice that was published. */
  told: z.enum(noticeNames).optional(),
  /** Whoever answers now. `turnedAway`: certainly without effect. */
  lease: z
    .object({ messageId: z.string(), until: z.iso.datetime(), turnedAway: z.literal(true).optional() })
    .optional(),
  /** Answers that may have taken effect. */
  attempts: z.array(z.object({ messageId: z.string(), decision: z.enum(['accept', 'refuse']) })).default([]),
  /** Messages whose command has ended: a late duplicate of one does nothing. */
  endedMessages: z.array(z.string()).default([]),
  /** The last answer, if it could not be given: why, and what it was. */
  refusedAnswer: z
    .object({
      at: z.iso.datetime(),
      decision: z.enum(['accept', 'refuse']),
      /** Its own reason for a refusal. */
      reason: z.string().optional(),
      why: z.array(z.object({ code: z.string(), fr: z.string(), en: z.string() })),
    })
    .optional(),
  /** The reasons that Chorus Pro offers for a refusal, once its list could be read. */
  refusalReasons: z.array(listedCodeSchema).optional(),
  end: endSchema.optional(),
  /** The event about its end may not have left. */
  untold: z.literal(true).optional(),
  /** A request that was withdrawn may come back: its events then have other ids. */
  turn: z.int().positive().default(1),
});
export type Note = z.infer<typeof noteSchema>;
export type KnownRequest = Note['request'];

const entrySchema = z.object({
  key: z.string(),
  chorusProId: z.int(),
  subcontractor: z.string().optional(),
  number: z.string().optional(),
  /** Until when an ended request is kept. */
  endedUntil: z.iso.datetime().optional(),
});
export type Entry = z.infer<typeof entrySchema>;

const listSchema = z.object({
  version: z.int().nonnegative(),
  entries: z.array(entrySchema),
  /** The last reading, and why it stopped, if it did. */
  read: z.object({ at: z.iso.datetime(), stopped: z.string().optional() }).optional(),
  /** By company (SIRET): what was deposited up to this instant is known, or has ended and was told. */
  readUntil: z.record(z.string(), z.iso.datetime()).default({}),
});
export type List = z.infer<typeof listSchema>;

const listIn = (remembered: unknown): List =>
  listSchema.safeParse(remembered).data ?? { version: 0, entries: [], readUntil: {} };

/** How many finished or unanswered messages a note remembers. */
const remembered = 10;
export const latest = <Item>(...items: readonly Item[]): Item[] => items.slice(0, remembered);

/** How often a write is tried while others write at the same time. */
const tries = 10;

/** A document has a request for each of its validators. */
export const keyOf = ({ chorusProId, round }: { chorusProId: number; round: Round }): string =>
  `${chorusProId}-${round}`;

export class ValidationNotes {
  private readonly memory: Memory;
  private readonly connection: string;

  constructor(memory: Memory, connection: string) {
    this.memory = memory;
    this.connection = connection;
  }

  async list(): Promise<List> {
    return listIn(await this.memory.recall(this.listName));
  }

  async find(key: string): Promise<Note | undefined> {
    return noteSchema.safeParse(await this.memory.recall(this.nameOf(key))).data;
  }

  /** Writes a note only if nobody has changed it since it was read. @returns the new note, or undefined */
  async swap(note: Note, changes: Partial<Omit<Note, 'version'>>): Promise<Note | undefined> {
    const next = { ...note, ...changes, version: note.version + 1, writeId: randomUUID() };
    const written = await this.memory.swap(this.nameOf(keyOf(note.request)), {
      value: next,
      replaces: note.version,
      ...(next.end ? { until: keptFrom(next.end.at) } : {}),
    });
    return written === 'swapped' ? next : undefined;
  }

  /** Changes a note, whatever others change meanwhile. */
  async change(key: string, changesOf: (note: Note) => Partial<Omit<Note, 'version'>>): Promise<void> {
    for (let tried = 1; tried <= tries; tried += 1) {
      const note = await this.find(key);
      if (!note || (await this.swap(note, changesOf(note)))) return;
    }
    throw new Error(`the note of the request ${key} is written by too many at once`);
  }

  /** Takes down what is new, before it is told: it must be known even if Chorus Pro cannot be read tomorrow. */
  async register(requests: readonly ValidationRequest[], now: Date): Promise<void> {
    const { entries } = await this.list();
    const known = new Map(entries.map((entry) => [entry.key, entry]));
    for (const request of requests) {
      const note = {
        version: 1,
        writeId: randomUUID(),
        request: dated(request, now),
        attempts: [],
        endedMessages: [],
        turn: 1,
      };
      const name = this.nameOf(keyOf(request));
      if (!known.has(keyOf(request))) await this.memory.swap(name, { value: note, replaces: 0 });
    }
    const added = requests.filter((request) => !known.has(keyOf(request))).map(entryOf);
    if (added.length === 0) return;
    await this.changeList((list) => ({
      entries: [...list.entries, ...added.filter(({ key }) => !list.entries.some((entry) => entry.key === key))],
    }));
  }

  /** Notes in the list which requests have ended or wait again, and drops those that ended long ago. */
  async finishReading(
    hasEnded: ReadonlyMap<string, boolean>,
    { readUntil, ...read }: NonNullable<List['read']> & Pick<List, 'readUntil'>,
  ): Promise<void> {
    const until = keptFrom(read.at).toISOString();
    const settled = (entry: Entry): Entry => {
      const { endedUntil = until, ...open } = entry;
      const isEnded = hasEnded.get(entry.key);
      if (isEnded === undefined) return entry;
      return isEnded ? { ...open, endedUntil } : open;
    };
    await this.changeList(({ entries }) => ({
      ...{ read, readUntil },
      entries: entries.map(settled).filter(({ endedUntil = until }) => endedUntil > read.at),
    }));
  }

  private async changeList(changesOf: (list: List) => Partial<Omit<List, 'version'>>): Promise<void> {
    await changeNote(this.memory, this.listName, {
      read: listIn,
      change: (list) => ({ ...list, ...changesOf(list) }),
    });
  }

  private get listName(): string {
    return `validations#${this.connection}`;
  }

  private nameOf(key: string): string {
    return `validation#${this.connection}#${key}`;
  }
}

const keptFrom = (at: string, { ms }: Pick<Timing, 'ms'> = timings.validationKept): Date =>
  new Date(after(new Date(at), { ms }));

/** Without the day of the deposit it counts from the issue date, which is not later, or else from today. */
const dated = (request: ValidationRequest, now: Date): KnownRequest => ({
  ...request,
  deposited: request.deposited ?? request.issueDate ?? parisDay(now),
});

const entryOf = (request: ValidationRequest): Entry => ({
  key: keyOf(request),
  chorusProId: request.chorusProId,
  subcontractor: request.subcontractor.siret,
  number: request.number,
});
