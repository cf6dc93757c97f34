import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { cii, UBL } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { pdfText } from '../support/commands.ts';
import { pdfWithFile } from '../support/papers.ts';
import { runOperator } from './operator-fixture.ts';

/** File, what it is, the verdict, and a rule that says why. */
const files: readonly (readonly [
  name: string,
  content: string | Buffer,
  syntax: string,
  verdict: string,
  rule?: string,
])[] = [
  ['bomb.xml', '<!DOCTYPE a [<!ENTITY b "c">]><Invoice>&b;</Invoice>', '', 'unreadable', 'e-invoice-unreadable'],
  ['cents.xml', cii().replace('>200.00<', '>200.01<'), 'cii', 'refused', 'CR-VAT-CENT'],
  ['cut.pdf', pdfText().slice(0, 25), '', 'unreadable', 'document-cut-off'],
  ['good.pdf', pdfWithFile(cii()), 'factur-x', 'accepted', 'BR-16'],
  ['good.xml', cii(), 'cii', 'accepted', 'BR-16'],
  ['order.xml', '<SCRDMCCBDACIOMessageStructure/>', '', 'unsupported', 'document-format'],
  ['page.html.xml', 'Bonjour', '', 'unsupported', 'document-not-xml'],
  ['plain.pdf', pdfText(), '', 'unsupported', 'e-invoice-missing'],
  ['ubl.xml', UBL, 'ubl', 'accepted', 'BR-16'],
  ['works.xml', UBL.replace('>A1<', '>A4<'), 'ubl', 'refused', 'CP-WORKS'],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-e-invoices-'));
  for (const [name, content] of files) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true }));

const lineSchema = z.strictObject({
  file: z.string(),
  kind: z.literal('e-invoice'),
  syntax: z.string().default(''),
  profile: z.string(),
  verdict: z.string(),
  findings: z.array(z.looseObject({ rule: z.string(), level: z.string(), fr: z.string(), en: z.string() })),
  invoice: z.looseObject({ number: z.string().optional(), totals: z.record(z.string(), z.string()) }).optional(),
  notChecked: z.array(z.string()),
});
const validate = (...args: string[]) => runOperator('validate', args);
const linesOf = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));

test('every file of a folder has an answer, whatever is in it', async () => {
  const { code, output } = await validate(folder, '--json');
  expect(code).toBe(1);
  const lines = linesOf(output);
  expect(lines.map(({ file, syntax, verdict }) => [file, syntax, verdict])).toEqual(
    files.map(([name, , syntax, verdict]) => [join(folder, name), syntax, verdict]),
  );
  expect(files.map(([, , , , rule], i) => lines[i]?.findings.some((one) => one.rule === rule))).toEqual(
    files.map(() => true),
  );
  expect(lines[4]?.invoice).toEqual({
    ...{ number: 'F-1', type: 'invoice', issueDate: '2026-11-20', currency: 'EUR' },
    ...{ supplier: '99910001900010', recipient: '12345678200051' },
    totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1200.00' },
  });
});

test('the profile decides: what is allowed in one is refused in the other', async () => {
  const good = join(folder, 'good.xml');
  const classic = await validate(good, '--lang', 'en');
  expect(classic.code).toBe(0);
  expect(classic.output).toContain('(F-1): accepted');
  expect(classic.output).toContain('[BR-16] allowed, but The invoice has no line.');
  const reform = await validate(good, '--profile', 'fr-ctc-2026', '--lang', 'fr');
  expect(reform.code).toBe(1);
  expect(reform.output).toContain('[BR-FR-08] Le cadre de facturation');
  expect((await validate(good, '--profile', 'peppol')).code).toBe(2);
});
