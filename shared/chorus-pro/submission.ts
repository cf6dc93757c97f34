import Big from 'big.js';
import type { Decimal } from '../invoice/amounts.ts';
import type { CompleteInvoice } from '../invoice/terms.ts';

/** Our words to Chorus Pro's, as data. Values: [V-AIFE] Swagger "Factures". */
const frameworks = {
  A1: 'A1_FACTURE_FOURNISSEUR',
  A2: 'A2_FACTURE_FOURNISSEUR_DEJA_PAYEE',
  A9: 'A9_FACTURE_SOUSTRAITANT',
  A12: 'A12_FACTURE_COTRAITANT',
} as const satisfies Record<CompleteInvoice['framework'], string>;

const types = { invoice: 'FACTURE', 'credit-note': 'AVOIR' } as const satisfies Record<CompleteInvoice['type'], string>;

/** No VAT line goes with SANS_TVA and a given reason with EXONERATION [V-3P]; reverse charge as SANS_TVA is [R]: to try. */
const vatRegimes = {
  'on-debits': 'TVA_SUR_DEBIT',
  'on-receipts': 'TVA_SUR_ENCAISSEMENT',
  exempt: 'EXONERATION',
  'reverse-charge': 'SANS_TVA',
  none: 'SANS_TVA',
} as const satisfies Record<CompleteInvoice['vatRegime'], string>;

/** Kept on credit notes too, as AIFE's examples do; OCA saw one refused for it (V-3P): to try in qualification. */
export const paymentMeans = {
  'credit-transfer': 'VIREMENT',
  'direct-debit': 'PRELEVEMENT',
  cheque: 'CHEQUE',
  cash: 'ESPECE',
  'carried-over': 'REPORT',
  other: 'AUTRE',
} as const satisfies Record<CompleteInvoice['payment']['means'], string>;

/** "Other", as AIFE's example flows have it [V-AIFE EX16]; that soumettre takes it too is to be tried [INF]. */
export const otherAttachment = 'ZZZ';

/** JSON has numbers only; the schema keeps amounts within the 15 digits that a double carries exactly. */
const number = (amount: Decimal): number => Big(amount).toNumber();

export interface SubmissionIds {
  supplierId: number;
  /** Of the supplier's own service, if it has one. */
  supplierServiceId?: number | undefined;
  pdfId: number;
  attachments: readonly { id: number; name: string; typeCode?: string | undefined }[];
}

export type SubmissionBody = ReturnType<typeof submissionBody>;

const vatLine = ({ rate, base, amount }: CompleteInvoice['vatBreakdown'][number]) => ({
  ligneTvaTauxManuel: number(rate),
  ligneTvaMontantBaseHtParTaux: number(base),
  ligneTvaMontantTvaParTaux: number(amount),
});

/** The body of `soumettre` for an invoice whose PDF was uploaded (DEPOT_PDF_API keeps our own number). */
export function submissionBody(invoice: CompleteInvoice, ids: SubmissionIds) {
  const { totals, validator } = invoice;
  return {
    modeDepot: 'DEPOT_PDF_API',
    numeroFactureSaisi: invoice.number,
    dateFacture: invoice.issueDate,
    destinataire: {
      codeDestinataire: invoice.recipient.siret,
      codeServiceExecutant: invoice.recipient.service,
    },
    fournisseur: { idFournisseur: ids.supplierId, idServiceFournisseur: ids.supplierServiceId },
    cadreDeFacturation: {
      codeCadreFacturation: frameworks[invoice.framework],
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
      modePaiement: paymentMeans[invoice.payment.means],
    },
    lignePoste: invoice.lines.map((line) => ({
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
      // After the discount: the answers name the total before it apart (montantTtcAvantRemiseGlobalTTC) [INF].
      montantTtcTotal: Big(totals.taxInclusive)
        .minus(totals.discount?.amount ?? 0)
        .toNumber(),
      montantRemiseGlobaleTTC: number(totals.discount?.amount ?? '0'),
      motifRemiseGlobaleTTC: totals.discount?.reason,
      montantAPayer: number(totals.due),
    },
    // An array of one: the Swagger says object, every client proven to work sends an array.
    pieceJointePrincipale: [{ pieceJointePrincipaleDesignation: invoice.number, pieceJointePrincipaleId: ids.pdfId }],
    pieceJointeComplementaire: ids.attachments.map(({ id, name, typeCode }) => ({
      pieceJointeComplementaireDesignation: name,
      pieceJointeComplementaireType: typeCode ?? otherAttachment,
      pieceJointeComplementaireId: id,
    })),
    commentaire: invoice.comment,
  };
}
