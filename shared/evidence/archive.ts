import { unzipSync, zipSync } from 'fflate';

/** A ZIP that is the same, byte for byte, whoever makes it of the same files: so a changed frame shows, too. */

export interface Entry {
  path: string;
  bytes: Uint8Array;
}

/**
 * Nothing is compressed, so the bytes are those of no compressor's version. ZIP has local times: this is the first one
 * that it can say, in every time zone.
 */
const always = { level: 0, mtime: new Date(1980, 0, 1) } as const;

/** @param entries in this order; no two have the same path */
export const zipped = (entries: readonly Entry[]): Uint8Array =>
  zipSync(Object.fromEntries(entries.map(({ path, bytes }) => [path, bytes])), always);

/** @returns its files in their order, without those that are compressed; undefined if it is no ZIP that can be read */
export function unzipped(archive: Uint8Array): Entry[] | undefined {
  try {
    const files = unzipSync(archive, { filter: ({ compression }) => compression === 0 });
    return Object.entries(files).map(([path, bytes]) => ({ path, bytes }));
  } catch {
    return undefined;
  }
}
