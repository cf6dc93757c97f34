/** A reason's sentence may be all that somebody sees: it says which field, what was given, and what may stand there. */
import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../shared/invoice/read-command.ts';
import { submitCommand } from '../../support/commands.ts';

const whole = submitCommand();
const said = (command: object) => {
  const reading = readCommand(JSON.stringify(command));
  return 'reasons' in reading ? reading.reasons.map(({ fr, en }) => ({ fr, en })) : [];
};
const withInvoice = (changes: object) => said({ ...whole, invoice: { ...whole.invoice, ...changes } });

describe('a missing field whose values are known', () => {
  it('is told them: the commands', () => {
    const [only] = said({ ...whole, type: undefined });
    expect(only?.fr).toMatch(/^Le champ type est obligatoire : il manque\. Valeurs possibles : invoice\.submit, /);
    expect(only?.en).toContain('works.sign-final');
  });

  it('is told them: the types of an invoice', () => {
    expect(withInvoice({ type: undefined })).toEqual([
      {
        fr: 'Le champ invoice.type est obligatoire : il manque. Valeurs possibles : invoice, credit-note.',
        en: 'The field invoice.type is required, and it is missing. Possible values: invoice, credit-note.',
      },
    ]);
  });

  it('whose values nobody knows is told none', () => {
    expect(withInvoice({ number: undefined })[0]?.en).toBe('The field invoice.number is required, and it is missing.');
  });
});

describe('a value that is refused', () => {
  it.each([
    [{ issueDate: '23/11/2026' }, 'invoice.issueDate', '(reçu : « 23/11/2026 »)'],
    [{ issueDate: 20261123 }, 'invoice.issueDate', '(reçu : 20261123)'],
    [{ number: 'F 2026 1' }, 'invoice.number', '« F 2026 1 »'],
    [{ recipient: { siret: '123' } }, 'invoice.recipient.siret', '« 123 »'],
    [{ totals: { ...whole.invoice.totals, due: 1250.4 } }, 'invoice.totals.due', '(reçu : 1250.4)'],
    [{ totals: { ...whole.invoice.totals, due: '1250,40' } }, 'invoice.totals.due', '(reçu : « 1250,40 »)'],
    [
      { vatBreakdown: [{ rate: '20 %', base: '1000.00', amount: '200.00' }] },
      'invoice.vatBreakdown[0].rate',
      '(reçu : « 20 % »)',
    ],
    [{ type: 'facture' }, 'invoice.type', '(reçu : « facture »)'],
  ])('%o: the sentence has field and value', (changes, path, given) => {
    const sentences = withInvoice(changes)
      .map(({ fr }) => fr)
      .join();
    expect(sentences).toContain(path);
    expect(sentences).toContain(given);
  });

  it('is cut, and has no hidden character; an account is not repeated', () => {
    const [long] = withInvoice({ issueDate: 'x'.repeat(5000) });
    expect(long?.fr.length).toBeLessThan(700);
    const [account] = withInvoice({ payment: { means: 'credit-transfer', iban: 'FR7612345' } });
    expect(account?.fr).toContain('invoice.payment.iban');
    expect(account?.fr).not.toContain('12345');
  });
});
