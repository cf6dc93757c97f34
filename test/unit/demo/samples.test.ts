import { describe, expect, it } from 'vitest';
import { otherFiles, readSamples } from '../../../tools/demo/sample.ts';
import { readCommand } from '../../../shared/invoice/read-command.ts';
import { brokenRules } from '../../../shared/invoice/rules.ts';
import { completeCommand, tinyPdf } from '../../support/commands.ts';

const samples = readSamples();
const invoices = samples.filter((sample) => 'command' in sample);
/** Faults that the directory finds, or the file, not the command's own rules. */
const foundElsewhere = new Set(['commitment-required', 'pdf-without-data']);

describe('the samples', () => {
  it('are at least 16, each with a description in both languages', () => {
    expect(samples.length).toBeGreaterThanOrEqual(16);
    for (const { shows } of samples) {
      expect(shows.fr).toMatch(/^\p{Lu}.*\.$/u);
      expect(shows.en).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  it('have distinct invoice numbers', () => {
    const all = [...samples, ...readSamples(otherFiles)].filter((sample) => 'command' in sample);
    const numbers = all.map(({ command }) => command.invoice.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThan(invoices.length);
  });

  it.each(invoices)('$name breaks the rules that its file says, and no others', ({ command, ends }) => {
    const reading = readCommand(JSON.stringify({ ...command, document: { name: 'a.pdf', content: tinyPdf } }));
    const found =
      reading.kind === 'invoice'
        ? brokenRules(completeCommand({ command }).invoice, { today: '2026-11-20', rounding: 'either' })
        : reading.kind === 'invalid'
          ? reading.reasons
          : [];
    expect(['invoice', 'invalid']).toContain(reading.kind);
    const expected = (ends.reasons ?? []).filter((code) => !foundElsewhere.has(code));
    expect(found.map(({ code }) => code)).toEqual(expected);
  });

  it.each(samples.filter((sample) => 'message' in sample))('$name is not a command', ({ message, ends }) => {
    expect(readCommand(message)).toMatchObject({ kind: 'unreadable', why: ends.reason });
  });

  it('repeat only samples that exist', () => {
    const names = new Set(invoices.map(({ name }) => name));
    for (const sample of samples) if ('repeats' in sample) expect(names).toContain(sample.repeats);
  });
});
