import { describe, expect, it } from 'vitest';
import { spoken, table } from '../../../tools/demo/report.ts';
import { readSamples } from '../../../tools/demo/sample.ts';

const rows = readSamples().map((sample) => {
  const invoice = 'command' in sample ? { invoice: sample.command.invoice } : {};
  const nothing = { record: undefined, events: [], sequence: [], deadLetter: undefined, timesInChorusPro: 0 };
  return { outcome: { sample, messageId: sample.name, ...invoice, ...nothing }, differences: [] };
});
const plain = (_style: string, text: string) => text;

describe('the closing table', () => {
  const lines = table(rows, plain, 'en').split('\n');

  it('has a header and one line for each sample', () => {
    expect(lines).toHaveLength(rows.length + 1);
    expect(lines[1]).toMatch(/^✓ 01-plain +FA-2026-0101 +12345678200051 +21\s031,30\s€/);
  });

  it('aligns the end of the amounts and the start of the next column', () => {
    const [head = '', ...body] = lines;
    const edge = head.indexOf('amount') + 'amount'.length;
    for (const line of body) expect(line.slice(edge - 1, edge + 2)).toMatch(/^[€–] {2}$/);
  });

  it('puts the events on their own line in a narrow terminal, and cuts lines that are still too wide', () => {
    const narrow = table(rows, plain, 'en', 60).split('\n');
    expect(narrow).toHaveLength(2 * rows.length + 1);
    for (const line of narrow) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('marks samples that did not end as their files say', () => {
    const wrong = rows.map((row) => ({ ...row, differences: ['relay state: expected settled, found followed'] }));
    expect(table(wrong, plain, 'en').split('\n')[1]).toMatch(/^✗ 01-plain/);
  });

  it('is French on a French machine, with the reasons of each language', () => {
    const [head = '', first] = table(rows, plain, 'fr').split('\n');
    expect(head).toMatch(/exemple +facture +destinataire +montant +n° Chorus Pro +relais +Chorus Pro +événements$/);
    expect(first).toMatch(/^✓ 01-plain/);
    const view = { records: [], events: [], deadLetters: [], orders: [], inChorusPro: {} };
    const report = { performance: { outcomes: rows, days: 21, view }, seconds: 1.5, calls: {} };
    expect(spoken(report, process.stdout, 'fr')).toMatch(
      /exemples sur \d+ se terminent comme le dit leur fichier\. .* 21 jours virtuels en 1,5 s\.$/,
    );
  });
});
