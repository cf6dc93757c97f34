import * as z from 'zod';
import { done } from './replies.ts';
import { operation } from './operation.ts';
import { page } from './paging.ts';
import { moment, optionalId, paging, text } from './schemas.ts';
import type { Service } from './world.ts';

const attachedService = ({ id: idService, code, name, active }: Service) => ({
  idRattachementService: idService,
  idService,
  codeService: code,
  libelleService: name,
  estActif: active,
  statutService: active ? 'ACTIF' : 'INACTIF',
  statutRattachementService: 'VALIDEE',
  dateDbtService: '2017-01-01',
  dateFinService: null,
});

const attachments = operation({
  path: 'utilisateurs/monCompte/recuperer/rattachements',
  schema: z.strictObject({ parametresRecherche: paging().optional() }),
  run({ state, account }, { parametresRecherche }) {
    const own = account.structures.flatMap((one) => state.index.byId.get(one) ?? []);
    const { rows, parametresRetour } = page(own, parametresRecherche);
    return done({
      listeStructureRattachement: rows.map((one) => ({
        idRattachementStructure: one.id,
        idStructure: one.id,
        identifiantStructure: one.siret,
        designationStructure: one.name,
        typeIdentifiantStructure: 'SIRET',
        roleUtilisateur: 'UTILISATEUR_TECHNIQUE',
        statutRattachementStructure: 'VALIDEE',
        statutUtilisateur: 'ACTIF',
        listeServicesRattache: one.services.map(attachedService),
      })),
      parametresRetour,
    });
  },
});

/** The only works path that is verified by name [V-3P]; nothing of works is simulated. */
const works = operation({
  path: 'facturesTravaux/rechercher',
  schema: z.strictObject({
    roleUtilisateur: z.enum(['FOURNISSEUR', 'MOE', 'MOA', 'VALIDEUR', 'DESTINATAIRE']).optional(),
    idStructureFournisseur: optionalId,
    idServiceFournisseur: optionalId,
    idStructureMoe: optionalId,
    idServiceMoe: optionalId,
    idStructureMoa: optionalId,
    idServiceMoa: optionalId,
    idDestinataire: optionalId,
    idServiceExecutant: optionalId,
    listeTypeFactureTravaux: z.array(z.string()).optional(),
    listeStatutCourant: z.array(z.string()).optional(),
    cadreFacturation: text(),
    numeroFactureTravaux: text(),
    numeroMarche: text(),
    numeroBonCommande: text(),
    modeDepot: text(),
    numeroFluxDepot: text(),
    uniquementSansPieceSuivante: z.boolean().optional(),
    avecSansService: text(),
    periodeDateDepotDu: moment.optional(),
    periodeDateDepotAu: moment.optional(),
    rechercheFactureTravaux: paging().extend({ nbResultatsMaximum: optionalId }).optional(),
  }),
  run: (_call, { rechercheFactureTravaux }) => {
    const { rows: listeFacturesTravaux, parametresRetour } = page([], rechercheFactureTravaux);
    return done({ listeFacturesTravaux, parametresRetour });
  },
});

export const OTHER_APIS = [attachments, works];
