import * as z from 'zod';
import type { Deadline } from '../aws/deadline.ts';
import type { Outcome } from './outcome.ts';
import type { Call, Operation } from './session.ts';

/** The API "Transverses". */

const addFile: Operation<{ pieceJointeId: number }> = {
  path: 'transverses/v1/ajouter/fichier',
  effect: 'repeatable',
  answer: z.looseObject({ pieceJointeId: z.int() }),
};

/**
 * MIME types by extension: AIFE lists the extensions and no types; these are IANA's [INF]. An extension that is not here
 * goes as application/octet-stream.
 */
const mimeTypes: Readonly<Record<string, string>> = {
  PDF: 'application/pdf',
  XML: 'application/xml',
  ZIP: 'application/zip',
  PNG: 'image/png',
  JPG: 'image/jpeg',
  JPEG: 'image/jpeg',
  TIF: 'image/tiff',
  TIFF: 'image/tiff',
  GIF: 'image/gif',
  TXT: 'text/plain',
  CSV: 'text/csv',
  RTF: 'application/rtf',
  DOC: 'application/msword',
  DOCX: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  XLS: 'application/vnd.ms-excel',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ODT: 'application/vnd.oasis.opendocument.text',
  ODS: 'application/vnd.oasis.opendocument.spreadsheet',
};

export const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toUpperCase();

/** Uploads an attachment. @returns the id that the submission names */
export async function uploadAttachment(
  call: Call,
  { name, bytes }: { name: string; bytes: Uint8Array },
  deadline: Deadline,
): Promise<Outcome<number>> {
  const extension = extensionOf(name);
  const body = {
    pieceJointeFichier: Buffer.from(bytes).toString('base64'),
    pieceJointeNom: name,
    pieceJointeTypeMime: mimeTypes[extension] ?? 'application/octet-stream',
    pieceJointeExtension: extension,
  };
  const outcome = await call(addFile, body, deadline);
  return outcome.kind === 'accepted' ? { kind: 'accepted', value: outcome.value.pieceJointeId } : outcome;
}

const ownStructures: Operation<{
  listeStructures?: { idStructureCPP: number; identifiant: string }[] | null | undefined;
}> = {
  path: 'transverses/v1/recuperer/structures/actives/fournisseur',
  effect: 'none',
  answer: z.looseObject({
    listeStructures: z.array(z.looseObject({ idStructureCPP: z.int(), identifiant: z.string() })).nullish(),
  }),
};

/** Chorus Pro's ids of the structures for which the technical account may send, by SIRET. */
export async function suppliersOf(call: Call, deadline: Deadline): Promise<Outcome<Record<string, number>>> {
  const outcome = await call(ownStructures, {}, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const structures = outcome.value.listeStructures ?? [];
  const ids = structures.map(({ identifiant, idStructureCPP }) => [identifiant, idStructureCPP] as const);
  return { kind: 'accepted', value: Object.fromEntries(ids) };
}
