import * as z from 'zod';
import type { Deadline } from '../aws/deadline.ts';
import { chorusProFacts } from './facts.ts';
import { fluxOf } from './flux.ts';
import { invoiceActionsOf } from './invoice-actions.ts';
import { boundCall, type Call, type OperationPath } from './operations.ts';
import type { Outcome } from './outcome.ts';
import { searchOf } from './search.ts';
import { structuresOf } from './structures.ts';
import { submissionOf } from './submission.ts';

/**
 * Chorus Pro as the rest of the relay sees it: every operation by what it is for, bound to one connection and to one
 * deadline. Whatever goes wrong comes back as an `Outcome`; nothing here throws for it.
 *
 * Behind it: operations.ts has every path and what a call to it may do; outcome.ts reads a response and its codeRetour;
 * session.ts has the policy on failures, guards.ts what keeps a call from being made, piste.ts the token; facts.ts what
 * is known of Chorus Pro and how surely.
 */
export type ChorusPro = ReturnType<typeof chorusProOver>;

/** @param call makes the calls: a live session's, a trial's, or a test's */
export function chorusProOver(call: Call, deadline: Deadline) {
  const bound = boundCall(call, deadline);
  return {
    ...submissionOf(bound),
    ...fluxOf(bound),
    ...searchOf(bound),
    ...invoiceActionsOf(bound),
    ...structuresOf(bound),
    /** Whether an API answers, and whether it lets the account in. */
    probe: (api: ApiName): Promise<Outcome<unknown>> => bound(probes[api].path, probes[api].body, z.unknown()),
  };
}

export const apiNames = chorusProFacts.apiNames.value;
export type ApiName = (typeof apiNames)[number];

const onePage = { pageResultatDemandee: 1, nbResultatsParPage: 1 };

/**
 * A harmless read of each API that the PISTE application needs. The health checks would not do: whether they ask for a
 * subscription is not known. Bodies: [V-AIFE] SWF, SWS; [V-3P] GO; of FacturesTravaux CS17.
 */
const probes: Readonly<Record<ApiName, { path: OperationPath; body: object }>> = {
  Transverses: { path: 'transverses/v1/recuperer/structures/actives/fournisseur', body: {} },
  Factures: { path: 'factures/v1/rechercher/fournisseur', body: { rechercheFactureParFournisseur: onePage } },
  Structures: { path: 'structures/v1/rechercher', body: { parametres: onePage } },
  Utilisateurs: { path: 'utilisateurs/v1/monCompte/recuperer/rattachements', body: { parametresRecherche: onePage } },
  FacturesTravaux: {
    path: 'facturesTravaux/v1/rechercher',
    body: { roleUtilisateur: 'FOURNISSEUR', rechercheFactureTravaux: onePage },
  },
};
