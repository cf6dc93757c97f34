/** The works documents among AIFE's 25 cadres de facturation: who deposits each, and whom it must name. */

/** typeFactureTravaux [V-AIFE]. */
export const WORKS_TYPES = [
  'DP_DE_SOUSTRAITANT_TRAVAUX',
  'PROJET_DECOMPTE_MENSUEL',
  'ETAT_ACOMPTE',
  'ETAT_ACOMPTE_VALIDE',
  'PROJET_DECOMPTE_FINAL',
  'PROJET_DECOMPTE_GENERAL',
  'PROJET_DECOMPTE_GENERAL_PROCEDURE_TACITE',
  'DECOMPTE_GENERAL',
  'DECOMPTE_GENERAL_SIGNE',
  'DECOMPTE_GENERAL_DEFINITIF_TACITE',
  'DECOMPTE_GENERAL_DEFINITIF_PROCEDURE_TACITE',
] as const;
type WorksType = (typeof WORKS_TYPES)[number];

/** Whose document it is: a company's, the project manager's (MOE) or the works owner's (MOA). */
export type WorksAuthor = 'FOURNISSEUR' | 'MOE' | 'MOA';

interface Row {
  /** Which type belongs to which cadre is inferred from their names [INF]. */
  type: WorksType;
  author: WorksAuthor;
  /**
   * Whose turn it is first, and who the flux must name as InvoiceeTradeParty: in AIFE's examples of A4 and A7 a public
   * body, the MOE [INF]; in those of A10, A13 and A14 the main contractor or the lead; in A22's nobody [V-AIFE].
   */
  first: 'MOE' | 'VALIDEUR' | null;
}

const row = (type: WorksType, author: WorksAuthor, first: Row['first'] = null): Row => ({ type, author, first });

const ROWS = {
  A4_PROJET_DECOMPTE_MENSUEL_FOURNISSEUR: row('PROJET_DECOMPTE_MENSUEL', 'FOURNISSEUR', 'MOE'),
  A5_ETAT_ACOMPTE_FOURNISSEUR: row('ETAT_ACOMPTE', 'FOURNISSEUR'),
  A6_ETAT_ACOMPTE_VALIDE_FOURNISSEUR: row('ETAT_ACOMPTE_VALIDE', 'FOURNISSEUR'),
  A7_PROJET_DECOMPTE_FINAL_FOURNISSEUR: row('PROJET_DECOMPTE_FINAL', 'FOURNISSEUR', 'MOE'),
  A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR: row('DECOMPTE_GENERAL_SIGNE', 'FOURNISSEUR'),
  A10_PROJET_DECOMPTE_MENSUEL_SOUSTRAITANT: row('DP_DE_SOUSTRAITANT_TRAVAUX', 'FOURNISSEUR', 'VALIDEUR'),
  A11_PROJET_DECOMPTE_FINAL_SOUSTRAITANT: row('DP_DE_SOUSTRAITANT_TRAVAUX', 'FOURNISSEUR', 'VALIDEUR'),
  A13_PROJET_DECOMPTE_MENSUEL_COTRAITANT: row('PROJET_DECOMPTE_MENSUEL', 'FOURNISSEUR', 'VALIDEUR'),
  A14_PROJET_DECOMPTE_FINAL_COTRAITANT: row('PROJET_DECOMPTE_FINAL', 'FOURNISSEUR', 'VALIDEUR'),
  A15_ETAT_ACOMPTE_MOE: row('ETAT_ACOMPTE', 'MOE'),
  A16_ETAT_ACOMPTE_VALIDE_MOE: row('ETAT_ACOMPTE_VALIDE', 'MOE'),
  A17_PROJET_DECOMPTE_GENERAL_MOE: row('PROJET_DECOMPTE_GENERAL', 'MOE'),
  A18_DECOMPTE_GENERAL_MOE: row('DECOMPTE_GENERAL', 'MOE'),
  A19_ETAT_ACOMPTE_VALIDE_MOA: row('ETAT_ACOMPTE_VALIDE', 'MOA'),
  A20_DECOMPTE_GENERAL_MOA: row('DECOMPTE_GENERAL', 'MOA'),
  A22_PROJET_DECOMPTE_GENERAL_FOURNISSEUR_PROCEDURE_TACITE: row(
    'PROJET_DECOMPTE_GENERAL_PROCEDURE_TACITE',
    'FOURNISSEUR',
  ),
  A23_DECOMPTE_GENERAL_DEFINITIF_TACITE_FOURNISSEUR: row('DECOMPTE_GENERAL_DEFINITIF_TACITE', 'FOURNISSEUR'),
  A24_DECOMPTE_GENERAL_DEFINITIF_TACITE_MOE: row('DECOMPTE_GENERAL_DEFINITIF_TACITE', 'MOE'),
  A25_DECOMPTE_GENERAL_DEFINITIF_MOE_PROCEDURE_TACITE: row('DECOMPTE_GENERAL_DEFINITIF_PROCEDURE_TACITE', 'MOE'),
} as const satisfies Record<string, Row>;

export type WorksFrame = keyof typeof ROWS;
export const WORKS: Readonly<Record<WorksFrame, Row>> = ROWS;

export const isWorks = (frame: string): frame is WorksFrame => Object.hasOwn(ROWS, frame);
export const WORKS_FRAMES: readonly WorksFrame[] = Object.keys(ROWS).filter(isWorks);

/** What the first to act on a works document must be given in the flux. */
export const firstToAct = (frame: string) => (isWorks(frame) ? WORKS[frame].first : null);
