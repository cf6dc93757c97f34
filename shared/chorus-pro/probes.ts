import * as z from 'zod';
import type { Operation } from './session.ts';

interface Probe {
  operation: Operation<unknown>;
  body: object;
  mark: string;
}

const reading = (path: string): Operation<unknown> => ({ path, effect: 'none', answer: z.unknown() });
const onePage = { pageResultatDemandee: 1, nbResultatsParPage: 1 };

/** As PISTE calls them, each "AIFE - Chorus Pro - <name>". [V-3P] In the order in which a login is tried. */
export const apiNames = ['Transverses', 'Factures', 'Structures', 'Utilisateurs', 'FacturesTravaux'] as const;
export type ApiName = (typeof apiNames)[number];

/**
 * A harmless read of each API that the PISTE application needs, since the health checks would not do: whether they ask for a subscription is not known.
 */
export const probes: Readonly<Record<ApiName, Probe>> = {
  Transverses: {
    operation: reading('transverses/v1/recuperer/structures/actives/fournisseur'),
    body: {},
    mark: 'V-3P',
  },
  Factures: {
    operation: reading('factures/v1/rechercher/fournisseur'),
    body: { rechercheFactureParFournisseur: onePage },
    mark: 'V-AIFE',
  },
  Structures: { operation: reading('structures/v1/rechercher'), body: { parametres: onePage }, mark: 'V-AIFE' },
  Utilisateurs: {
    operation: reading('utilisateurs/v1/monCompte/recuperer/rattachements'),
    body: { parametresRecherche: onePage },
    mark: 'V-3P GO',
  },
  FacturesTravaux: {
    operation: reading('facturesTravaux/v1/rechercher'),
    body: { roleUtilisateur: 'FOURNISSEUR', rechercheFactureTravaux: onePage },
    mark: 'V-3P PAS, by its path; the body CS17',
  },
};
