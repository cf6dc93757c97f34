/** What it takes of the processor to read a command with many lines, and to hold it against the rules. */
import { parisDay } from '../../../shared/chorus-pro/dates.ts';
import { readCommand } from '../../../shared/invoice/read-command.ts';
import { brokenRules } from '../../../shared/invoice/rules.ts';
import { completeCommand, submitCommand } from '../../support/commands.ts';
import { exampleSettings } from '../../support/example-connection.ts';
import { median } from '../figure.ts';
import { workSoFar } from './processes.ts';

export interface Lines {
  lines: number;
  kilobytes: number;
  /** Milliseconds: medians. */
  parse: number;
  rules: number;
}

const runs = 15;

const invoiceOf = (lines: number) => {
  const [net, vat, gross] = [lines * 10, lines * 2, lines * 12].map((amount) => amount.toFixed(2));
  return {
    lines: Array.from({ length: lines }, (_, i) => ({
      ...{ number: i + 1, name: `Poste ${i + 1} : fourniture et pose`, reference: `REF-${i + 1}` },
      ...{ quantity: '4', unitPrice: '2.50', vatRate: '20', net: '10.00' },
    })),
    vatBreakdown: [{ rate: '20', base: net, amount: vat }],
    totals: { taxExclusive: net, vat, taxInclusive: gross, due: gross },
  };
};

/** Several at once: the processor's own clock counts by the millisecond. */
function millisecondsOf(work: () => void, times: number): number {
  const each = Array.from({ length: runs }, () => {
    const before = workSoFar();
    for (let i = 0; i < times; i += 1) work();
    return (workSoFar() - before) / times;
  });
  return median(each);
}

function measured(lines: number): Lines {
  const invoice = invoiceOf(lines);
  const body = JSON.stringify(submitCommand({ invoice }));
  const command = completeCommand({ invoice });
  const { rounding } = exampleSettings;
  const context = { today: parisDay(new Date()), rounding, numberedAnew: false, eInvoice: false };
  const broken = brokenRules(command.invoice, context);
  if (broken.length > 0) throw new Error(`the invoice breaks ${broken.map(({ code }) => code).join(', ')}`);
  const times = Math.ceil(3_000 / lines);
  return {
    ...{ lines, kilobytes: Math.round(body.length / 1_000) },
    parse: millisecondsOf(() => void readCommand(body), times),
    rules: millisecondsOf(() => void brokenRules(command.invoice, context), times),
  };
}

export const linesMeasured = (): Lines[] => [20, 3_000].map(measured);
