import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { PROJECT_MANAGERS, RECIPIENTS, REFUSALS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { submitInvoice } from '../../tools/chorus-pro-simulator/example-client.ts';
import { brief, DAY, idOf, requests, worksContract } from './works-contract.ts';

test('a monthly draft is answered by the project manager, then by the works owner, then paid', () => {
  const { client, clock, works } = worksContract();
  works({ number: 'S-1' });
  expect(brief(client)).toEqual(['S-1 A4 DEPOSEE']);
  clock.advance(2 * DAY);
  expect(brief(client)).toEqual(['S-1 A4 PRISE_EN_COMPTE_MOE']);
  clock.advance(4 * DAY);
  expect(brief(client)).toEqual(['S-1 A4 TRANSMISE_MOA', 'S-1EA A15 MISE_A_DISPOSITION_MOA']);
  clock.advance(20 * DAY);
  expect(brief(client)).toEqual(['S-1 A4 TRANSMISE_MOA', 'S-1EA A15 ASSOCIEE', 'S-1EAV A19 MISE_EN_PAIEMENT']);
  const files = requests(client).listeDemandePaiement.map(({ idDossierFacturation }) => idDossierFacturation);
  expect(new Set(files).size).toBe(1);
});

test('each document names the one before and the one after it', () => {
  const { client, clock, works } = worksContract();
  works({ number: 'S-1' });
  clock.advance(30 * DAY);
  const ids = requests(client).listeDemandePaiement.map(({ idDemandePaiement }) => idDemandePaiement);
  const chain = ids.map(
    (identifiantFactureCPP) => client.call('factures/consulter/fournisseur', { identifiantFactureCPP }).body['facture'],
  );
  const [draft, statement, valid] = ids;
  expect(chain).toMatchObject([
    { pieceSuivante: { idPieceSuivante: statement, numeroPieceSuiante: 'S-1EA' } },
    { piecePrecedente: { idPiecePrecedente: draft }, pieceSuivante: { idPieceSuivante: valid } },
    { piecePrecedente: { idPiecePrecedente: statement, cadreFacturationPiecePrecedente: 'A15_ETAT_ACOMPTE_MOE' } },
  ]);
  expect(chain[0]).toMatchObject({
    cadreDeFacturation: { identifiantMoe: PROJECT_MANAGERS.answers, identifiantMoa: RECIPIENTS.nothingMandatory },
  });
});

test('a search of payment requests has no pages: total counts what its ceiling leaves out', () => {
  const { client, works } = worksContract({ paymentRequestCeiling: 2 });
  for (const number of ['S-1', 'S-2', 'S-3']) works({ number });
  const { total, listeDemandePaiement } = requests(client);
  expect([total, listeDemandePaiement.length]).toEqual([3, 2]);
  expect(listeDemandePaiement.map(({ nombreResultatTotal }) => nombreResultatTotal)).toEqual(['3', '3']);
  const paging = { roleUtilisateur: 'FOURNISSEUR', pageResultatDemandee: 2 };
  expect(client.call('factures/rechercher/demandePaiement', paging).status).toBe(400);
});

test('it does not work in qualification', () => {
  const { client } = worksContract({ qualification: true });
  const { body } = client.call('factures/rechercher/demandePaiement', { roleUtilisateur: 'FOURNISSEUR' });
  expect(body['codeRetour']).toBe(REFUSALS.notInQualification.code);
  expect(client.call('facturesTravaux/rechercher', { roleUtilisateur: 'FOURNISSEUR' }).body['codeRetour']).toBe(0);
});

test('it shows invoices and works documents, and finds each by its filters', () => {
  const { client, model, works } = worksContract();
  submitInvoice(client, { number: 'F-1' });
  works({ number: 'S-1' });
  model.setStatus('S-1', 'A_COMPLETER', 'attachements');
  const file = requests(client, { numeroFacture: 'S-1' }).listeDemandePaiement[0]?.['numeroDossierFacturation'];
  expect(requests(client).total).toBe(2);
  const supplier = { identifiantStructureFournisseur: SUPPLIERS.company };
  const only: [object, string][] = [
    [{ typeDemandePaiement: 'FACTURE' }, 'F-1'],
    [{ typeDemandePaiement: 'FACTURE_TRAVAUX' }, 'S-1'],
    [{ typeFacture: 'FACTURE' }, 'F-1'],
    [{ typeFactureTravaux: 'PROJET_DECOMPTE_MENSUEL' }, 'S-1'],
    [{ cadreFacturation: 'A4_PROJET_DECOMPTE_MENSUEL_FOURNISSEUR' }, 'S-1'],
    [{ statutCourant: ['A_COMPLETER'] }, 'S-1'],
    [{ periodeDateHeureEtatCourantDu: '2026-11-23T10:05:00+01:00' }, 'S-1'],
    [{ periodeDateDepotAu: '2026-11-23T10:04:59+01:00' }, 'F-1'],
    [{ montantTTCMin: 1000 }, 'S-1'],
    [{ numeroMarche: 'M-2026-1' }, 'S-1'],
    [{ structureMoe: { identifiantStructureMoe: PROJECT_MANAGERS.answers } }, 'S-1'],
    [{ numeroDossierFacturation: file, structureFournisseur: supplier }, 'S-1'],
  ];
  for (const [filter, number] of only)
    expect(requests(client, filter).listeDemandePaiement, JSON.stringify(filter)).toMatchObject([
      { numeroDemandePaiement: number },
    ]);
  const siren = { structureFournisseur: { identifiantStructureFournisseur: SUPPLIERS.agency } };
  expect(requests(client, siren).total).toBe(0);
  expect(requests(client, { ...siren, rechercheSirenFournisseur: true }).total).toBe(2);
  expect(requests(client, { dpOuDpArchive: 'DP_ARCHIVE' }).total).toBe(0);
  expect(requests(client, { roleUtilisateur: 'MOE' }).total).toBe(0);
});

test('rechercher/fournisseur shows works documents only where that is chosen', () => {
  const { client, model, works } = worksContract();
  works({ number: 'S-1' });
  const search = () => client.call('factures/rechercher/fournisseur').body['listeFactures'];
  expect(search()).toEqual([]);
  model.options.worksAmongInvoices = true;
  expect(search()).toMatchObject([{ numeroFacture: 'S-1', statut: 'DEPOSEE' }]);
});

test('the search of FacturesTravaux has pages, works documents only, and either name of its list', () => {
  const { client, model, clock, works } = worksContract();
  submitInvoice(client, { number: 'F-1' });
  works({ number: 'S-1' });
  works({ number: 'S-2' });
  const search = (filters: object = {}) =>
    client.call('facturesTravaux/rechercher', { roleUtilisateur: 'FOURNISSEUR', ...filters }).body;
  expect(search({ rechercheFactureTravaux: { nbResultatsParPage: 1, pageResultatDemandee: 2 } })).toMatchObject({
    listeFacturesTravaux: [{ numeroFactureTravaux: 'S-2', idFactureTravaux: `${idOf(client, 'S-2')}` }],
    parametresRetour: { pages: 2, total: 2 },
  });
  clock.advance(30 * DAY);
  model.options.worksListName = 'listeFactures';
  const filters = { uniquementSansPieceSuivante: true, listeStatutCourant: 'MISE_EN_PAIEMENT' };
  expect(search(filters)).toMatchObject({
    listeFactures: [
      { numeroFactureTravaux: 'S-1EAV', typeFactureTravaux: 'ETAT_ACOMPTE_VALIDE' },
      { numeroFactureTravaux: 'S-2EAV', montantTTC: '1200.00' },
    ],
  });
});

/** A folder with AIFE's Swaggers, factures.json and structures.json. */
const swaggers = process.env['AIFE_SWAGGERS'];
const definition = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() });

test.runIf(swaggers)('every field of its answers is in AIFE’s Swagger', () => {
  const { client, works } = worksContract();
  works();
  const read = (api: string) =>
    z
      .object({ definitions: z.record(z.string(), definition) })
      .parse(JSON.parse(readFileSync(join(swaggers ?? '', `${api}.json`), 'utf8'))).definitions;
  const rows = (operation: Parameters<typeof client.call>[0], list: string, body: object) =>
    z.array(z.record(z.string(), z.unknown())).parse(client.call(operation, body).body[list]);
  const [request] = rows('factures/rechercher/demandePaiement', 'listeDemandePaiement', {
    roleUtilisateur: 'FOURNISSEUR',
  });
  const [space] = rows('structures/rechercher/espaces', 'listeEspace', {
    structure: { identifiantStructure: SUPPLIERS.company },
  });
  const known = {
    ...read('factures')['RechercherDemandePaiementOutputListeDemandePaiement']?.properties,
    ...read('structures')['WsRetourEspaceFoServiceSxp']?.properties,
  };
  expect(Object.keys({ ...request, ...space }).filter((field) => !(field in known))).toEqual([]);
});
