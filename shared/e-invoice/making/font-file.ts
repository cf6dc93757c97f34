/** A font's file, opened, and which characters it has: a PDF/A may not show one that its font has not. */
import { inflateSync } from 'node:zlib';

export interface FontFile {
  /** As TrueType: pdfkit would inflate each table by itself, and slowly. */
  trueType: Buffer;
  characters: ReadonlySet<number>;
}

interface Table {
  tag: Buffer;
  checksum: Buffer;
  content: Buffer;
}

/** @param woff a font in the format WOFF [W3C: WOFF File Format 1.0] */
export function openFont(woff: Buffer): FontFile {
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, i): Table => {
    const entry = woff.subarray(44 + i * 20);
    const [offset, packed, length] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)];
    const stored = woff.subarray(offset, offset + packed);
    const content = packed < length ? inflateSync(stored) : stored;
    return { tag: entry.subarray(0, 4), checksum: entry.subarray(16, 20), content };
  });
  const cmap = tables.find(({ tag }) => tag.toString('latin1') === 'cmap');
  if (!cmap) throw new Error('the font does not say which characters it has');
  return { trueType: trueTypeOf(woff.subarray(4, 8), tables), characters: charactersIn(cmap.content) };
}

/** [OpenType: Organization of an OpenType font] */
function trueTypeOf(flavour: Buffer, tables: readonly Table[]): Buffer {
  const exponent = Math.floor(Math.log2(tables.length));
  const searched = 16 * 2 ** exponent;
  const head = Buffer.alloc(12 + 16 * tables.length);
  flavour.copy(head);
  [tables.length, searched, exponent, 16 * tables.length - searched].forEach((n, i) =>
    head.writeUInt16BE(n, 4 + 2 * i),
  );
  const parts = [head];
  let offset = head.length;
  tables.forEach(({ tag, checksum, content }, i) => {
    const entry = head.subarray(12 + 16 * i);
    Buffer.concat([tag, checksum]).copy(entry);
    entry.writeUInt32BE(offset, 8);
    entry.writeUInt32BE(content.length, 12);
    const padded = Buffer.alloc(Math.ceil(content.length / 4) * 4);
    content.copy(padded);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

/** Unicode's characters up to U+FFFF, in the table's format 4. [OpenType: cmap] */
function charactersIn(cmap: Buffer): Set<number> {
  const found = new Set<number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    if (table.readUInt16BE(0) !== 4) continue;
    const twice = table.readUInt16BE(6);
    for (let segment = 0; segment < twice; segment += 2) {
      const last = table.readUInt16BE(14 + segment);
      const first = table.readUInt16BE(16 + twice + segment);
      for (let point = first; point <= last && point !== 0xffff; point += 1) found.add(point);
    }
  }
  return found;
}
