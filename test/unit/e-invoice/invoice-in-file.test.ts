import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../shared/documents/inspect-document.ts';
import { invoiceInFile, supplierInFile } from '../../../shared/e-invoice/invoice-in-file.ts';
import { inCents } from '../../../shared/invoice/amounts.ts';
import { formats, someFacts, statedOf, type Facts } from '../../support/e-invoice-facts.ts';
import { atScale } from '../../support/scale.ts';

/** A SIRET's two check digits, for any eight digits: Luhn, of the SIREN and of the whole. */
const validSirets = fc.stringMatching(/^[1-9][0-9]{7}$/).map((digits) => {
  const withKey = (given: string): string => {
    const sum = Array.from(given)
      .reverse()
      .reduce((total, digit, i) => {
        const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
        return total + (value > 9 ? value - 9 : value);
      }, 0);
    return `${given}${(10 - (sum % 10)) % 10}`;
  };
  return withKey(`${withKey(digits)}0001`);
});

describe.each(['cii', 'ubl', 'factur-x'] as const)('a file in %s that is left alone', (format) => {
  const { name, file } = formats[format];
  const isPostOffice = (siret: string) => siret.startsWith('356000000');

  it('says the invoice that a command would have said', { timeout: atScale(300_000, 10_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(someFacts, validSirets, validSirets, async (some, supplier, recipient) => {
        fc.pre(!isPostOffice(supplier) && !isPostOffice(recipient));
        const facts = { ...some, supplier, recipient };
        const { inside } = await inspectDocument({ name, bytes: Buffer.from(file(facts)) }, undefined);
        if (!inside?.invoice) throw new Error('there is no invoice in it');
        const { invoice, reasons } = invoiceInFile(inside.invoice, name, format);
        expect(reasons).toEqual([]);
        expect(supplierInFile(inside.invoice)).toBe(supplier);
        // When the service was done stays in the file.
        const { totals, ...others } = statedOf(facts).invoice;
        const { deliveryDate, period } = others;
        expect({ ...invoice, deliveryDate, period }).toMatchObject(others);
        for (const total of ['taxExclusive', 'vat', 'taxInclusive', 'due'] as const)
          expect(inCents(invoice?.totals[total] ?? '')).toBe(inCents(totals[total]));
      }),
      { numRuns: atScale(1_000, 100) },
    );
  });

  it.each<[field: keyof Facts, wrong: string, code: string]>([
    ['number', 'N'.repeat(21), 'invoice-number'],
    ['issueDate', '2026-02-31', 'date'],
    ['currency', 'euro', 'invalid-value'],
    ['recipient', '12345678200052', 'siret'],
    ['service', 'A/B', 'service-code'],
    ['commitment', 'c'.repeat(51), 'too-long'],
    ['contract', '–', 'letter-or-digit'],
    ['preceding', 'a b', 'invoice-number'],
    ['taxExclusive', '1,00', 'amount'],
    ['vat', '1.001', 'amount'],
    ['taxInclusive', '1e3', 'amount'],
    ['due', 'nothing', 'amount'],
  ])('is held to the gates of a command: %s %s', async (field, wrong, code) => {
    const good = { ...plain, [field]: wrong };
    const { inside } = await inspectDocument({ name, bytes: Buffer.from(file(good)) }, undefined);
    if (!inside?.invoice) throw new Error('there is no invoice in it');
    const { invoice, reasons } = invoiceInFile(inside.invoice, name, format);
    expect(invoice).toBeUndefined();
    const own = reasons.filter((one) => one.code !== 'e-invoice-rule');
    expect(own.map((one) => [one.code, one.path])).toEqual([[code, 'document']]);
    expect(own[0]?.fr).toMatch(new RegExp(`^${name} \\(.*, BT-[0-9]+\\) : `));
  });
});

const plain: Facts = {
  ...{ number: 'F-1', type: 'invoice', issueDate: '2026-11-20', currency: 'EUR' },
  ...{ supplier: '99910001900010', recipient: '12345678200051', service: 'S1', commitment: 'E1', contract: 'M1' },
  ...{ preceding: 'F-0', deliveryDate: '2026-11-19', periodStart: '2026-11-01', periodEnd: '2026-11-19' },
  ...{ taxExclusive: '100.00', vat: '20.00', taxInclusive: '120.00', due: '120.00' },
};
