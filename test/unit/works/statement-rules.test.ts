import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../shared/invoice/read-command.ts';
import { termsOf } from '../../../shared/connection/apply-settings.ts';
import { completed } from '../../../shared/invoice/terms.ts';
import { withWorks } from '../../../shared/works/as-invoice.ts';
import { brokenWorksRules, worksNotes } from '../../../shared/works/rules.ts';
import { exampleSettings } from '../../support/example-connection.ts';
import { replaced } from '../../support/full-commands.ts';
import { statementCommand } from '../../support/works-commands.ts';

/** The third statement, changed at some places: its broken rules, with the place of each. */
function faultsOf(changes: Readonly<Record<string, unknown>> = {}, number = 3) {
  const command = Object.entries(changes).reduce<unknown>(
    (changed, [path, value]) =>
      replaced(
        changed,
        path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
        value,
      ),
    statementCommand(number),
  );
  const reading = readCommand(JSON.stringify(command));
  if (reading.kind !== 'invoice') throw new Error(JSON.stringify(reading));
  const { invoice, works, document } = withWorks(reading.command);
  if (!invoice || !works) throw new Error('not a works document');
  const { terms } = termsOf({ invoice, sentAs: 'cii-with-pdf', isMade: true }, exampleSettings);
  const submitted = { works, invoice: completed(invoice, terms), name: document?.name ?? '' };
  const broken = brokenWorksRules({ ...submitted, sentAs: 'cii-with-pdf' });
  return { faults: broken.map(({ code, path }) => `${code} ${path}`), broken, notes: worksNotes(submitted) };
}

describe('a statement of a works contract', () => {
  it.each([1, 2, 3])('n° %i adds up over the whole series', (number) => {
    expect(faultsOf({}, number).faults).toEqual([]);
    expect(faultsOf({}, number).notes).toEqual([]);
  });

  it.each<[rule: string, changes: Record<string, unknown>, faults: string[]]>([
    ['a statement is missing', { 'works.statement.number': 4 }, ['works-series works.statement.earlier']],
    [
      'a document is there twice',
      { 'works.statement.earlier.1.number': 'PDM-2026-01' },
      ['works-earlier-number works.statement.earlier[1].number'],
    ],
    [
      'an earlier total is off by a cent',
      { 'works.statement.earlier.0.taxExclusive': '30360.01' },
      ['works-earlier-total works.statement.earlier[0].taxExclusive'],
    ],
    [
      'an earlier amount due is off by a cent',
      { 'works.statement.earlier.0.due': '34610.41' },
      ['works-earlier-due works.statement.earlier[0].due'],
    ],
    [
      'the cumulative work is off by a cent',
      { 'works.statement.workDone.cumulative': '92000.01' },
      ['works-work-done works.statement.workDone.cumulative'],
    ],
    [
      'the cumulative revision is off by a cent',
      { 'works.statement.revision.cumulative': '1391.99' },
      ['works-revision works.statement.revision.cumulative'],
    ],
    [
      'the coefficient is another',
      { 'works.statement.revision.coefficient': '1.0181' },
      ['works-coefficient works.statement.revision.amount'],
    ],
    [
      'the month is not what is billed',
      { 'invoice.totals.taxExclusive': '34612.01' },
      ['works-month invoice.totals.taxExclusive'],
    ],
    [
      'what was kept back before is another amount',
      { 'invoice.totals.deductions.0.previous': '3526.81' },
      ['works-deduction-previous invoice.totals.deductions[0].previous'],
    ],
    [
      'more is kept back than was billed',
      { 'invoice.totals.deductions.0.base': '112070.41' },
      ['works-deduction-base invoice.totals.deductions[0].base'],
    ],
    [
      'the repayments are not those of the statements',
      { 'works.statement.advance.repaid': '5999.99' },
      ['works-advance-repaid works.statement.advance.repaid'],
    ],
    [
      'more is repaid than was granted',
      { 'works.statement.advance.granted': '5999.99' },
      ['works-advance-exceeded works.statement.advance.repaid'],
    ],
    [
      'the project manager is missing',
      { 'works.projectManager': undefined },
      ['works-party-missing works.projectManager'],
    ],
    ['another party is needed', { 'works.document': 'A10' }, ['works-party-missing works.mainContractor']],
    ['a draft has no statement', { 'works.statement': undefined }, ['works-statement-missing works.statement']],
  ])('is refused if %s', (_rule, changes, faults) => {
    expect(faultsOf(changes).faults).toEqual(faults);
  });

  it('says what it computes, in both languages', () => {
    const [fault] = faultsOf({ 'works.statement.workDone.cumulative': '92000.01' }).broken;
    expect(fault).toMatchObject({
      fr: 'Travaux cumulés : situations antérieures + cette situation = 92\u202f000,00\u00a0€ HT, ici 92\u202f000,01\u00a0€.',
      en: 'Cumulative work done: earlier statements + this one is 92000.00 EUR without VAT, here 92000.01 EUR.',
    });
  });

  it('must go on with a revision that earlier statements have', () => {
    const { faults } = faultsOf({ 'works.statement.revision': undefined });
    expect(faults).toContain('works-revision-missing works.statement.revision');
  });

  it('may be the first without any other', () => {
    const { faults } = faultsOf({ 'works.statement.number': 1 });
    expect(faults).toEqual(['works-first works.statement.earlier']);
  });

  it('is sent with a note if more is done than the contract says, or if a subcontractor charges VAT', () => {
    const beyond = faultsOf({ 'works.statement.contractAmount': '91999.99' });
    expect(beyond.faults).toEqual([]);
    expect(beyond.notes.map(({ code }) => code)).toEqual(['works-beyond-contract']);
    const { notes } = faultsOf({ 'works.document': 'A10', 'works.mainContractor': { siret: '99910003500016' } });
    expect(notes.map(({ code }) => code)).toEqual(['works-subcontractor-vat']);
  });
});
