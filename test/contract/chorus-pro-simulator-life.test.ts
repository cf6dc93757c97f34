import { expect, test } from 'vitest';
import {
  CONFIDENTIAL_AGENTS,
  EXAMPLE_CREDENTIALS,
  REFUSALS,
  createChorusPro,
  drivenClock,
  exampleWorld,
  RECIPIENTS,
  SUPPLIERS,
} from '../../tools/chorus-pro-simulator/index.ts';
import {
  depositPdf,
  exampleClient,
  EXAMPLE_PDF,
  submission,
  submitInvoice,
} from '../../tools/chorus-pro-simulator/example-client.ts';

const DAY = 24 * 3_600_000;
const start = Date.UTC(2026, 10, 23, 9);

function fresh(scenarioOf?: ReturnType<typeof exampleWorld>['scenarioOf']) {
  const clock = drivenClock({ start });
  const model = createChorusPro({
    clock,
    world: { ...exampleWorld(), scenarioOf },
    options: { errorStatus: 200, tokenLifetimeSeconds: 1e9 },
  });
  const client = exampleClient(model);
  return { clock, model, client };
}

test('an invoice is paid after twenty days, step by step', () => {
  const { client, model, clock } = fresh();
  const id = submitInvoice(client);
  const seen = new Set<string>();
  for (let minutes = 0; minutes <= 20 * 24 * 60; minutes += 10) {
    seen.add(model.invoice(id)?.status ?? '');
    clock.advance(10 * 60_000);
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
  ['rejects it', { recipient: RECIPIENTS.rejects }, 'REJETEE', true],
  ['sends it back', { recipient: RECIPIENTS.toRecycle }, 'A_RECYCLER', true],
  ['suspends it', { recipient: RECIPIENTS.suspends }, 'SUSPENDUE', true],
  ['accepts', { frame: 'A9_FACTURE_SOUSTRAITANT', validator: SUPPLIERS.mainContractor }, 'MISE_EN_PAIEMENT', false],
  [
    'is the wrong one',
    { frame: 'A12_FACTURE_COTRAITANT', validator: SUPPLIERS.wrongValidator },
    'ERREUR_FOURNISSEUR_SUR_VALIDEUR',
    true,
  ],
])('an invoice whose recipient or validator %s', (_case, sample, status, motive) => {
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
  expect(() => model.setStatus('unknown', 'REJETEE')).toThrow();
});

test('the history names agents, and writes dates in another form', () => {
  const { client, clock } = fresh();
  const id = submitInvoice(client, { recipient: RECIPIENTS.rejects });
  clock.advance(3 * DAY);
  const { body } = client.call('factures/consulter/historique', {
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

test('consults an invoice, and downloads it', () => {
  const { client } = fresh();
  const id = submitInvoice(client);
  const { facture } = client.call('factures/consulter/fournisseur', { identifiantFactureCPP: id }).body;
  expect(facture).toMatchObject({
    numeroFacture: 'F-2026-001',
    statutFacture: 'DEPOSEE',
    destinataire: { codeDestinataire: RECIPIENTS.nothingMandatory },
    fournisseur: { codeFournisseur: SUPPLIERS.company },
    montantTotal: { montantTtcTotal: 120 },
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

test.each(['factures/consulter/fournisseur', 'factures/completer', 'factures/recycler'] as const)(
  '%s of an invoice that does not exist',
  (operation) => {
    const { client } = fresh();
    expect(client.call(operation, { identifiantFactureCPP: 1 }).body).toEqual({
      codeRetour: 20000,
      libelle: 'GDP_MSG_11.008',
    });
  },
);

test("another account's invoice is out of reach, and so is its document", () => {
  const world = exampleWorld();
  const [first, second] = world.accounts;
  const { clientId, technicalAccount, unconnectedAccount } = EXAMPLE_CREDENTIALS;
  world.accounts = [first, second].flatMap((account, rank) =>
    account ? [{ ...account, applications: [clientId], structures: account.structures.slice(rank, rank + 1) }] : [],
  );
  const model = createChorusPro({ clock: drivenClock({ start }), world, options: { errorStatus: 200 } });
  const owner = exampleClient(model, { login: technicalAccount });
  const other = exampleClient(model, { login: unconnectedAccount });
  const id = submitInvoice(owner);
  const refusal = { codeRetour: 20001, libelle: 'GDP_MSG_11.005' };
  expect(other.call('factures/consulter/fournisseur', { identifiantFactureCPP: id }).body).toEqual(refusal);
  expect(other.call('factures/rechercher/fournisseur').body['listeFactures']).toEqual([]);
  const given = submission(owner, { document: depositPdf(other), number: 'F-2' });
  expect(owner.call('factures/soumettre', given).body['codeRetour']).toBe(REFUSALS.attachmentUnknown.code);
});
