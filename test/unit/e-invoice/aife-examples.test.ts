import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../shared/documents/inspect-document.ts';
import { first } from '../../../shared/e-invoice/terms.ts';
import { rulesBrokenBy } from '../../../shared/e-invoice/rules/check-rules.ts';

/** AIFE's own examples, beside the product; the variable names their folder. */
const folder = process.env['AIFE_EXAMPLES'];

interface Verdict {
  /** The rules that refuse it; none if it is deposited. */
  refusedBy: string[];
  /** Why that is right. */
  because: string;
}

const sound: Verdict = { refusedBy: [], because: 'all of it adds up' };
/** What nearly every Factur-X of AIFE has: its figures were typed in, not computed. */
const ofVat80 = (because: string, ...others: string[]): Verdict => ({
  refusedBy: ['BR-CO-11', 'BR-CO-17', 'BR-S-09', 'CR-VAT-BASE', ...others],
  because: `${because}; the allowances have a total that is not theirs`,
});

const verdicts: Readonly<Record<string, Verdict>> = {
  'FSO1116A_P01.xml': sound,
  'FSO1116A_P05.xml': { refusedBy: [], because: 'exempt: 100 at 0 %' },
  'FSO1116A_P10.xml': {
    refusedBy: [],
    because: '140 were paid of 120: −20 are due, the supplier owes them, and AIFE has it as a case that is allowed',
  },
  'FSO1116A_P17.xml': {
    refusedBy: ['BR-CO-14', 'CR-VAT-BASE'],
    because: 'the totals are −100 and −20, but the breakdown has 100 and 20: an invoice below zero has one below zero',
  },
  'FSO1116A_P20.xml': {
    refusedBy: ['BR-CO-10'],
    because: 'its lines of 100, 15 and 0 are not 300',
  },
  'FSO1116A_P40.xml': sound,
  'FSO1116A_P42.xml': sound,
  'FSO1116A_P87.xml': sound,
  'FSO1116A_P92.xml': sound,
  'FSO1117A_EN16931_P01.pdf': ofVat80(
    'VAT of 0 on 80 at 20 %, of a total of 100; 100 and no VAT are not 120',
    'BR-CO-15',
  ),
  'FSO1117A_EN16931_P02.pdf': ofVat80(
    'VAT of 0 on 80 at 20 %, of a total of 100; 100 and no VAT are not 120',
    'BR-CO-15',
  ),
  'FSO1117A_EN16931_P04.pdf': {
    refusedBy: ['BR-CO-17', 'BR-S-09', 'CR-VAT-BASE'],
    because: 'VAT of 20 on 80 at 20 %, of a total of 100',
  },
  'FSO1117A_EN16931_P07.pdf': {
    refusedBy: ['BR-CO-11', 'BR-CO-17', 'CR-VAT-BASE'],
    because: 'VAT of 20 on 80 at 20 %, of a total of 100, in a category (M) that has no rule of its own',
  },
  'FSO1117A_EN16931_P11.pdf': ofVat80(
    'VAT of 20 on 80 at 20 %, of a total of 100; −120 due of 240 paid would be right',
  ),
  'FSO1117A_EN16931_P13.pdf': {
    refusedBy: ['BR-CO-14', 'BR-CO-17', 'BR-S-09', 'CR-VAT-BASE'],
    because: 'VAT of 20 on 80 at 20 %, of totals of 50 and 10',
  },
  'FSO1117A_EN16931_P17.pdf': ofVat80('a total of 100 and no VAT are not −120; VAT of 20 on 80 at 20 %', 'BR-CO-15'),
  'FSO1117A_EN16931_P40.pdf': ofVat80('VAT of 20 on 80 at 20 %, of a total of 100'),
  'FSO1117A_EN16931_P57.pdf': ofVat80(
    'works (A13), which are not served; a seller without a SIRET; 100 and no VAT are not 120; VAT of 20 on 80 at 20 %',
    ...['BR-CO-15', 'CP-SELLER', 'CP-WORKS'],
  ),
  'FSO1117A_EN16931_P83.pdf': ofVat80(
    'VAT of 20 on 80 at 20 %, of a total of 100; paid already (A2), and that is right',
  ),
  'FSO1117A_EN16931_P92.pdf': ofVat80('VAT of 0 on 80 at 20 %, and of 20 in total', 'BR-CO-14'),
  'FSO1117A_EN16931_P95.pdf': ofVat80('VAT of 20 on 80 at 20 %, of a total of 100'),
};

/** Several invoices in one file: the relay takes one. */
const archive = 'FSO1116A_P100.tar.gz';

describe.skipIf(!folder)('AIFE’s own examples, as Chorus Pro takes them directly', () => {
  const read = async (name: string) =>
    inspectDocument({ name, bytes: readFileSync(join(folder ?? '', name)) }, undefined);

  it('are all known here', () => {
    expect(readdirSync(folder ?? '').sort()).toEqual([archive, ...Object.keys(verdicts)].sort());
  });

  it.each(Object.entries(verdicts))('%s', async (name, { refusedBy, because }) => {
    const { faults, inside } = await read(name);
    expect(faults).toEqual([]);
    const broken = inside?.invoice ? rulesBrokenBy(inside.invoice, 'chorus-classic') : [];
    const fatal = new Set(broken.flatMap(({ rule, level }) => (level === 'refuse' ? [rule] : [])));
    expect([...fatal].sort(), because).toEqual([...refusedBy].sort());
    expect(inside?.invoice && first(inside.invoice.values, 'BT-1')).toBeDefined();
  });

  it('an archive is refused: it is no single invoice', async () => {
    expect((await read(archive)).faults.map(({ code }) => code)).toEqual(['document-not-pdf']);
  });
});
