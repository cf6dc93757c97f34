import { done, refused, type Outcome, type Refused } from './replies.ts';
import { isoDateTime, isoDay, readMoment } from './time.ts';
import { checkAttachments, checkMainDocument, isPdf, linked, store } from './documents.ts';
import {
  checkDate,
  checkNumber,
  checkRecipient,
  checkSupplier,
  checkValidator,
  type Checked,
} from './invoice-rules.ts';
import { operation, type Call } from './operation.ts';
import { LIMITS } from './options.ts';
import { decodedSize } from './schemas.ts';
import { accept, nextId, statusAt, type StoredDocument, type Submission } from './state.ts';
import { deposerPdf, soumettre, type SoumettreInput } from './submission-schemas.ts';
import { checkTotals } from './totals.ts';
import type { Structure } from './world.ts';

/** What the OCR reads is a guess; this one reads nothing, which the reply allows [V-AIFE]. */
const NOTHING_READ = {
  numeroFacture: null,
  dateFacture: null,
  codeDestinataire: null,
  codeServiceExecutant: null,
  codeFournisseur: null,
  codeDeviseFacture: null,
  typeFacture: null,
  typeTva: null,
  numeroBonCommande: null,
  montantTtcAvantRemiseGlobalTTC: null,
  montantAPayer: null,
  montantHtTotal: null,
  montantTVA: null,
};

const depositPdf = operation({
  path: 'factures/deposer/pdf',
  schema: deposerPdf,
  changes: true,
  run(call, { fichierFacture, nomFichier }) {
    if (decodedSize(fichierFacture) > LIMITS.file) return { kind: 'too-large' };
    if (!isPdf(fichierFacture)) return refused('notPdf', nomFichier);
    const document = store(call, { name: nomFichier, base64: fichierFacture, draft: true });
    return done({ ...NOTHING_READ, pieceJointeId: document.id });
  },
});

interface Parts {
  supplier: Structure;
  recipient: Structure;
  validator: Structure | null;
  document: StoredDocument | null;
}

/** Fields that the mode asks for [V-3P]. */
function missing({ modeDepot, numeroFactureSaisi, dateFacture, lignePoste, references }: SoumettreInput) {
  const entered = modeDepot === 'SAISIE_API';
  const fields: [missing: boolean, name: string][] = [
    [!entered && numeroFactureSaisi === undefined, 'numeroFactureSaisi'],
    [!entered && dateFacture === undefined, 'dateFacture'],
    [entered && lignePoste.length === 0, 'lignePoste'],
    [references.typeTva === 'EXONERATION' && !references.motifExonerationTva, 'references.motifExonerationTva'],
  ];
  const found = fields.find(([absent]) => absent);
  return found && refused('fieldMissing', found[1]);
}

function supplierOf(call: Call, { fournisseur }: SoumettreInput): Checked<Structure> {
  const { idFournisseur, idServiceFournisseur, codeCoordonneesBancairesFournisseur: bank } = fournisseur;
  const supplier = checkSupplier(call, call.state.index.byId.get(idFournisseur));
  if (!supplier.value) return supplier;
  const service = supplier.value.services.find(({ id }) => id === idServiceFournisseur);
  if (idServiceFournisseur !== undefined && !service?.active) return { refusal: refused('supplierServiceUnknown') };
  if (bank !== undefined && !supplier.value.bankDetails.some(({ id }) => id === bank))
    return { refusal: refused('bankDetailsUnknown') };
  return supplier;
}

function documentOf(call: Call, input: SoumettreInput): Checked<StoredDocument | null> {
  if (input.modeDepot === 'SAISIE_API') return { value: null };
  return checkMainDocument(call, input.pieceJointePrincipale?.[0]?.pieceJointePrincipaleId);
}

function partsOf(call: Call, input: SoumettreInput): Checked<Parts> {
  const { destinataire, references, cadreDeFacturation } = input;
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
  const document = documentOf(call, input);
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

const totalsOf = ({ references, cadreDeFacturation, lignePoste, ligneTva, montantTotal }: SoumettreInput) =>
  checkTotals({
    type: references.typeFacture,
    alreadyPaid: cadreDeFacturation.codeCadreFacturation === 'A2_FACTURE_FOURNISSEUR_DEJA_PAYEE',
    vatRegime: references.typeTva,
    vatLines: ligneTva,
    lines: lignePoste,
    totals: montantTotal,
  });

/** SAISIE_API: Chorus Pro makes its own number, year and sequence, even when one was sent [V-LIVE]. */
const numberFor = ({ state, now }: Call, { modeDepot, numeroFactureSaisi }: SoumettreInput) =>
  modeDepot !== 'SAISIE_API' && numeroFactureSaisi !== undefined
    ? numeroFactureSaisi
    : isoDay(now).slice(0, 4) + String(nextId(state)).padStart(16, '0');

/** In SAISIE_API the date is the deposit's [R]. */
function dayOf({ now }: Call, { modeDepot, dateFacture }: SoumettreInput): string {
  const given = dateFacture === undefined ? undefined : readMoment(dateFacture);
  return isoDay(modeDepot === 'SAISIE_API' ? now : (given ?? now));
}

function submissionOf(call: Call, input: SoumettreInput, { document, ...parties }: Parts): Submission {
  const { references, montantTotal, fournisseur } = input;
  return {
    ...parties,
    number: numberFor(call, input),
    supplierServiceId: fournisseur.idServiceFournisseur ?? null,
    serviceCode: input.destinataire.codeServiceExecutant ?? null,
    via: input.modeDepot === 'SAISIE_API' ? 'entry' : 'pdf',
    mode: input.modeDepot,
    fluxNumber: null,
    documentId: document?.id ?? null,
    type: references.typeFacture,
    frame: input.cadreDeFacturation.codeCadreFacturation,
    date: dayOf(call, input),
    currency: references.deviseFacture,
    vatRegime: references.typeTva,
    paymentMode: references.modePaiement,
    commitment: references.numeroBonCommande ?? null,
    market: references.numeroMarche ?? null,
    originNumber: references.numeroFactureOrigine ?? null,
    amounts: {
      net: montantTotal.montantHtTotal,
      vat: montantTotal.montantTVA,
      gross: montantTotal.montantTtcTotal,
      discount: montantTotal.montantRemiseGlobaleTTC ?? 0,
      due: montantTotal.montantAPayer,
    },
    vatLines: input.ligneTva,
    lines: input.lignePoste,
    attachments: linked(call, input.pieceJointeComplementaire),
    comment: input.commentaire ?? null,
    payload: input,
  };
}

const usedNumber = (call: Call, { modeDepot, numeroFactureSaisi }: SoumettreInput, supplier: Structure) =>
  modeDepot === 'SAISIE_API' || numeroFactureSaisi === undefined
    ? undefined
    : checkNumber(call, supplier, numeroFactureSaisi);

/** All that can be refused is refused before anything changes. */
function submit(call: Call, input: SoumettreInput): Outcome {
  const parts = partsOf(call, input);
  if (parts.refusal) return parts.refusal;
  const fault: Refused | undefined =
    missing(input) ??
    checkDate(call, dayOf(call, input)) ??
    checkAttachments(call, input.pieceJointeComplementaire) ??
    totalsOf(input) ??
    usedNumber(call, input, parts.value.supplier);
  if (fault) return fault;
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
  operation({ path: 'factures/soumettre', schema: soumettre, changes: true, run: submit }),
];
