/** A Swagger of each kind, with just what the code uses: written by hand, and not made from the code. */

const text = { type: 'string' };
const whole = { type: 'integer', format: 'int64' };
const flag = { type: 'boolean' };
const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });
const list = (items: object) => ({ type: 'array', items });
const returned = { codeRetour: { type: 'integer', format: 'int32' }, libelle: text };
const account = { in: 'header', name: 'cpro-account', required: true, type: 'string' };
const siretKind = { type: 'string', enum: ['SIRET', 'UE_HORS_FRANCE'] };

const post = (request: string, response: string) => ({
  post: {
    parameters: [{ in: 'body', name: 'body', schema: { $ref: `#/definitions/${request}` } }, account],
    responses: { 200: { schema: { $ref: `#/definitions/${response}` } } },
  },
});

/** Swagger 2.0, as PISTE exports it. */
export const structures = {
  swagger: '2.0',
  basePath: '/cpro/structures',
  paths: {
    '/v1/rechercher': post('SearchRequest', 'SearchResponse'),
    '/v1/consulter': post('PageRequest', 'PageResponse'),
    '/v1/rechercher/services': post('ServicesRequest', 'ServicesResponse'),
    '/v1/consulter/service': post('ServiceRequest', 'ServiceResponse'),
    '/v1/rechercher/espaces': post('SpacesRequest', 'SpacesResponse'),
  },
  definitions: {
    Paging: object({ pageResultatDemandee: whole, nbResultatsParPage: whole }),
    SearchRequest: object({
      parametres: { $ref: '#/definitions/Paging' },
      structure: object({
        identifiantStructure: text,
        typeIdentifiantStructure: siretKind,
        typeStructure: { type: 'string', enum: ['PRIVEE', 'PUBLIQUE'] },
      }),
    }),
    SearchResponse: object({
      ...returned,
      listeStructures: list(
        object({
          idStructureCPP: whole,
          identifiantStructure: text,
          designationStructure: text,
          statut: { type: 'string', enum: ['ACTIVE', 'INACTIVE'] },
        }),
      ),
    }),
    PageRequest: object({ idStructureCPP: whole, codeLangue: text }),
    PageResponse: object({
      ...returned,
      adressePostaleDuSiege: object({
        adresse: text,
        complementAdresse1: text,
        complementAdresse2: text,
        codePostal: text,
        ville: text,
      }),
      informationGenerales: object({
        structurePriveePublique: { type: 'string', enum: ['PRIVEE', 'PUBLIQUE'] },
        dateExpirationMotPasseCompteTech: text,
      }),
      parametres: object({
        codeServiceDoitEtreRenseigne: flag,
        numeroEJDoitEtreRenseigne: flag,
        gestionNumeroEJOuCodeService: flag,
        estMoaUniquement: flag,
        statutMiseEnPaiementNestPasRemonte: flag,
      }),
    }),
    ServicesRequest: object({
      idStructure: whole,
      parametresRechercherServicesStructure: { $ref: '#/definitions/Paging' },
    }),
    ServicesResponse: {
      allOf: [
        object(returned),
        object({
          listeServices: list(object({ idService: whole, codeService: text, estActif: flag })),
          parametresRetour: object({ pages: whole, total: whole }),
        }),
      ],
    },
    SpacesRequest: object({
      structure: object({ idStructure: whole }),
      parametresRechercherEspaces: { $ref: '#/definitions/Paging' },
    }),
    SpacesResponse: object({
      ...returned,
      listeEspace: list(
        object({
          libelleEspace: text,
          etatCourant: { type: 'string', enum: ['ACTIVE', 'SUPPRIME'] },
          typeHabilitation: { type: 'string', enum: ['CONSULTATION_UNIQUEMENT', 'MODIFICATION'] },
        }),
      ),
      parametresRetour: object({ pages: whole, total: whole }),
    }),
    ServiceRequest: object({ idStructure: whole, idService: whole }),
    ServiceResponse: object({ ...returned, parametres: object({ numeroEngagement: flag }) }),
  },
};

/** OpenAPI 3. */
export const users = {
  openapi: '3.0.1',
  servers: [{ url: 'https://api.piste.gouv.fr/cpro/utilisateurs' }],
  paths: {
    '/v1/monCompte/recuperer/rattachements': {
      parameters: [{ in: 'header', name: 'cpro-account', required: true, schema: text }],
      post: {
        requestBody: { $ref: '#/components/requestBodies/Search' },
        responses: { 200: { $ref: '#/components/responses/Found' } },
      },
    },
  },
  components: {
    requestBodies: { Search: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Search' } } } } },
    responses: {
      Found: { content: { 'application/json;charset=utf-8': { schema: { $ref: '#/components/schemas/Found' } } } },
    },
    schemas: {
      Search: object({ parametresRecherche: object({ pageResultatDemandee: whole, nbResultatsParPage: whole }) }),
      Found: object({
        ...returned,
        parametresRetour: object({ pages: whole, total: whole }),
        listeStructureRattachement: list(
          object({
            ...{ identifiantStructure: text, statutRattachementStructure: text },
            listeServicesRattache: list(object({ codeService: text, estActif: flag })),
          }),
        ),
      }),
    },
  },
};
