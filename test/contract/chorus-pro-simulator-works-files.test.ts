import { expect, test } from 'vitest';
import { PROJECT_MANAGERS, RECIPIENTS, REFUSALS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { brief, DAY, requests, worksContract, type WorksSample } from './works-contract.ts';

const final = { frame: 'A7', number: 'S-9' };

test('a final draft leads to the general statement, which the supplier signs, and which is then paid', () => {
  const { client, clock, works } = worksContract();
  works(final);
  clock.advance(21 * DAY);
  expect(brief(client)).toEqual([
    'S-9 A7 TRANSMISE_MOA',
    'S-9PDG A17 ASSOCIEE',
    'S-9DGM A18 ASSOCIEE',
    'S-9DG A20 A_ASSOCIER_FOURNISSEUR',
  ]);
  works({ frame: 'A8', number: 'S-10', invoicee: undefined });
  clock.advance(20 * DAY);
  expect(brief(client).slice(-2)).toEqual(['S-9DG A20 ASSOCIEE', 'S-10 A8 MISE_EN_PAIEMENT']);
  expect(new Set(requests(client).listeDemandePaiement.map((row) => row.idDossierFacturation)).size).toBe(1);
});

test('a silent project manager leaves the tacit procedure: A22 in place of the A7, then A23', () => {
  const { client, clock, works } = worksContract();
  works({ ...final, invoicee: PROJECT_MANAGERS.silent });
  clock.advance(45 * DAY);
  expect(brief(client)).toEqual(['S-9 A7 PRISE_EN_COMPTE_MOE']);
  works({ frame: 'A22', number: 'S-10', invoicee: undefined });
  expect(brief(client)).toEqual(['S-9 A7 REMPLACEE_PAR_A22', 'S-10 A22 DEPOSEE']);
  clock.advance(11 * DAY);
  works({ frame: 'A23', number: 'S-11', invoicee: undefined });
  clock.advance(20 * DAY);
  expect(brief(client)).toEqual(['S-9 A7 REMPLACEE_PAR_A22', 'S-10 A22 ASSOCIEE', 'S-11 A23 MISE_EN_PAIEMENT']);
  expect(new Set(requests(client).listeDemandePaiement.map((row) => row.idDossierFacturation)).size).toBe(1);
});

test('a project manager that refuses the first draft of a contract accepts the one that replaces it', () => {
  const { client, clock, works } = worksContract();
  const draft = { invoicee: PROJECT_MANAGERS.refuses };
  works({ ...draft, number: 'S-1' });
  clock.advance(4 * DAY);
  expect(requests(client).listeDemandePaiement).toMatchObject([
    { etatCourant: 'REFUSEE_MOE', commentaireEtatCourant: 'Le marché cité n’est pas celui de ces travaux.' },
  ]);
  works({ ...draft, number: 'S-2' });
  works({ ...draft, number: 'S-3', market: 'M-2026-2' });
  clock.advance(30 * DAY);
  expect(brief(client)).toEqual([
    'S-1 A4 REFUSEE_MOE',
    'S-2 A4 TRANSMISE_MOA',
    'S-3 A4 REFUSEE_MOE',
    'S-2EA A15 ASSOCIEE',
    'S-2EAV A19 MISE_EN_PAIEMENT',
  ]);
});

test.each<[string, WorksSample, string[]]>([
  [
    'answers for the owner too (A16)',
    { invoicee: PROJECT_MANAGERS.validates },
    ['A4 TRANSMISE_MOA', 'A16 MISE_EN_PAIEMENT'],
  ],
  [
    'makes the general statement itself (A18)',
    { ...final, invoicee: PROJECT_MANAGERS.validates },
    ['A7 TRANSMISE_MOA', 'A17 ASSOCIEE', 'A18 A_ASSOCIER_FOURNISSEUR'],
  ],
  ['wants more', { invoicee: PROJECT_MANAGERS.wantsMore }, ['A4 A_COMPLETER']],
  ['sends back', { invoicee: PROJECT_MANAGERS.sendsBack }, ['A4 EN_ATTENTE_RECYCLAGE_FOURNISSEUR']],
  ['is the wrong one', { invoicee: PROJECT_MANAGERS.wrongOne }, ['A4 ERREUR_FOURNISSEUR_SUR_MOE']],
])('a project manager %s', (_case, sample, expected) => {
  const { client, clock, works } = worksContract();
  works(sample);
  clock.advance(60 * DAY);
  expect(brief(client).map((row) => row.replace(/^\S+ /, ''))).toEqual(expected);
});

test.each<[string, WorksSample, string[]]>([
  ['refuses', { recipient: RECIPIENTS.rejects }, ['A4 TRANSMISE_MOA', 'A15 REFUSEE_MOA']],
  ['refuses an instalment statement', { frame: 'A5', recipient: RECIPIENTS.rejects }, ['A5 REFUSEE_MOA']],
  ['has it recycled', { recipient: RECIPIENTS.toRecycle }, ['A4 A_RECYCLER']],
  ['has it completed', { recipient: RECIPIENTS.suspends }, ['A4 A_COMPLETER']],
  [
    'never reports its payments',
    { recipient: RECIPIENTS.paymentNotReported },
    ['A4 TRANSMISE_MOA', 'A15 ASSOCIEE', 'A19 COMPTABILISEE'],
  ],
  [
    'takes nothing but works',
    { recipient: RECIPIENTS.moaOnly },
    ['A4 TRANSMISE_MOA', 'A15 ASSOCIEE', 'A19 MISE_EN_PAIEMENT'],
  ],
])('a works owner %s', (_case, sample, expected) => {
  const { client, clock, works } = worksContract();
  works(sample);
  clock.advance(60 * DAY);
  expect(brief(client).map((row) => row.replace(/^\S+ /, ''))).toEqual(expected);
});

test('a document of a subcontractor begins with the main contractor', () => {
  const { client, clock, works } = worksContract();
  works({ frame: 'A10', number: 'T-1', invoicee: SUPPLIERS.mainContractor });
  works({ frame: 'A13', number: 'T-2', invoicee: SUPPLIERS.wrongValidator });
  expect(brief(client)).toEqual(['T-1 A10 A_VALIDER_1', 'T-2 A13 A_VALIDER_1']);
  clock.advance(2 * DAY);
  expect(brief(client)).toEqual(['T-1 A10 MISE_A_DISPOSITION_MOE', 'T-2 A13 ERREUR_FOURNISSEUR_SUR_VALIDEUR']);
  clock.advance(30 * DAY);
  expect(brief(client)[3]).toBe('T-1EAV A19 MISE_EN_PAIEMENT');
});

test('a test may play the project manager itself', () => {
  const { client, clock, model, works } = worksContract();
  works({ number: 'S-1', recipient: RECIPIENTS.moaOnly });
  expect(model.answerDraft('S-1')).toBe(true);
  expect(model.answerDraft('S-1')).toBe(false);
  model.setStatus('S-1EA', 'REFUSEE_MOA');
  clock.advance(60 * DAY);
  expect(brief(client)).toEqual(['S-1 A4 ASSOCIEE', 'S-1EA A15 REFUSEE_MOA']);
  expect(model.othersDocuments()).toMatchObject([{ number: 'S-1EA', status: 'REFUSEE_MOA' }]);
});

test('one may choose that every document of the file shows its payment', () => {
  const { client, clock, works } = worksContract({ worksPayment: 'whole-file' });
  works({ number: 'S-1' });
  clock.advance(30 * DAY);
  expect(requests(client, { statutCourant: ['MISE_EN_PAIEMENT'] }).total).toBe(3);
});

test.each<[string, WorksSample, keyof typeof REFUSALS]>([
  ['an A4 without a project manager', { invoicee: undefined }, 'validatorMandatory'],
  ['an A13 without its lead', { frame: 'A13', invoicee: undefined }, 'validatorMandatory'],
  ['a project manager that Chorus Pro does not know', { invoicee: '99939999900018' }, 'validatorUnknown'],
  ['a document of the project manager’s', { frame: 'A15' }, 'frameForbidden'],
  ['a document of the works owner’s', { frame: 'A20' }, 'frameForbidden'],
  ['a credit note', { type: '381' }, 'worksCreditNote'],
  ['a document for a company', { recipient: PROJECT_MANAGERS.answers }, 'recipientUnknown'],
])('%s is refused', (_case, sample, refusal) => {
  const { client, works } = worksContract();
  const { etatCourantDepotFlux, listeErreurDP } = works(sample);
  expect(etatCourantDepotFlux).toBe('IN_REJETE');
  const { message } = REFUSALS[refusal];
  expect(JSON.stringify(listeErreurDP)).toContain(message);
  expect(requests(client).total).toBe(0);
});

test('where works have fluxes of their own, others do not take them', () => {
  const { client, model, works } = worksContract();
  const offered = () => client.call('transverses/recuperer/syntaxeflux').body['listeSyntaxeFlux'];
  const given = { fichierFlux: 'AAAA', nomFichier: 'f.xml', syntaxeFlux: 'IN_DP_E4_CII_16B' };
  expect(client.call('factures/deposer/flux', given).body['codeRetour']).toBe(REFUSALS.malformed.code);
  expect(offered()).not.toContainEqual({ syntaxeFlux: 'IN_DP_E4_CII_16B' });
  model.options.worksSyntaxes = true;
  expect(offered()).toContainEqual({ syntaxeFlux: 'IN_DP_E4_CII_16B' });
  expect(works({ number: 'S-1' })).toMatchObject({ etatCourantDepotFlux: 'IN_REJETE' });
  expect(works({ number: 'S-1', syntax: 'IN_DP_E4_CII_16B' })).toMatchObject({ etatCourantDepotFlux: 'IN_INTEGRE' });
  const invoice = works({ number: 'F-1', frame: undefined, syntax: 'IN_DP_E4_CII_16B' });
  expect(invoice).toMatchObject({ etatCourantDepotFlux: 'IN_REJETE' });
});
