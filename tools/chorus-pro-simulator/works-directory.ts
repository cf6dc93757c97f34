/** What tells whether an account may act in works, and in which syntaxes it may deposit. */
import * as z from 'zod';
import { FLUX_SYNTAXES, WORKS_SYNTAXES } from './enumerations.ts';
import { operation } from './operation.ts';
import { done, refused } from './replies.ts';
import { identifierKind, optionalId, page, paging, sorted, text } from './schemas.ts';
import { structureOf } from './state.ts';
import { WORKS_SPACE, type Structure } from './world.ts';

const SPACE_COLUMNS = [
  'CodeService',
  'LibelleService',
  'idEspaceFo',
  'CodeEspace',
  'LibelleEspace',
  'etatCourant',
  'TypeHabilitation',
  'IdService',
];

/** Nothing says what a search without a structure would find [INF]. */
const spacesOf = z.strictObject({
  idService: optionalId,
  structure: z
    .strictObject({
      idStructure: optionalId,
      identifiantStructure: text(18),
      typeIdentifiantStructure: identifierKind.optional(),
    })
    .refine(({ idStructure, identifiantStructure }) => idStructure !== undefined || identifiantStructure, {
      error: 'idStructure ou identifiantStructure attendu',
    }),
  parametresRechercherEspaces: paging(SPACE_COLUMNS).optional(),
});

/** codeEspace is a number of AIFE's that no source lists: here it is the place in our own list. */
const spaceRow = ({ id, spaces }: Structure) =>
  spaces.map(({ name, mayChange, open }, index) => ({
    codeEspace: index + 1,
    codeService: null,
    etatCourant: open ? 'ACTIVE' : 'SUPPRIME',
    idEspaceFo: id * 100 + index + 1,
    idService: null,
    libelleEspace: name,
    libelleService: null,
    typeHabilitation: mayChange ? 'MODIFICATION' : 'CONSULTATION_UNIQUEMENT',
  }));

export const WORKS_DIRECTORY = [
  operation({
    path: '/cpro/structures/v1/rechercher/espaces',
    schema: spacesOf,
    run({ state, account }, { structure, parametresRechercherEspaces: asked }) {
      const { idStructure, identifiantStructure = '' } = structure;
      const found =
        idStructure === undefined ? structureOf(state, identifiantStructure) : state.index.byId.get(idStructure);
      if (!found) return refused('structureUnknown', identifiantStructure);
      if (!account.structures.includes(found.id)) return refused('notEntitled');
      const { rows: listeEspace, parametresRetour } = page(sorted(spaceRow(found), asked), asked);
      return done({ listeEspace, parametresRetour });
    },
  }),
  operation({
    path: '/cpro/transverses/v1/recuperer/structures/actives/facturetravaux',
    schema: z.strictObject({ idUtilisateurCourant: optionalId }),
    run({ state, account }) {
      // That a structure needs the space to be listed is [INF].
      const own = state.world.structures.filter(
        ({ id, active, spaces }) =>
          active && account.structures.includes(id) && spaces.some(({ name, open }) => open && name === WORKS_SPACE),
      );
      return done({
        listeStructures: own.map(({ id: idStructureCPP, siret, name }) => ({
          designationStructure: name,
          idStructureCPP,
          identifiant: siret,
        })),
      });
    },
  }),
  operation({
    // The name of the list is inferred from that of recuperer/formatflux [INF].
    path: '/cpro/transverses/v1/recuperer/syntaxeflux',
    schema: z.strictObject({ idUtilisateurCourant: optionalId }),
    run({ state }) {
      const offered = [...Object.keys(FLUX_SYNTAXES), ...(state.options.worksSyntaxes ? WORKS_SYNTAXES : [])];
      return done({ listeSyntaxeFlux: offered.map((syntaxeFlux) => ({ syntaxeFlux })) });
    },
  }),
];
