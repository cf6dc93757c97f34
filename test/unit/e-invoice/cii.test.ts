import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { writeCii } from '../../../shared/e-invoice/write-cii.ts';
import { randomEInvoices } from '../../support/random-e-invoice.ts';
import { atScale } from '../../support/scale.ts';

describe('CII', () => {
  it('that was written is read as it was', { timeout: atScale(300_000, 60_000) }, () => {
    fc.assert(
      fc.property(randomEInvoices, (values) => {
        const reading = readEInvoice(writeCii(values));
        expect(reading).toEqual({
          kind: 'invoice',
          invoice: { syntax: 'cii', root: 'CrossIndustryInvoice', values, notRead: [], empty: [], isoDates: [] },
        });
      }),
      { numRuns: atScale(10_000, 300) },
    );
  });
});
