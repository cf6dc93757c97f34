import * as z from 'zod';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import { allPages, fullPaging, pagedSchema } from './search.ts';

/** What the technical account is attached to (rattachements), as the API Utilisateurs says it. [V-3P GO] */

const text = z.string().nullish();

export const attachedSchema = pagedSchema.extend({
  listeStructureRattachement: z
    .array(
      z.looseObject({
        identifiantStructure: text,
        statutRattachementStructure: text,
        listeServicesRattache: z.array(z.looseObject({ codeService: text, estActif: z.boolean().nullish() })).nullish(),
      }),
    )
    .nullish(),
});

export interface AttachedStructure {
  siret: string;
  /** Chorus Pro's own word, `VALIDEE` for example. */
  standing?: string;
  /** The codes of the active services that the account is attached to. */
  services: string[];
}

/** Every structure that the account is attached to, on all pages. */
export const attachedStructures = (call: BoundCall): Promise<Outcome<AttachedStructure[]>> =>
  allPages(async (page) => {
    const body = { parametresRecherche: { pageResultatDemandee: page, nbResultatsParPage: fullPaging.size } };
    const outcome = await call('utilisateurs/v1/monCompte/recuperer/rattachements', body, attachedSchema);
    return mapAccepted(outcome, ({ listeStructureRattachement, parametresRetour }) => ({
      items: (listeStructureRattachement ?? []).flatMap((row) => {
        const { identifiantStructure: siret, statutRattachementStructure: standing, listeServicesRattache } = row;
        const services = (listeServicesRattache ?? []).flatMap(({ codeService, estActif }) =>
          codeService && estActif !== false ? [codeService] : [],
        );
        return siret ? [{ siret, ...(standing ? { standing } : {}), services }] : [];
      }),
      pages: parametresRetour?.pages ?? 1,
    }));
  });
