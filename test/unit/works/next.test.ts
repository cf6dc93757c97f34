import { describe, expect, it } from 'vitest';
import { statuses } from '../../../shared/chorus-pro/statuses.ts';
import { nextOf, worksStageOf } from '../../../shared/chorus-pro/works-stages.ts';
import { answersTo, isWorksFramework, worksDocuments } from '../../../shared/works/documents.ts';
import { nextInWords } from '../../../shared/works/next.ts';

const since = '2026-11-26';

describe('who must act next on a works document', () => {
  it.each([
    ['A4', 'MISE_A_DISPOSITION_MOE', { actor: 'project-manager', until: '2026-12-03' }],
    ['A10', 'A_VALIDER_1', { actor: 'main-contractor', until: '2026-12-11' }],
    ['A13', 'A_VALIDER_1', { actor: 'lead', until: '2026-12-11' }],
    ['A7', 'MISE_A_DISPOSITION_MOE', { actor: 'project-manager', until: '2026-12-26' }],
    ['A20', 'A_ASSOCIER_FOURNISSEUR', { actor: 'main-contractor', until: '2026-12-26' }],
    ['A22', 'MISE_A_DISPOSITION', { actor: 'recipient', until: '2026-12-06' }],
    ['A4', 'A_COMPLETER', { actor: 'main-contractor' }],
    ['A10', 'A_RECYCLER', { actor: 'subcontractor' }],
    ['A15', 'REFUSEE_MOA', { actor: 'project-manager' }],
    ['A4', 'REMPLACEE_PAR_A22', { actor: 'nobody' }],
  ] as const)('%s at %s: %j', (framework, status, next) => {
    expect(nextOf(framework, status, { since })).toEqual(next);
  });

  it('is the recipient, until the payment is due, once nothing but the payment is awaited', () => {
    const clock = { since, paymentDue: '2026-12-20' };
    expect(nextOf('A4', 'MANDATEE', clock)).toEqual({ actor: 'recipient', until: '2026-12-20' });
    expect(nextOf('A4', 'MISE_A_DISPOSITION_MOE', clock)).toMatchObject({ until: '2026-12-03' });
    expect(nextOf('A4', 'MISE_EN_PAIEMENT', clock)).toEqual({ actor: 'nobody' });
  });

  it('has no day while it is not known when the stage began', () => {
    expect(nextOf('A4', 'MISE_A_DISPOSITION_MOE', {})).toEqual({ actor: 'project-manager' });
  });

  it('is not guessed at a status that the relay does not know', () => {
    expect(nextOf('A4', 'EN_ORBITE', { since })).toBeUndefined();
  });

  it('is known at every status that the relay knows', () => {
    expect(Object.keys(statuses).filter((status) => worksStageOf(status) === undefined)).toEqual([]);
  });

  it('is said in French and English', () => {
    expect(nextInWords({ actor: 'project-manager', until: '2026-12-01' })).toEqual({
      fr: 'Prochain intervenant : le maître d’œuvre, jusqu’au 1er décembre 2026.',
      en: 'Next to act: the project manager, until 2026-12-01.',
    });
    expect(nextInWords({ actor: 'nobody' }).fr).toBe('Aucune intervention n’est attendue.');
  });
});

describe('the documents of a billing file', () => {
  it('answer documents of the file only, and none answers itself', () => {
    const wrong = Object.entries(worksDocuments).flatMap(([name, { answers }]) =>
      answers.filter((answered: string) => !isWorksFramework(answered) || answered === name),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['A4', ['A5', 'A15']],
    ['A7', ['A17', 'A22']],
    ['A20', ['A8']],
    ['A22', ['A23', 'A24', 'A25']],
    ['A8', []],
  ] as const)('%s may be answered by %j', (framework, answers) => {
    expect(answersTo(framework)).toEqual(answers);
  });

  it('lead from every draft to the end of the file', () => {
    const ends = new Set<string>();
    const walk = (framework: keyof typeof worksDocuments): void => {
      const next = answersTo(framework);
      if (next.length === 0) ends.add(framework);
      next.forEach(walk);
    };
    walk('A7');
    expect([...ends].sort()).toEqual(['A23', 'A24', 'A25', 'A8']);
  });
});
