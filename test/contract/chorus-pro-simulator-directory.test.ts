import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  createChorusPro,
  drivenClock,
  MANY_SERVICES,
  RECIPIENTS,
  REFUSALS,
  SUPPLIERS,
} from '../../tools/chorus-pro-simulator/index.ts';
import { EXAMPLE_PDF, exampleClient, supplierId } from '../../tools/chorus-pro-simulator/example-client.ts';

const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
const client = exampleClient(createChorusPro({ clock, options: { errorStatus: 200 } }));

const found = z.object({
  listeStructures: z.array(z.looseObject({ idStructureCPP: z.number(), identifiantStructure: z.string() })),
});
const searchStructures = (structure: object, others: object = {}) =>
  found.parse(client.call('structures/rechercher', { structure, ...others }).body).listeStructures;

function idOf(siret: string): number {
  return searchStructures({ identifiantStructure: siret, typeIdentifiantStructure: 'SIRET' })[0]?.idStructureCPP ?? 0;
}

test('finds structures by identifier, name, kind and status', () => {
  expect(searchStructures({ identifiantStructure: RECIPIENTS.nothingMandatory })).toMatchObject([
    { identifiantStructure: RECIPIENTS.nothingMandatory, statut: 'ACTIVE', typeIdentifiantStructure: 'SIRET' },
  ]);
  expect(searchStructures({ identifiantStructure: '99999999999999' })).toEqual([]);
  expect(searchStructures({ statutStructure: 'INACTIF' })).toMatchObject([
    { identifiantStructure: RECIPIENTS.inactive },
  ]);
  expect(searchStructures({ raisonSocialeStructure: 'duval' })).toHaveLength(2);
  expect(searchStructures({ estMOAUniquement: true })).toMatchObject([{ identifiantStructure: RECIPIENTS.moaOnly }]);
  expect(searchStructures({ typeStructure: 'PUBLIQUE' }, { parametres: { nbResultatsParPage: 50 } })).toHaveLength(
    Object.keys(RECIPIENTS).length,
  );
  expect(
    searchStructures(
      { statutStructure: 'ACTIF' },
      { restreindreStructuresPrivees: true, parametres: { pageResultatDemandee: 2, nbResultatsParPage: 10 } },
    ),
  ).toHaveLength(2);
});

test.each([{}, { structure: {} }, { structure: { identifiantStructure: null } }])(
  'refuses a search for no structure: %j',
  (search) => {
    expect(client.call('structures/rechercher', { ...search, parametres: { nbResultatsParPage: 1 } }).status).toBe(400);
  },
);

test.each<[string, object]>([
  [RECIPIENTS.nothingMandatory, { codeServiceDoitEtreRenseigne: false, numeroEJDoitEtreRenseigne: false }],
  [RECIPIENTS.commitmentMandatory, { numeroEJDoitEtreRenseigne: true }],
  [RECIPIENTS.serviceMandatory, { codeServiceDoitEtreRenseigne: true }],
  [RECIPIENTS.commitmentOrService, { gestionNumeroEJOuCodeService: true }],
  [RECIPIENTS.moaOnly, { estMoaUniquement: true }],
  [RECIPIENTS.paymentNotReported, { statutMiseEnPaiementNestPasRemonte: true }],
])('%s says what it requires', (siret, parametres) => {
  const { body } = client.call('structures/consulter', { idStructureCPP: idOf(siret), codeLangue: 'fr' });
  expect(body).toMatchObject({
    codeRetour: 0,
    parametres,
    informationGenerales: { dateExpirationMotPasseCompteTech: null },
  });
});

test('the expiry of the technical password shows on its own structure', () => {
  const { body } = client.call('structures/consulter', { idStructureCPP: supplierId(client) });
  expect(body['informationGenerales']).toMatchObject({
    dateExpirationMotPasseCompteTech: '2027-11-23T12:00:00.000+01:00',
  });
});

test('an unknown structure, and the wrong field for its id', () => {
  expect(client.call('structures/consulter', { idStructureCPP: 1 }).body['codeRetour']).toBe(
    REFUSALS.structureUnknown.code,
  );
  expect(client.call('structures/consulter', { idStructure: 1 }).status).toBe(400);
});

test('services come over several pages, and say what they require', () => {
  const idStructure = idOf(RECIPIENTS.manyServices);
  const schema = z.object({
    listeServices: z.array(z.object({ idService: z.number(), codeService: z.string(), estActif: z.boolean() })),
    parametresRetour: z.object({ total: z.number(), pages: z.number() }),
  });
  const services = (asked?: object) =>
    schema.parse(
      client.call('structures/rechercher/services', { idStructure, parametresRechercherServicesStructure: asked }).body,
    );
  expect(services()).toMatchObject({ parametresRetour: { total: 30, pages: 3 } });
  expect(services().listeServices[0]?.codeService).toBe(MANY_SERVICES.first);
  const all = [1, 2, 3].flatMap((pageResultatDemandee) => services({ pageResultatDemandee }).listeServices);
  expect(all.filter(({ estActif }) => !estActif).map(({ codeService }) => codeService)).toEqual([
    MANY_SERVICES.inactive,
  ]);
  expect(all.map(({ codeService }) => codeService)).toContain(MANY_SERVICES.reserved);
  const idService = all.find(({ codeService }) => codeService === MANY_SERVICES.commitmentMandatory)?.idService ?? 0;
  const service = client.call('structures/consulter/service', { idStructure, idService });
  expect(service.body).toMatchObject({ codeRetour: 0, parametres: { numeroEngagement: true } });
  const none = client.call('structures/consulter/service', { idStructure, idService: 1 });
  expect(none.body['codeRetour']).toBe(REFUSALS.serviceOfStructureUnknown.code);
});

test.each([
  ['transverses/recuperer/modereglements', 'listeModePaiement', {}],
  ['transverses/recuperer/motifs/exonerationtva', 'listeMotifsExonerationTva', {}],
  ['transverses/recuperer/tauxtva', 'listeTauxTva', {}],
  ['transverses/recuperer/structures/actives/fournisseur', 'listeStructures', {}],
  ['utilisateurs/monCompte/recuperer/rattachements', 'listeStructureRattachement', {}],
  ['structures/rechercher', 'listeStructures', { structure: { statutStructure: 'ACTIF' } }],
] as const)('%s lists something', (operation, field, asked) => {
  const { status, body } = client.call(operation, asked);
  expect({ status, codeRetour: body['codeRetour'] }).toEqual({ status: 200, codeRetour: 0 });
  expect(z.array(z.unknown()).parse(body[field]).length).toBeGreaterThan(0);
});

test('the types of attachments are those of an invoice', () => {
  const { body } = client.call('transverses/recuperer/typespj', { codeLangue: 'fr', typeObjet: 'FACTURE' });
  expect(body['listeTypePieceJointe']).toMatchObject([
    { codeTypePieceJointe: 'RIB', idTypePieceJointe: 1, typeObjet: 'FACTURE' },
    { codeTypePieceJointe: 'BON_DE_COMMANDE' },
    { codeTypePieceJointe: 'DIVERS' },
    { codeTypePieceJointe: 'ZZZ' },
  ]);
  expect(client.call('transverses/recuperer/typespj', { typeObjet: 'AUTRE' }).status).toBe(400);
});

test('bank accounts are listed for one’s own structure, by id and name and without IBAN', () => {
  const own = client.call('transverses/recuperer/coordbanc/valides', { idStructure: supplierId(client) });
  expect(own.body['listeCoordonneeBancaire']).toEqual([
    { idCoordonneeBancaire: 501, nomCoordonneeBancaire: 'Compte courant' },
    { idCoordonneeBancaire: 503, nomCoordonneeBancaire: 'Affacturage DE89 3704 0044 0532 0130 00' },
  ]);
  const other = client.call('transverses/recuperer/coordbanc/valides', {
    idStructure: idOf(RECIPIENTS.nothingMandatory),
  });
  expect(other.body['codeRetour']).toBe(REFUSALS.notEntitled.code);
});

test('another company is found, but its page may not be read', () => {
  const idStructureCPP = idOf(SUPPLIERS.stranger);
  expect(client.call('structures/consulter', { idStructureCPP }).body['codeRetour']).toBe(REFUSALS.notEntitled.code);
});

test('works invoices are an empty list', () => {
  const { body } = client.call('facturesTravaux/rechercher', { roleUtilisateur: 'FOURNISSEUR' });
  expect(body).toMatchObject({ codeRetour: 0, listeFacturesTravaux: [], parametresRetour: { total: 0 } });
});

const file = {
  pieceJointeFichier: EXAMPLE_PDF,
  pieceJointeNom: 'rib.pdf',
  pieceJointeTypeMime: 'application/pdf',
  pieceJointeExtension: 'PDF',
};

test.each([
  ['a file', {}, 200, 0],
  ['a name of 51 characters', { pieceJointeNom: `${'r'.repeat(47)}.pdf` }, 400, REFUSALS.malformed.code],
  ['a name without extension', { pieceJointeNom: 'rib' }, 400, REFUSALS.malformed.code],
  [
    'an extension that is not admitted',
    { pieceJointeNom: 'a.exe', pieceJointeExtension: 'EXE' },
    400,
    REFUSALS.malformed.code,
  ],
  ['two extensions', { pieceJointeExtension: 'PNG' }, 400, REFUSALS.malformed.code],
  ['a text that is not base64', { pieceJointeFichier: '%PDF' }, 400, REFUSALS.malformed.code],
  ['more than 10 MB', { pieceJointeFichier: Buffer.alloc(10_000_001).toString('base64') }, 200, 20003],
])('ajouter/fichier: %s', (_case, change, status, code) => {
  const reply = client.call('transverses/ajouter/fichier', { ...file, ...change });
  expect({ status: reply.status, code: reply.body['codeRetour'] }).toEqual({ status, code });
});
