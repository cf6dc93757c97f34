import { expect, test } from 'vitest';
import {
  CONFIDENTIAL_AGENTS,
  createChorusPro,
  drivenClock,
  exampleWorld,
  RECIPIENTS,
  SUPPLIERS,
} from '../chorus-pro/index.ts';
import { exampleClient, EXAMPLE_PDF, submission, submitInvoice } from '../chorus-pro/example-client.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function fresh(scenarioOf?: ReturnType<typeof exampleWorld>['scenarioOf']) {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock, world: { ...exampleWorld(), scenarioOf }, options: { errorStatus: 200 } });
  const client = exampleClient(model);
  /** Time passes, and tokens expire. */
  const later = (milliseconds: number) => {
    clock.advance(milliseconds);
    return exampleClient(model);
  };
  return { clock, model, client, later };
}

test('an invoice is paid after twenty days, step by step', () => {
  const { client, model, clock } = fresh();
  const id = submitInvoice(client);
  const seen = new Set<string>();
  for (let hours = 0; hours <= 20 * 24; hours += 1) {
    seen.add(model.invoice(id)?.status ?? '');
    if (hours === 0) clock.advance(20 * 60_000);
    else clock.advance(HOUR);
  }
  expect([...seen]).toEqual([
    'DEPOSEE',
    'EN_COURS_ACHEMINEMENT',
    'MISE_A_DISPOSITION',
    'PRISE_EN_COMPTE_DESTINATAIRE',
    'SERVICE_FAIT',
    'MANDATEE',
    'MISE_A_DISPOSITION_COMPTABLE',
    'COMPTABILISEE',
    'MISE_EN_PAIEMENT',
  ]);
});

test.each([
  ['never reports its payments', { recipient: RECIPIENTS.paymentNotReported }, 'COMPTABILISEE', false],
  ['rejects', { recipient: RECIPIENTS.rejects }, 'REJETEE', true],
  ['sends back', { recipient: RECIPIENTS.toRecycle }, 'A_RECYCLER', true],
  ['suspends', { recipient: RECIPIENTS.suspends }, 'SUSPENDUE', true],
  [
    'is for a validator who accepts',
    { frame: 'A9_FACTURE_SOUSTRAITANT', validator: SUPPLIERS.mainContractor },
    'MISE_EN_PAIEMENT',
    false,
  ],
  [
    'has the wrong validator',
    { frame: 'A12_FACTURE_COTRAITANT', validator: SUPPLIERS.wrongValidator },
    'ERREUR_FOURNISSEUR_SUR_VALIDEUR',
    true,
  ],
  [
    'has a validator who refuses',
    { frame: 'A9_FACTURE_SOUSTRAITANT', validator: SUPPLIERS.refusingValidator },
    'REFUSEE_1',
    true,
  ],
  [
    'has a validator who is silent',
    { frame: 'A9_FACTURE_SOUSTRAITANT', validator: SUPPLIERS.silentValidator },
    'MISE_EN_PAIEMENT',
    false,
  ],
])('where it %s', (_case, sample, status, motive) => {
  const { client, model, clock } = fresh();
  const id = submitInvoice(client, sample);
  clock.advance(60 * DAY);
  const found = model.invoice(id);
  expect(found?.status).toBe(status);
  expect(found?.comment !== null).toBe(motive);
});

test('an A9 begins with its validator', () => {
  const { client } = fresh();
  const given = submission(client, { frame: 'A9_FACTURE_SOUSTRAITANT', validator: SUPPLIERS.mainContractor });
  expect(client.call('factures/soumettre', given).body['statutFacture']).toBe('A_VALIDER_1');
});

test('a test may choose the life of one invoice', () => {
  const { client, model, clock } = fresh(({ number }) => (number === 'F-BAD' ? 'rejected' : undefined));
  submitInvoice(client, { number: 'F-BAD' });
  submitInvoice(client, { number: 'F-GOOD' });
  clock.advance(2 * DAY);
  expect([model.invoice('F-BAD')?.status, model.invoice('F-GOOD')?.status]).toEqual(['REJETEE', 'MISE_A_DISPOSITION']);
});

test('setStatus stops what was planned', () => {
  const { client, model, clock } = fresh();
  const id = submitInvoice(client);
  model.setStatus(id, 'TECHNIQUE_INCONNU', 'for a test');
  clock.advance(60 * DAY);
  expect(model.invoice(id)).toMatchObject({ status: 'TECHNIQUE_INCONNU', comment: 'for a test' });
  expect(() => model.setStatus('nobody', 'REJETEE')).toThrow();
});

test('completes what is suspended, and nothing else', () => {
  const { client, model, clock, later } = fresh();
  const id = submitInvoice(client, { recipient: RECIPIENTS.suspends });
  const notYet = client.call('factures/completer', { identifiantFactureCPP: id, commentaire: 'voici' }).body;
  expect(notYet).toEqual({ codeRetour: 20002, libelle: 'GDP_MSG_11.033' });
  const then = later(2 * DAY);
  const file = { pieceJointeFichier: EXAMPLE_PDF, pieceJointeTypeMime: 'application/pdf', pieceJointeExtension: 'PDF' };
  const uploaded = then.call('transverses/ajouter/fichier', { ...file, pieceJointeNom: 'pv.pdf' }).body;
  const attachment = {
    pieceJointeComplementaireDesignation: 'pv.pdf',
    pieceJointeComplementaireType: 'ZZZ',
    pieceJointeComplementaireId: uploaded['pieceJointeId'],
  };
  const wrong = { ...attachment, pieceJointeComplementaireId: 7 };
  const complete = (piece: object) =>
    then.call('factures/completer', { identifiantFactureCPP: id, pieceJointeComplementaire: [piece] }).body;
  expect(complete(wrong)['codeRetour']).not.toBe(0);
  expect(complete(attachment)).toMatchObject({ codeRetour: 0, numeroFacture: 'F-2026-001' });
  expect(model.invoice(id)?.status).toBe('COMPLETEE');
  clock.advance(30 * DAY);
  expect(model.invoice(id)?.status).toBe('MISE_EN_PAIEMENT');
});

test('recycles to another service, under the same number, once', () => {
  const { client, model, later } = fresh();
  const id = submitInvoice(client, { recipient: RECIPIENTS.toRecycle });
  const recycling = {
    identifiantFactureCPP: id,
    destinataire: { codeDestinataire: RECIPIENTS.toRecycle, codeServiceExecutant: 'VOIRIE' },
    reference: { numeroBonCommande: 'E-9' },
  };
  expect(client.call('factures/recycler', recycling).body['libelle']).toBe('GDP_MSG_11.001');
  const then = later(DAY);
  const lost = { ...recycling, destinataire: { codeDestinataire: RECIPIENTS.inactive } };
  expect(then.call('factures/recycler', lost).body['codeRetour']).not.toBe(0);
  expect(then.call('factures/recycler', recycling).body).toMatchObject({ codeRetour: 0, statutFacture: 'DEPOSEE' });
  expect(then.call('factures/recycler', recycling).body['libelle']).toBe('GDP_MSG_11.001');
  expect(then.call('factures/rechercher/fournisseur').body['listeFactures']).toMatchObject([
    { numeroFacture: 'F-2026-001', codeServiceExecutant: 'VOIRIE', numeroBonCommande: 'E-9' },
  ]);
  later(30 * DAY);
  expect(model.invoice(id)?.status).toBe('MISE_EN_PAIEMENT');
  expect(model.accepted()).toHaveLength(1);
});

test('a rejection is marked as handled, all of the list or nothing', () => {
  const { client, later } = fresh();
  const rejected = submitInvoice(client, { number: 'F-1', recipient: RECIPIENTS.rejects });
  const fine = submitInvoice(client, { number: 'F-2' });
  const then = later(2 * DAY);
  const handle = (...ids: number[]) =>
    then.call('factures/traiterRejet', {
      listeDemandePaiement: ids.map((idDemandePaiement) => ({ idDemandePaiement })),
    });
  const handled = () => then.call('factures/rechercher/fournisseur', { rejetTraite: true }).body['listeFactures'];
  expect(handle(rejected, fine).body['codeRetour']).not.toBe(0);
  expect(handled()).toEqual([]);
  expect(handle(rejected).body['codeRetour']).toBe(0);
  expect(handled()).toMatchObject([{ numeroFacture: 'F-1' }]);
  expect(then.call('factures/consulter/historique', { idFacture: rejected }).body['derniereAction']).toMatchObject({
    derniereActionCode: 'TRAITEMENT_REJET',
  });
});

test('a wrong validator is corrected', () => {
  const { client, model, later } = fresh();
  const id = submitInvoice(client, { frame: 'A9_FACTURE_SOUSTRAITANT', validator: SUPPLIERS.wrongValidator });
  const correction = {
    idFacture: id,
    typeIdentifiantStructure: 'SIRET',
    identifiantStructure: SUPPLIERS.mainContractor,
  };
  expect(client.call('factures/corriger/valideur/facture', correction).body['libelle']).toBe('GDP_MSG_11.001');
  const then = later(DAY);
  const unknown = { ...correction, identifiantStructure: '99999999999999' };
  expect(then.call('factures/corriger/valideur/facture', unknown).body['codeRetour']).not.toBe(0);
  expect(then.call('factures/corriger/valideur/facture', correction).body).toMatchObject({
    codeRetour: 0,
    idFacture: id,
  });
  expect(model.invoice(id)?.status).toBe('A_VALIDER_1');
  later(30 * DAY);
  expect(model.invoice(id)?.status).toBe('MISE_EN_PAIEMENT');
});

test('the history names agents, in dates of another form', () => {
  const { client, later } = fresh();
  const id = submitInvoice(client, { recipient: RECIPIENTS.rejects });
  const { body } = later(3 * DAY).call('factures/consulter/historique', {
    idFacture: id,
    paramRechercheHistoStatuts: { nbResultatsParPageListeHistoStatut: 2, pageResultatDemandeeListeHistoStatut: 2 },
  });
  expect(body).toMatchObject({
    statutCourantCode: 'REJETEE',
    historiquesDesStatuts: {
      totalHistoStatut: 4,
      histoStatut: [
        { histoStatutCode: 'MISE_A_DISPOSITION', histoStatutUtilisateurEmail: null },
        { histoStatutCode: 'REJETEE', histoStatutDatePassage: '2026-11-25 10:00' },
      ],
    },
  });
  expect(JSON.stringify(body)).toContain('agent.confidentiel');
  expect(CONFIDENTIAL_AGENTS.every(({ email }) => email.startsWith('agent.confidentiel'))).toBe(true);
});

test('consults an invoice in full, and downloads it', () => {
  const { client } = fresh();
  const id = submitInvoice(client);
  const { facture } = client.call('factures/consulter/fournisseur', { identifiantFactureCPP: id }).body;
  expect(facture).toMatchObject({
    numeroFacture: 'F-2026-001',
    statutFacture: 'DEPOSEE',
    destinataire: { codeDestinataire: RECIPIENTS.nothingMandatory },
    fournisseur: { codeFournisseur: SUPPLIERS.company },
    montantTotal: { montantTtcTotal: 120 },
    recapitulatifDeTva: { ligneTva: [{ ligneTvaTauxManuel: 20 }], totalLignesRecapitulativesTVA: 1 },
  });
  const download = (format: string, ids: number[], avecPiecesJointesComplementaires = 'Non') => {
    const given = { format, avecPiecesJointesComplementaires, listeFacture: ids.map((idFacture) => ({ idFacture })) };
    return Buffer.from(String(client.call('factures/telecharger/groupe', given).body['fichierResultat']), 'base64');
  };
  expect(download('PDF', [id]).toString('base64')).toBe(EXAMPLE_PDF);
  expect(download('PIVOT', [id]).toString()).toContain('<numero>F-2026-001</numero>');
  const second = submitInvoice(client, { number: 'F/2' });
  expect(download('PDF', [id, second], 'Oui').toString('latin1')).toMatch(/^PK\x03\x04[\s\S]*F-2\.pdf/);
});

test.each(['factures/consulter/fournisseur', 'factures/completer', 'factures/recycler'])(
  '%s of nothing',
  (operation) => {
    const { client } = fresh();
    expect(client.call(operation, { identifiantFactureCPP: 1 }).body).toEqual({
      codeRetour: 20000,
      libelle: 'GDP_MSG_11.008',
    });
  },
);

test("another account's invoice is out of reach", () => {
  const { model, client } = fresh();
  const id = submitInvoice(client);
  const world = exampleWorld();
  const account = world.accounts[0];
  if (account) account.structures = [];
  const stranger = createChorusPro({ clock: model.clock, world, options: { errorStatus: 200 } });
  expect(exampleClient(stranger).call('factures/rechercher/fournisseur').body['listeFactures']).toEqual([]);
  expect(id).toBeGreaterThan(2 ** 31);
});
