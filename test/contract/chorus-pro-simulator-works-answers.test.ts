import { expect, test } from 'vitest';
import {
  applyFaults,
  createFaultPlan,
  PROJECT_MANAGERS,
  RECIPIENTS,
  REFUSALS,
  type FaultRule,
} from '../../tools/chorus-pro-simulator/index.ts';
import { depositPdf, submitInvoice } from '../../tools/chorus-pro-simulator/example-client.ts';
import { brief, DAY, idOf, worksContract } from './works-contract.ts';

test('a completed document goes on to its payment, and is completed once', () => {
  const { client, clock, works } = worksContract();
  works({ number: 'S-1', invoicee: PROJECT_MANAGERS.wantsMore });
  const idFactureTravaux = idOf(client, 'S-1');
  const complete = () =>
    client.call('facturesTravaux/completer', { idFactureTravaux, commentaire: 'Attachements joints.' }).body;
  expect(complete()['codeRetour']).toBe(REFUSALS.stateForbids.code);
  clock.advance(4 * DAY);
  expect(complete()).toMatchObject({ codeRetour: 0, numeroFactureTravaux: 'S-1' });
  expect(brief(client)).toEqual(['S-1 A4 COMPLETEE']);
  expect(complete()['codeRetour']).toBe(REFUSALS.stateForbids.code);
  clock.advance(30 * DAY);
  expect(brief(client)[2]).toBe('S-1EAV A19 MISE_EN_PAIEMENT');
});

test('a recycled document keeps its number, and goes to the service that it now names', () => {
  const { client, clock, model, works } = worksContract();
  works({ number: 'S-1', recipient: RECIPIENTS.toRecycle });
  clock.advance(2 * DAY);
  const given = { idFactureTravaux: idOf(client, 'S-1'), identifiantDestinataire: RECIPIENTS.toRecycle };
  const recycle = (codeServiceExecutant: string) =>
    client.call('facturesTravaux/recycler', { ...given, codeServiceExecutant }).body;
  expect(recycle('INCONNU')['codeRetour']).toBe(REFUSALS.serviceUnknown.code);
  expect(recycle('VOIRIE')).toMatchObject({ codeRetour: 0, statutFactureTravaux: 'DEPOSEE' });
  clock.advance(30 * DAY);
  expect(brief(client)[2]).toBe('S-1EAV A19 MISE_EN_PAIEMENT');
  expect(model.effects.invoices).toEqual({ '99910001900010/S-1': 1 });
});

test('the general statement is signed by a PDF, once', () => {
  const { client, clock, works } = worksContract();
  works({ frame: 'A7', number: 'S-9' });
  clock.advance(21 * DAY);
  const sign = (idPiecePrecedente: number, numeroFactureSaisi = 'S-9-DGD') =>
    client.call('facturesTravaux/soumettre', {
      modeDepot: 'DEPOT_PDF_API',
      numeroFactureSaisi,
      dateFacture: '2026-11-23',
      cadreDeFacturation: { codeCadreFacturation: 'A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR' },
      idPiecePrecedente,
      pieceJointePrincipale: [
        { pieceJointePrincipaleDesignation: 'décompte signé', pieceJointePrincipaleId: depositPdf(client) },
      ],
    }).body;
  expect(sign(idOf(client, 'S-9'))['codeRetour']).toBe(REFUSALS.stateForbids.code);
  expect(sign(idOf(client, 'S-9DG'), 'S-9')['codeRetour']).toBe(REFUSALS.numberUsed.code);
  const signed = sign(idOf(client, 'S-9DG'));
  expect(signed).toMatchObject({ codeRetour: 0, statutFactureTravaux: 'DEPOSEE' });
  expect(sign(idOf(client, 'S-9DG'), 'S-9-DGD2')['codeRetour']).toBe(REFUSALS.stateForbids.code);
  clock.advance(20 * DAY);
  expect(brief(client)).toContain('S-9DG A20 ASSOCIEE');
  expect(brief(client)).toContain('S-9-DGD A8 MISE_EN_PAIEMENT');
  const { body } = client.call('factures/consulter/fournisseur', { identifiantFactureCPP: signed['idFactureTravaux'] });
  expect(body['facture']).toMatchObject({ piecePrecedente: { numeroPiecePrecedente: 'S-9DG' } });
});

test('of two general statements in one contract, the one that is named is signed', () => {
  const { client, model, works } = worksContract();
  for (const number of ['S-1', 'S-2']) {
    works({ frame: 'A7', number });
    expect([model.answerDraft(number), model.answerDraft(number), model.answerDraft(`${number}PDG`)]).toEqual([
      true,
      false,
      true,
    ]);
    model.setStatus(`${number}PDGDG`, 'A_ASSOCIER_FOURNISSEUR');
  }
  client.call('facturesTravaux/soumettre', {
    modeDepot: 'DEPOT_PDF_API',
    numeroFactureSaisi: 'DGD-1',
    dateFacture: '2026-11-23',
    cadreDeFacturation: { codeCadreFacturation: 'A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR' },
    idPiecePrecedente: idOf(client, 'S-1PDGDG'),
    pieceJointePrincipale: [{ pieceJointePrincipaleDesignation: 'signé', pieceJointePrincipaleId: depositPdf(client) }],
  });
  expect([model.invoice('S-1PDGDG')?.status, model.invoice('S-2PDGDG')?.status]).toEqual([
    'ASSOCIEE',
    'A_ASSOCIER_FOURNISSEUR',
  ]);
});

test('works and invoices have services of their own', () => {
  const { client, model, works } = worksContract();
  works({ number: 'S-1' });
  const invoice = submitInvoice(client, { number: 'F-1' });
  model.setStatus('S-1', 'SUSPENDUE');
  model.setStatus('F-1', 'SUSPENDUE');
  const asInvoice = { identifiantFactureCPP: idOf(client, 'S-1') };
  expect(client.call('factures/completer', asInvoice).body['codeRetour']).toBe(REFUSALS.notForWorks.code);
  const asWorks = { idFactureTravaux: invoice };
  expect(client.call('facturesTravaux/completer', asWorks).body['codeRetour']).toBe(REFUSALS.invoiceUnknown.code);
});

test.each<[FaultRule, number, string | undefined]>([
  [{ kind: 'not-found', path: '/cpro/facturesTravaux/v1/completer' }, 404, undefined],
  [{ kind: 'no-route', path: '/cpro/facturesTravaux/v1/completer' }, 403, 'Bearer realm="DefaultRealm"'],
  [{ kind: 'forbidden', path: '/cpro/facturesTravaux/*' }, 403, undefined],
])('a path may turn out to be wrong, or its API closed: %o', (rule, status, realm) => {
  const { client, clock, model, works } = worksContract();
  works({ number: 'S-1', invoicee: PROJECT_MANAGERS.wantsMore });
  clock.advance(4 * DAY);
  const request = client.request('facturesTravaux/completer', { idFactureTravaux: idOf(client, 'S-1') });
  const { outcome } = applyFaults({ model, plan: createFaultPlan({ clock, rules: [rule] }), request });
  expect(outcome).toMatchObject({ kind: 'reply', status });
  expect(outcome.kind === 'reply' && outcome.headers['www-authenticate']).toBe(realm);
  expect(brief(client)).toEqual(['S-1 A4 A_COMPLETER']);
});
