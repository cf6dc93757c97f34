import * as z from 'zod';
import { done, refused, type Outcome } from './replies.ts';
import { isoDateTime } from './time.ts';
import { operation, type Call } from './operation.ts';
import { page, sorted } from './paging.ts';
import { flag, id, identifierKind, langue, paging, text } from './schemas.ts';
import type { Structure } from './world.ts';

const search = z.strictObject({
  structure: z
    .strictObject({
      identifiantStructure: text(18),
      typeIdentifiantStructure: identifierKind.optional(),
      typeStructure: z.enum(['PRIVEE', 'PUBLIQUE']).optional(),
      statutStructure: z.enum(['ACTIF', 'INACTIF']).optional(),
      raisonSocialeStructure: text(),
      libelleStructure: text(),
      nomStructure: text(),
      prenomStructure: text(),
      adresseCodePays: text(),
      adresseCodePostal: text(),
      adresseVille: text(),
      estMOA: flag,
      estMOAUniquement: flag,
    })
    .default({}),
  parametres: paging(['IdentifiantStructure', 'DesignationStructure', 'TypeIdentifiantStructure', 'Statut']).optional(),
  restreindreStructuresPrivees: flag,
});
type Search = z.output<typeof search>;

/** By exact identifier [INF], by part of a name; addresses are not simulated. */
function isFound(one: Structure, { structure: wanted, restreindreStructuresPrivees: noCompanies }: Search): boolean {
  const name = wanted.raisonSocialeStructure ?? wanted.libelleStructure ?? '';
  const tests = [
    !wanted.identifiantStructure || one.siret === wanted.identifiantStructure,
    wanted.typeIdentifiantStructure === undefined || wanted.typeIdentifiantStructure === 'SIRET',
    wanted.typeStructure === undefined || one.kind === wanted.typeStructure,
    wanted.statutStructure === undefined || one.active === (wanted.statutStructure === 'ACTIF'),
    wanted.estMOAUniquement === undefined || one.moaOnly === wanted.estMOAUniquement,
    one.name.toLowerCase().includes(name.toLowerCase()),
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

const NO_ADDRESS = {
  adresse: null,
  codePostal: null,
  complementAdresse1: null,
  complementAdresse2: null,
  fax: null,
  indicatifFax: null,
  indicatifTelephone: null,
  pays: 'FR',
  telephone: null,
  ville: null,
};

/** The expiry of the technical account's password shows on one's own structures [V-AIFE]. */
function consult({ account }: Call, one: Structure): Outcome {
  const own = account.structures.includes(one.id);
  return done({
    informationGenerales: {
      idStructureCPP: one.id,
      identifiantStructure: one.siret,
      typeIdentifiantStructure: 'SIRET',
      structurePriveePublique: one.kind,
      raisonSocialeStructure: one.name,
      libelleStructure: one.name,
      nomStructure: null,
      prenomStructure: null,
      emailStructure: null,
      numeroRcsStructure: null,
      numeroTVA: null,
      estValideurDeleguee: false,
      idStructureOrigine: null,
      listeStructureDupliquees: [],
      dateExpirationMotPasseCompteTech: own ? expiry(account.passwordExpiresAt) : null,
    },
    adressePostaleDuSiege: NO_ADDRESS,
    parametres: {
      codeServiceDoitEtreRenseigne: one.serviceMandatory,
      numeroEJDoitEtreRenseigne: one.commitmentMandatory,
      gestionNumeroEJOuCodeService: one.commitmentOrService,
      estMoaUniquement: one.moaOnly,
      getaMoa: one.moaOnly,
      statutMiseEnPaiementNestPasRemonte: one.paymentNotReported,
      connexionEDI: false,
      recevoirDonneesViaEDI: false,
      estValideurDelegue: false,
      nonDiffusibleInsee: false,
    },
  });
}

const FOREVER = Date.UTC(9999, 0, 1);
const expiry = (at: number) => (at >= FOREVER ? null : isoDateTime(at));

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
    statutService: active ? 'ACTIF' : 'INACTIF',
  }));
  const { rows: listeServices, parametresRetour } = page(sorted(rows, asked), asked);
  return done({ listeServices, parametresRetour });
}

function consultService(one: Structure, idService: number): Outcome {
  const service = one.services.find(({ id: given }) => given === idService);
  if (!service) return refused('serviceOfStructureUnknown', String(idService));
  return done({
    informationsGenerales: { codeService: service.code, nomService: service.name, descriptionService: null },
    parametres: {
      numeroEngagement: service.commitmentMandatory,
      miseEnPaiement: !one.paymentNotReported,
      dateCreation: '2017-01-01',
      dateModification: null,
      dateDebutValidite: '2017-01-01',
      dateFinValidite: service.active ? null : '2020-12-31',
    },
    adressePostale: NO_ADDRESS,
    pageCourante: 1,
    pages: 1,
    nbResultatsParPage: 10,
    total: 1,
  });
}

const SERVICE_COLUMNS = ['CodeService', 'LibelleService', 'DateDbtService', 'DateFinService', 'EstActif'];

export const STRUCTURES = [
  operation({
    path: 'structures/rechercher',
    schema: search,
    run({ state }, input) {
      const found = state.world.structures.filter((one) => isFound(one, input)).map(foundRow);
      const { rows: listeStructures, parametresRetour } = page(sorted(found, input.parametres), input.parametres);
      return done({ listeStructures, parametresRetour });
    },
  }),
  operation({
    path: 'structures/consulter',
    // idStructureCPP [V-AIFE]; the idStructure of a third-party client is wrong.
    schema: z.strictObject({ idStructureCPP: id, codeLangue: langue }),
    run: (call, { idStructureCPP }) => withStructure(call, idStructureCPP, (one) => consult(call, one)),
  }),
  operation({
    path: 'structures/rechercher/services',
    schema: z.strictObject({
      idStructure: id,
      parametresRechercherServicesStructure: paging(SERVICE_COLUMNS).optional(),
    }),
    run: (call, { idStructure, parametresRechercherServicesStructure: asked }) =>
      withStructure(call, idStructure, (one) => services(one, asked)),
  }),
  operation({
    path: 'structures/consulter/service',
    schema: z.strictObject({ idStructure: id, idService: id, codeLangue: langue }),
    run: (call, { idStructure, idService }) =>
      withStructure(call, idStructure, (one) => consultService(one, idService)),
  }),
];
