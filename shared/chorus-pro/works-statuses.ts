import { row, type StatusMeaning, worksComplete, worksRecycle } from './status-meaning.ts';

/** The statuses that only a works document has. Values: [V-AIFE] SWF; who acts at each is inferred from its name. */
export const worksStatuses = {
  A_ASSOCIER_MOE: row(
    'open',
    'project-manager',
    'Auprès du maître d’œuvre, qui doit y répondre par sa propre pièce',
    'With the project manager, who must answer it with his own document',
  ),
  A_ASSOCIER_MOA: row(
    'open',
    'works-owner',
    'Auprès du maître d’ouvrage, qui doit y répondre par sa propre pièce',
    'With the works owner, who must answer it with his own document',
  ),
  A_ASSOCIER_FOURNISSEUR: row(
    'open',
    'supplier',
    'Le titulaire doit y répondre par sa propre pièce',
    'The main contractor must answer it with his own document',
    { worksCommand: 'works.sign-final' },
  ),
  ASSOCIEE: row(
    'open',
    'works-owner',
    'Suivie d’une autre pièce du dossier de facturation',
    'Answered by the next document of its billing file',
  ),
  A_VALIDER_MOE: row(
    'open',
    'project-manager',
    'À valider par le maître d’œuvre',
    'For the project manager to approve',
  ),
  REFUSEE_MOE: row(
    'rejected',
    'supplier',
    'Refusée par le maître d’œuvre : déposez une nouvelle pièce sous un nouveau numéro',
    'Refused by the project manager: deposit a new document with a new number',
  ),
  REFUSEE_MOA: row(
    'rejected',
    'supplier',
    'Refusée par le maître d’ouvrage : déposez une nouvelle pièce sous un nouveau numéro',
    'Refused by the works owner: deposit a new document with a new number',
  ),
  REFUSEE_FOURNISSEUR: row('rejected', 'supplier', 'Refusée par le fournisseur', 'Refused by the supplier'),
  A_COMPLETER: row('open', 'supplier', 'À compléter (travaux)', 'To complete (works)', worksComplete),
  ERREUR_DE_MOE: row('open', 'project-manager', 'Erreur du maître d’œuvre', 'The project manager’s mistake'),
  ERREUR_DE_MOA: row('open', 'works-owner', 'Erreur du maître d’ouvrage', 'The works owner’s mistake'),
  ERREUR_FOURNISSEUR_SUR_MOE: row(
    'open',
    'supplier',
    'Maître d’œuvre erroné : à corriger sur le portail',
    'Wrong project manager: to correct on the portal',
  ),
  ERREUR_FOURNISSEUR_SUR_MOA: row(
    'open',
    'supplier',
    'Maître d’ouvrage erroné : à corriger',
    'Wrong works owner: to correct',
    worksRecycle,
  ),
  ERREUR_MOE_SUR_FOURNISSEUR: row(
    'open',
    'project-manager',
    'Fournisseur erroné : au maître d’œuvre de corriger',
    'Wrong supplier: for the project manager to correct',
  ),
  ERREUR_MOE_SUR_MOA: row(
    'open',
    'project-manager',
    'Maître d’ouvrage erroné : au maître d’œuvre de corriger',
    'Wrong works owner: for the project manager to correct',
  ),
  ERREUR_MOA_SUR_FOURNISSEUR: row(
    'open',
    'works-owner',
    'Fournisseur erroné : au maître d’ouvrage de corriger',
    'Wrong supplier: for the works owner to correct',
  ),
  EN_ATTENTE_RECYCLAGE_FOURNISSEUR: row('open', 'supplier', 'À recycler (travaux)', 'To recycle (works)', worksRecycle),
  MISE_A_DISPOSITION_MOE: row(
    'open',
    'project-manager',
    'Mise à disposition du maître d’œuvre',
    'Available to the project manager',
  ),
  MISE_A_DISPOSITION_MOA: row(
    'open',
    'works-owner',
    'Mise à disposition du maître d’ouvrage',
    'Available to the works owner',
  ),
  PRISE_EN_COMPTE_MOE: row(
    'open',
    'project-manager',
    'Prise en compte par le maître d’œuvre',
    'Opened by the project manager',
  ),
  PRISE_EN_COMPTE_MOA: row(
    'open',
    'works-owner',
    'Prise en compte par le maître d’ouvrage',
    'Opened by the works owner',
  ),
  TRANSMISE_MOA: row('open', 'works-owner', 'Transmise au maître d’ouvrage', 'Passed on to the works owner'),
  REMPLACEE_PAR_A22: row(
    'rejected',
    'none',
    'Remplacée par un projet de décompte général tacite (A22)',
    'Replaced by a tacit draft (A22)',
    // The supplier’s own doing: nobody has to be told to act.
    { severity: 'info' },
  ),
  DUPLIQUE_APRES_REFUS: row('rejected', 'none', 'Dupliquée après refus', 'Duplicated after a refusal'),
} as const satisfies Record<string, StatusMeaning>;
