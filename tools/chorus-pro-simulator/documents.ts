/** Documents that deposer/pdf and ajouter/fichier uploaded: stored here, and checked when an invoice names them. */
import { refused, type Refused } from './replies.ts';
import type { Checked } from './invoice-rules.ts';
import type { Call } from './operation.ts';
import { nextId, type AttachmentLink, type StoredDocument } from './state.ts';
import { ATTACHMENT_TYPES } from './enumerations.ts';
import type { Soumettre } from './submission-schemas.ts';

export const extensionOf = (name: string) => /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toUpperCase() ?? '';

interface Upload {
  name: string;
  base64: string;
  /** deposer/pdf leaves an INTERPRETEE_OCR draft, ajouter/fichier does not. */
  draft: boolean;
}

export function store({ state, now, account }: Call, { name, base64, draft }: Upload): StoredDocument {
  const document: StoredDocument = {
    id: nextId(state),
    account: account.login,
    name,
    extension: extensionOf(name),
    base64,
    draftId: draft ? nextId(state) : null,
    at: now,
    usedBy: null,
  };
  state.documents.set(document.id, document);
  return document;
}

/** The first bytes are enough: readers accept `%PDF` anywhere in the first kilobyte. */
export const isPdf = (base64: string) => Buffer.from(base64.slice(0, 1368), 'base64').includes('%PDF');

const ownDocument = ({ state, account }: Call, id: number): StoredDocument | undefined => {
  const document = state.documents.get(id);
  return document?.account === account.login ? document : undefined;
};

/** A main PDF serves one invoice. Since V4.10 of the API one from ajouter/fichier does too [V-AIFE: change log]. */
export function checkMainDocument(call: Call, id: number | undefined): Checked<StoredDocument> {
  if (id === undefined) return { refusal: refused('fieldMissing', 'pieceJointePrincipale') };
  const document = ownDocument(call, id);
  if (!document) return { refusal: refused('attachmentUnknown', String(id)) };
  if (document.usedBy !== null) return { refusal: refused('attachmentUsed', String(id)) };
  return isPdf(document.base64) ? { value: document } : { refusal: refused('notPdf', document.name) };
}

type AttachmentInput = Soumettre['pieceJointeComplementaire'][number];

function checkAttachment(call: Call, given: AttachmentInput): Refused | undefined {
  const { pieceJointeComplementaireId: id, pieceJointeComplementaireType: type } = given;
  if (!ATTACHMENT_TYPES.has(type)) return refused('attachmentType', type);
  return ownDocument(call, id) ? undefined : refused('attachmentUnknown', String(id));
}

export const checkAttachments = (call: Call, given: AttachmentInput[]): Refused | undefined =>
  given.map((one) => checkAttachment(call, one)).find((refusal) => refusal !== undefined);

export const linked = (call: Call, given: AttachmentInput[]): AttachmentLink[] =>
  given.map((one) => ({
    documentId: one.pieceJointeComplementaireId,
    linkId: nextId(call.state),
    designation: one.pieceJointeComplementaireDesignation,
    type: one.pieceJointeComplementaireType,
  }));
