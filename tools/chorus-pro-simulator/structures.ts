/** The directory (API Structures). Replies have the fields that a connector needs, not all of AIFE's. */
import * as z from 'zod';
import { operation, type Call } from './operation.ts';
import { done, refused, type Outcome } from './replies.ts';
import { flag, id, identifierKind, langue, page, paging, sorted, text } from './schemas.ts';
import { structureOf } from './state.ts';
import { isoDateTime } from './time.ts';
import type { Structure } from './world.ts';

/** The search is for a structure: one without any criterion is refused [INF]. */
const search = z.strictObject({
  structure: z
    .strictObject({
      identifiantStructure: text(18),
      typeIdentifiantStructure: identifierKind.optional(),
      typeStructure: z.enum(['PRIVEE', 'PUBLIQUE']).optional(),
      statutStructure: z.enum(['ACTIF', 'INACTIF']).optional(),
      raisonSocialeStructure: text(),
      estMOAUniquement: flag,
    })
    .refine((structure) => Object.values(structure).some((one) => one !== undefined), 'un critère au moins'),
  parametres: paging(['IdentifiantStructure', 'DesignationStructure', 'TypeIdentifiantStructure', 'Statut']).optional(),
  restreindreStructuresPrivees: flag,
});
type Search = z.output<typeof search>;

/** By exact identifier [INF], by part of the name. */
function isFound(one: Structure, { structure: wanted, restreindreStructuresPrivees: noCompanies }: Search): boolean {
  const tests = [
    !wanted.identifiantStructure || one.siret === wanted.identifiantStructure,
    wanted.typeIdentifiantStructure === undefined || wanted.typeIdentifiantStructure === 'SIRET',
    wanted.typeStructure === undefined || one.kind === wanted.typeStructure,
    wanted.statutStructure === undefined || one.active === (wanted.statutStructure === 'ACTIF'),
    wanted.estMOAUniquement === undefined || one.moaOnly === wanted.estMOAUniquement,
    one.name.toLowerCase().includes((wanted.raisonSocialeStructure ?? '').toLowerCase()),
    !noCompanies || one.kind === 'PUBLIQUE',
  ];
  return tests.every(Boolean);
}

const foundRow = ({ id: idStructureCPP, siret, name, active }: Structure) => ({
  idStructureCPP,
  identifiantStructure: siret,
  designationStructure: name,
  typeIdentifiantStructure: 'SIRET',
  statut: active ? 'ACTIVE' : 'INACTIVE',
});

const seat = { adresse: '1 place de la Mairie', codePostal: '14000', ville: 'Valbrume', pays: 'FRANCE' };

/**
 * Only one's own structures and public bodies may be read. One's own show when the technical account's password
 * expires. [V-AIFE]
 */
function consult({ account }: Call, one: Structure): Outcome {
  if (one.kind === 'PRIVEE' && !account.structures.includes(one.id)) return refused('notEntitled');
  return done({
    ...(one.kind === 'PUBLIQUE' ? { adressePostaleDuSiege: seat } : {}),
    informationGenerales: {
      idStructureCPP: one.id,
      identifiantStructure: one.siret,
      typeIdentifiantStructure: 'SIRET',
      structurePriveePublique: one.kind,
      raisonSocialeStructure: one.name,
      dateExpirationMotPasseCompteTech: account.structures.includes(one.id)
        ? isoDateTime(account.passwordExpiresAt)
        : null,
    },
    parametres: {
      codeServiceDoitEtreRenseigne: one.serviceMandatory,
      numeroEJDoitEtreRenseigne: one.commitmentMandatory,
      gestionNumeroEJOuCodeService: one.commitmentOrService,
      estMoaUniquement: one.moaOnly,
      statutMiseEnPaiementNestPasRemonte: one.paymentNotReported,
    },
  });
}

function withStructure({ state }: Call, wanted: number, run: (one: Structure) => Outcome): Outcome {
  const found = state.index.byId.get(wanted);
  return found ? run(found) : refused('structureUnknown', String(wanted));
}

function services(one: Structure, asked: z.output<ReturnType<typeof paging>> | undefined): Outcome {
  const rows = one.services.map(({ id: idService, code, name, active }) => ({
    idService,
    codeService: code,
    libelleService: name,
    estActif: active,
  }));
  const { rows: listeServices, parametresRetour } = page(sorted(rows, asked), asked);
  return done({ listeServices, parametresRetour });
}

function consultService(one: Structure, idService: number): Outcome {
  const service = one.services.find(({ id: given }) => given === idService);
  if (!service) return refused('serviceOfStructureUnknown', String(idService));
  return done({
    informationsGenerales: { codeService: service.code, nomService: service.name },
    parametres: { numeroEngagement: service.commitmentMandatory, miseEnPaiement: !one.paymentNotReported },
  });
}

const SERVICE_COLUMNS = ['CodeService', 'LibelleService', 'DateDbtService', 'DateFinService', 'EstActif'];

export const STRUCTURES = [
  operation({
    path: '/cpro/structures/v1/rechercher',
    schema: search,
    run({ state }, input) {
      structureOf(state, input.structure.identifiantStructure ?? '');
      const found = state.world.structures.filter((one) => isFound(one, input)).map(foundRow);
      const { rows: listeStructures, parametresRetour } = page(sorted(found, input.parametres), input.parametres);
      return done({ listeStructures, parametresRetour });
    },
  }),
  operation({
    path: '/cpro/structures/v1/consulter',
    // idStructureCPP [V-AIFE]; the idStructure of a third-party client is wrong.
    schema: z.strictObject({ idStructureCPP: id, codeLangue: langue }),
    run: (call, { idStructureCPP }) => withStructure(call, idStructureCPP, (one) => consult(call, one)),
  }),
  operation({
    path: '/cpro/structures/v1/rechercher/services',
    schema: z.strictObject({
      idStructure: id,
      parametresRechercherServicesStructure: paging(SERVICE_COLUMNS).optional(),
    }),
    run: (call, { idStructure, parametresRechercherServicesStructure: asked }) =>
      withStructure(call, idStructure, (one) => services(one, asked)),
  }),
  operation({
    path: '/cpro/structures/v1/consulter/service',
    schema: z.strictObject({ idStructure: id, idService: id, codeLangue: langue }),
    run: (call, { idStructure, idService }) =>
      withStructure(call, idStructure, (one) => consultService(one, idService)),
  }),
];
