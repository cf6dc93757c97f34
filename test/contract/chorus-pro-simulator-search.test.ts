import { expect, test } from 'vitest';
import * as z from 'zod';
import { createChorusPro, drivenClock } from '../../tools/chorus-pro-simulator/index.ts';
import {
  depositPdf,
  exampleClient,
  submitInvoice,
  supplierId,
  type ExampleClient,
} from '../../tools/chorus-pro-simulator/example-client.ts';

const DAY = 24 * 3_600_000;

function fresh(options: Parameters<typeof createChorusPro>[0]['options'] = {}) {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock, options: { errorStatus: 200, tokenLifetimeSeconds: 1e9, ...options } });
  return { clock, model, client: exampleClient(model) };
}

const listing = z.object({
  listeFactures: z.array(z.looseObject({ numeroFacture: z.string().nullable(), statut: z.string() })),
  parametresRetour: z.object({ pageCourante: z.int(), pages: z.int(), nbResultatsParPage: z.int(), total: z.int() }),
});
const search = (client: ExampleClient, filters: object = {}) =>
  listing.parse(client.call('factures/rechercher/fournisseur', filters).body);
const numbers = (client: ExampleClient, filters: object = {}) =>
  search(client, filters).listeFactures.map(({ numeroFacture }) => numeroFacture);
const paged = (asked: object) => ({ rechercheFactureParFournisseur: asked });

test('has pages of ten unless asked otherwise, and an empty page beyond the end', () => {
  const { client } = fresh();
  for (let rank = 1; rank <= 23; rank += 1) submitInvoice(client, { number: `F-${rank}` });
  expect(search(client).parametresRetour).toEqual({ pageCourante: 1, pages: 3, nbResultatsParPage: 10, total: 23 });
  expect(numbers(client, paged({ pageResultatDemandee: 3 }))).toEqual(['F-21', 'F-22', 'F-23']);
  expect(numbers(client, paged({ pageResultatDemandee: 4 }))).toEqual([]);
  expect(numbers(client, paged({ nbResultatsParPage: 1000 }))).toHaveLength(23);
  expect(search(client, paged({ nbResultatsMaximum: 15 })).parametresRetour).toMatchObject({ total: 15, pages: 2 });
  expect(numbers(client, paged({ triColonne: 'NumeroFacture', triSens: 'Descendant', nbResultatsParPage: 2 }))).toEqual(
    ['F-9', 'F-8'],
  );
});

test('without nbResultatsMaximum no more than 200 are found', () => {
  const { client } = fresh();
  for (let rank = 1; rank <= 201; rank += 1) submitInvoice(client, { number: `F-${rank}` });
  expect(search(client).parametresRetour.total).toBe(200);
  expect(search(client, paged({ nbResultatsMaximum: 10_000 })).parametresRetour.total).toBe(201);
});

test('finds by each filter', () => {
  const { client, model } = fresh();
  submitInvoice(client, { number: 'F-1' });
  submitInvoice(client, { number: 'F-2' });
  model.setStatus('F-2', 'REJETEE', 'motif');
  const filters = [
    { numeroFacture: 'F-2' },
    { statutCourant: ['REJETEE', 'SUSPENDUE'] },
    { statutCourant: ['REJETEE'], rejetTraite: false },
  ];
  for (const filter of filters) expect(numbers(client, filter), JSON.stringify(filter)).toEqual(['F-2']);
  expect(numbers(client, { idFournisseur: supplierId(client) })).toEqual(['F-1', 'F-2']);
  expect(numbers(client, { idFournisseur: 1 })).toEqual([]);
  expect(numbers(client, { rejetTraite: true })).toEqual([]);
});

test('finds by the instant of the status, both ends included, as instants or as days', () => {
  const { client, clock } = fresh();
  submitInvoice(client, { number: 'F-1' });
  clock.advance(2 * 3_600_000);
  const at = '2026-11-23T12:00:00.000+01:00';
  expect(search(client).listeFactures).toMatchObject([{ statut: 'MISE_A_DISPOSITION', dateHeureEtatCourant: at }]);
  const period = (periodeDateHeureEtatCourantDu: string, periodeDateHeureEtatCourantAu: string) =>
    numbers(client, { periodeDateHeureEtatCourantDu, periodeDateHeureEtatCourantAu });
  expect(period(at, at)).toEqual(['F-1']);
  expect(period('2026-11-23T11:00:00.000Z', '2026-11-23T11:00:00Z')).toEqual(['F-1']);
  expect(period('2026-11-23', '2026-11-23')).toEqual(['F-1']);
  expect(period('2026-11-23T12:00:00.001+01:00', '2026-11-24')).toEqual([]);
  expect(period('2026-11-20', '2026-11-23T11:59:59.999+01:00')).toEqual([]);
});

test('shows what was true before the lag: an invoice, then its new status', () => {
  const { client, clock } = fresh({ searchLagMs: 30 * 60_000 });
  submitInvoice(client, { number: 'F-1' });
  expect(numbers(client, { numeroFacture: 'F-1' })).toEqual([]);
  clock.advance(30 * 60_000);
  expect(search(client, { numeroFacture: 'F-1' }).listeFactures).toMatchObject([
    { statut: 'DEPOSEE', dateHeureEtatCourant: '2026-11-23T10:00:00.000+01:00' },
  ]);
  clock.advance(10 * 60_000);
  expect(search(client).listeFactures).toMatchObject([{ statut: 'EN_COURS_ACHEMINEMENT' }]);
});

test('an unused PDF shows as a draft without number, until an invoice takes it up', () => {
  const { client, clock } = fresh();
  const document = depositPdf(client);
  expect(search(client).listeFactures).toMatchObject([{ statut: 'INTERPRETEE_OCR', numeroFacture: null }]);
  expect(numbers(client, { statutCourant: ['INTERPRETEE_OCR'] })).toEqual([null]);
  expect(numbers(client, { idFournisseur: supplierId(client) })).toEqual([null]);
  expect(numbers(client, { statutCourant: ['DEPOSEE'] })).toEqual([]);
  expect(numbers(client, { numeroFacture: 'F-1' })).toEqual([]);
  submitInvoice(client, { number: 'F-1', document });
  expect(numbers(client)).toEqual(['F-1']);
  clock.advance(DAY);
  expect(numbers(client, { statutCourant: ['INTERPRETEE_OCR'] })).toEqual([]);
});

test.each([
  ['an unknown status', { statutCourant: ['PAYEE'] }],
  ['a column that does not sort', paged({ triColonne: 'DateHeureEtatCourant' })],
  ['a page 0', paged({ pageResultatDemandee: 0 })],
  ['an unreadable instant', { periodeDateHeureEtatCourantDu: '23/11/2026' }],
  ['an unknown filter', { numero: 'F-1' }],
])('refuses %s', (_case, filters) => {
  const { client } = fresh();
  expect(client.call('factures/rechercher/fournisseur', filters).status).toBe(400);
});
