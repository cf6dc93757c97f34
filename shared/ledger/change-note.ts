import { randomUUID } from 'node:crypto';
import type { Memory } from './ledger.ts';

interface Noted {
  /** 0: nothing is remembered yet. */
  version: number;
}

interface NoteChange<Note extends Noted> {
  /** Of what the memory has, undefined if nothing. @throws Error if it must not be taken for nothing */
  read: (remembered: unknown) => Note;
  /** @returns undefined to leave it as it is. It may be called again, with what another function wrote meanwhile. */
  change: (note: Note) => object | undefined | Promise<object | undefined>;
}

/** How often a write is tried while others write at the same time: of so many, each gets its turn. */
const tries = 25;

/**
 * Changes a small value that several functions write, so that no change is lost.
 * @returns what `change` was given last
 * @throws Error if others were faster each time
 */
export async function changeNote<Note extends Noted>(
  memory: Memory,
  name: string,
  { read, change }: NoteChange<Note>,
): Promise<Note> {
  for (let tried = 1; tried <= tries; tried += 1) {
    const note = read(await memory.recall(name));
    const changed = await change(note);
    if (!changed) return note;
    const value = { ...changed, version: note.version + 1, writeId: randomUUID() };
    if ((await memory.swap(name, { value, replaces: note.version })) === 'swapped') return note;
  }
  throw new Error(`what is remembered as ${name.replace(/#.*/, '')} is written by too many at once`);
}
