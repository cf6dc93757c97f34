/** A ZIP archive with one file in it, as Chorus Pro has the papers inside an e-invoice. [PKWARE: APPNOTE] */
import { crc32, deflateRawSync } from 'node:zlib';

/** Midnight of a day, as MS-DOS counts: the same invoice gives the same bytes. */
function dosDate(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return ((year - 1980) << 9) | (month << 5) | date;
}

/** The name is in UTF-8. */
const flags = 0x0800;
const deflated = 8;
const version = 20;

/** @param day ISO */
export function zipped({ name, bytes }: { name: string; bytes: Uint8Array }, day: string): Buffer {
  const fileName = Buffer.from(name, 'utf8');
  const content = deflateRawSync(bytes);
  const about = Buffer.alloc(26);
  about.writeUInt16LE(version, 0);
  about.writeUInt16LE(flags, 2);
  about.writeUInt16LE(deflated, 4);
  about.writeUInt16LE(dosDate(day), 8);
  about.writeUInt32LE(crc32(bytes), 10);
  about.writeUInt32LE(content.length, 14);
  about.writeUInt32LE(bytes.length, 18);
  about.writeUInt16LE(fileName.length, 22);
  const local = [Buffer.from('PK\x03\x04', 'latin1'), about, fileName, content];
  const entry = [Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, Buffer.alloc(14), fileName];
  const start = length(local);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(length(entry), 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([...local, ...entry, end]);
}

const length = (parts: readonly Buffer[]): number => parts.reduce((total, part) => total + part.length, 0);
