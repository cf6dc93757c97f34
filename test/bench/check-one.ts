import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { checkDocument, inspectDocument } from '../../shared/documents/inspect-document.ts';
import type { Stated } from '../../shared/e-invoice/differences.ts';
import { exampleSettings } from '../support/example-connection.ts';
import { pdfWithFile } from '../support/papers.ts';
import { median } from './figure.ts';

/**
 * A process of its own, which has its code and one file: it says how long the first check of the file takes and how
 * long a later one does, in milliseconds of the processor, and by how many megabytes the first lets the process grow.
 */
const [path = '', asked] = process.argv.slice(2);
const format = z.enum(['cii', 'ubl', 'factur-x']).parse(asked);
const file = { name: format === 'factur-x' ? 'F.pdf' : 'F.xml', bytes: readFileSync(path) };
const stated: Stated = {
  supplier: '99910001900010',
  invoice: {
    ...{ number: 'FA-2026-0105', type: 'invoice', issueDate: '2026-11-05', currency: 'EUR' },
    recipient: { siret: '12345678200051' },
    totals: { taxExclusive: '1.00', vat: '0.00', taxInclusive: '1.00', due: '1.00' },
  },
};
// The code is loaded, but has hardly run yet.
await inspectDocument({ name: 'F.pdf', bytes: pdfWithFile('<a/>') }, 'factur-x');

async function check(): Promise<number> {
  const before = process.cpuUsage();
  const inspected = await inspectDocument(file, format);
  await checkDocument({ name: file.name, inspected, sentAs: format }, stated, exampleSettings);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const peak = () => process.resourceUsage().maxRSS / 1_024;
const atStart = peak();
const cold = await check();
const megabytes = peak() - atStart;
const later: number[] = [];
for (let run = 0; run < 7; run += 1) later.push(await check());
console.log(JSON.stringify({ cold, warm: median(later), megabytes }));
