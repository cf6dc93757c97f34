import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hostileFiles } from '../../support/hostile-files.ts';

const said = z.object({
  what: z.string(),
  codes: z.array(z.string()),
  verdict: z.string().optional(),
  milliseconds: z.number(),
  megabytes: z.number(),
});
type Said = z.infer<typeof said>;

/** 120 MB for its heap: with the code and the file's own bytes, less than 256 MB. */
const heap = ['--max-old-space-size=120', '--max-semi-space-size=4', '--expose-gc'];
const script = new URL('../../support/judge-hostile-files.ts', import.meta.url).pathname;

async function judged(...only: string[]): Promise<Said[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [...heap, script, ...only]);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => said.parse(JSON.parse(line)));
}

/** What is sent, since nothing is wrong with it; the others have a reason each. */
const reasonOf: Readonly<Record<string, readonly string[]>> = {
  'a comment of 10 MB': [],
  'terms of the invoice that differ in each breakdown': [],
  'UTF-16, its mark first': [],
  'UTF-16 without a mark': [],
  'a length that is itself, and trailers in a circle': [],
  'a length of 10^20': [],
  'a negative length': [],
  'several attachments': [],
  'a page of 10 MB': [],
  'as many empty elements as may be, each of another name': ['e-invoice-incomplete', 'e-invoice-rule'],
  'names of 60 KB in each other': ['e-invoice-incomplete', 'e-invoice-rule'],
  'as many elements as may be': ['e-invoice-incomplete', 'e-invoice-rule'],
  'an invoice number of 10 MB': ['file-differs', 'e-invoice-rule'],
  'a number of a million comments': ['file-differs', 'e-invoice-rule'],
  'amounts and rates of a million digits': ['e-invoice-rule'],
  '20,000 VAT breakdowns': ['e-invoice-rule'],
  'lines and breakdowns, all of other rates': ['e-invoice-rule'],
  'an archive': ['document-not-xml'],
  '10 MB of zeros': ['document-not-xml'],
  '10 MB of spaces': ['document-not-xml'],
  'an order (Order-X)': ['document-format'],
  'ZUGFeRD 1': ['document-format'],
  'a web page': ['document-format'],
  'a web page with its DOCTYPE': ['document-format'],
  'objects of nothing but arrays': ['e-invoice-missing'],
  'objects of nothing but dictionaries': ['e-invoice-missing'],
  'an object of nothing but dictionaries': ['e-invoice-missing'],
  'a trailer of nothing but arrays': ['e-invoice-missing'],
  'object streams in each other': ['e-invoice-missing'],
  '100,000 tiny objects before it': ['e-invoice-missing'],
  '60,000 names of files': ['e-invoice-missing'],
  'a name of 10 MB': ['e-invoice-missing'],
  'three large e-invoices, none with the usual name': ['e-invoice-missing'],
  'a password': ['document-encrypted'],
  'no PDF but 10 MB of zeros': ['document-not-pdf'],
  'no PDF but a web page': ['document-not-pdf'],
};

describe('a hostile file', () => {
  let all: Said[] = [];
  beforeAll(async () => {
    all = await judged();
  }, 480_000);

  it.each(hostileFiles.map(({ what }) => what))('has its own reason, or none if nothing is wrong: %s', (what) => {
    const found = all.find((one) => one.what === what);
    const expected = reasonOf[what] ?? ['e-invoice-unreadable'];
    expect(found?.codes).toEqual(expected);
    if (found?.verdict !== undefined) expect(found.verdict === 'accepted').toBe(expected.length === 0);
    // A second is the aim on an idle machine (docs/e-invoices.md); a bomb takes minutes, or all memory.
    expect(found?.milliseconds).toBeLessThan(5_000);
  });

  // Those that took most.
  it.each([
    '1,000,000 tiny elements',
    'as many empty elements as may be, each of another name',
    'lines and breakdowns, all of other rates',
    'objects of nothing but dictionaries',
  ])('is checked within 256 MB: %s', { timeout: 480_000 }, async (what) => {
    const [found] = await judged(what);
    expect(found?.megabytes).toBeLessThan(256);
  });
});
