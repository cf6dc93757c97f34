import Big from 'big.js';
import * as z from 'zod';
import { after } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { sentComment, totalAfterDiscount, type Decimal } from '../invoice/amounts.ts';
import { isInvoiceFramework, type InvoiceFramework } from '../invoice/frameworks.ts';
import type { CompleteInvoice } from '../invoice/terms.ts';
import type { Uploads } from '../ledger/record.ts';
import { chorusProFacts } from './facts.ts';
import { attachmentOf, type Uploaded } from './invoice-actions.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import type { RequestOf } from './requests.ts';
import type { FoundInvoice } from './search.ts';

/** The PDF route: uploads, then the submission that creates the invoice. */

interface FileToSend {
  name: string;
  bytes: Uint8Array;
}

export const uploadedSchema = z.looseObject({ pieceJointeId: z.int() });
export const submittedSchema = z.looseObject({
  identifiantFactureCPP: z.int(),
  numeroFacture: z.string(),
  statutFacture: z.string(),
});

export const submissionOf = (call: BoundCall) => ({
  /** @returns the id by which the submission refers to its main document */
  async uploadPdf({ name, bytes }: FileToSend): Promise<Outcome<number>> {
    const body = { fichierFacture: base64(bytes), nomFichier: name, formatDepot: 'PDF_NON_SIGNE' } as const;
    const outcome = await call('factures/v1/deposer/pdf', body, uploadedSchema);
    return mapAccepted(outcome, ({ pieceJointeId }) => pieceJointeId);
  },

  /** @returns the id by which a submission refers to it */
  uploadAttachment: (document: FileToSend): Promise<Outcome<number>> => uploadAttachment(call, document),

  /**
   * One after the other: each takes four times its size in memory while it is sent.
   * @param typeCodes by the documents' order
   * @param keptIds of documents that were uploaded before, in the same order
   * @returns what a completion names
   */
  async uploadAttachments(
    documents: readonly FileToSend[],
    typeCodes: readonly { typeCode?: string | undefined }[],
    keptIds: readonly number[] = [],
  ): Promise<Outcome<Uploaded[]>> {
    const uploaded: Uploaded[] = [];
    for (const [i, document] of documents.entries()) {
      const outcome = await keptOr(keptIds[i], () => uploadAttachment(call, document));
      if (outcome.kind !== 'accepted') return outcome;
      uploaded.push({ id: outcome.value, name: document.name, typeCode: typeCodes[i]?.typeCode });
    }
    return { kind: 'accepted', value: uploaded };
  },

  /** The one call that creates an invoice. */
  async submitInvoice(
    invoice: CompleteInvoice,
    ids: SubmissionIds,
  ): Promise<Outcome<Pick<FoundInvoice, 'chorusProId' | 'status'>>> {
    const outcome = await call('factures/v1/soumettre', submissionBody(invoice, ids), submittedSchema);
    return mapAccepted(outcome, ({ identifiantFactureCPP: chorusProId, statutFacture: status }) => ({
      chorusProId,
      status,
    }));
  },
});

/** What earlier attempts uploaded, while we believe that Chorus Pro still has it. */
export const keptUploads = (uploads: Uploads | undefined, now: Date): Uploads =>
  uploads && now.toISOString() < after(new Date(uploads.at), timings.uploadKept)
    ? uploads
    : { at: now.toISOString(), ids: [] };

/** @returns the id of a file that was uploaded before, or else of the one that is uploaded now */
export const keptOr = (keptId: number | undefined, upload: () => Promise<Outcome<number>>): Promise<Outcome<number>> =>
  keptId === undefined ? upload() : Promise.resolve({ kind: 'accepted', value: keptId });

async function uploadAttachment(call: BoundCall, { name, bytes }: FileToSend): Promise<Outcome<number>> {
  const extension = extensionOf(name);
  const body = {
    pieceJointeFichier: base64(bytes),
    pieceJointeNom: name,
    pieceJointeTypeMime: mimeTypes[extension] ?? 'application/octet-stream',
    pieceJointeExtension: extension,
  };
  const outcome = await call('transverses/v1/ajouter/fichier', body, uploadedSchema);
  return mapAccepted(outcome, ({ pieceJointeId }) => pieceJointeId);
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * MIME types by extension: AIFE lists the extensions without types; these are IANA's [INF]. Any other extension is sent
 * as application/octet-stream.
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

/** From our words to Chorus Pro's. Values: [V-AIFE] SWF. */
export const frameworks = {
  A1: 'A1_FACTURE_FOURNISSEUR',
  A2: 'A2_FACTURE_FOURNISSEUR_DEJA_PAYEE',
  A9: 'A9_FACTURE_SOUSTRAITANT',
  A12: 'A12_FACTURE_COTRAITANT',
} as const satisfies Record<InvoiceFramework, string>;

/** @throws Error for a works document, which goes as a file only: a mistake in the code */
function frameworkOf({ framework }: CompleteInvoice) {
  if (!isInvoiceFramework(framework)) throw new Error(`${framework} is not submitted with its data`);
  return frameworks[framework];
}

export const types = { invoice: 'FACTURE', 'credit-note': 'AVOIR' } as const satisfies Record<
  CompleteInvoice['type'],
  string
>;

/** SANS_TVA has no VAT lines, and EXONERATION needs a reason. [V-3P] */
export const vatRegimes = {
  'on-debits': 'TVA_SUR_DEBIT',
  'on-receipts': 'TVA_SUR_ENCAISSEMENT',
  exempt: 'EXONERATION',
  'reverse-charge': chorusProFacts.reverseChargeRegime.value,
  none: 'SANS_TVA',
} as const satisfies Record<CompleteInvoice['vatRegime'], string>;

/** On credit notes too: see `creditNotePayment` in facts.ts. */
export const paymentMeans = {
  'credit-transfer': 'VIREMENT',
  'direct-debit': 'PRELEVEMENT',
  cheque: 'CHEQUE',
  cash: 'ESPECE',
  'carried-over': 'REPORT',
  other: 'AUTRE',
} as const satisfies Record<NonNullable<CompleteInvoice['payment']>['means'], string>;

/** JSON has numbers only; the schema keeps amounts within the 15 digits that a double carries exactly. */
const number = (amount: Decimal): number => Big(amount).toNumber();

interface SubmissionIds {
  supplierId: number;
  /** Of the supplier's own service, if it has one. */
  supplierServiceId?: number | undefined;
  /** Of the account to be paid; without it Chorus Pro decides. */
  supplierAccountId?: number | undefined;
  pdfId: number;
  attachments: readonly Uploaded[];
}

const vatLine = ({ rate, base, amount }: CompleteInvoice['vatBreakdown'][number]) => ({
  ligneTvaTauxManuel: number(rate),
  ligneTvaMontantBaseHtParTaux: number(base),
  ligneTvaMontantTvaParTaux: number(amount),
});

type Line = Omit<CompleteInvoice['lines'][number], 'net'>;

/** A discount before VAT has no field of its own: it is a line, so that the lines make the total. */
function discountLines({ lines, vatBreakdown }: CompleteInvoice): Line[] {
  if (lines.length === 0) return [];
  const last = Math.max(...lines.map(({ number: place }) => place));
  const discounts = vatBreakdown.flatMap(({ rate, discount }) => (discount ? [{ ...discount, rate }] : []));
  return discounts.map(({ amount, reason, rate }, i) => ({
    number: last + 1 + i,
    name: `Remise : ${reason}`,
    quantity: '-1',
    unitPrice: amount,
    vatRate: rate,
  }));
}

/** The body of `soumettre` for an invoice whose PDF was uploaded (DEPOT_PDF_API keeps our own number). */
export function submissionBody(invoice: CompleteInvoice, ids: SubmissionIds): RequestOf<'factures/v1/soumettre'> {
  const { totals, validator } = invoice;
  return {
    modeDepot: 'DEPOT_PDF_API',
    numeroFactureSaisi: invoice.number,
    dateFacture: invoice.issueDate,
    destinataire: {
      codeDestinataire: invoice.recipient.siret,
      codeServiceExecutant: invoice.recipient.service,
    },
    fournisseur: {
      idFournisseur: ids.supplierId,
      idServiceFournisseur: ids.supplierServiceId,
      codeCoordonneesBancairesFournisseur: ids.supplierAccountId,
    },
    cadreDeFacturation: {
      codeCadreFacturation: frameworkOf(invoice),
      codeStructureValideur: validator?.siret,
      codeServiceValideur: validator?.service,
    },
    references: {
      deviseFacture: invoice.currency,
      typeFacture: types[invoice.type],
      typeTva: vatRegimes[invoice.vatRegime],
      motifExonerationTva: invoice.exemptionReason,
      numeroMarche: invoice.contract,
      numeroBonCommande: invoice.commitment,
      numeroFactureOrigine: invoice.precedingInvoice,
      modePaiement: invoice.payment && paymentMeans[invoice.payment.means],
    },
    lignePoste: [...invoice.lines, ...discountLines(invoice)].map((line) => ({
      lignePosteNumero: line.number,
      lignePosteReference: line.reference,
      lignePosteDenomination: line.name,
      lignePosteQuantite: number(line.quantity),
      lignePosteUnite: line.unit,
      lignePosteMontantUnitaireHT: number(line.unitPrice),
      lignePosteMontantRemiseHT: number(line.discount ?? '0'),
      lignePosteTauxTvaManuel: number(line.vatRate),
    })),
    ligneTva: vatRegimes[invoice.vatRegime] === 'SANS_TVA' ? [] : invoice.vatBreakdown.map(vatLine),
    montantTotal: {
      montantHtTotal: number(totals.taxExclusive),
      montantTVA: number(totals.vat),
      // After the discount: the total before it has a field of its own (montantTtcAvantRemiseGlobalTTC). [INF]
      montantTtcTotal: totalAfterDiscount(totals).toNumber(),
      montantRemiseGlobaleTTC: number(totals.discount?.amount ?? '0'),
      motifRemiseGlobaleTTC: totals.discount?.reason,
      // Retentions and the like have no field: see `deductions` in facts.ts.
      montantAPayer: number(totals.due),
    },
    // An array of one: the Swagger says object, but every client that is known to work sends an array.
    pieceJointePrincipale: [{ pieceJointePrincipaleDesignation: invoice.number, pieceJointePrincipaleId: ids.pdfId }],
    pieceJointeComplementaire: ids.attachments.map(attachmentOf),
    commentaire: sentComment(invoice),
  };
}
