/** What a supplier may do with an invoice that Chorus Pro has: completer, recycler, traiterRejet, corriger. */
import * as z from 'zod';
import { done, refused, type Outcome } from './replies.ts';
import { isoDateTime } from './time.ts';
import { checkAttachments, linked } from './documents.ts';
import { checkRecipient, checkValidator } from './invoice-rules.ts';
import { planned, plannedAfterCompletion, replanned } from './lifecycle.ts';
import { onInvoiceIn, operation, ownInvoice, type Call } from './operation.ts';
import { id, identifierKind, optionalId, text } from './schemas.ts';
import { scenarioOf, statusAt, type Invoice } from './state.ts';
import { attachment, destinataire, partialReferences } from './submission-schemas.ts';

const completion = z.strictObject({
  idUtilisateurCourant: optionalId,
  identifiantFactureCPP: id,
  pieceJointeComplementaire: z.array(attachment).default([]),
  commentaire: text(2000),
});

function complete(call: Call, invoice: Invoice, given: z.output<typeof completion>): Outcome {
  const fault = checkAttachments(call, given.pieceJointeComplementaire);
  if (fault) return fault;
  invoice.attachments.push(...linked(call, given.pieceJointeComplementaire));
  invoice.comment = given.commentaire ?? invoice.comment;
  invoice.timeline = replanned(invoice.timeline, call.now, plannedAfterCompletion(call.now));
  return done({
    identifiantFactureCPP: invoice.id,
    numeroFacture: invoice.number,
    dateTraitement: isoDateTime(call.now),
  });
}

const recycling = z.strictObject({
  idUtilisateurCourant: optionalId,
  identifiantFactureCPP: id,
  destinataire: destinataire.optional(),
  /** In the singular, as AIFE spells it here [V-AIFE]. */
  reference: partialReferences.optional(),
  commentaire: text(2000),
});

/** The same invoice with the same number: only the recipient and the commitment may change. */
function recycle(call: Call, invoice: Invoice, { destinataire: to, reference }: z.output<typeof recycling>): Outcome {
  const serviceCode = to ? to.codeServiceExecutant : (invoice.serviceCode ?? undefined);
  const commitment = reference?.numeroBonCommande ?? invoice.commitment ?? undefined;
  const recipientSiret = to?.codeDestinataire ?? invoice.recipient.siret;
  const recipient = checkRecipient(call, { recipientSiret, serviceCode, commitment });
  if (recipient.refusal) return recipient.refusal;
  invoice.recipient = recipient.value;
  invoice.serviceCode = serviceCode ?? null;
  invoice.commitment = commitment ?? null;
  invoice.market = reference?.numeroMarche ?? invoice.market;
  const scenario = scenarioOf(call.state, invoice);
  // The body that sends everything back accepts an invoice the second time.
  const next = planned(call.now, scenario === 'to-recycle' ? 'default' : scenario);
  invoice.timeline = replanned(invoice.timeline, call.now, next);
  return done({
    identifiantFactureCPP: invoice.id,
    numeroFacture: invoice.number,
    statutFacture: statusAt(invoice, call.now),
    dateDepot: isoDateTime(call.now),
  });
}

const rejectionHandling = z.strictObject({
  listeDemandePaiement: z.array(z.strictObject({ idDemandePaiement: id })).min(1),
  // In a third-party client, not in the Swagger [V-3P].
  motifRejet: text(),
  cpltInfos: text(),
});

/** Marks all invoices of the list, or none if one of them is not rejected. */
function handleRejections(call: Call, { listeDemandePaiement }: z.output<typeof rejectionHandling>): Outcome {
  const invoices: Invoice[] = [];
  for (const { idDemandePaiement } of listeDemandePaiement) {
    const found = ownInvoice(call, idDemandePaiement);
    if ('kind' in found) return found;
    const status = statusAt(found, call.now);
    if (status !== 'REJETEE') return refused('stateForbids', status);
    invoices.push(found);
  }
  for (const invoice of invoices) invoice.rejectionHandledAt ??= call.now;
  return done();
}

const correction = z.strictObject({
  idFacture: id,
  idStructure: optionalId,
  typeIdentifiantStructure: identifierKind.optional(),
  identifiantStructure: text(18),
});

function correctValidator(call: Call, invoice: Invoice, given: z.output<typeof correction>): Outcome {
  const siret = given.identifiantStructure ?? call.state.index.byId.get(given.idStructure ?? 0)?.siret ?? '';
  const validator = checkValidator(call, invoice.frame, siret || undefined);
  if (validator.refusal) return validator.refusal;
  if (!validator.value) return refused('validatorUnknown', siret);
  invoice.validator = validator.value;
  const next = planned(call.now, scenarioOf(call.state, invoice), validator.value.validates);
  invoice.timeline = replanned(invoice.timeline, call.now, next);
  return done({ idFacture: invoice.id });
}

export const ACTIONS = [
  operation({
    path: '/cpro/factures/v1/completer',
    schema: completion,
    changes: true,
    run: (call, input) =>
      onInvoiceIn(call, input.identifiantFactureCPP, 'SUSPENDUE', (invoice) => complete(call, invoice, input)),
  }),
  operation({
    path: '/cpro/factures/v1/recycler',
    schema: recycling,
    changes: true,
    run: (call, input) =>
      onInvoiceIn(call, input.identifiantFactureCPP, 'A_RECYCLER', (invoice) => recycle(call, invoice, input)),
  }),
  operation({
    path: '/cpro/factures/v1/traiterRejet',
    schema: rejectionHandling,
    changes: true,
    run: handleRejections,
  }),
  operation({
    path: '/cpro/factures/v1/corriger/valideur/facture',
    schema: correction,
    changes: true,
    run: (call, input) =>
      onInvoiceIn(call, input.idFacture, 'ERREUR_FOURNISSEUR_SUR_VALIDEUR', (invoice) =>
        correctValidator(call, invoice, input),
      ),
  }),
];
