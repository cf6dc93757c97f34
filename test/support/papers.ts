/** PDFs and e-invoices of every kind that an ERP may send, as small as they can be. */
import { deflateSync } from 'node:zlib';

const catalogue = '1 0 obj<</Type/Catalog>>endobj\n';

/** A PDF of these objects, its catalogue first. Strings stand for bytes, one each. */
export const pdfOf = (...parts: (string | Uint8Array)[]): Buffer =>
  Buffer.concat(['%PDF-1.7\n', catalogue, ...parts].map((part) => (typeof part === 'string' ? latin1(part) : part)));

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

export const trailer = (more = '') => `trailer<</Root 1 0 R${more}>>\nstartxref\n0\n%%EOF\n`;

/** An object with a stream. `length`: what the object says, if that is not so. */
export const streamObject = (number: number, dictionary: string, content: Uint8Array | string, length?: string) => {
  const bytes = typeof content === 'string' ? latin1(content) : content;
  const says = length ?? String(bytes.length);
  return Buffer.concat([
    latin1(`${number} 0 obj<<${dictionary}/Length ${says}>>stream\n`),
    bytes,
    latin1('\nendstream endobj\n'),
  ]);
};

/** A PDF with this file inside, deflated, as Factur-X has it. */
export const pdfWithFile = (content: Uint8Array | string, name = 'factur-x.xml'): Buffer =>
  pdfOf(
    `2 0 obj<</Type/Filespec/F(${name})/UF(${name})/AFRelationship/Data/EF<</F 3 0 R/UF 3 0 R>>>>endobj\n`,
    streamObject(3, '/Type/EmbeddedFile/Filter/FlateDecode', deflateSync(content)),
    trailer(),
  );

/** An object stream (PDF 1.5), in which everything stands deflated that is no stream itself. */
export const objectStream = (number: number, objects: ReadonlyMap<number, string>): Buffer => {
  let offset = 0;
  const places = [...objects].map(([each, value]) => {
    const place = `${each} ${offset} `;
    offset += value.length + 1;
    return place;
  });
  const head = places.join('');
  const content = head + [...objects.values()].map((value) => `${value} `).join('');
  const dictionary = `/Type/ObjStm/N ${objects.size}/First ${head.length}/Filter/FlateDecode`;
  return streamObject(number, dictionary, deflateSync(content));
};

/** A cross-reference stream's own table is not read, so it is left empty. */
export const crossReferences = (number: number, more = ''): Buffer =>
  Buffer.concat([
    streamObject(number, `/Type/XRef/Size 9/W[1 2 1]/Root 1 0 R${more}/Filter/FlateDecode`, deflateSync('')),
    latin1('startxref\n0\n%%EOF\n'),
  ]);

/** How long the processor works on it, in milliseconds: a busy machine makes no difference. */
export function workOf(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
