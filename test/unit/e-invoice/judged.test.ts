import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readEInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { findingsOf, rules } from '../../../shared/e-invoice/rules/check-rules.ts';

/** Invoices with the verdict of the official rules; the variable names their folder. */
const folder = process.env['JUDGED_INVOICES'];

const verdictsSchema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      verdict: z.string(),
      en16931: z.object({ fatal: z.array(z.string()).default([]) }).default({ fatal: [] }),
    }),
  ),
});

const judged = folder
  ? verdictsSchema.parse(JSON.parse(readFileSync(join(folder, 'verdicts.json'), 'utf8'))).files
  : [];

/** What we refuse and the official rules do not, each with why. */
const stricter: Readonly<Record<string, string>> = {
  'CR-VAT-CENT': 'the norm allows up to 0.99 of a euro',
  'CR-VAT-BASE': 'CEN’s rule for UBL allows one euro',
  'CR-DATE': 'CEN’s rules for CII leave out the date of the preceding invoice',
  'CR-EMPTY': 'only the XML Schemas refuse it',
};

const claimed = new Set(rules.map(({ id }) => id));

function compared({ file, verdict, en16931: { fatal } }: (typeof judged)[number]) {
  const reading = readEInvoice(readFileSync(join(folder ?? '', 'files', file)));
  const found = reading.kind === 'invoice' ? findingsOf(reading.invoice, 'fr-ctc-2026') : [];
  const ours = new Set(found.map(({ rule }) => rule));
  const official = [...ours].filter((id) => stricter[id] === undefined);
  return {
    file,
    isSame: verdict.startsWith('valid') === (reading.kind === 'invoice' && ours.size === 0),
    isStricter: ours.size > 0 && official.length === 0,
    named: fatal.filter((id) => ours.has(id)),
    notNamed: fatal.filter((id) => claimed.has(id) && !ours.has(id)),
    wronglyNamed: official.filter((id) => !fatal.includes(id)),
  };
}

describe.skipIf(!folder)('the rules of EN 16931', () => {
  const results = judged.map(compared);

  it('give the official verdict, or a stricter one that has its reason', () => {
    expect(results.length).toBeGreaterThan(100);
    expect(results.filter(({ isSame, isStricter }) => !isSame && !isStricter).map(({ file }) => file)).toEqual([]);
    expect(results.filter(({ isSame }) => isSame).length / results.length).toBeGreaterThanOrEqual(0.98);
  });

  it('name each rule that fails, and none that does not', () => {
    expect(results.filter(({ notNamed }) => notNamed.length > 0)).toEqual([]);
    expect(results.filter(({ wronglyNamed }) => wronglyNamed.length > 0)).toEqual([]);
    expect(results.flatMap(({ named }) => named).length).toBeGreaterThan(100);
  });
});
