import { describe, expect, it } from 'vitest';
import { brokenRules } from '../../../shared/invoice/rules.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { completeCommand, submitCommand } from '../../support/commands.ts';

const today = '2026-11-23';
const base = submitCommand().invoice;
const brokenBy = (changes: object) =>
  brokenRules(completeCommand({ invoice: changes }).invoice, { today, rounding: 'either' });
const codesOf = (changes: object) => brokenBy(changes).map(({ code }) => code);

const totals = (taxExclusive: string, vat: string, taxInclusive: string, rest: object = {}) => ({
  totals: { taxExclusive, vat, taxInclusive, due: taxInclusive, ...rest },
});
const line = (changes: object = {}) => ({ ...base.lines[0], ...changes });
const taxFree = { vatBreakdown: [{ rate: '0', base: '1000.00', amount: '0.00' }], lines: [line({ vatRate: '0' })] };

describe('a good invoice', () => {
  it.each<[string, object]>([
    ['as it is', {}],
    ['issued today', { issueDate: today }],
    ['for a single day', { deliveryDate: '2026-10-31', period: { start: '2026-10-31', end: '2026-10-31' } }],
    ['without lines', { lines: [] }],
    [
      'without lines and without VAT lines',
      { lines: [], vatBreakdown: [], vatRegime: 'none', ...totals('70.00', '0', '70.00') },
    ],
    [
      'with all amounts negative',
      {
        lines: [line({ quantity: '-10', net: '-1000.00' })],
        vatBreakdown: [{ rate: '20', base: '-1000.00', amount: '-200.00' }],
        ...totals('-1000.00', '-200.00', '-1200.00'),
      },
    ],
    [
      'with a negative line',
      {
        lines: [line(), line({ number: 2, quantity: '1', unitPrice: '-100', net: '-100.00' })],
        vatBreakdown: [{ rate: '20', base: '900.00', amount: '180.00' }],
        ...totals('900.00', '180.00', '1080.00'),
      },
    ],
    [
      'already paid (A2)',
      { framework: 'A2', ...totals('1000.00', '200.00', '1200.00', { paid: '1200.00', due: '0' }) },
    ],
    ['overpaid', totals('1000.00', '200.00', '1200.00', { paid: '1400', due: '-200.00' })],
    ['under reverse charge', { vatRegime: 'reverse-charge', ...taxFree, ...totals('1000.00', '0.00', '1000.00') }],
    [
      'exempt, with a reason',
      { vatRegime: 'exempt', exemptionReason: 'ART261', ...taxFree, ...totals('1000.00', '0', '1000.00') },
    ],
    [
      'with a discount and a prepayment',
      totals('1000.00', '200.00', '1200.00', {
        discount: { amount: '50.00', reason: 'geste' },
        paid: '150.00',
        due: '1000',
      }),
    ],
    ['with a discount on a line', { lines: [line({ unitPrice: '110', discount: '100.00' })] }],
    ['with its rate spelled differently on the line', { lines: [line({ vatRate: '20.00' })] }],
    [
      'with several rates, rounded line by line and rate by rate',
      {
        lines: [
          line({ quantity: '3', unitPrice: '33.335', net: '100.01' }),
          line({ number: 2, quantity: '1', unitPrice: '0.03', net: '0.03' }),
          line({ number: 3, quantity: '1', unitPrice: '100.10', vatRate: '5.5', net: '100.10' }),
        ],
        vatBreakdown: [
          { rate: '20', base: '100.04', amount: '20.01' },
          { rate: '5.5', base: '100.10', amount: '5.51' },
        ],
        ...totals('200.14', '25.52', '225.66'),
      },
    ],
    [
      'from a subcontractor (A9), with a validator',
      { framework: 'A9', validator: { siret: SUPPLIERS.mainContractor } },
    ],
  ])('%s', (_what, changes) => {
    expect(brokenBy(changes)).toEqual([]);
  });
});

const brokenAlone: [code: string, path: string, changes: object][] = [
  ['issue-date-in-future', 'invoice.issueDate', { issueDate: '2026-11-24' }],
  ['issue-date-too-early', 'invoice.issueDate', { issueDate: '2011-12-31' }],
  ['preceding-invoice-itself', 'invoice.precedingInvoice', { precedingInvoice: base.number }],
  ['period-reversed', 'invoice.period.end', { period: { start: '2026-10-31', end: '2026-10-30' } }],
  [
    'line-number-twice',
    'invoice.lines[1].number',
    { lines: [line({ quantity: '9', net: '900.00' }), line({ quantity: '1', net: '100.00' })] },
  ],
  ['paid-missing', 'invoice.totals.paid', { framework: 'A2', ...totals('1000.00', '200.00', '1200.00', { due: '0' }) }],
  ['line-net', 'invoice.lines[0].net', { lines: [line({ quantity: '10.0001' })] }],
  [
    'vat-rate-twice',
    'invoice.vatBreakdown[1].rate',
    {
      lines: [],
      vatBreakdown: [
        { rate: '20', base: '400.00', amount: '80.00' },
        { rate: '20.0', base: '600.00', amount: '120.00' },
      ],
    },
  ],
  [
    'line-vat-rate',
    'invoice.vatBreakdown',
    { lines: [line(), line({ number: 2, quantity: '0', net: '0', vatRate: '10' })] },
  ],
  ['vat-base', 'invoice.vatBreakdown[0].base', { lines: [line({ quantity: '9', net: '900.00' })] }],
  [
    'vat-amount',
    'invoice.vatBreakdown[0].amount',
    { vatBreakdown: [{ rate: '20', base: '1000.00', amount: '200.01' }], ...totals('1000.00', '200.01', '1200.01') },
  ],
  ['total-tax-exclusive', 'invoice.totals.taxExclusive', totals('1000.01', '200.00', '1200.01')],
  ['total-vat', 'invoice.totals.vat', totals('1000.00', '199.99', '1199.99')],
  ['total-tax-inclusive', 'invoice.totals.taxInclusive', totals('1000.00', '200.00', '1200.01')],
  ['amount-due', 'invoice.totals.due', totals('1000.00', '200.00', '1200.00', { due: '1199.99' })],
  ['already-paid', 'invoice.totals.due', { framework: 'A2' }],
  [
    'line-vat-untaxed',
    'invoice.lines[0].vatRate',
    {
      vatRegime: 'reverse-charge',
      vatBreakdown: [{ rate: '20', base: '1000.00', amount: '0.00' }],
      ...totals('1000.00', '0.00', '1000.00'),
    },
  ],
  [
    'line-vat-untaxed',
    'invoice.vatBreakdown[0].rate',
    {
      ...{ vatRegime: 'reverse-charge', lines: [] },
      vatBreakdown: [{ rate: '20', base: '1000.00', amount: '0.00' }],
      ...totals('1000.00', '0.00', '1000.00'),
    },
  ],
  [
    'exemption-reason',
    'invoice.exemptionReason',
    { vatRegime: 'exempt', ...taxFree, ...totals('1000.00', '0', '1000.00') },
  ],
  ['validator-missing', 'invoice.validator', { framework: 'A12' }],
];

describe('a single broken rule', () => {
  it.each(brokenAlone)('is reported: %s at %s', (code, path, changes) => {
    expect(brokenBy(changes)).toMatchObject([{ code, path }]);
    const told = brokenBy(changes).map(({ fr, en }) => fr + en);
    expect(told.join('')).not.toMatch(/[{}]/);
    expect(told.join('')).not.toMatch(/\d,\d\d(?!\d|\u00a0€)|\d\.\d\d(?!\d| EUR)/);
  });

  it('is reported with the computed and the stated value', () => {
    const [fault] = brokenBy({ lines: [line({ net: '999.99' })], ...totals('1000.00', '200.00', '1200.00') });
    expect(fault?.fr).toBe(
      'Ligne 1 : quantité × prix − remise = 1\u202f000,00\u00a0€, la facture indique 999,99\u00a0€.',
    );
    expect(fault?.en).toBe('Line 1: quantity × price − discount is 1000.00 EUR, the invoice says 999.99 EUR.');
  });

  it.each([
    ['0001-01-01', ['issue-date-too-early']],
    ['1926-11-20', ['issue-date-too-early']],
    ['2012-01-01', []],
  ])('is a date that no invoice in Chorus Pro can have: %s', (issueDate, codes) => {
    expect(codesOf({ issueDate })).toEqual(codes);
  });

  it('reports each repeated number of a line once, and names it', () => {
    const lines = ['400.00', '300.00', '300.00'].map((net) => line({ number: 7, quantity: '1', unitPrice: net, net }));
    expect(brokenBy({ lines }).map(({ code, path, en }) => [code, path, en.includes('7')])).toEqual([
      ['line-number-twice', 'invoice.lines[1].number', true],
      ['line-number-twice', 'invoice.lines[2].number', true],
    ]);
  });

  it('names the VAT regime in each language', () => {
    const [fault] = brokenBy({ vatRegime: 'reverse-charge' });
    expect(fault?.fr).toContain('« autoliquidation »');
    expect(fault?.en).toContain('"reverse charge"');
  });

  it('is checked against the lines if there is no VAT breakdown', () => {
    const changes = { lines: [line()], vatBreakdown: [], vatRegime: 'none', ...totals('999.99', '0', '999.99') };
    expect(brokenBy(changes)).toMatchObject([
      { code: 'line-vat-untaxed' },
      { code: 'total-tax-exclusive', path: 'invoice.totals.taxExclusive' },
    ]);
  });

  it('reports each faulty line by its position', () => {
    const lines = [line(), line({ number: 2, net: '1.00' }), line({ number: 3, net: '2.00' })];
    expect(
      brokenBy({ lines })
        .filter(({ code }) => code === 'line-net')
        .map(({ path }) => path),
    ).toEqual(['invoice.lines[1].net', 'invoice.lines[2].net']);
  });
});

describe('several broken rules', () => {
  it('are all reported at once', () => {
    const codes = codesOf({
      issueDate: '2027-01-01',
      type: 'credit-note',
      framework: 'A2',
      vatRegime: 'exempt',
      recipient: { siret: RECIPIENTS.nothingMandatory },
      precedingInvoice: base.number,
      period: { start: '2026-10-31', end: '2026-10-01' },
      lines: [line({ net: '1.00' }), line({ vatRate: '10' })],
      vatBreakdown: [
        { rate: '20', base: '-3.00', amount: '7.00' },
        { rate: '20', base: '5.00', amount: '7.00' },
      ],
      ...totals('10.00', '20.00', '40.00', { due: '-50.00' }),
    });
    const together = new Set([...brokenAlone.map(([code]) => code), 'credit-note-sign', 'vat-regime']);
    // Where no VAT is charged, its rates and amounts are not compared.
    const compared = ['line-vat-rate', 'vat-amount'];
    for (const elsewhere of ['validator-missing', 'issue-date-too-early', 'paid-missing', ...compared])
      together.delete(elsewhere);
    expect(new Set(codes)).toEqual(together);
  });
});
