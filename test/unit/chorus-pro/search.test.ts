import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../shared/chorus-pro/outcome.ts';
import { allPages, type Page } from '../../../shared/chorus-pro/search.ts';
import { broken, canned, type Asked } from './canned.ts';

const search = 'factures/v1/rechercher/fournisseur';
const unknown = { kind: 'unknown', why: 'HTTP 503' };
const period = { from: new Date('2026-11-23T08:00:00Z'), to: new Date('2026-11-23T09:00:00Z') };
const row = {
  identifiantFactureCPP: 5,
  numeroFacture: 'F-1',
  codeFournisseur: '99910001900010',
  statut: 'DEPOSEE',
  dateHeureEtatCourant: '2026-11-23T10:00:00.000+01:00',
};
const found = {
  chorusProId: 5,
  number: 'F-1',
  supplierSiret: '99910001900010',
  status: 'DEPOSEE',
  at: new Date('2026-11-23T09:00:00Z'),
};
const withoutInstant = Object.fromEntries(Object.entries(found).filter(([field]) => field !== 'at'));

describe('a search', () => {
  it('for changes sends the period and the page size', async () => {
    const asked: Asked[] = [];
    await canned({ [search]: [{}] }, asked).changedBetween(period, 3);
    expect(asked).toMatchObject([
      {
        path: search,
        body: {
          periodeDateHeureEtatCourantDu: '2026-11-23T08:00:00.000Z',
          periodeDateHeureEtatCourantAu: '2026-11-23T09:00:00.000Z',
          rechercheFactureParFournisseur: {
            pageResultatDemandee: 3,
            nbResultatsParPage: 1_000,
            nbResultatsMaximum: 10_000,
            triColonne: 'NumeroFacture',
            triSens: 'Ascendant',
          },
        },
      },
    ]);
  });

  it('for changes uses the page size and the ceiling that it is given', async () => {
    const asked: Asked[] = [];
    await canned({ [search]: [{}] }, asked).changedBetween(period, 1, { size: 7, ceiling: 20 });
    const paging = { nbResultatsParPage: 7, nbResultatsMaximum: 20 };
    expect(asked[0]?.body).toMatchObject({ rechercheFactureParFournisseur: paging });
  });

  it('for a number returns every invoice with that number', async () => {
    const asked: Asked[] = [];
    const pageOf = (id: number) => ({
      listeFactures: [{ ...row, identifiantFactureCPP: id }],
      parametresRetour: { pages: 2 },
    });
    const chorusPro = canned({ [search]: [pageOf(5), pageOf(6)] }, asked);
    const value = [found, { ...found, chorusProId: 6 }];
    expect(await chorusPro.invoicesWithNumber('F-1')).toEqual({ kind: 'accepted', value });
    expect(asked[0]?.body).toMatchObject({ numeroFacture: 'F-1' });
  });

  it.each<[what: string, changes: object, items: object[]]>([
    ['a draft without a number', { numeroFacture: null }, []],
    ['one without a supplier', { codeFournisseur: undefined }, []],
    ['one without a status', { statut: null }, []],
    ['one without an identifier', { identifiantFactureCPP: null }, []],
    ['a motive', { commentaireEtatCourant: 'Montant faux' }, [{ ...found, motive: 'Montant faux' }]],
    ['an empty motive', { commentaireEtatCourant: '' }, [found]],
    ['the deposit it came by', { numeroFluxDepot: 'CPP1' }, [{ ...found, depositId: 'CPP1' }]],
    ['no instant', { dateHeureEtatCourant: null }, [withoutInstant]],
    ['no field for the time', { dateHeureEtatCourant: undefined }, [withoutInstant]],
    ['an invalid time', { dateHeureEtatCourant: 'hier' }, [withoutInstant]],
    [
      'a day instead of a time',
      { dateHeureEtatCourant: '2026-11-23' },
      [{ ...found, at: new Date('2026-11-22T23:00:00Z') }],
    ],
  ])('reads %s', async (_what, changes, items) => {
    const chorusPro = canned({ [search]: [{ listeFactures: [{ ...row, ...changes }] }] });
    expect(await chorusPro.invoicesWithNumber('F-1')).toEqual({ kind: 'accepted', value: items });
  });

  it('without paging, or without a list, is one page', async () => {
    const answers = [
      { listeFactures: [row], parametresRetour: null },
      { listeFactures: null, parametresRetour: null },
    ];
    const chorusPro = canned({ [search]: answers });
    const page = (items: object[]) => ({ kind: 'accepted', value: { items, pages: 1 } });
    expect(await chorusPro.changedBetween(period, 1)).toEqual(page([found]));
    expect(await chorusPro.changedBetween(period, 1)).toEqual(page([]));
  });

  it('is empty without a list, and unknown without a response', async () => {
    expect(await canned({}).invoicesWithNumber('F-1')).toEqual({ kind: 'accepted', value: [] });
    expect(await canned({ [search]: [broken] }).invoicesWithNumber('F-1')).toEqual(unknown);
  });
});

describe('the history of an invoice', () => {
  const past = (code: string | null, day: number, more: object = {}) => ({
    histoStatutCode: code,
    histoStatutDatePassage: `2026-11-${day}T10:00:00.000+01:00`,
    ...more,
  });
  const historyOf = (histoStatut: object[]) =>
    canned({ 'factures/v1/consulter/historique': [{ historiquesDesStatuts: { histoStatut } }] }).historyOf(5);

  it('is told oldest first, whatever its order', async () => {
    const outcome = await historyOf([past('SUSPENDUE', 23), past('DEPOSEE', 21), past('MISE_A_DISPOSITION', 22)]);
    const value = [{ status: 'DEPOSEE' }, { status: 'MISE_A_DISPOSITION' }, { status: 'SUSPENDUE' }];
    expect(outcome).toMatchObject({ kind: 'accepted', value });
  });

  it('has words of the recipient, no row without a status, and nobody’s name', async () => {
    const agent = { histoStatutUtilisateurNom: 'DURAND', histoStatutUtilisateurEmail: 'durand@mairie.fr' };
    const outcome = await historyOf([
      past(null, 21),
      past('SUSPENDUE', 22, { histoStatutCommentaire: 'non', ...agent }),
    ]);
    const value = [{ status: 'SUSPENDUE', at: new Date('2026-11-22T09:00:00Z'), motive: 'non' }];
    expect(outcome).toEqual({ kind: 'accepted', value });
  });
});

const pageOf = (items: readonly number[], size: number, page: number): Page<number> => ({
  items: items.slice((page - 1) * size, page * size),
  pages: Math.ceil(items.length / size),
});

describe('reading all pages', () => {
  it('reads each page once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), async (items, size) => {
        const asked: number[] = [];
        const outcome = await allPages((page) => {
          asked.push(page);
          return Promise.resolve<Outcome<Page<number>>>({ kind: 'accepted', value: pageOf(items, size, page) });
        });
        expect(outcome).toEqual({ kind: 'accepted', value: items });
        const pages = Math.max(1, Math.ceil(items.length / size));
        expect(asked).toEqual(Array.from({ length: pages }, (_, i) => i + 1));
      }),
    );
  });

  it.each<Outcome<never>>([
    { kind: 'not-done', reason: 'throttled', retryAfterSeconds: 3 },
    { kind: 'unknown', why: 'HTTP 500' },
    { kind: 'refused', refusal: { operation: 'o', code: 1, message: 'm' } },
  ])('fails when one page fails: $kind', async (failure) => {
    const outcome = await allPages((page) =>
      Promise.resolve<Outcome<Page<number>>>(
        page === 3 ? failure : { kind: 'accepted', value: { items: [page], pages: 5 } },
      ),
    );
    expect(outcome).toEqual(failure);
  });

  it('copes with results that grow while they are read', async () => {
    const outcome = await allPages((page) =>
      Promise.resolve<Outcome<Page<number>>>({
        kind: 'accepted',
        value: { items: [page], pages: page < 3 ? page + 1 : 3 },
      }),
    );
    expect(outcome).toEqual({ kind: 'accepted', value: [1, 2, 3] });
  });

  it('stops at a maximum number of pages', async () => {
    const outcome = await allPages((page) =>
      Promise.resolve<Outcome<Page<number>>>({ kind: 'accepted', value: { items: [page], pages: page + 1 } }),
    );
    expect(outcome).toMatchObject({ kind: 'accepted', value: { length: 1_000 } });
  });
});
