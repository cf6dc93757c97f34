import { expect, it } from 'vitest';
import { judgeCommand } from '../../../tools/relay/judge-command.ts';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { exampleSettings } from '../../support/example-connection.ts';

const judge = (document: object, settings = exampleSettings) =>
  judgeCommand(JSON.stringify({ type: 'invoice.submit', version: 1, connection: 'example', document }), {
    settingsOf: () => Promise.resolve(settings),
    today: '2026-12-31',
  });
const inline = (xml: string) => ({ name: 'F.xml', content: Buffer.from(xml).toString('base64') });
const rulesOf = ({ findings }: Awaited<ReturnType<typeof judge>>) => findings.map(({ rule }) => rule);

it('a command that leaves its invoice to the file is judged by what the file says', async () => {
  const good = await judge(inline(cii({ number: 'F-7' })));
  expect(good).toMatchObject({ verdict: 'accepted', invoice: { number: 'F-7', amount: '1200.00', route: 'flux' } });
  const foreign = await judge(inline(cii({ number: 'F-7', supplier: SUPPLIERS.mainContractor })));
  expect([foreign.verdict, rulesOf(foreign)]).toEqual(['refused', ['file-supplier-unknown']]);
  expect(foreign.invoice).toMatchObject({ number: 'F-7' });
  const plain = await judge({ name: 'F.pdf', content: tinyPdf });
  expect([plain.verdict, rulesOf(plain)]).toEqual(['refused', ['pdf-without-data', 'pdf-without-data']]);
});

it('it is withheld if the settings say so of what is in the file', async () => {
  const settings = { ...exampleSettings, transfer: { ...exampleSettings.transfer, from: '2026-12-01' } };
  expect((await judge(inline(cii()), settings)).verdict).toBe('withheld');
});

it('of a file that is only named nothing is said but that it was not looked into', async () => {
  const named = await judge({ name: 'F.pdf', key: 'incoming/example/F.pdf' });
  expect(named).toMatchObject({ verdict: 'accepted', findings: [] });
  expect(named.notChecked).toContain('documents');
  expect(named.notChecked).toContain('e-invoice');
  expect((await judge(inline(cii()))).notChecked).not.toContain('e-invoice');
});

it('a validator who is the supplier is told offline: the settings have its SIRET', async () => {
  const validator = { siret: exampleSettings.companies[0]?.siret };
  const command = submitCommand({ invoice: { framework: 'A9', validator } });
  const { verdict, findings } = await judgeCommand(JSON.stringify({ ...command, connection: 'example' }), {
    settingsOf: () => Promise.resolve(exampleSettings),
    today: '2026-12-31',
  });
  expect([verdict, findings.map(({ rule }) => rule)]).toEqual(['refused', ['validator-is-supplier']]);
});
