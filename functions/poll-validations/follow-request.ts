import type { ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { ValidationRequest } from '../../shared/chorus-pro/validation-requests.ts';
import type { Progress } from '../../shared/chorus-pro/validations.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { dayOn, endOf, isNews, isOver, noticeOn } from '../../shared/validations/deadline.ts';
import { validationEvent } from '../../shared/validations/event.ts';
import { keyOf, latest, type Note, type ValidationNotes } from '../../shared/validations/notes.ts';
import type { ValidationDependencies } from './dependencies.ts';

/** What one reading knows and uses. */
export interface Reading {
  settings: ConnectionSettings;
  notes: ValidationNotes;
  chorusPro: Pick<ChorusPro, 'validationStanding'>;
  /** The companies whose lists were read to their ends. */
  read: ReadonlySet<string>;
  /** Where requests stood that were found after they had ended, by key. */
  found: ReadonlyMap<string, Progress>;
  dependencies: ValidationDependencies;
}

interface Followed {
  /** As it is now; absent if nothing is remembered of it. */
  note: Note | undefined;
  told: number;
}

/**
 * Follows one request: it ends if Chorus Pro says so, else whatever is due is told, the most urgent notice only. The
 * event is published first and noted afterwards: after a crash in between it is published again, with the same id. An
 * end is noted before as well, since the next reading may see less, and would tell of another one.
 * @param seen its row in the list of what waits; absent if it is not there, or if the list could not be read
 */
export async function followRequest(
  key: string,
  seen: ValidationRequest | undefined,
  reading: Reading,
): Promise<Followed> {
  const { notes, read } = reading;
  const note = await notes.find(key);
  if (!note) return { note, told: 0 };
  if (note.end && note.untold) return tellEnd(note, note.end.outcome, reading);
  if (note.end) return seen ? reopened(note, reading) : { note, told: 0 };
  const { request } = note;
  const current = {
    ...note,
    request: { ...request, ...(seen ?? {}), deposited: seen?.deposited ?? request.deposited },
  };
  const day = dayOn(current.request.deposited, parisDay(reading.dependencies.now()));
  const isGone = !seen && read.has(request.validator.siret);
  const progress = (isGone ? await progressOf(current, reading) : undefined) ?? 'waiting';
  const end = endOf(progress, day) ?? (isSilent(current, day) ? 'tacit' : undefined);
  if (end) return ended(current, end, reading);
  const notice = noticeOn(day);
  if (!isNews(notice.name, note.told)) return { note: current, told: 0 };
  return tell(current, { type: notice.event, mark: notice.name }, { told: notice.name }, reading);
}

/**
 * Past its days a request is accepted by silence, even while Chorus Pro cannot be asked. There are two cases in which
 * only Chorus Pro can tell: a second validator's days may begin later than with the deposit, and an answer may have
 * arrived.
 */
const isSilent = ({ request, attempts }: Note, day: number): boolean =>
  isOver(day) && request.round === 1 && attempts.length === 0;

/** Chorus Pro may not say: then the calendar decides. */
async function progressOf({ request }: Note, { chorusPro, found }: Reading): Promise<Progress | undefined> {
  const known = found.get(keyOf(request));
  if (known) return known;
  const standing = await chorusPro.validationStanding(request);
  return standing.kind === 'accepted' ? standing.value.progress : undefined;
}

type End = NonNullable<Note['end']>['outcome'];

async function ended(note: Note, outcome: End, reading: Reading): Promise<Followed> {
  const end = { outcome, at: reading.dependencies.now().toISOString() };
  const noted = await reading.notes.swap(note, { request: note.request, end, untold: true });
  // If an answer was noted at this moment, the next reading tells what still holds.
  return noted ? tellEnd(noted, outcome, reading) : { note, told: 0 };
}

function tellEnd(note: Note, outcome: End, reading: Reading): Promise<Followed> {
  const changes = { untold: undefined };
  if (outcome === 'tacit') return tell(note, { type: 'tacit', mark: 'tacit' }, changes, reading);
  const decision = outcome === 'accepted' ? 'accept' : 'refuse';
  // An answer of the relay whose reply was lost: its message will find that it is told.
  const own = outcome === 'withdrawn' ? undefined : note.attempts.find((attempt) => attempt.decision === decision);
  if (!own) return tell(note, { type: 'answered', mark: 'answered', outcome, by: 'elsewhere' }, changes, reading);
  const { messageId } = own;
  const command = { type: 'validation.answer', messageId } as const;
  const told = { type: 'answered', mark: `answered#${messageId}`, outcome, by: 'relay', command } as const;
  return tell(note, told, { ...changes, endedMessages: latest(messageId, ...note.endedMessages) }, reading);
}

/** A request that was withdrawn may come back; one that was answered may only be listed a little too long. */
async function reopened(note: Note, reading: Reading): Promise<Followed> {
  const waitsAgain = note.end?.outcome !== 'tacit' && (await progressOf(note, reading)) === 'waiting';
  if (!waitsAgain) return { note, told: 0 };
  const day = dayOn(note.request.deposited, parisDay(reading.dependencies.now()));
  const notice = noticeOn(day);
  const again = { ...note, turn: note.turn + 1 };
  const changes = {
    end: undefined,
    turn: again.turn,
    told: notice.name,
    attempts: [],
    lease: undefined,
    refusedAnswer: undefined,
  };
  return tell(again, { type: notice.event, mark: notice.name }, changes, reading);
}

async function tell(
  note: Note,
  told: Parameters<typeof validationEvent>[2],
  changes: Partial<Omit<Note, 'version'>>,
  { settings, notes, dependencies }: Reading,
): Promise<Followed> {
  const { publish, telemetry, now } = dependencies;
  const event = validationEvent(settings, note, told, now());
  await publish([event]);
  const { subject, data } = event;
  telemetry.info('VALIDATION_TOLD', { connection: settings.name, subject, reason: told.mark, days: data.day });
  // If an answer was noted at this moment, the next reading tells again what still holds, under the same id.
  const written = await notes.swap(note, { request: note.request, ...changes });
  return { note: written ?? note, told: 1 };
}
