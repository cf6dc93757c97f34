import { describe, expect, it } from 'vitest';
import { invoiceKey } from '../../../shared/ledger/record.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type RelayOptions } from '../../support/relay.ts';
import { answering, codesOf, effectsOf, keyOf, paths, recordOf, told } from './scenario.ts';

const perYear = {
  companies: [{ name: 'Constructions Duval', siret: SUPPLIERS.company, numbering: 'per-year' }],
};
const dated = (issueDate: string) => submitCommand({ invoice: { number: '0001', issueDate } });
const yearKey = (year: string) =>
  invoiceKey({ environment: 'qualification', supplier: SUPPLIERS.company, number: '0001', year });
const about = (type: string, invoice: object) => ({
  ...{ type, version: 1, connection: 'example', supplier: { company: 'Constructions Duval' } },
  invoice: { number: '0001', ...invoice },
});
const daysToJanuary = 45;

/** Number 0001 of 2026 was sent in November; now it is January. */
async function inJanuary(options: RelayOptions = { settings: perYear }) {
  const world = relay({ model: { numbersServe: 'once-a-year' }, ...options });
  await world.submit(dated('2026-11-20'), { messageId: 'm-2026' });
  world.advance(daysToJanuary * 24 * 60);
  await world.poll();
  return world;
}

describe('numbers that begin anew each year', () => {
  it('are two invoices, which are followed apart', async () => {
    const world = await inJanuary();
    const before = await recordOf(world, yearKey('2026'));
    await world.submit(dated('2027-01-04'), { messageId: 'm-2027' });
    expect(effectsOf(world).invoices).toBe(2);
    expect(await recordOf(world, yearKey('2026'))).toEqual(before);
    world.advance(60);
    await world.poll();
    const [of2026, of2027] = [await recordOf(world, yearKey('2026')), await recordOf(world, yearKey('2027'))];
    expect(of2027).toMatchObject({ state: 'followed', subject: `example/${SUPPLIERS.company}/0001#2027` });
    expect(of2026.chorusProId).not.toBe(of2027.chorusProId);
  });

  it('are looked for by their year when a reply was lost', async () => {
    const world = await inJanuary();
    world.faults.add({ kind: 'reset-before', path: paths.submit });
    await world.submit(dated('2027-01-04'));
    expect((await recordOf(world, yearKey('2027'))).state).toBe('in-doubt');
    world.advance(5);
    await world.poll();
    // Only 2026's is in Chorus Pro: it must not be taken for this one.
    expect((await recordOf(world, yearKey('2027'))).state).toBe('in-doubt');
  });

  it('leave a command without a date open to question, and one with a date clear', async () => {
    const world = await inJanuary();
    await world.submit(dated('2027-01-04'));
    await world.submit(about('invoice.status', {}), { messageId: 'm-3' });
    expect(codesOf(await recordOf(world, 'command#m-3'))).toEqual(['invoice-ambiguous']);
    await world.submit(about('invoice.status', { issueDate: '2027-01-04' }), { messageId: 'm-4' });
    expect(told(world).at(-1)).toBe('answered');
    expect(world.published.at(-1)?.data.issueDate).toBe('2027-01-04');
  });

  it('need no date while there is one invoice', async () => {
    const world = await inJanuary();
    await world.submit(about('invoice.status', {}));
    expect(told(world).at(-1)).toBe('answered');
  });
});

describe('an invoice of December that is created in January', () => {
  const inJanuaryOnly = () => {
    const world = relay({ model: { numbersServe: 'once-a-year' }, settings: perYear });
    world.advance(daysToJanuary * 24 * 60);
    return world;
  };
  const ours = 'number-used-this-year';

  it.each([
    ['January’s', '2026-12-30', '2027-01-04', 'du 30 décembre 2026'],
    ['December’s', '2027-01-04', '2026-12-30', 'du 4 janvier 2027'],
  ])(
    'uses up the number of January: %s comes second, and is told why in plain words',
    async (_who, first, second, of) => {
      const world = inJanuaryOnly();
      await world.submit(dated(first), { messageId: 'm-first' });
      expect(told(world)).toEqual(['accepted', 'submitted']);
      await world.submit(dated(second), { messageId: 'm-second' });
      const refused = await recordOf(world, yearKey(second.slice(0, 4)));
      expect(refused.state).toBe('refused');
      expect(codesOf(refused)).toEqual(['refused-by-chorus-pro', ours]);
      expect(refused.reasons?.[1]?.fr).toContain(
        `Le numéro 0001 est celui de la facture ${of}, créée dans Chorus Pro en 2027`,
      );
      await world.submit(submitCommand({ invoice: { number: '0001-B', issueDate: second } }));
      expect(effectsOf(world).invoices).toBe(2);
    },
  );

  it('as a file is told the same', async () => {
    const world = inJanuaryOnly();
    const file = (issueDate: string) =>
      submitCommand({
        invoice: { number: '0001', issueDate },
        command: {
          document: {
            name: 'a.xml',
            format: 'cii',
            content: Buffer.from(cii({ number: '0001', date: issueDate.replaceAll('-', '') })).toString('base64'),
          },
        },
      });
    for (const issueDate of ['2026-12-30', '2027-01-04']) {
      await world.submit(file(issueDate), { messageId: issueDate });
      for (let quarter = 0; quarter < 8; quarter += 1) {
        world.advance(15);
        await world.poll();
      }
    }
    expect((await recordOf(world, yearKey('2026'))).state).toBe('followed');
    expect(codesOf(await recordOf(world, yearKey('2027')))).toEqual(['rejected-report', ours]);
  });

  it('has no part in a refusal of another year’s', async () => {
    const no = JSON.stringify({ codeRetour: 20013, libelle: 'non' });
    let refusing = false;
    const transport = answering(paths.pdf, (body) => (refusing ? no : body));
    const world = await inJanuary({ settings: perYear, transport });
    refusing = true;
    await world.submit(dated('2027-01-04'));
    expect(codesOf(await recordOf(world, yearKey('2027')))).toEqual(['refused-by-chorus-pro']);
  });
});

describe('a setting that changes', () => {
  it('finds what was sent under the key of before, and sends nothing twice', async () => {
    const connections = new Map(exampleConnectionsWith());
    const world = relay({ model: { numbersServe: 'once-a-year' }, connections });
    await world.submit(dated('2026-11-20'));
    for (const [name, settings] of exampleConnectionsWith(perYear)) connections.set(name, settings);
    world.reopen();
    await world.submit(dated('2026-11-20'));
    expect(effectsOf(world).invoices).toBe(1);
    expect(told(world).at(-1)).toBe('repeated');
    expect((await recordOf(world, keyOf('0001'))).state).toBe('followed');
    world.advance(daysToJanuary * 24 * 60);
    await world.submit(dated('2027-01-04'));
    expect((await recordOf(world, yearKey('2027'))).state).toBe('followed');
  });
});

it('numbers that serve once for ever are the default, and the refusal names the setting', async () => {
  const world = await inJanuary({});
  await world.submit(dated('2027-01-04'), { messageId: 'm-2027' });
  const refused = await recordOf(world, 'command#m-2027');
  expect(codesOf(refused)).toEqual(['number-already-used']);
  expect(refused.reasons?.[0]?.en).toContain('set "numbering" to "per-year"');
});
