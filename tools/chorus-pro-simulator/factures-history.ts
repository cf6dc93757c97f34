import * as z from 'zod';
import { done } from './replies.ts';
import { dayAndMinute } from './time.ts';
import { innerPaging } from './factures-consult.ts';
import { past, type Change } from './lifecycle.ts';
import { onInvoice, operation, type Call } from './operation.ts';
import { page } from './paging.ts';
import { id, optionalId } from './schemas.ts';
import { statusAt, type Invoice } from './state.ts';

const schema = z.strictObject({
  idUtilisateurCourant: optionalId,
  idFacture: id,
  idEspace: optionalId,
  nbResultatsMaximum: z.int32().min(1).optional(),
  paramRechercheHistoStatuts: innerPaging(
    'pageResultatDemandeeListeHistoStatut',
    'nbResultatsParPageListeHistoStatut',
    'triSensListeHistoStatut',
    'triColonneListeHistoStatut',
  ),
  paramRechercheHistoEvenementsComplementaires: innerPaging(
    'pageResultatDemandeeListeHistoEvenement',
    'nbResultatsParPageListeHistoEvenement',
    'triSensListeHistoEvenement',
    'triColonneListeHistoEvenement',
  ),
  paramRechercheHistoActionsUtilisateurs: innerPaging(
    'pageResultatDemandeeListeHistoAction',
    'nbResultatsParPageListeHistoAction',
    'triSensListeHistoAction',
    'triColonneListeHistoAction',
  ),
});

/** Made up, and recognisable: if one of these is found in a log, an event or the ledger, personal data has leaked. */
export const CONFIDENTIAL_AGENTS = [
  { prenom: 'Camille', nom: 'CONFIDENTIEL-UN', email: 'agent.confidentiel@commune.example', telephone: '0199000001' },
  {
    prenom: 'Dominique',
    nom: 'CONFIDENTIEL-DEUX',
    email: 'agent.confidentiel2@commune.example',
    telephone: '0199000002',
  },
] as const;

const NOBODY = { prenom: null, nom: null, email: null, telephone: null };

/** Plain `YYYY-MM-DD HH:mm` here, where the search has instants with milliseconds [V-3P: forms differ by service]. */
function historyRow(invoice: Invoice, { at, status, comment, byAgent }: Change, rank: number) {
  const agent = byAgent ? (CONFIDENTIAL_AGENTS[rank % CONFIDENTIAL_AGENTS.length] ?? NOBODY) : NOBODY;
  return {
    histoStatutId: invoice.id * 100 + rank,
    histoStatutCode: status,
    histoStatutDatePassage: dayAndMinute(at),
    histoStatutCommentaire: comment,
    histoStatutUtilisateurPrenom: agent.prenom,
    histoStatutUtilisateurNom: agent.nom,
    histoStatutUtilisateurEmail: agent.email,
    histoStatutUtilisateurTelephone: agent.telephone,
  };
}

function actionsOf({ id: invoiceId, rejectionHandledAt }: Invoice) {
  if (rejectionHandledAt === null) return [];
  const { prenom, nom, email, telephone } = CONFIDENTIAL_AGENTS[0];
  return [
    {
      histoActionId: invoiceId * 100 + 99,
      histoActionCode: 'TRAITEMENT_REJET',
      histoActionDateHeure: dayAndMinute(rejectionHandledAt),
      histoActionUtilisateurPrenom: prenom,
      histoActionUtilisateurNom: nom,
      histoActionUtilisateurEmail: email,
      histoActionUtilisateurTelephone: telephone,
    },
  ];
}

function history({ now }: Call, invoice: Invoice, asked: z.output<typeof schema>) {
  const rows = past(invoice.timeline, now).map((change, rank) => historyRow(invoice, change, rank));
  const statuses = page(rows.slice(0, asked.nbResultatsMaximum), asked.paramRechercheHistoStatuts);
  const actions = page(actionsOf(invoice), asked.paramRechercheHistoActionsUtilisateurs);
  const last = actions.rows.at(-1);
  return done({
    idFacture: invoice.id,
    numeroFacture: invoice.number,
    modeDepot: invoice.mode,
    statutCourantCode: statusAt(invoice, now),
    historiquesDesStatuts: {
      histoStatut: statuses.rows,
      pageCouranteHistoStatut: statuses.parametresRetour.pageCourante,
      pagesHistoStatut: statuses.parametresRetour.pages,
      nbResultatsParPageHistoStatut: statuses.parametresRetour.nbResultatsParPage,
      totalHistoStatut: statuses.parametresRetour.total,
    },
    historiquesDesEvenementsComplementaires: {
      evenement: [],
      pageCouranteEvenement: 1,
      pagesEvenement: 0,
      nbResultatsParPageEvenement: 10,
      totalEvenement: 0,
    },
    historiquesDesActionsUtilisateurs: {
      histoAction: actions.rows,
      pageCouranteHistoAction: actions.parametresRetour.pageCourante,
      pagesHistoAction: actions.parametresRetour.pages,
      nbResultatsParPageHistoAction: actions.parametresRetour.nbResultatsParPage,
      totalHistoAction: actions.parametresRetour.total,
    },
    derniereAction: last ? { derniereActionId: last.histoActionId, derniereActionCode: last.histoActionCode } : null,
  });
}

export const HISTORIES = [
  operation({
    path: 'factures/consulter/historique',
    schema,
    run: (call, input) => onInvoice(call, input.idFacture, null, (invoice) => history(call, invoice, input)),
  }),
];
