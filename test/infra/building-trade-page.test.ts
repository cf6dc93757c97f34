import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { brokenRules } from '../../shared/invoice/rules.ts';
import { completeCommand } from '../support/commands.ts';

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

  it.each(english)('$heading: the extract makes an invoice that keeps every rule', ({ extract }) => {
    const part = z.looseObject({}).parse(JSON.parse(extract));
    const { invoice } = completeCommand({ invoice: { lines: [], ...part } });
    expect(brokenRules(invoice, { today: '2026-11-26', rounding: 'either' })).toEqual([]);
  });
});
