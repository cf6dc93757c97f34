import { expect, test } from 'vitest';
import { createChorusPro, drivenClock, RECIPIENTS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, EXAMPLE_PDF, submitInvoice } from '../../tools/chorus-pro-simulator/example-client.ts';

const DAY = 24 * 3_600_000;

function fresh() {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock, options: { errorStatus: 200, tokenLifetimeSeconds: 1e9 } });
  return { clock, model, client: exampleClient(model) };
}

test('completes a suspended invoice, and no other', () => {
  const { client, model, clock } = fresh();
  const id = submitInvoice(client, { recipient: RECIPIENTS.suspends });
  const notYet = client.call('factures/completer', { identifiantFactureCPP: id, commentaire: 'voici' }).body;
  expect(notYet).toEqual({ codeRetour: 20002, libelle: 'GDP_MSG_11.033' });
  clock.advance(2 * DAY);
  const file = { pieceJointeFichier: EXAMPLE_PDF, pieceJointeTypeMime: 'application/pdf', pieceJointeExtension: 'PDF' };
  const uploaded = client.call('transverses/ajouter/fichier', { ...file, pieceJointeNom: 'pv.pdf' }).body;
  const attachment = {
    pieceJointeComplementaireDesignation: 'pv.pdf',
    pieceJointeComplementaireType: 'ZZZ',
    pieceJointeComplementaireId: uploaded['pieceJointeId'],
  };
  const wrong = { ...attachment, pieceJointeComplementaireId: 7 };
  const complete = (piece: object) =>
    client.call('factures/completer', { identifiantFactureCPP: id, pieceJointeComplementaire: [piece] }).body;
  expect(complete(wrong)['codeRetour']).not.toBe(0);
  expect(complete(attachment)).toMatchObject({ codeRetour: 0, numeroFacture: 'F-2026-001' });
  expect(model.invoice(id)?.status).toBe('COMPLETEE');
  clock.advance(30 * DAY);
  expect(model.invoice(id)?.status).toBe('MISE_EN_PAIEMENT');
});

test('recycles to another service, under the same number, once', () => {
  const { client, model, clock } = fresh();
  const id = submitInvoice(client, { recipient: RECIPIENTS.toRecycle });
  const recycling = {
    identifiantFactureCPP: id,
    destinataire: { codeDestinataire: RECIPIENTS.toRecycle, codeServiceExecutant: 'VOIRIE' },
    reference: { numeroBonCommande: 'E-9' },
  };
  expect(client.call('factures/recycler', recycling).body['libelle']).toBe('GDP_MSG_11.001');
  clock.advance(DAY);
  const lost = { ...recycling, destinataire: { codeDestinataire: RECIPIENTS.inactive } };
  expect(client.call('factures/recycler', lost).body['codeRetour']).not.toBe(0);
  expect(client.call('factures/recycler', recycling).body).toMatchObject({ codeRetour: 0, statutFacture: 'DEPOSEE' });
  expect(client.call('factures/recycler', recycling).body['libelle']).toBe('GDP_MSG_11.001');
  expect(client.call('factures/rechercher/fournisseur').body['listeFactures']).toMatchObject([
    { numeroFacture: 'F-2026-001', codeServiceExecutant: 'VOIRIE', numeroBonCommande: 'E-9' },
  ]);
  clock.advance(30 * DAY);
  expect(model.invoice(id)?.status).toBe('MISE_EN_PAIEMENT');
  expect(model.accepted()).toHaveLength(1);
});

test('a rejection is marked as handled, all of the list or none', () => {
  const { client, clock } = fresh();
  const rejected = submitInvoice(client, { number: 'F-1', recipient: RECIPIENTS.rejects });
  const fine = submitInvoice(client, { number: 'F-2' });
  clock.advance(2 * DAY);
  const handle = (...ids: number[]) =>
    client.call('factures/traiterRejet', {
      listeDemandePaiement: ids.map((idDemandePaiement) => ({ idDemandePaiement })),
    });
  const handled = () => client.call('factures/rechercher/fournisseur', { rejetTraite: true }).body['listeFactures'];
  expect(handle(rejected, fine).body['codeRetour']).not.toBe(0);
  expect(handled()).toEqual([]);
  expect(handle(rejected).body['codeRetour']).toBe(0);
  expect(handled()).toMatchObject([{ numeroFacture: 'F-1' }]);
});

test('a wrong validator is corrected', () => {
  const { client, model, clock } = fresh();
  const id = submitInvoice(client, { frame: 'A9_FACTURE_SOUSTRAITANT', validator: SUPPLIERS.wrongValidator });
  const correction = {
    idFacture: id,
    typeIdentifiantStructure: 'SIRET',
    identifiantStructure: SUPPLIERS.mainContractor,
  };
  expect(client.call('factures/corriger/valideur/facture', correction).body['libelle']).toBe('GDP_MSG_11.001');
  clock.advance(DAY);
  const unknown = { ...correction, identifiantStructure: '99999999999999' };
  expect(client.call('factures/corriger/valideur/facture', unknown).body['codeRetour']).not.toBe(0);
  expect(client.call('factures/corriger/valideur/facture', correction).body).toMatchObject({
    codeRetour: 0,
    idFacture: id,
  });
  expect(model.invoice(id)?.status).toBe('A_VALIDER_1');
  clock.advance(30 * DAY);
  expect(model.invoice(id)?.status).toBe('MISE_EN_PAIEMENT');
});
