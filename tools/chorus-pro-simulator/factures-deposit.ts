/** deposer/pdf and soumettre: the two calls of the PDF route. */
import { checkAttachments, checkMainDocument, isPdf, linked, store } from './documents.ts';
import {
  checkDate,
  checkNumber,
  checkRecipient,
  checkSupplier,
  checkTotals,
  checkValidator,
  firstBroken,
  type Checked,
} from './invoice-rules.ts';
import { operation, type Call } from './operation.ts';
import { LIMITS } from './options.ts';
import { done, refused, type Outcome } from './replies.ts';
import { decodedSize } from './schemas.ts';
import { accept, statusAt, type StoredDocument, type Submission } from './state.ts';
import { deposerPdf, soumettre, type Soumettre } from './submission-schemas.ts';
import { isoDateTime, isoDay, readMoment } from './time.ts';
import type { Structure } from './world.ts';

const depositPdf = operation({
  path: '/cpro/factures/v1/deposer/pdf',
  schema: deposerPdf,
  changes: true,
  run(call, { fichierFacture, nomFichier }) {
    if (decodedSize(fichierFacture) > LIMITS.file) return { kind: 'too-large' };
    if (!isPdf(fichierFacture)) return refused('notPdf', nomFichier);
    const document = store(call, { name: nomFichier, base64: fichierFacture, draft: true });
    // What the OCR reads is a guess; this one reads nothing, which the reply allows [V-AIFE].
    const nothingRead = { numeroFacture: null, codeDestinataire: null, montantHtTotal: null, montantTVA: null };
    return done({ ...nothingRead, pieceJointeId: document.id });
  },
});

interface Parts {
  supplier: Structure;
  recipient: Structure;
  validator: Structure | null;
  document: StoredDocument;
}

/** Fields that both modes ask for [V-3P]. */
const missing = ({ numeroFactureSaisi, dateFacture, references }: Soumettre) =>
  firstBroken([
    [numeroFactureSaisi === undefined, 'fieldMissing', 'numeroFactureSaisi'],
    [dateFacture === undefined, 'fieldMissing', 'dateFacture'],
    [references.typeFacture === 'FACTURE' && !references.modePaiement, 'fieldMissing', 'references.modePaiement'],
    [
      references.typeTva === 'EXONERATION' && !references.motifExonerationTva,
      'fieldMissing',
      'references.motifExonerationTva',
    ],
  ]);

function supplierOf(call: Call, { fournisseur }: Soumettre): Checked<Structure> {
  const { idFournisseur, idServiceFournisseur, codeCoordonneesBancairesFournisseur: bank } = fournisseur;
  const supplier = checkSupplier(call, call.state.index.byId.get(idFournisseur));
  if (!supplier.value) return supplier;
  const service = supplier.value.services.find(({ id }) => id === idServiceFournisseur);
  const refusal = firstBroken([
    [idServiceFournisseur !== undefined && !service?.active, 'supplierServiceUnknown'],
    [bank !== undefined && !supplier.value.bankDetails.includes(bank), 'bankDetailsUnknown'],
  ]);
  return refusal ? { refusal } : supplier;
}

function partsOf(call: Call, input: Soumettre): Checked<Parts> {
  const { destinataire, references, cadreDeFacturation, pieceJointePrincipale } = input;
  const supplier = supplierOf(call, input);
  if (supplier.refusal) return supplier;
  const recipient = checkRecipient(call, {
    recipientSiret: destinataire.codeDestinataire,
    serviceCode: destinataire.codeServiceExecutant,
    commitment: references.numeroBonCommande,
  });
  if (recipient.refusal) return recipient;
  const { codeCadreFacturation, codeStructureValideur } = cadreDeFacturation;
  const validator = checkValidator(call, codeCadreFacturation, codeStructureValideur);
  if (validator.refusal) return validator;
  const document = checkMainDocument(call, pieceJointePrincipale?.[0]?.pieceJointePrincipaleId);
  if (document.refusal) return document;
  return {
    value: {
      supplier: supplier.value,
      recipient: recipient.value,
      validator: validator.value,
      document: document.value,
    },
  };
}

const dayOf = ({ now }: Call, { dateFacture = '' }: Soumettre) => isoDay(readMoment(dateFacture) ?? now);

function submissionOf(call: Call, input: Soumettre, { document, ...parties }: Parts): Submission {
  const { references, montantTotal } = input;
  return {
    ...parties,
    number: input.numeroFactureSaisi ?? '',
    serviceCode: input.destinataire.codeServiceExecutant ?? null,
    via: 'pdf',
    mode: input.modeDepot,
    fluxNumber: null,
    documentId: document.id,
    type: references.typeFacture,
    frame: input.cadreDeFacturation.codeCadreFacturation,
    date: dayOf(call, input),
    currency: references.deviseFacture,
    commitment: references.numeroBonCommande ?? null,
    market: references.numeroMarche ?? null,
    amounts: {
      net: montantTotal.montantHtTotal,
      vat: montantTotal.montantTVA,
      gross: montantTotal.montantTtcTotal,
      due: montantTotal.montantAPayer,
    },
    attachments: linked(call, input.pieceJointeComplementaire),
    comment: input.commentaire ?? null,
  };
}

/** All that can be refused is refused before anything changes. */
function submit(call: Call, input: Soumettre): Outcome {
  const parts = partsOf(call, input);
  if (parts.refusal) return parts.refusal;
  const refusal =
    missing(input) ??
    checkDate(call, dayOf(call, input)) ??
    checkAttachments(call, input.pieceJointeComplementaire) ??
    checkTotals(input) ??
    checkNumber(call, parts.value.supplier, input.numeroFactureSaisi ?? '');
  if (refusal) return refusal;
  const invoice = accept(call.state, submissionOf(call, input, parts.value), call.account.login, call.now);
  return done({
    identifiantFactureCPP: invoice.id,
    numeroFacture: invoice.number,
    statutFacture: statusAt(invoice, call.now),
    dateDepot: isoDateTime(call.now),
    identifiantStructure: invoice.supplier.siret,
    empreinteCertificatDepot: null,
  });
}

export const DEPOSITS = [
  depositPdf,
  operation({ path: '/cpro/factures/v1/soumettre', schema: soumettre, changes: true, run: submit }),
];
