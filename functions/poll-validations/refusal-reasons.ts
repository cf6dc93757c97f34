import type { ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import type { ListedCode } from '../../shared/chorus-pro/lists.ts';
import type { Note, ValidationNotes } from '../../shared/validations/notes.ts';

interface Reading {
  notes: ValidationNotes;
  chorusPro: Pick<ChorusPro, 'validationStanding' | 'refusalReasons'>;
}

/**
 * Notes with which reasons each request may be refused, for whoever lists what waits. It comes after everything that
 * must be told. Where Chorus Pro gives no answer, the next reading asks again; where it has no list, the note says so.
 */
export async function noteRefusalReasons(waiting: readonly Note[], { notes, chorusPro }: Reading): Promise<void> {
  const lists = new Map<string, ListedCode[]>();
  for (const note of waiting.filter(({ refusalReasons }) => refusalReasons === undefined)) {
    const standing = await chorusPro.validationStanding(note.request);
    if (standing.kind === 'refused') continue;
    if (standing.kind !== 'accepted') return;
    const { frame } = standing.value;
    const listed = frame === undefined ? [] : (lists.get(frame) ?? (await listFor(frame, chorusPro)));
    if (!listed) return;
    if (frame !== undefined) lists.set(frame, listed);
    await notes.swap(note, { refusalReasons: listed });
  }
}

/** @returns undefined if Chorus Pro gives no answer */
async function listFor(frame: string, chorusPro: Pick<ChorusPro, 'refusalReasons'>): Promise<ListedCode[] | undefined> {
  const listed = await chorusPro.refusalReasons(frame);
  if (listed.kind === 'refused') return [];
  return listed.kind === 'accepted' ? listed.value : undefined;
}
