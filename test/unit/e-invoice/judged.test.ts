import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readEInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { rules, rulesBrokenBy } from '../../../shared/e-invoice/rules/check-rules.ts';
import { en16931, reform } from '../../../shared/e-invoice/rules/norms.ts';
import { isStricter, stricterRules } from '../../../tools/docs/stricter-rules.ts';

/** Invoices with the verdict of the official rules; the variable names their folder. */
const folder = process.env['JUDGED_INVOICES'];

const verdictsSchema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      verdict: z.string(),
      en16931: z.object({ fatal: z.array(z.string()).default([]) }).default({ fatal: [] }),
      /** Without a list, the artefact broke off. */
      brFr: z.object({ fatal: z.array(z.string()).optional() }).default({}),
    }),
  ),
});

const judged = folder
  ? verdictsSchema.parse(JSON.parse(readFileSync(join(folder, 'verdicts.json'), 'utf8'))).files
  : [];

const claimed = new Set(rules.map(({ id }) => id));

/** The artefacts add the term to the id, or a number: "BR-FR-05_BT-22_AAB", "BR-FR-32-LEGALID". */
const idOf = (official: string): string => official.replace(/^(BR-FR-(?:CO-|DEC-)?\d+).*$/, '$1');

function compared({ file, verdict, en16931, brFr }: (typeof judged)[number]) {
  const fatal = [...new Set([...en16931.fatal, ...(brFr.fatal ?? [])].map(idOf))];
  const reading = readEInvoice(readFileSync(join(folder ?? '', 'files', file)));
  const found = reading.kind === 'invoice' ? rulesBrokenBy(reading.invoice, 'fr-ctc-2026') : [];
  const ours = new Set(found.map(({ rule }) => rule));
  const isJudged = (id: string) => brFr.fatal !== undefined || !id.startsWith('BR-FR-');
  const official = [...ours].filter((id) => !isStricter(id) && isJudged(id));
  return {
    file,
    isSame: (verdict === 'valid-en16931-and-br-fr') === (reading.kind === 'invoice' && ours.size === 0),
    isStricter: ours.size > 0 && official.length === 0,
    named: fatal.filter((id) => ours.has(id)),
    notNamed: fatal.filter((id) => claimed.has(id) && !ours.has(id)),
    wronglyNamed: official.filter((id) => !fatal.includes(id)),
  };
}

describe.skipIf(!folder)('the rules of EN 16931 and of the reform', () => {
  const results = judged.map(compared);

  it('give the official verdict, or a stricter one that has its reason', () => {
    expect(results.length).toBeGreaterThan(100);
    expect(results.filter(({ isSame, isStricter }) => !isSame && !isStricter).map(({ file }) => file)).toEqual([]);
    expect(results.filter(({ isSame }) => isSame).length / results.length).toBeGreaterThanOrEqual(0.98);
  });

  it('are stricter only by rules that there are', () => {
    const unknown = Object.keys(stricterRules).filter(
      (id) => !rules.some((rule) => rule.id.startsWith(id.replace('*', ''))),
    );
    expect(unknown).toEqual([]);
  });

  it('name each rule that fails, and none that does not', () => {
    expect(results.filter(({ notNamed }) => notNamed.length > 0)).toEqual([]);
    expect(results.filter(({ wronglyNamed }) => wronglyNamed.length > 0)).toEqual([]);
    expect(results.flatMap(({ named }) => named).length).toBeGreaterThan(100);
  });

  it('are marked as seen exactly if the artefacts name them here', () => {
    const named = new Set(judged.flatMap(({ en16931, brFr }) => [...en16931.fatal, ...(brFr.fatal ?? [])].map(idOf)));
    for (const { seen } of [en16931, reform]) expect([...seen].filter((id) => !named.has(id))).toEqual([]);
    const unseen = rules.filter(({ id, mark }) => named.has(id) && mark === 'R');
    expect(unseen.map(({ id }) => id)).toEqual([]);
  });
});
