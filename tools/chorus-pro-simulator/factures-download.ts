import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { done, type Outcome } from './replies.ts';
import { operation, ownInvoice, type Call } from './operation.ts';
import { LIMITS } from './options.ts';
import { id, optionalId } from './schemas.ts';
import type { Invoice } from './state.ts';

interface Entry {
  name: string;
  content: Buffer;
}

const uint16 = (...values: number[]) => Buffer.from(new Uint16Array(values).buffer);
const uint32 = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer);

/** A ZIP whose entries are stored, not compressed: enough for telecharger/groupe. */
function zip(entries: readonly Entry[]): Buffer {
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

const schema = z.strictObject({
  idUtilisateurCourant: optionalId,
  idEspace: optionalId,
  format: z.enum(['PDF', 'PIVOT']),
  avecPiecesJointesComplementaires: z.enum(['Oui', 'Non']).optional(),
  listeFacture: z.array(z.strictObject({ idFacture: id })).min(1),
});
type Input = z.output<typeof schema>;

/** What Chorus Pro draws of an invoice that came without a PDF; and a pivot, of which nothing is public. */
const drawn = ({ number }: Invoice) => Buffer.from(`%PDF-1.4\n% facture ${number} (SIMULATEUR)\n%%EOF\n`);
const pivot = ({ number, supplier, recipient, amounts }: Invoice) =>
  Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<pivot simulateur="true"><numero>${number}</numero>` +
      `<fournisseur>${supplier.siret}</fournisseur><destinataire>${recipient.siret}</destinataire>` +
      `<ttc>${amounts.gross}</ttc></pivot>\n`,
  );

function fileOf({ state }: Call, invoice: Invoice, format: Input['format']): Buffer {
  if (format === 'PIVOT') return pivot(invoice);
  const stored = invoice.documentId === null ? undefined : state.documents.get(invoice.documentId);
  if (stored) return Buffer.from(stored.base64, 'base64');
  const deposited = state.fluxes.get(invoice.fluxNumber ?? '')?.file;
  return deposited?.subarray(0, 1024).includes('%PDF') ? deposited : drawn(invoice);
}

function attachmentsOf({ state }: Call, { number, attachments }: Invoice) {
  return attachments.flatMap(({ documentId }) => {
    const stored = state.documents.get(documentId);
    return stored ? [{ name: `${number}_${stored.name}`, content: Buffer.from(stored.base64, 'base64') }] : [];
  });
}

/** One file is given as it is, several as a ZIP. */
function download(call: Call, input: Input): Outcome {
  const { format, listeFacture, avecPiecesJointesComplementaires: withAttachments } = input;
  const entries: { name: string; content: Buffer }[] = [];
  for (const { idFacture } of listeFacture) {
    const found = ownInvoice(call, idFacture);
    if ('kind' in found) return found;
    const extension = format === 'PDF' ? 'pdf' : 'xml';
    const name = `${found.number.replaceAll('/', '-')}.${extension}`;
    entries.push({ name, content: fileOf(call, found, format) });
    if (withAttachments === 'Oui') entries.push(...attachmentsOf(call, found));
  }
  const size = entries.reduce((total, { content }) => total + content.length, 0);
  if (size > LIMITS.download) return { kind: 'too-large' };
  const [only, ...others] = entries;
  const file = only && others.length === 0 ? only.content : zip(entries);
  return done({ fichierResultat: file.toString('base64') });
}

export const DOWNLOADS = [operation({ path: 'factures/telecharger/groupe', schema, run: download })];
