import { describe, expect, it } from 'vitest';
import { frameworkOf } from '../../../shared/chorus-pro/works-search.ts';
import { canned, type Asked } from './canned.ts';

const period = { from: new Date('2026-11-23T08:00:00Z'), to: new Date('2026-11-23T09:00:00Z') };
const requests = 'factures/v1/rechercher/demandePaiement';
const documents = 'facturesTravaux/v1/rechercher';
const supplier = '99910000100015';

const request = {
  idDemandePaiement: 7,
  numeroDemandePaiement: 'S-1EA',
  typeDemandePaiement: 'FACTURE_TRAVAUX',
  cadreFacturation: 'A15_ETAT_ACOMPTE_MOE',
  etatCourant: 'TRANSMISE_MOA',
  dateHeureEtatCourant: '2026-11-23T08:30:00Z',
  dateFournisseur: '2026-11-20T00:00:00Z',
  montantHT: 1000,
  montantTTC: 1200,
  montantAPayer: 1140.5,
  numeroMarche: 'M-1',
  idDossierFacturation: 31,
  numeroDossierFacturation: 'DF-31',
  identifiantStructureFournisseur: supplier,
  identifiantStructureDestinataire: '12345678200051',
};
const found = {
  ...{ chorusProId: 7, number: 'S-1EA', supplierSiret: supplier, status: 'TRANSMISE_MOA' },
  ...{ issueDate: '2026-11-20', at: new Date('2026-11-23T08:30:00Z'), hidesDeposit: true },
  works: {
    framework: 'A15',
    billingFile: { id: 31, number: 'DF-31' },
    ...{ recipientSiret: '12345678200051', contract: 'M-1' },
    amounts: { taxExclusive: '1000.00', taxInclusive: '1200.00', due: '1140.50' },
  },
};

describe('the list of payment requests', () => {
  it('shows a works document with its billing file, its amounts to the cent', async () => {
    const asked: Asked[] = [];
    const chorusPro = canned({ [requests]: [{ total: 1, listeDemandePaiement: [request] }] }, asked);
    expect(await chorusPro.paymentRequestsChangedBetween(period)).toEqual({
      kind: 'accepted',
      value: { items: [found], pages: 1 },
    });
    expect(asked).toEqual([
      {
        path: requests,
        body: {
          roleUtilisateur: 'FOURNISSEUR',
          periodeDateHeureEtatCourantDu: '2026-11-23T08:00:00.000Z',
          periodeDateHeureEtatCourantAu: '2026-11-23T09:00:00.000Z',
        },
      },
    ]);
  });

  it('reads ids and amounts that come as texts', async () => {
    const texts = { ...request, idDemandePaiement: '7', idDossierFacturation: '31', montantAPayer: '1140,5' };
    const chorusPro = canned({ [requests]: [{ total: '1', listeDemandePaiement: [texts] }] });
    expect(await chorusPro.paymentRequestsChangedBetween(period)).toMatchObject({ value: { items: [found] } });
  });

  it.each([
    ['there are more than came', { total: 2, listeDemandePaiement: [request] }, true],
    ['only a row says that', { listeDemandePaiement: [{ ...request, nombreResultatTotal: '2' }] }, true],
    ['nothing says that there are no more', { listeDemandePaiement: [request] }, true],
    ['all came', { listeDemandePaiement: [{ ...request, nombreResultatTotal: '1' }] }, undefined],
    ['there is none', { listeDemandePaiement: [] }, undefined],
    ['there is no list', {}, undefined],
  ])('is cut off if nothing shows that it is whole: %s', async (_what, answer, isCut) => {
    const page = await canned({ [requests]: [answer] }).paymentRequestsChangedBetween(period);
    expect(page.kind === 'accepted' && page.value.isCut).toBe(isCut);
  });

  it('cut off by number, it proves nothing: a document that it does not show is not absent', async () => {
    const chorusPro = canned({ [requests]: [{ total: 3, listeDemandePaiement: [request] }] });
    expect(await chorusPro.paymentRequestsWithNumber('S-1EA', supplier)).toMatchObject({ kind: 'unknown' });
  });

  it('does not take an ordinary invoice for a works document', async () => {
    const invoice = { ...request, typeDemandePaiement: 'FACTURE', cadreFacturation: 'A1_FACTURE_FOURNISSEUR' };
    const chorusPro = canned({ [requests]: [{ total: 1, listeDemandePaiement: [invoice] }] });
    const page = await chorusPro.paymentRequestsChangedBetween(period);
    expect(page).not.toHaveProperty('value.items[0].works');
    expect(page).toHaveProperty('value.items[0].hidesDeposit', true);
  });

  it('leaves out an amount that is none, and a row that is no document', async () => {
    const rows = [
      { ...request, montantHT: 'n/a' },
      { ...request, numeroDemandePaiement: null },
    ];
    const page = await canned({ [requests]: [{ total: 2, listeDemandePaiement: rows }] }).paymentRequestsChangedBetween(
      period,
    );
    const amounts = { ...found.works.amounts, taxExclusive: undefined };
    expect(page).toEqual({
      kind: 'accepted',
      value: { items: [{ ...found, works: { ...found.works, amounts } }], pages: 1 },
    });
  });
});

describe('the list of works documents', () => {
  const row = {
    idFactureTravaux: '7',
    numeroFactureTravaux: 'S-1EA',
    statutFactureTravaux: 'TRANSMISE_MOA',
    dateHeureEtatCourant: '2026-11-23 09:30',
    dateFactureTravaux: '2026-11-20',
    montantHT: '1000.00',
    montantTTC: '1200',
    montantAPayer: '1140.5',
    identifiantFournisseur: supplier,
    identifiantDestinataire: '12345678200051',
  };

  it.each(['listeFacturesTravaux', 'listeFactures'])('is read by either name: %s', async (name) => {
    const answer = { [name]: [row], parametresRetour: { pages: 2, total: 11 } };
    const asked: Asked[] = [];
    const page = await canned({ [documents]: [answer] }, asked).worksDocumentsChangedBetween(period, 2, {
      size: 10,
      ceiling: 100,
    });
    const { amounts, recipientSiret } = found.works;
    const items = [{ ...found, works: { recipientSiret, amounts } }];
    expect(page).toEqual({ kind: 'accepted', value: { items, pages: 2, total: 11 } });
    expect(asked[0]?.body).toMatchObject({
      roleUtilisateur: 'FOURNISSEUR',
      rechercheFactureTravaux: { pageResultatDemandee: 2, nbResultatsParPage: 10 },
    });
  });

  it('by number reads every page', async () => {
    const page = (pages: number) => ({ listeFactures: [row], parametresRetour: { pages } });
    const outcome = await canned({ [documents]: [page(2)] }).worksDocumentsWithNumber('S-1EA');
    expect(outcome).toMatchObject({ kind: 'accepted', value: [{ number: 'S-1EA' }, { number: 'S-1EA' }] });
  });
});

it.each([
  ['A15_ETAT_ACOMPTE_MOE', 'A15'],
  ['A4', 'A4'],
  ['SANS_CADRE_DE_FACTURATION', undefined],
  [null, undefined],
])('the framework of %s is %s', (value, code) => {
  expect(frameworkOf(value)).toBe(code);
});
