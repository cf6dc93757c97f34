import { describe, expect, it } from 'vitest';
import { commandExamples } from '../../tools/docs/command-examples.ts';
import { termsOf } from '../../shared/connection/apply-settings.ts';
import { readCommand } from '../../shared/invoice/read-command.ts';
import { brokenRules } from '../../shared/invoice/rules.ts';
import { completed } from '../../shared/invoice/terms.ts';
import { wholeOf } from '../support/commands.ts';
import { exampleSettings } from '../support/example-connection.ts';

/** Whether a command is in order, as far as that can be told without its documents and without Chorus Pro. */
function holds(body: string): boolean {
  const reading = readCommand(body);
  if (reading.kind !== 'invoice') return reading.kind === 'about-invoice' || reading.kind === 'validation';
  // With a PDF, all three are needed; without one, the lines too.
  const { invoice: given, supplier, document } = reading.command;
  if (!given || !supplier || !document) return false;
  const command = wholeOf(reading.command);
  const { terms, reasons } = termsOf(command, exampleSettings);
  const invoice = completed(command.invoice, terms);
  return [...reasons, ...brokenRules(invoice, { today: '2026-12-31', rounding: 'either' })].length === 0;
}

/**
 * The command without its n-th field, counted as JSON writes them, and that field's name; no name past the last one.
 */
function withoutField(command: object, n: number): { name: string | undefined; body: string } {
  let visited = 0;
  let name: string | undefined;
  const body = JSON.stringify(command, (key, value: unknown) => {
    if (key === '' || visited++ !== n) return value;
    name = key;
    return undefined;
  });
  return { name, body };
}

describe.each(Object.entries(commandExamples))('the example of %s', (_type, example) => {
  it('is accepted', () => {
    expect(holds(JSON.stringify(example))).toBe(true);
  });

  it('is the smallest: no field can be left out', () => {
    const needless: string[] = [];
    let n = 0;
    for (let cut = withoutField(example, n); cut.name !== undefined; cut = withoutField(example, ++n))
      if (holds(cut.body)) needless.push(cut.name);
    expect(n).toBeGreaterThan(5);
    expect(needless).toEqual([]);
  });
});
