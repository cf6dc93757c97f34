import { describe, expect, it } from 'vitest';
import { changedBetween, submitInvoice, uploadPdf, withNumber } from '../../../shared/chorus-pro/factures.ts';
import { submissionBody } from '../../../shared/chorus-pro/submission.ts';
import { completeCommand } from '../../support/commands.ts';
import { broken, cannedCall, deadline, type Asked } from './canned-call.ts';

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
  it('for what changed says from when to when, and how much it wants at a time', async () => {
    const asked: Asked[] = [];
    await changedBetween(cannedCall({ [search]: [{}] }, asked), period, 3, deadline);
    expect(asked).toMatchObject([
      {
        path: search,
        body: {
          periodeDateHeureEtatCourantDu: '2026-11-23T08:00:00.000Z',
          periodeDateHeureEtatCourantAu: '2026-11-23T09:00:00.000Z',
          rechercheFactureParFournisseur: { pageResultatDemandee: 3, nbResultatsParPage: 1_000 },
        },
      },
    ]);
  });

  it('for a number gives all that has it', async () => {
    const asked: Asked[] = [];
    const listeFactures = [row, { ...row, identifiantFactureCPP: 6 }];
    const canned = cannedCall({ [search]: [{ listeFactures, parametresRetour: { pages: 2 } }] }, asked);
    const value = { items: [found, { ...found, chorusProId: 6 }], pages: 2 };
    expect(await withNumber(canned, 'F-1', 1, deadline)).toEqual({ kind: 'accepted', value });
    expect(asked[0]?.body).toMatchObject({ numeroFacture: 'F-1' });
  });

  it.each<[what: string, changes: object, items: object[]]>([
    ['a draft without a number', { numeroFacture: null }, []],
    ['one without a supplier', { codeFournisseur: undefined }, []],
    ['a motive', { commentaireEtatCourant: 'Montant faux' }, [{ ...found, motive: 'Montant faux' }]],
    ['an empty motive', { commentaireEtatCourant: '' }, [found]],
    ['the deposit it came by', { numeroFluxDepot: 'CPP1' }, [{ ...found, depositId: 'CPP1' }]],
    ['no instant', { dateHeureEtatCourant: null }, [withoutInstant]],
    ['not even the field of the instant', { dateHeureEtatCourant: undefined }, [withoutInstant]],
    ['an instant that is none', { dateHeureEtatCourant: 'hier' }, [withoutInstant]],
    [
      'a day instead of an instant',
      { dateHeureEtatCourant: '2026-11-23' },
      [{ ...found, at: new Date('2026-11-22T23:00:00Z') }],
    ],
  ])('reads %s', async (_what, changes, items) => {
    const canned = cannedCall({ [search]: [{ listeFactures: [{ ...row, ...changes }] }] });
    expect(await withNumber(canned, 'F-1', 1, deadline)).toEqual({ kind: 'accepted', value: { items, pages: 1 } });
  });

  it('without its paging, or without a list, is one page', async () => {
    const answers = [
      { listeFactures: [row], parametresRetour: null },
      { listeFactures: null, parametresRetour: null },
    ];
    const canned = cannedCall({ [search]: answers });
    const page = (items: object[]) => ({ kind: 'accepted', value: { items, pages: 1 } });
    expect(await changedBetween(canned, period, 1, deadline)).toEqual(page([found]));
    expect(await changedBetween(canned, period, 1, deadline)).toEqual(page([]));
  });

  it('without a list has found nothing; without an answer, nobody knows', async () => {
    expect(await withNumber(cannedCall({}), 'F-1', 1, deadline)).toEqual({
      kind: 'accepted',
      value: { items: [], pages: 1 },
    });
    expect(await withNumber(cannedCall({ [search]: [broken] }), 'F-1', 1, deadline)).toEqual(unknown);
  });
});

describe('a PDF', () => {
  it('is sent in base64 with its name, and gets an id', async () => {
    const asked: Asked[] = [];
    const canned = cannedCall({ 'factures/v1/deposer/pdf': [{ pieceJointeId: 4, numeroFacture: null }] }, asked);
    expect(await uploadPdf(canned, { name: 'F-1.pdf', bytes: Buffer.from('é') }, deadline)).toEqual({
      kind: 'accepted',
      value: 4,
    });
    expect(asked[0]?.body).toEqual({ fichierFacture: 'w6k=', nomFichier: 'F-1.pdf', formatDepot: 'PDF_NON_SIGNE' });
  });

  it('that was not taken has none', async () => {
    const canned = cannedCall({ 'factures/v1/deposer/pdf': [broken] });
    expect(await uploadPdf(canned, { name: 'F-1.pdf', bytes: Buffer.from('') }, deadline)).toEqual(unknown);
  });
});

describe('a submission', () => {
  const body = submissionBody(completeCommand().invoice, {
    supplierId: 1,
    pdfId: 2,
    attachments: [],
  });
  const answer = { identifiantFactureCPP: 5, numeroFacture: 'F-2026-0001', statutFacture: 'DEPOSEE' };

  it('gives Chorus Pro’s id and the status', async () => {
    const canned = cannedCall({ 'factures/v1/soumettre': [answer] });
    expect(await submitInvoice(canned, body, deadline)).toEqual({
      kind: 'accepted',
      value: { chorusProId: 5, status: 'DEPOSEE' },
    });
  });

  it.each(Object.keys(answer))('without %s in its answer may have been taken', async (field) => {
    const canned = cannedCall({ 'factures/v1/soumettre': [{ ...answer, [field]: null }] });
    expect(await submitInvoice(canned, body, deadline)).toMatchObject({ kind: 'unknown' });
  });
});
