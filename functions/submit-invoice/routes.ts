import type { Access } from '../../shared/chorus-pro/access.ts';
import { submitInvoice, uploadPdf } from '../../shared/chorus-pro/factures.ts';
import { depositFlux, fluxSyntaxes } from '../../shared/chorus-pro/flux.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { submissionBody, type SubmissionBody, type SubmissionIds } from '../../shared/chorus-pro/submission.ts';
import { uploadAttachment } from '../../shared/chorus-pro/transverses.ts';
import type { Seen } from '../../shared/tracking/status-told.ts';
import { completed, type Document, type Terms } from '../../shared/invoice/terms.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';

export interface Consignment {
  command: SubmitInvoice;
  /** The invoice's own document first. */
  documents: readonly Document[];
  /** Chorus Pro's id of the supplier. */
  supplierId: number;
  terms: Terms;
  access: Access;
}

/** What Chorus Pro took: an invoice, or a file that may become one. */
export type Taken = { as: 'invoice'; seen: Seen } | { as: 'file'; depositId: string };

type Route = (consignment: Consignment, deadline: Deadline) => Promise<Outcome<Taken>>;

/** The two ways into Chorus Pro. Only the last call of a way has an effect that counts. */
export const routes: Readonly<Record<NonNullable<LedgerRecord['route']>, Route>> = {
  async pdf(consignment, deadline) {
    const body = await upload(consignment, deadline);
    if (body.kind !== 'accepted') return body;
    const outcome = await submitInvoice(consignment.access.call, body.value, deadline);
    return outcome.kind === 'accepted' ? { kind: 'accepted', value: { as: 'invoice', seen: outcome.value } } : outcome;
  },

  async flux({ command, documents, access }, deadline) {
    const { format } = command.document;
    if (format === 'pdf') throw new Error('a plain PDF has no flux syntax');
    const { name, bytes } = mainOf(documents);
    const outcome = await depositFlux(access.call, { name, bytes, syntax: fluxSyntaxes[format] }, deadline);
    return outcome.kind === 'accepted'
      ? { kind: 'accepted', value: { as: 'file', depositId: outcome.value } }
      : outcome;
  },
};

/**
 * All the uploads of the PDF route; none of them is an invoice yet, so any of them may be repeated. One after the other: each is
 * four times its size in memory on its way.
 */
async function upload(
  { command, documents, supplierId, terms, access }: Consignment,
  deadline: Deadline,
): Promise<Outcome<SubmissionBody>> {
  const main = await uploadPdf(access.call, mainOf(documents), deadline);
  if (main.kind !== 'accepted') return main;
  const attachments: SubmissionIds['attachments'][number][] = [];
  for (const [i, document] of documents.slice(1).entries()) {
    const outcome = await uploadAttachment(access.call, document, deadline);
    if (outcome.kind !== 'accepted') return outcome;
    attachments.push({ id: outcome.value, name: document.name, typeCode: command.attachments[i]?.typeCode });
  }
  const ids = { supplierId, supplierServiceId: terms.supplierServiceId, pdfId: main.value, attachments };
  return { kind: 'accepted', value: submissionBody(completed(command.invoice, terms), ids) };
}

function mainOf([main]: readonly Document[]): Document {
  if (!main) throw new Error('an invoice without its document passed the checks');
  return main;
}
