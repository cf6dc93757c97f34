import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_MANAGERS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { tinyPdf } from '../support/commands.ts';
import { onlyStatement as only, statementCommand } from '../support/works-commands.ts';
import { worksStory, type Story } from './works-story.ts';

const by = (siret: string) => ({ projectManager: { siret } });

/** The main contractor owes the VAT: the works owner pays the subcontractor without it. */
const subcontractors = only(
  'ST-2026-01',
  '2026-GO-012',
  { document: 'A10', projectManager: undefined, mainContractor: { siret: SUPPLIERS.mainContractor } },
  {
    vatRegime: 'reverse-charge',
    vatBreakdown: [],
    totals: { taxExclusive: '6500.00', vat: '0.00', taxInclusive: '6500.00', due: '6500.00' },
  },
);

const final = only('PDF-2026-01', '2026-GO-012', { document: 'A7' });

const sign = {
  ...{ type: 'works.sign-final', version: 1, connection: 'example', supplier: { company: 'Constructions Duval' } },
  invoice: { number: 'PDF-2026-01' },
  account: { number: 'PDF-2026-01DG' },
  signed: { number: 'DGD-2026-01', issueDate: '2026-12-24' },
  document: { name: 'DGD-2026-01.pdf', content: tinyPdf },
};

describe('a works contract, from its first statement to its last payment', () => {
  let story: Story;
  beforeAll(async () => {
    story = await worksStory();
    const refused = { document: 'A4', ...by(PROJECT_MANAGERS.refuses) };
    const silent = by(PROJECT_MANAGERS.silent);

    await story.send(statementCommand(1));
    await story.send(subcontractors);
    await story.send(only('REF-1', '2026-REF', refused));
    await story.send(only('TAC-1', '2026-TAC', { document: 'A7', ...silent }));
    await story.days(5);
    await story.send(statementCommand(2));
    await story.send(only('REF-1-BIS', '2026-REF', refused));
    await story.days(5);
    await story.send(statementCommand(3));
    await story.send(final);
    await story.days(21);
    await story.send(sign);
    await story.send(only('TAC-2', '2026-TAC', { document: 'A22', projectManager: undefined, answers: 'TAC-1' }));
    await story.days(11);
    await story.send(only('TAC-3', '2026-TAC', { document: 'A23', projectManager: undefined, answers: 'TAC-2' }));
    await story.days(18);
  });
  afterAll(() => story.stop());

  /** What the project manager and the works owner answer to a monthly draft; the last of it is paid. */
  const instalmentOf = (number: string) => [
    `A15 ${number}EA MISE_A_DISPOSITION_MOA → works-owner`,
    `A15 ${number}EA PRISE_EN_COMPTE_MOA → works-owner`,
    `A15 ${number}EA ASSOCIEE → works-owner`,
    `A19 ${number}EAV MISE_A_DISPOSITION → recipient`,
    `A19 ${number}EAV SERVICE_FAIT → recipient`,
    `A19 ${number}EAV MANDATEE → recipient`,
    `A19 ${number}EAV COMPTABILISEE → recipient`,
    `A19 ${number}EAV MISE_EN_PAIEMENT → nobody`,
  ];

  it.each([
    ['PDM-2026-01', ['2026-11-23', '2026-11-24', '2026-11-26', '2026-11-29', '2026-12-18'], '2026-11-30', '2026-12-23'],
    ['PDM-2026-02', ['2026-11-28', '2026-11-29', '2026-12-01', '2026-12-04', '2026-12-23'], '2026-12-05', '2026-12-28'],
    ['PDM-2026-03', ['2026-12-03', '2026-12-04', '2026-12-06', '2026-12-09', '2026-12-28'], '2026-12-10', '2027-01-02'],
  ] as const)(
    '%s: the project manager has 7 days, the payment 30',
    (number, [sent, first, read, passed, paid], answer, due) => {
      expect(story.told(number)).toEqual([
        `${sent} accepted → chorus-pro`,
        `${sent} deposited → chorus-pro`,
        `${first} submitted MISE_A_DISPOSITION_MOE → project-manager until ${answer}`,
        `${read} status-changed PRISE_EN_COMPTE_MOE → project-manager until ${answer}`,
        `${passed} status-changed TRANSMISE_MOA → works-owner until ${due}`,
        `${paid} paid MISE_EN_PAIEMENT → nobody`,
      ]);
      expect(story.file(number)).toEqual(instalmentOf(number));
    },
  );

  it('the subcontractor in direct payment: the main contractor has 15 days, and approves before the project manager', () => {
    expect(story.told('ST-2026-01')).toEqual([
      '2026-11-23 accepted → chorus-pro',
      '2026-11-23 deposited → chorus-pro',
      '2026-11-24 submitted A_VALIDER_1 → main-contractor until 2026-12-08',
      '2026-11-25 status-changed MISE_A_DISPOSITION_MOE → project-manager until 2026-12-01',
      '2026-11-27 status-changed PRISE_EN_COMPTE_MOE → project-manager until 2026-12-01',
      '2026-11-30 status-changed TRANSMISE_MOA → works-owner until 2026-12-24',
      '2026-12-19 paid MISE_EN_PAIEMENT → nobody',
    ]);
    expect(story.file('ST-2026-01')).toEqual(instalmentOf('ST-2026-01'));
  });

  it('a draft that the project manager refuses ends; the one that replaces it is paid', () => {
    expect(story.told('REF-1')).toEqual([
      '2026-11-23 accepted → chorus-pro',
      '2026-11-23 deposited → chorus-pro',
      '2026-11-24 submitted MISE_A_DISPOSITION_MOE → project-manager until 2026-11-30',
      '2026-11-26 status-changed PRISE_EN_COMPTE_MOE → project-manager until 2026-11-30',
      '2026-11-27 rejected REFUSEE_MOE → main-contractor !',
    ]);
    expect(story.told('REF-1-BIS')).toEqual([
      '2026-11-28 accepted → chorus-pro',
      '2026-11-28 deposited → chorus-pro',
      '2026-11-29 submitted MISE_A_DISPOSITION_MOE → project-manager until 2026-12-05',
      '2026-12-01 status-changed PRISE_EN_COMPTE_MOE → project-manager until 2026-12-05',
      '2026-12-04 status-changed TRANSMISE_MOA → works-owner until 2026-12-28',
      '2026-12-23 paid MISE_EN_PAIEMENT → nobody',
    ]);
    // All of it follows the second draft: nothing answers the first.
    expect(story.file('REF-1')).toEqual(instalmentOf('REF-1-BIS'));
  });

  it('the final draft leads to the general statement, which is signed within its 30 days, and paid', () => {
    expect(story.told('PDF-2026-01')).toEqual([
      '2026-12-03 accepted → chorus-pro',
      '2026-12-03 deposited → chorus-pro',
      '2026-12-04 submitted MISE_A_DISPOSITION_MOE → project-manager until 2027-01-02',
      '2026-12-06 status-changed PRISE_EN_COMPTE_MOE → project-manager until 2027-01-02',
      '2026-12-14 status-changed TRANSMISE_MOA → works-owner until 2027-01-12',
      '2026-12-24 answered works.sign-final TRANSMISE_MOA → works-owner until 2027-01-12',
      '2027-01-10 paid MISE_EN_PAIEMENT → nobody',
    ]);
    expect(story.file('PDF-2026-01')).toEqual([
      'A17 PDF-2026-01PDG MISE_A_DISPOSITION_MOA → works-owner',
      'A17 PDF-2026-01PDG PRISE_EN_COMPTE_MOA → works-owner',
      'A17 PDF-2026-01PDG ASSOCIEE → works-owner',
      'A18 PDF-2026-01DGM MISE_A_DISPOSITION_MOA → works-owner',
      'A18 PDF-2026-01DGM PRISE_EN_COMPTE_MOA → works-owner',
      'A18 PDF-2026-01DGM ASSOCIEE → works-owner',
      'A20 PDF-2026-01DG A_ASSOCIER_FOURNISSEUR → main-contractor until 2027-01-22 !',
      'A20 PDF-2026-01DG ASSOCIEE → works-owner',
    ]);
    expect(story.file('DGD-2026-01')).toEqual([
      'A8 DGD-2026-01 MISE_A_DISPOSITION_MOA → works-owner',
      'A8 DGD-2026-01 PRISE_EN_COMPTE_MOA → works-owner',
      'A8 DGD-2026-01 MISE_A_DISPOSITION → recipient',
      'A8 DGD-2026-01 SERVICE_FAIT → recipient',
      'A8 DGD-2026-01 MANDATEE → recipient',
      'A8 DGD-2026-01 COMPTABILISEE → recipient',
      'A8 DGD-2026-01 MISE_EN_PAIEMENT → nobody',
    ]);
  });

  it('where the final draft is never answered, the tacit draft replaces it after 30 days, and binds after 10', () => {
    expect(story.told('TAC-1')).toEqual([
      '2026-11-23 accepted → chorus-pro',
      '2026-11-23 deposited → chorus-pro',
      '2026-11-24 submitted MISE_A_DISPOSITION_MOE → project-manager until 2026-12-23',
      '2026-11-26 status-changed PRISE_EN_COMPTE_MOE → project-manager until 2026-12-23',
      '2026-12-25 rejected REMPLACEE_PAR_A22 → nobody',
    ]);
    expect(story.told('TAC-2')).toEqual([
      '2026-12-24 accepted → chorus-pro',
      '2026-12-24 deposited → chorus-pro',
      '2026-12-25 submitted MISE_A_DISPOSITION_MOA → works-owner until 2027-01-03',
      '2026-12-28 status-changed PRISE_EN_COMPTE_MOA → works-owner until 2027-01-03',
      '2027-01-04 action-needed A_ASSOCIER_FOURNISSEUR → main-contractor !',
      '2027-01-05 status-changed ASSOCIEE → works-owner until 2027-01-23',
      '2027-01-21 paid MISE_EN_PAIEMENT → nobody',
    ]);
    expect(story.told('TAC-3')).toEqual([
      '2027-01-04 accepted → chorus-pro',
      '2027-01-04 deposited → chorus-pro',
      '2027-01-05 submitted MISE_A_DISPOSITION_MOA → works-owner until 2027-02-03',
      '2027-01-08 status-changed PRISE_EN_COMPTE_MOA → works-owner until 2027-02-03',
      '2027-01-09 status-changed MISE_A_DISPOSITION → recipient until 2027-02-03',
      '2027-01-12 status-changed SERVICE_FAIT → recipient until 2027-02-03',
      '2027-01-14 status-changed MANDATEE → recipient until 2027-02-03',
      '2027-01-17 status-changed COMPTABILISEE → recipient until 2027-02-03',
      '2027-01-21 paid MISE_EN_PAIEMENT → nobody',
    ]);
  });

  it('each document came into being once', () => {
    const numbers = ['PDM-2026-01', 'PDM-2026-02', 'PDM-2026-03', 'ST-2026-01', 'REF-1', 'REF-1-BIS'];
    const last = ['PDF-2026-01', 'DGD-2026-01', 'TAC-1', 'TAC-2', 'TAC-3'];
    expect(story.inChorusPro()).toEqual(
      Object.fromEntries([...numbers, ...last].map((number) => [`${SUPPLIERS.company}/${number}`, 1])),
    );
  });
});
