/**
 * A supplier's answers about a works document. Every path and the body of two of them are inferred [INF]: the paths are
 * those of the old connection by certificate (factures/travaux/…) after the prefix of the one that is known.
 */
import * as z from 'zod';
import { checkAttachments, checkMainDocument, linked } from './documents.ts';
import { checkDate, checkNumber, checkRecipient, firstBroken } from './invoice-rules.ts';
import { operation, ownInvoice, type Call } from './operation.ts';
import { done, refused, type Outcome } from './replies.ts';
import { id, invoiceNumber, optionalId, SIRET, text } from './schemas.ts';
import { statusAt, type Invoice } from './state.ts';
import { attachment } from './submission-schemas.ts';
import type { Status } from './enumerations.ts';
import { isoDateTime } from './time.ts';
import { acceptWorks, resume } from './works-life.ts';

/** Runs on the works document with that id while it has one of these statuses. */
function onWorks(call: Call, given: number, only: readonly Status[], run: (document: Invoice) => Outcome): Outcome {
  const found = ownInvoice(call, given);
  if ('kind' in found) return found;
  if (!found.works) return refused('invoiceUnknown');
  const status = statusAt(found, call.now);
  return only.includes(status) ? run(found) : refused('stateForbids', status);
}

/** Flat, unlike factures/v1/recycler [V-AIFE: a page]. */
const recycling = z.strictObject({
  idFactureTravaux: id,
  identifiantDestinataire: SIRET.optional(),
  codeServiceExecutant: text(100),
  numeroBonCommande: text(50),
});

function recycle(call: Call, document: Invoice, given: z.output<typeof recycling>): Outcome {
  const serviceCode = given.identifiantDestinataire
    ? given.codeServiceExecutant
    : (given.codeServiceExecutant ?? document.serviceCode ?? undefined);
  const recipientSiret = given.identifiantDestinataire ?? document.recipient.siret;
  const commitment = given.numeroBonCommande ?? document.commitment ?? undefined;
  const recipient = checkRecipient(call, { recipientSiret, serviceCode, commitment, isWorks: true });
  if (recipient.refusal) return recipient.refusal;
  document.recipient = recipient.value;
  document.serviceCode = serviceCode ?? null;
  document.commitment = commitment ?? null;
  resume(call.state, document, call.now, 'DEPOSEE');
  return done({
    idFactureTravaux: document.id,
    numeroFactureTravaux: document.number,
    statutFactureTravaux: statusAt(document, call.now),
    dateDepotFactureTravaux: isoDateTime(call.now),
  });
}

const completion = z.strictObject({
  idFactureTravaux: id,
  pieceJointeComplementaire: z.array(attachment).default([]),
  commentaire: text(2000),
});

function complete(call: Call, document: Invoice, given: z.output<typeof completion>): Outcome {
  const fault = checkAttachments(call, given.pieceJointeComplementaire);
  if (fault) return fault;
  document.attachments.push(...linked(call, given.pieceJointeComplementaire));
  document.comment = given.commentaire ?? document.comment;
  resume(call.state, document, call.now, 'COMPLETEE');
  return done({ idFactureTravaux: document.id, numeroFactureTravaux: document.number });
}

/** The signed general statement (A8): a PDF that follows the MOA's general statement, or the MOE's. */
const signature = z.strictObject({
  idUtilisateurCourant: optionalId,
  modeDepot: z.enum(['DEPOT_PDF_API', 'DEPOT_PDF_SIGNE_API']),
  numeroFactureSaisi: invoiceNumber,
  dateFacture: z.iso.date(),
  cadreDeFacturation: z.strictObject({
    codeCadreFacturation: z.literal('A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR'),
  }),
  idPiecePrecedente: id,
  pieceJointePrincipale: z
    .array(
      z.strictObject({ pieceJointePrincipaleDesignation: z.string().min(1).max(255), pieceJointePrincipaleId: id }),
    )
    .length(1),
  commentaire: text(2000),
});

function sign(call: Call, account: Invoice, given: z.output<typeof signature>): Outcome {
  const { state, now } = call;
  const { codeCadreFacturation: frame } = given.cadreDeFacturation;
  const refusal =
    firstBroken([[account.works?.author === 'FOURNISSEUR', 'nothingToSign', account.number]]) ??
    checkDate(call, given.dateFacture) ??
    checkNumber(call, account.supplier, given.numeroFactureSaisi);
  if (refusal) return refusal;
  const file = checkMainDocument(call, given.pieceJointePrincipale[0]?.pieceJointePrincipaleId);
  if (file.refusal) return file.refusal;
  const { amounts, currency, recipient, serviceCode, commitment, market, supplier, type } = account;
  const signed = acceptWorks(
    state,
    {
      ...{ amounts, currency, recipient, serviceCode, commitment, market, supplier, type, frame },
      number: given.numeroFactureSaisi,
      date: given.dateFacture,
      validator: null,
      via: 'pdf',
      mode: given.modeDepot,
      fluxNumber: null,
      documentId: file.value.id,
      attachments: [],
      comment: given.commentaire ?? null,
    },
    { account: call.account.login, manager: null, named: account, at: now },
  );
  return done({
    idFactureTravaux: signed.id,
    numeroFactureTravaux: signed.number,
    statutFactureTravaux: statusAt(signed, now),
    dateDepotFactureTravaux: isoDateTime(now),
  });
}

export const WORKS_ANSWERS = [
  operation({
    path: '/cpro/facturesTravaux/v1/recycler',
    schema: recycling,
    changes: true,
    run: (call, input) =>
      onWorks(
        call,
        input.idFactureTravaux,
        ['A_RECYCLER', 'EN_ATTENTE_RECYCLAGE_FOURNISSEUR', 'ERREUR_FOURNISSEUR_SUR_MOA'],
        (document) => recycle(call, document, input),
      ),
  }),
  operation({
    path: '/cpro/facturesTravaux/v1/completer',
    schema: completion,
    changes: true,
    run: (call, input) =>
      onWorks(call, input.idFactureTravaux, ['A_COMPLETER', 'SUSPENDUE'], (document) =>
        complete(call, document, input),
      ),
  }),
  operation({
    path: '/cpro/facturesTravaux/v1/soumettre',
    schema: signature,
    changes: true,
    run: (call, input) =>
      onWorks(call, input.idPiecePrecedente, ['A_ASSOCIER_FOURNISSEUR'], (account) => sign(call, account, input)),
  }),
];
