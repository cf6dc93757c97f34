import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stated } from '../../../shared/e-invoice/differences.ts';
import { readFlux } from '../../../tools/chorus-pro-simulator/flux-reader.ts';
import { checkFile } from '../../support/check-file.ts';
import { formats, someFacts, statedOf, type Facts } from '../../support/e-invoice-facts.ts';
import { atScale } from '../../support/scale.ts';

const paths: Readonly<Record<keyof Facts, string>> = {
  number: 'invoice.number',
  type: 'invoice.type',
  issueDate: 'invoice.issueDate',
  currency: 'invoice.currency',
  supplier: 'supplier',
  recipient: 'invoice.recipient.siret',
  service: 'invoice.recipient.service',
  commitment: 'invoice.commitment',
  contract: 'invoice.contract',
  preceding: 'invoice.precedingInvoice',
  deliveryDate: 'invoice.deliveryDate',
  periodStart: 'invoice.period.start',
  periodEnd: 'invoice.period.end',
  taxExclusive: 'invoice.totals.taxExclusive',
  vat: 'invoice.totals.vat',
  taxInclusive: 'invoice.totals.taxInclusive',
  due: 'invoice.totals.due',
};
const fields = Object.entries(paths);

describe.each(['cii', 'ubl', 'factur-x'] as const)('a file in %s', (format) => {
  const { name, file } = formats[format];
  const found = async (inFile: Facts, inCommand: Facts) =>
    (await checkFile({ name, bytes: file(inFile) }, format, statedOf(inCommand))).reasons
      .filter(({ code }) => code !== 'e-invoice-rule')
      .map(({ code, path }) => `${code} ${path}`);

  it('and its command are held against each other, field by field', { timeout: atScale(300_000, 60_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(someFacts, someFacts, fc.constantFrom(...fields), async (facts, others, [field, path]) => {
        expect(await found(facts, facts)).toEqual([]);
        const other = Object.entries(others).filter(([key]) => key === field);
        const changed: Facts = { ...facts, ...Object.fromEntries(other) };
        const differs = !isDeepStrictEqual(changed, facts);
        const expected = differs ? [`file-differs ${path}`] : [];
        expect(await found(changed, facts)).toEqual(expected);
        expect(await found(facts, changed)).toEqual(expected);
      }),
      { numRuns: atScale(1_000, 100) },
    );
  });

  it('may have a date of delivery or a period that its command does not give', async () => {
    const [facts] = fc.sample(someFacts, 1);
    if (!facts) throw new Error('no sample');
    const { invoice, supplier } = statedOf(facts);
    const silent = { supplier, invoice: { ...invoice, deliveryDate: undefined, period: undefined } };
    const { reasons } = await checkFile({ name, bytes: file(facts) }, format, silent);
    expect(reasons.filter(({ code }) => code === 'file-differs')).toEqual([]);
  });
});

const examples = process.env['AIFE_EXAMPLES'];
const names = examples ? readdirSync(examples).filter((name) => /\.(xml|pdf)$/.test(name)) : [];

describe.skipIf(!examples)('AIFE’s own examples', () => {
  /** As the simulator's own reader finds it. */
  function statedIn(bytes: Buffer): Stated {
    const content = readFlux(bytes);
    if (!('invoices' in content)) throw new Error(content.fault.message);
    const [own] = content.invoices;
    if (own?.due === undefined) throw new Error('there is no invoice in it');
    const euros = (amount = 0) => amount.toFixed(2);
    return {
      supplier: own.supplierSiret,
      invoice: {
        type: own.type === 'AVOIR' ? 'credit-note' : 'invoice',
        ...{ number: own.number, issueDate: own.date ?? '', currency: own.currency ?? 'EUR' },
        ...{ commitment: own.commitment, contract: own.market, precedingInvoice: undefined },
        recipient: { siret: own.recipientSiret, service: own.serviceCode },
        totals: {
          ...{ taxExclusive: euros(own.net), vat: euros(own.vat), taxInclusive: euros(own.total) },
          due: euros(own.due),
        },
      },
    };
  }

  it.each(names)('%s is recognised, and held against its command', async (name) => {
    const bytes = readFileSync(join(examples ?? '', name));
    const format = name.endsWith('.pdf') ? 'factur-x' : 'cii';
    const stated = statedIn(bytes);
    const codesOf = async (as: keyof typeof formats | 'pdf', said: Stated) =>
      (await checkFile({ name, bytes }, as, said)).reasons
        .map(({ code }) => code)
        .filter((code) => code !== 'e-invoice-rule');
    expect(await codesOf(format, stated)).toEqual([]);
    const other = { ...stated.invoice, number: 'X', commitment: 'E-0', recipient: { siret: '1' } };
    expect(await codesOf(format, { ...stated, invoice: other })).toEqual(Array(3).fill('file-differs'));
    expect(await codesOf(format === 'cii' ? 'ubl' : 'pdf', stated)).toEqual(
      format === 'cii' ? ['document-format'] : [],
    );
  });
});
