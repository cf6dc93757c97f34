import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { termsOf } from '../../shared/connection/apply-settings.ts';
import { readCommand } from '../../shared/invoice/read-command.ts';
import { brokenRules } from '../../shared/invoice/rules.ts';
import { completed } from '../../shared/invoice/terms.ts';
import { withWorks } from '../../shared/works/as-invoice.ts';
import { brokenWorksRules } from '../../shared/works/rules.ts';
import { completeCommand } from '../support/commands.ts';
import { exampleSettings } from '../support/example-connection.ts';
import { statementCommand } from '../support/works-commands.ts';

/** The extracts of a page, each with the heading above it. */
function extractsOf(page: string): { heading: string; extract: string }[] {
  const sections = readFileSync(join(projectRoot, 'docs', page), 'utf8').split(/^## /m);
  return sections.flatMap((section) =>
    [...section.matchAll(/^```json\n(.*?)^```$/gms)].map(([, extract = '']) => ({
      heading: section.split('\n')[0] ?? '',
      extract,
    })),
  );
}

const english = extractsOf('building-trade.md');

describe('the page on the building trade', () => {
  it('has the same extracts in both languages', () => {
    expect(extractsOf('fr/le-btp.md').map(({ extract }) => extract)).toEqual(english.map(({ extract }) => extract));
    expect(english.length).toBeGreaterThan(6);
  });

  const ofWorks = english.filter(({ heading }) => heading === 'A works contract');
  const ofInvoices = english.filter((one) => !ofWorks.includes(one));

  it.each(ofWorks)('$heading: the extract makes a works document that keeps every rule', ({ extract }) => {
    const reading = readCommand(
      JSON.stringify(statementCommand(2, { works: z.looseObject({}).parse(JSON.parse(extract)) })),
    );
    if (reading.kind !== 'invoice') throw new Error(JSON.stringify(reading));
    const { works, invoice } = withWorks(reading.command);
    if (!works || !invoice) throw new Error('not a works document');
    const made = { sentAs: 'cii-with-pdf', isMade: true } as const;
    const complete = completed(invoice, termsOf({ invoice, ...made }, exampleSettings).terms);
    expect(brokenWorksRules({ works, invoice: complete, sentAs: made.sentAs, name: '' })).toEqual([]);
  });

  it.each(ofInvoices)('$heading: the extract makes an invoice that keeps every rule', ({ extract }) => {
    const part = z.looseObject({}).parse(JSON.parse(extract));
    const { invoice } = completeCommand({ invoice: { lines: [], ...part } });
    expect(brokenRules(invoice, { today: '2026-11-26', rounding: 'either' })).toEqual([]);
  });
});
