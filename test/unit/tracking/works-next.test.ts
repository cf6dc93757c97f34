import { describe, expect, it } from 'vitest';
import { worksAfter } from '../../../shared/tracking/works-next.ts';
import type { WorksRecord } from '../../../shared/works/record.ts';

const terms = { framework: 'A4', vatRegime: 'on-debits' } as const;
const day = (date: string) => new Date(`2026-${date}T10:00:00+01:00`);

/** What is kept after each of these statuses. */
function after(...seen: (readonly [status: string, at?: Date])[]): WorksRecord | undefined {
  return seen.reduce<WorksRecord | undefined>(
    (works, [status, at]) => worksAfter({ works, terms }, { status, at }).works,
    { paymentDays: 30 },
  );
}

describe('who must act next', () => {
  it('has its time from the day on which the document came to a stage, not from each status there', () => {
    const kept = after(['MISE_A_DISPOSITION_MOE', day('11-26')], ['PRISE_EN_COMPTE_MOE', day('11-30')]);
    expect(kept?.stage).toEqual({ name: 'with-project-manager', since: '2026-11-26' });
    expect(kept?.next).toMatchObject({ actor: 'project-manager', until: '2026-12-03' });
  });

  it('is whoever pays, within the term that runs from the deposit with the project manager', () => {
    const kept = after(
      ['MISE_A_DISPOSITION_MOE', day('11-26')],
      ['ASSOCIEE', day('11-28')],
      ['MISE_A_DISPOSITION', day('12-01')],
    );
    expect(kept?.next).toMatchObject({ actor: 'recipient', until: '2026-12-26' });
    expect(kept?.paymentFrom).toBe('2026-11-26');
  });

  it('is not told at a status that the relay does not know', () => {
    expect(after(['MISE_A_DISPOSITION_MOE', day('11-26')], ['EN_ORBITE', day('11-27')])).not.toHaveProperty('next');
  });

  it('is nothing that an invoice has', () => {
    expect(worksAfter({ terms: { ...terms, framework: 'A1' } }, { status: 'DEPOSEE' })).toEqual({});
  });
});
