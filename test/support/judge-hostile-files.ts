import { exampleSettings } from './example-connection.ts';
import { checkDocument, inspectDocument } from '../../shared/documents/inspect-document.ts';
import type { Stated } from '../../shared/e-invoice/differences.ts';
import { RECIPIENTS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { judgeFile } from '../../tools/relay/judge-file.ts';
import { hostileFiles } from './hostile-files.ts';

/**
 * A process of its own with little memory: it checks each hostile file as `submit-invoice` does and judges it as
 * `npx relay validate` does; with an argument only that one. It prints what was said, and what that took.
 */
const stated: Stated = {
  supplier: SUPPLIERS.company,
  invoice: {
    ...{ number: 'F-1', type: 'invoice', issueDate: '2026-11-20', currency: 'EUR' },
    recipient: { siret: RECIPIENTS.nothingMandatory },
    totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1200.00' },
  },
};

const [only] = process.argv.slice(2);
for (const { what, format, make } of hostileFiles) {
  if (only !== undefined && what !== only) continue;
  const bytes = Buffer.from(make());
  globalThis.gc?.();
  const before = process.cpuUsage();
  const name = format === 'cii' ? 'F.xml' : 'F.pdf';
  const inspected = await inspectDocument({ name, bytes }, format);
  const { reasons } = await checkDocument({ name, inspected, sentAs: format }, stated, exampleSettings);
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1_000;
  const codes = [...new Set(reasons.map(({ code }) => code))];
  // It reads a file in the same way: what takes long need not be done twice.
  const verdict = milliseconds < 300 ? judgeFile('F', bytes, 'chorus-classic').verdict : undefined;
  const megabytes = process.resourceUsage().maxRSS / 1_024;
  console.log(JSON.stringify({ what, codes, verdict, milliseconds, megabytes }));
}
