import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  createChorusPro,
  drivenClock,
  RECIPIENTS,
  REFUSALS,
  STATE_ORDER,
  stateOrder,
  SUPPLIERS,
} from '../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, submitInvoice, supplierId } from '../../tools/chorus-pro-simulator/example-client.ts';

const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
const model = createChorusPro({ clock, options: { errorStatus: 200 } });
model.world.orders.push(
  stateOrder({ id: 40_000_002, number: '0000012219', notifiedAt: Date.UTC(2026, 10, 22, 23, 30), total: 900.5 }),
  stateOrder({ id: 40_000_003, number: '1501966750', supplierSiret: SUPPLIERS.stranger }),
);
const client = exampleClient(model);
const paged = { pageResultatDemandee: 1, nbResultatsParPage: 10 };

const answer = z.object({
  listeEngagementJuridique: z.array(z.looseObject({ numeroEngagementJuridique: z.string() })),
  parametresRetour: z.object({ pages: z.number(), total: z.number() }),
});
const search = (filters: object, parametresRecherche: object = paged) =>
  answer.parse(client.call('engagementsJuridiques/rechercher', { ...filters, parametresRecherche }).body);
const numbers = (filters: object) =>
  search(filters).listeEngagementJuridique.map(({ numeroEngagementJuridique }) => numeroEngagementJuridique);

test.each<[filters: object, found: string[]]>([
  [{}, [STATE_ORDER.number, '0000012219']],
  [{ numeroEngagementJuridique: '0000012219' }, ['0000012219']],
  [{ numeroEngagementJuridique: '12219' }, []],
  [{ numeroMarcheEngagementJuridique: STATE_ORDER.market }, [STATE_ORDER.number, '0000012219']],
  [{ structureReceptriceEngagementJuridique: String(supplierId(client)) }, [STATE_ORDER.number, '0000012219']],
  [{ structureReceptriceEngagementJuridique: String(supplierId(client, SUPPLIERS.agency)) }, []],
  [{ etatCourantEngagementJuridique: 'A_TRAITER' }, []],
  [{ montantTTCMin: 900.51 }, [STATE_ORDER.number]],
  // 23:30 UTC is the next day in Paris.
  [{ periodeDateNotificationEJDu: '2026-11-23', periodeDateNotificationEJAu: '2026-11-23' }, ['0000012219']],
  [{ periodeDateNotificationEJDu: '2026-11-20', periodeDateNotificationEJAu: '2026-11-20' }, [STATE_ORDER.number]],
  [{ numeroEngagementJuridique: '1501966750' }, []],
])('finds the account’s own orders by %j', (filters, found) => {
  expect(numbers(filters)).toEqual(found);
});

test('gives them page by page', () => {
  const second = search({}, { nbResultatsParPage: 1, pageResultatDemandee: 2 });
  expect(second.listeEngagementJuridique).toMatchObject([{ numeroEngagementJuridique: '0000012219' }]);
  expect(second.parametresRetour).toMatchObject({ pages: 2, total: 2 });
});

test.each<object>([
  {},
  { parametresRecherche: paged, numero: '1' },
  { parametresRecherche: paged, structureReceptriceEngagementJuridique: 20_000_000 },
  { parametresRecherche: paged, periodeDateNotificationEJDu: '2026-11-20T00:00:00Z' },
  { parametresRecherche: { ...paged, triColonne: 'Montant' } },
])('refuses a search that AIFE’s sample does not have: %j', (body) => {
  expect(client.call('engagementsJuridiques/rechercher', body).status).toBe(400);
});

test('refuses the orders of another company', () => {
  const filters = { structureReceptriceEngagementJuridique: '1', parametresRecherche: paged };
  expect(client.call('engagementsJuridiques/rechercher', filters).body).toMatchObject({
    codeRetour: REFUSALS.notEntitled.code,
  });
  const detail = client.call('engagementsJuridiques/consulterDetail', { numeroEngagementJuridique: '1501966750' });
  expect(detail.body).toMatchObject({ codeRetour: REFUSALS.orderUnknown.code });
});

test('shows to whom an order is invoiced, and what has been invoiced on it', () => {
  submitInvoice(client, {
    ...{ number: 'F-ETAT-1', recipient: RECIPIENTS.state, service: STATE_ORDER.service },
    commitment: STATE_ORDER.number,
  });
  const { body } = client.call('engagementsJuridiques/consulterDetail', {
    numeroEngagementJuridique: STATE_ORDER.number,
  });
  expect(body).toMatchObject({
    emetteur: { identifiantStructureEmettrice: RECIPIENTS.state, codeServiceExecutant: STATE_ORDER.service },
    recepteur: { identifiantStructureReceptrice: SUPPLIERS.company },
    demandePaiement: [{ numeroDemandePaiement: 'F-ETAT-1', sousType: 'FACTURE', montantTtcDemandePaiement: 120 }],
  });
});

test('turns away an application that has not selected the API, and only from that API', () => {
  const other = createChorusPro({ clock });
  for (const application of other.world.applications)
    application.apis = application.apis.filter((api) => api !== 'engagementsJuridiques');
  const turned = exampleClient(other);
  expect(turned.call('engagementsJuridiques/rechercher', { parametresRecherche: paged }).status).toBe(403);
  expect(supplierId(turned)).toBeGreaterThan(0);
});

test('shows what the account is attached to, with the services', () => {
  const { body } = client.call('utilisateurs/monCompte/recuperer/rattachements', { parametresRecherche: paged });
  expect(body).toMatchObject({
    listeStructureRattachement: [
      { identifiantStructure: SUPPLIERS.company, statutRattachementStructure: 'VALIDEE', listeServicesRattache: [] },
      { identifiantStructure: SUPPLIERS.agency, listeServicesRattache: [{ codeService: 'SERVICE_FOURNISSEUR' }] },
    ],
  });
});
