import { RECIPIENTS } from '../../tools/chorus-pro-simulator/index.ts';
import { tinyPdf } from './commands.ts';

/**
 * A contract of 100,000.00 in three monthly drafts: price revision, a retention of 5 % and an advance that is repaid
 * with the second and the third.
 */
const statements = [
  {
    ...{ number: 'PDM-2026-01', issueDate: '2026-11-18', workDone: '30000.00', done: '30000.00' },
    ...{ coefficient: '1.0120', revision: '360.00', revised: '360.00' },
    ...{ taxExclusive: '30360.00', vat: '6072.00', taxInclusive: '36432.00' },
    retention: { base: '36432.00', previous: '0.00', amount: '1821.60' },
    ...{ repayment: '0.00', repaid: '0.00', due: '34610.40' },
  },
  {
    ...{ number: 'PDM-2026-02', issueDate: '2026-11-19', workDone: '28000.00', done: '58000.00' },
    ...{ coefficient: '1.0150', revision: '420.00', revised: '780.00' },
    ...{ taxExclusive: '28420.00', vat: '5684.00', taxInclusive: '34104.00' },
    retention: { base: '70536.00', previous: '1821.60', amount: '1705.20' },
    ...{ repayment: '2000.00', repaid: '2000.00', due: '30398.80' },
  },
  {
    ...{ number: 'PDM-2026-03', issueDate: '2026-11-20', workDone: '34000.00', done: '92000.00' },
    ...{ coefficient: '1.0180', revision: '612.00', revised: '1392.00' },
    ...{ taxExclusive: '34612.00', vat: '6922.40', taxInclusive: '41534.40' },
    retention: { base: '112070.40', previous: '3526.80', amount: '2076.72' },
    ...{ repayment: '4000.00', repaid: '6000.00', due: '35457.68' },
  },
] as const;

const retained = { kind: 'retention', name: 'Retenue de garantie' } as const;
const repaid = { kind: 'advance-repayment', name: 'Remboursement de l’avance' } as const;

/** Made up: the project manager of the simulator who answers each draft. */
const projectManager = '99930001500016';

/** @param n which of the three statements: 1, 2 or 3 */
export function statementCommand(n: number, changes: { works?: object; invoice?: object; command?: object } = {}) {
  const own = statements[n - 1];
  if (!own) throw new Error(`there is no statement ${n}`);
  const { number, issueDate, taxExclusive, vat, taxInclusive, due } = own;
  return {
    ...{ type: 'works.submit', version: 1, connection: 'example', supplier: { company: 'Constructions Duval' } },
    works: {
      document: 'A4',
      projectManager: { siret: projectManager },
      statement: {
        number: n,
        contractAmount: '100000.00',
        workDone: { cumulative: own.done, amount: own.workDone },
        revision: { cumulative: own.revised, amount: own.revision, coefficient: own.coefficient },
        advance: { granted: '6000.00', repaid: own.repaid },
        earlier: statements.slice(0, n - 1).map((one, i) => ({
          ...{ statement: i + 1, number: one.number, workDone: one.workDone, revision: one.revision },
          ...{ taxExclusive: one.taxExclusive, taxInclusive: one.taxInclusive, due: one.due },
          deductions: [
            { ...retained, amount: one.retention.amount },
            { ...repaid, amount: one.repayment },
          ],
        })),
      },
      ...changes.works,
    },
    invoice: {
      ...{ number, issueDate, contract: '2026-GO-012' },
      recipient: { siret: RECIPIENTS.nothingMandatory },
      payment: { means: 'credit-transfer', iban: 'FR7630006000011234567890189' },
      vatRegime: 'on-debits',
      vatBreakdown: [{ rate: '20', base: taxExclusive, amount: vat }],
      totals: {
        ...{ taxExclusive, vat, taxInclusive },
        deductions: [
          { ...retained, rate: '5', ...own.retention },
          { ...repaid, amount: own.repayment },
        ],
        due,
      },
      ...changes.invoice,
    },
    document: { name: `${number}.pdf`, content: tinyPdf },
    ...changes.command,
  };
}

/** A works document with a statement of its own: 6,500.00 of work, and nothing before it. */
export const onlyStatement = (number: string, contract: string, works: object, invoice: object = {}) =>
  statementCommand(1, {
    works: {
      statement: {
        number: 1,
        contractAmount: '6500.00',
        workDone: { cumulative: '6500.00', amount: '6500.00' },
      },
      ...works,
    },
    invoice: {
      ...{ number, contract },
      vatBreakdown: [{ rate: '20', base: '6500.00', amount: '1300.00' }],
      totals: { taxExclusive: '6500.00', vat: '1300.00', taxInclusive: '7800.00', due: '7800.00' },
      ...invoice,
    },
  });
