import { describe, expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { exampleSettings } from '../../support/example-connection.ts';
import { checkRules } from '../../../shared/e-invoice/check-e-invoice.ts';
import { readEInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { relay } from '../../support/relay.ts';
import { told } from './scenario.ts';

/** Three lines of 0.33 at 20 %: 0.07 each makes 0.21, and 20 % of 0.99 are 0.20. */
const byLine = () => {
  const line = (i: number) => `<ram:IncludedSupplyChainTradeLineItem>
    <ram:AssociatedDocumentLineDocument><ram:LineID>${i}</ram:LineID></ram:AssociatedDocumentLineDocument>
    <ram:SpecifiedLineTradeSettlement>
      <ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>
        <ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
      <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>0.33</ram:LineTotalAmount>
      </ram:SpecifiedTradeSettlementLineMonetarySummation>
    </ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>`;
  const reading = readEInvoice(
    Buffer.from(`<rsm:CrossIndustryInvoice xmlns:rsm="r" xmlns:ram="a"><rsm:SupplyChainTradeTransaction>
      ${[1, 2, 3].map(line).join('')}
      <ram:ApplicableHeaderTradeSettlement><ram:ApplicableTradeTax>
        <ram:CalculatedAmount>0.21</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
        <ram:BasisAmount>0.99</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
        <ram:RateApplicablePercent>20</ram:RateApplicablePercent>
      </ram:ApplicableTradeTax></ram:ApplicableHeaderTradeSettlement>
    </rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`),
  );
  if (reading.kind !== 'invoice') throw new Error(reading.kind);
  return reading.invoice;
};

const submitted = async (settings: object) => {
  const world = relay({ settings });
  const content = Buffer.from(cii({ number: 'F-1' })).toString('base64');
  await world.submit({
    type: 'invoice.submit',
    version: 1,
    connection: 'example',
    document: { name: 'F.xml', content },
  });
  const [first] = world.published;
  return { told: told(world), reasons: first?.data.reasons?.map(({ en }) => en) ?? [], notes: first?.data.notes ?? [] };
};

describe('a connection’s own checks of e-invoices', () => {
  it('hold the rules of its profile', async () => {
    expect((await submitted({})).told).toEqual(['accepted', 'deposited']);
    const { told: said, reasons } = await submitted({ eInvoices: { profile: 'fr-ctc-2026' } });
    expect(said).toEqual(['refused']);
    expect(reasons.join()).toContain('BR-FR-08');
  });

  it('refuse what the table only tells', async () => {
    const [note] = (await submitted({})).notes;
    const [rule = ''] = /[A-Z]+-[A-Z0-9-]+/.exec(note?.en ?? '') ?? [];
    const { told: said, reasons } = await submitted({ eInvoices: { refuse: [rule] } });
    expect(said).toEqual(['refused']);
    expect(reasons.join()).toContain(rule);
  });

  it('take VAT that is rounded line by line as they take it in a command', () => {
    const codes = (rounding: 'either' | 'by-total') => {
      const { reasons } = checkRules(byLine(), 'F.xml', { ...exampleSettings, rounding });
      return reasons.filter(({ en }) => en.includes('CR-VAT-LINE')).length;
    };
    expect([codes('either'), codes('by-total')]).toEqual([0, 1]);
  });
});
