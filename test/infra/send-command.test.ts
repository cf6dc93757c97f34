import { describe, expect, it } from 'vitest';
import { connectionSettingsSchema } from '../../shared/connection/settings.ts';
import { readSamples, type InvoiceSample } from '../../tools/demo/sample.ts';
import { inTheNameOf } from '../../tools/relay/sample-in-our-name.ts';
import { leftOut } from '../../tools/relay/samples-left-out.ts';
import { runOperator } from './operator-fixture.ts';

const settingsWith = (name: string, companies: object[]) => ({
  name,
  ...connectionSettingsSchema.parse({ label: name, environment: 'qualification', companies }),
});
const bertin = settingsWith('bertin', [{ name: 'Bertin', siret: '99920001700013' }]);
const isInvoice = (sample: object): sample is InvoiceSample => 'command' in sample;
const [plain] = readSamples().filter(isInvoice);
if (!plain) throw new Error('there is no sample');

describe('a sample', () => {
  it('goes in the name of the connection’s first company, if it is another connection’s', () => {
    const { command } = inTheNameOf(bertin, plain);
    expect(command).toMatchObject({ connection: 'bertin', supplier: { company: 'Bertin' } });
    expect(command.invoice).toEqual(plain.command.invoice);
  });

  it('keeps its company, if the connection has it', () => {
    const companies = [
      { name: 'Bertin', siret: '99920001700013' },
      { name: 'Constructions Duval', siret: '99910001900010' },
    ];
    const { supplier } = inTheNameOf(settingsWith('both', companies), plain).command;
    expect(supplier).toEqual({ company: 'Constructions Duval' });
  });

  it('takes another number and recipient, and leaves the service of the first one out', () => {
    const addressed = { ...plain.command.invoice, recipient: { siret: '12345678200028', service: 'TRAVAUX' } };
    const sample = { ...plain, command: { ...plain.command, invoice: addressed } };
    const { invoice } = inTheNameOf(bertin, sample, { number: 'B-1', recipient: '99900101900010' }).command;
    expect(invoice).toEqual({ ...plain.command.invoice, number: 'B-1', recipient: { siret: '99900101900010' } });
  });
});

it('names the samples that wait for the status of another invoice, and for which', () => {
  const [head, ...lines] = leftOut(readSamples(), 'fr');
  expect(head).toBe('Non envoyés, car ils attendent l’état d’une autre facture :');
  expect(lines.map((line) => line.trim().slice(0, 2))).toEqual(['34', '36', '37']);
  expect(lines[0]).toBe(
    '  34-works-replacement, une fois que PDM-2026-11 est à l’état « Refusée par le maître d’œuvre » : npx relay send samples/34-works-replacement.json',
  );
  expect(leftOut([plain], 'en')).toEqual([]);
});

it.each([
  ['send', [], 2, '<files> is missing'],
  ['send', ['a.json', 'b.json', '--number', 'F-1'], 2, '--number and --document are for one file alone'],
  ['send', ['samples/01-plain.json', 'samples/02-vat-rates.json'], 3, 'the relay is not up'],
  ['clock', ['soon'], 2, 'no span of at most 400 days'],
  ['clock', ['401d'], 2, 'no span of at most 400 days'],
])('%s %j ends with %i', async (verb, args, code, said) => {
  const ended = await runOperator(verb, args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});
