import { crc32 } from 'node:zlib';

interface Entry {
  name: string;
  content: Buffer;
}

const uint16 = (...values: number[]) => Buffer.from(new Uint16Array(values).buffer);
const uint32 = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer);

/** A ZIP whose entries are stored, not compressed: enough for telecharger/groupe. */
export function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const label = Buffer.from(name);
    const common = Buffer.concat([
      uint16(20, 0x0800, 0, 0, 0x21),
      uint32(crc32(content), content.length, content.length),
      uint16(label.length, 0),
    ]);
    const local = Buffer.concat([uint32(0x04034b50), common, label, content]);
    directory.push(Buffer.concat([uint32(0x02014b50), uint16(20), common, uint16(0, 0, 0), uint32(0, offset), label]));
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const counts = uint16(0, 0, entries.length, entries.length);
  return Buffer.concat([...parts, listing, uint32(0x06054b50), counts, uint32(listing.length, offset), uint16(0)]);
}
