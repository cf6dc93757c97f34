import { describe, expect, it } from 'vitest';
import { cii, UBL } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { recordOf, told } from './scenario.ts';

const number = 'F-2026-0001';
const xml = cii({ number });
const ubl = UBL.replace('U-1', number);

const alone = (file: string) => ({
  ...{ type: 'invoice.submit', version: 1, connection: 'example' },
  document: { name: 'F.xml', content: Buffer.from(file).toString('base64') },
});
const refusals = (world: Relay) => world.published.flatMap(({ data }) => data.reasons ?? []);

describe('an e-invoice that is not as others are', () => {
  it.each([
    ['number', '<ram:ID>F-2026-0001</ram:ID>', '<ram:ID>F-2026-0002</ram:ID>', 'BT-1'],
    [
      'amount',
      '<ram:DuePayableAmount>1200.00</ram:DuePayableAmount>',
      '<ram:DuePayableAmount>12.00</ram:DuePayableAmount>',
      'BT-115',
    ],
  ])('is refused if the file has its %s twice, each time another', async (_what, one, other, term) => {
    const world = relay();
    await world.submit(alone(xml.replace(one, `${one}${other}`)));
    expect(told(world)).toEqual(['refused']);
    expect(refusals(world).map(({ code, en }) => [code, en])).toEqual([
      ['e-invoice-rule', expect.stringContaining(`CP-ONCE (${term})`)],
    ]);
  });

  it('may have a Peppol profile where Chorus Pro’s framework belongs, as with a whole command: the ERP is told', async () => {
    const world = relay();
    await world.submit(alone(ubl.replace('>A1<', '>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0<')));
    expect((await recordOf(world)).state).toBe('deposited');
    expect(world.published[0]?.data.notes?.map(({ en }) => en).join(' ')).toContain('CP-FRAMEWORK');
  });

  it('has the codes of a file in the reason why its type is not known, not the words of a command', async () => {
    const world = relay();
    await world.submit(alone(cii({ number, type: '326' })));
    const [why] = refusals(world);
    expect(why?.fr).toContain('BT-3');
    expect(why?.fr).toContain('380 (facture)');
    expect(why?.fr).not.toContain('credit-note');
  });

  it('belongs to the SIRET that fits the SIREN, whatever other number of 14 digits stands before it', async () => {
    const world = relay();
    const id = (scheme: string, value: string) => `<ram:GlobalID schemeID="${scheme}">${value}</ram:GlobalID>`;
    const seller = `<ram:SellerTradeParty>${id('0088', '12345678901234')}${id('0009', SUPPLIERS.company)}`;
    const file = cii({ number, supplier: SUPPLIERS.company.slice(0, 9) });
    await world.submit(alone(file.replace('<ram:SellerTradeParty>', seller)));
    expect((await recordOf(world)).state).toBe('deposited');
  });
});
