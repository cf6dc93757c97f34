import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { cii } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { commandExamples } from '../../tools/docs/command-examples.ts';
import { submitCommand } from '../support/commands.ts';
import { runOperator } from './operator-fixture.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const validate = (...args: string[]) => runOperator('validate', args);

const good = commandExamples['invoice.submit'];
const wrong = submitCommand({ invoice: { totals: { ...submitCommand().invoice.totals, due: '1199.99' } } });
const withheld = submitCommand({ command: { customer: { chorusPro: false } } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-validate-'));
  await mkdir(at('list/deeper'), { recursive: true });
  const files = {
    'good.json': JSON.stringify(good),
    'wrong.json': JSON.stringify(wrong),
    'list/all.json': JSON.stringify([good, wrong, withheld, { ...good, connection: 'nowhere', colour: 'red' }]),
    'list/deeper/text.json': '{"type": "invoice.submit" "version": 1}',
    'list/deeper/lost.json': '{"type": "invoice.submit", "version": 1}',
    'list/readme.txt': 'not a command',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(at(name), text);
});
afterAll(() => rm(folder, { recursive: true }));

const lineSchema = z.strictObject({
  file: z.string(),
  listed: z.literal(true).optional(),
  sample: z.literal(true).optional(),
  kind: z.literal('command'),
  verdict: z.enum(['accepted', 'withheld', 'refused', 'unreadable']),
  findings: z.array(z.strictObject({ rule: z.string(), at: z.string(), fr: z.string(), en: z.string() })),
  invoice: z.looseObject({ number: z.string().optional() }).optional(),
  notChecked: z.array(z.string()),
});
const linesOf = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));

test('a good command ends with 0, and what cannot be told offline is named', async () => {
  const { code, output } = await validate(at('good.json'), '--lang', 'en');
  expect(code).toBe(0);
  expect(output).toContain('(FA-2026-0101): accepted');
  expect(output).toContain('1 document checked, 0 to be corrected.');
  expect(output).toMatch(/Not checked offline: .*directory.*named by key.*number is taken/s);
});

test('a document that the relay would make can be looked at', async () => {
  const made = { payment: { means: 'credit-transfer', iban: 'FR7630006000011234567890189' } };
  const dataAlone = submitCommand({ invoice: made, command: { document: undefined } });
  await writeFile(at('data.json'), JSON.stringify(dataAlone));
  const { code, output } = await validate(at('data.json'), '--make', at('made'), '--lang', 'en');
  expect(output).toContain('accepted');
  expect(output).toMatch(/Not checked offline: .*name and address.*from the directory/s);
  expect(code).toBe(0);
  expect((await readFile(at('made/F-2026-0001.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
});

test('what an e-invoice does otherwise than the norm is told, as the relay tells it', async () => {
  const { number, recipient } = submitCommand().invoice;
  const content = Buffer.from(cii({ number, recipient: recipient.siret })).toString('base64');
  const file = submitCommand({ command: { document: { name: 'F.xml', format: 'cii', content } } });
  await writeFile(at('file.json'), JSON.stringify(file));
  const { code, output } = await validate(at('file.json'), '--json');
  expect(code).toBe(0);
  expect(linesOf(output).flatMap(({ findings }) => findings.map(({ rule }) => rule))).toEqual(['e-invoice-warnings']);
});

test('a wrong one ends with 1, with the relay’s own sentence, in either language', async () => {
  const { code, output } = await validate(at('wrong.json'), '--language=fr');
  expect(code).toBe(1);
  expect(output).toContain('(F-2026-0001) : à corriger');
  expect(output).toContain('invoice.totals.due [amount-due] Net à payer : ');
  expect((await validate(at('wrong.json'), '--language=en')).output).toContain('[amount-due] Amount due: ');
});

test('a list is checked, and it is said that the queue takes none', async () => {
  const { output } = await validate(at('list/all.json'), '--lang', 'en');
  expect(output).toContain('The queue takes no list: send each command in a message of its own.');
  expect((await validate(at('good.json'), '--lang', 'en')).output).not.toContain('takes no list');
});

test('a folder: each command of each file, one object a line', async () => {
  const { code, output } = await validate(at('good.json'), at('list'), '--json');
  expect(code).toBe(1);
  const lines = linesOf(output);
  expect(
    lines.map(({ file, verdict, findings }) => [file, verdict, findings.map(({ rule, at: place }) => [rule, place])]),
  ).toEqual([
    [at('good.json'), 'accepted', []],
    [`${at('list/all.json')}[0]`, 'accepted', []],
    [`${at('list/all.json')}[1]`, 'refused', [['amount-due', 'invoice.totals.due']]],
    [`${at('list/all.json')}[2]`, 'withheld', [['customer-not-chorus-pro', 'customer.chorusPro']]],
    [
      `${at('list/all.json')}[3]`,
      'refused',
      [
        ['unknown-connection', 'connection'],
        ['unknown-field', 'colour'],
      ],
    ],
    [at('list/deeper/lost.json'), 'unreadable', [['missing-field', 'connection']]],
    [at('list/deeper/text.json'), 'unreadable', [['not-json', '']]],
  ]);
  expect(lines[0]?.invoice).toMatchObject({
    number: 'FA-2026-0101',
    amount: '21031.30',
    route: 'pdf',
    currency: 'EUR',
  });
  expect(lines[0]?.notChecked).toEqual(['directory', 'documents', 'ledger', 'sender']);
  expect(lines[2]?.invoice).toMatchObject({ number: 'F-2026-0001', amount: '1199.99' });
});

test.each<[args: string[], code: number, said: string]>([
  [['--help'], 0, '0 nothing is wrong, 1 something is wrong, or it could not finish'],
  [['--help'], 0, 'usage: npx relay validate <files>... [options]'],
  [[], 2, '<files> is missing'],
  [['nowhere.json'], 2, 'there is no file or folder "nowhere.json"'],
  [['README.md', '--lang', 'de'], 2, '--language "de" is neither fr nor en'],
  [['README.md', '--everything'], 2, 'there is no option --everything'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await validate('--lang', 'en', ...args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
  expect(ended.output).not.toContain('    at ');
});

test('a sample is checked as the message that is sent of it', async () => {
  const { code, output } = await validate('samples', '--lang', 'en');
  expect(code).toBe(1);
  expect(output).toContain('samples/01-plain.json (FA-2026-0101): accepted');
  expect(output).toContain('samples/08-attachments.json (FA-2026-0107): accepted');
  // Its file is all that is sent.
  expect(output).toContain('samples/22-factur-x-alone.json (FA-2026-0122): accepted');
  expect(output).toMatch(/samples\/17-one-cent\.json \(.*\): refused/);
  expect(output).toContain('samples/19-no-command.json: unreadable');
  expect(output).toContain('samples/20-duplicate.json (FA-2026-0101): accepted');
  expect(output).toContain('samples/31-validation.json: accepted');
  expect(output).toContain('Samples are checked as "npx relay send" sends them');

  const [plain] = linesOf((await validate('samples/01-plain.json', '--json')).output);
  expect(plain).toMatchObject({ sample: true, verdict: 'accepted' });
});
