import { describe, expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { codesOf, recordOf } from './scenario.ts';

const number = 'F-2026-0001';
const line = { number: 1, name: 'Lot', quantity: '1', unitPrice: '1000', vatRate: '20', net: '1000.00' };
const totals = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1200.00' };

/** A command for the invoice of 1,200 € with this file. */
const commandFor = (xml: string, invoice: object = {}) =>
  submitCommand({
    invoice,
    command: { document: { name: 'F.xml', format: 'cii', content: Buffer.from(xml).toString('base64') } },
  });

/** What becomes of an invoice with this in it, as an e-invoice and as a PDF. */
async function reasonsFor(invoice: object) {
  const [asFile, asPdf] = [relay(), relay()];
  await asFile.submit(commandFor(cii({ number }), invoice));
  await asPdf.submit(submitCommand({ invoice }));
  return { file: codesOf(await recordOf(asFile)), pdf: codesOf(await recordOf(asPdf)) };
}

const lineAt20 = (id: number, net: string) => `<ram:IncludedSupplyChainTradeLineItem>
  <ram:AssociatedDocumentLineDocument><ram:LineID>${id}</ram:LineID></ram:AssociatedDocumentLineDocument>
  <ram:SpecifiedTradeProduct><ram:Name>Lot</ram:Name></ram:SpecifiedTradeProduct>
  <ram:SpecifiedLineTradeSettlement>
    <ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>
      <ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
    <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${net}</ram:LineTotalAmount>
    </ram:SpecifiedTradeSettlementLineMonetarySummation>
  </ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>`;

describe('an e-invoice', () => {
  it.each<[code: string, invoice: object]>([
    ['line-net', { lines: [{ ...line, quantity: '2' }] }],
    ['line-vat-rate', { lines: [line, { ...line, number: 2, quantity: '0', net: '0', vatRate: '10' }] }],
    ['vat-base', { lines: [{ ...line, unitPrice: '900', net: '900.00' }] }],
    ['vat-amount', { vatBreakdown: [{ rate: '10', base: '1000.00', amount: '200.00' }], lines: [] }],
    [
      'vat-rate-twice',
      {
        lines: [],
        vatBreakdown: [
          { rate: '20', base: '400.00', amount: '80.00' },
          { rate: '20.0', base: '600.00', amount: '120.00' },
        ],
      },
    ],
    ['total-tax-exclusive', { lines: [], vatBreakdown: [{ rate: '20', base: '999.98', amount: '200.00' }] }],
    ['total-vat', { lines: [], vatBreakdown: [{ rate: '20', base: '1000.00', amount: '199.00' }] }],
    ['vat-regime', { vatRegime: 'reverse-charge' }],
  ])('is not held to %s: its lines and VAT are in its file, which Chorus Pro checks', async (code, invoice) => {
    const { file, pdf } = await reasonsFor(invoice);
    expect(file).toEqual([]);
    expect(pdf).toContain(code);
  });

  it.each<[code: string, invoice: object]>([
    ['issue-date-in-future', { issueDate: '2026-11-24' }],
    ['total-tax-inclusive', { totals: { ...totals, taxInclusive: '1200.01' } }],
    ['amount-due', { totals: { ...totals, due: '1.00' } }],
    ['already-paid', { framework: 'A2' }],
    ['exemption-reason', { vatRegime: 'exempt' }],
    ['validator-missing', { framework: 'A9' }],
    [
      'credit-note-sign',
      {
        type: 'credit-note',
        lines: [],
        vatBreakdown: [{ rate: '20', base: '-1000.00', amount: '-200.00' }],
        totals: { taxExclusive: '-1000.00', vat: '-200.00', taxInclusive: '-1200.00', due: '-1200.00' },
      },
    ],
  ])('is held to %s as a PDF is', async (code, invoice) => {
    const { file, pdf } = await reasonsFor(invoice);
    expect(file).toContain(code);
    expect(pdf).toContain(code);
  });

  it('gets no service from the settings: its own file would have to say it', async () => {
    const settings = { defaults: { recipientService: 'SERVICE_DEST_SERV_OBL' } };
    const recipient = RECIPIENTS.serviceMandatory;
    const invoice = { recipient: { siret: recipient } };
    const [asFile, asPdf] = [relay({ settings }), relay({ settings })];
    await asFile.submit(commandFor(cii({ number, recipient }), invoice));
    await asPdf.submit(submitCommand({ invoice }));
    expect(codesOf(await recordOf(asFile))).toEqual(['service-required']);
    expect((await recordOf(asPdf)).state).toBe('followed');
  });

  it.each(['-1.01', '-1.00'])('may round a negative half cent of VAT either way: %s', async (amount) => {
    const [net, vat] = ['989.95', (200 + Number(amount)).toFixed(2)];
    const gross = (989.95 + Number(vat)).toFixed(2);
    const takenBack = `<ram:ApplicableTradeTax>
      <ram:CalculatedAmount>${amount}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
      <ram:BasisAmount>-10.05</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
      <ram:RateApplicablePercent>10</ram:RateApplicablePercent></ram:ApplicableTradeTax>`;
    const totalsTag = '<ram:SpecifiedTradeSettlementHeaderMonetarySummation>';
    const xml = cii({ number })
      .replace(totalsTag, `${takenBack}${totalsTag}`)
      .replace('TotalAmount>1000.00', `TotalAmount>${net}`)
      .replace('TaxTotalAmount currencyID="EUR">200.00', `TaxTotalAmount currencyID="EUR">${vat}`)
      .replace('GrandTotalAmount>1200.00', `GrandTotalAmount>${gross}`)
      .replace('DuePayableAmount>1200.00', `DuePayableAmount>${gross}`);
    const world = relay();
    const totals = { taxExclusive: net, vat, taxInclusive: gross, due: gross };
    await world.submit(commandFor(xml, { lines: [], vatBreakdown: [], totals }));
    expect(codesOf(await recordOf(world))).toEqual([]);
    expect((await recordOf(world)).state).toBe('deposited');
  });

  const summation = '<ram:SpecifiedTradeSettlementHeaderMonetarySummation>';
  const lineTotal = (amount: string) => `${summation}<ram:LineTotalAmount>${amount}</ram:LineTotalAmount>`;
  const allowance = `<ram:SpecifiedTradeAllowanceCharge>
    <ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator>
    <ram:ActualAmount>50.00</ram:ActualAmount>
    <ram:CategoryTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>
      <ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:CategoryTradeTax>
    </ram:SpecifiedTradeAllowanceCharge>`;
  const lessFifty = `${lineTotal('1050.00')}<ram:AllowanceTotalAmount>50.00</ram:AllowanceTotalAmount>`;
  const taxTag = '<ram:ApplicableTradeTax>';

  it.each<[profile: string, change: (xml: string) => string]>([
    ['no lines (Factur-X BASIC WL)', (xml) => xml.replace(summation, lineTotal('1000.00'))],
    ['no lines, and an allowance', (xml) => xml.replace(summation, lessFifty).replace(taxTag, `${allowance}${taxTag}`)],
    [
      'no VAT breakdown (Factur-X MINIMUM)',
      (xml) => xml.replace(/<ram:ApplicableTradeTax>.*<\/ram:ApplicableTradeTax>/s, ''),
    ],
  ])('may have %s: what is not there has no sum', async (_profile, change) => {
    const xml = change(cii({ number }));
    const world = relay();
    await world.submit(commandFor(xml));
    expect(codesOf(await recordOf(world))).toEqual([]);
  });

  it.each<[what: string, change: (xml: string) => string]>([
    ['bases', (xml) => xml.replace('BasisAmount>1000.00', 'BasisAmount>900.00')],
    ['allowances', (xml) => xml.replace(summation, lessFifty)],
  ])('without lines is held to its %s all the same', async (_what, change) => {
    const xml = change(cii({ number }));
    const world = relay();
    await world.submit(commandFor(xml));
    expect(codesOf(await recordOf(world))).toContain('e-invoice-rule');
  });

  it.each<[what: string, vat: string, codes: string[]]>([
    ['line by line: it is sent, and the ERP is told', '200.01', []],
    ['in no way that its lines explain: it is refused', '200.02', ['e-invoice-rule']],
  ])('may have its VAT rounded %s', async (_what, vat, codes) => {
    // At 20 %: 0.006 three times, which is 0.01 each, and 199.982, which is 199.98.
    const nets = ['0.03', '0.03', '0.03', '999.91'];
    const lines = nets.map((net, i) => lineAt20(i + 1, net)).join('');
    const gross = (1000 + Number(vat)).toFixed(2);
    const xml = cii({ number })
      .replace('<ram:ApplicableHeaderTradeAgreement>', `${lines}<ram:ApplicableHeaderTradeAgreement>`)
      .replace('CalculatedAmount>200.00', `CalculatedAmount>${vat}`)
      .replace('TaxTotalAmount currencyID="EUR">200.00', `TaxTotalAmount currencyID="EUR">${vat}`)
      .replace('GrandTotalAmount>1200.00', `GrandTotalAmount>${gross}`)
      .replace('DuePayableAmount>1200.00', `DuePayableAmount>${gross}`);
    const totals = { taxExclusive: '1000.00', vat, taxInclusive: gross, due: gross };
    const world = relay();
    await world.submit(commandFor(xml, { lines: [], vatBreakdown: [], totals }));
    expect(codesOf(await recordOf(world))).toEqual(codes);
    if (codes.length === 0) expect(JSON.stringify(world.published[0]?.data)).toContain('CR-VAT-LINE');
  });

  it('has the framework of its own file, not that of the settings', async () => {
    const world = relay({ settings: { defaults: { framework: 'A9' } } });
    await world.submit(commandFor(cii({ number })));
    expect((await recordOf(world)).state).toBe('deposited');
  });

  it('is refused if its command names another framework: a subcontractor would not be paid directly', async () => {
    const world = relay();
    const validator = { siret: SUPPLIERS.mainContractor };
    await world.submit(commandFor(cii({ number }), { framework: 'A9', validator }));
    expect(codesOf(await recordOf(world))).toEqual(['file-differs']);
  });

  it.each([
    ['one of them', 'A-2', []],
    ['another', 'A-3', ['file-differs']],
  ])('may correct several invoices, of which its command names %s', async (_which, precedingInvoice, codes) => {
    const preceding = ['A-1', 'A-2'].map(
      (id) =>
        `<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>${id}</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>`,
    );
    const world = relay();
    const xml = cii({ number, type: '381' }).replace(summation, `${preceding.join('')}${summation}`);
    await world.submit(commandFor(xml, { type: 'credit-note', precedingInvoice }));
    expect(codesOf(await recordOf(world))).toEqual(codes);
  });
});
