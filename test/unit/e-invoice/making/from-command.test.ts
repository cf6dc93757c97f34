import { Profile, validateXsd } from '@stackforge-eu/factur-x';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valuesOf, withoutTerm } from '../../../../shared/e-invoice/making/from-command.ts';
import { complete } from '../../../../shared/e-invoice/making/invoice-to-make.ts';
import { unitCode } from '../../../../shared/e-invoice/making/unit-codes.ts';
import { differencesOf } from '../../../../shared/e-invoice/differences.ts';
import { readEInvoice } from '../../../../shared/e-invoice/read-e-invoice.ts';
import { rulesBrokenBy } from '../../../../shared/e-invoice/rules/check-rules.ts';
import { profiles } from '../../../../shared/invoice/submit-command.ts';
import { writeCii } from '../../../../shared/e-invoice/write-cii.ts';
import { brokenRules } from '../../../../shared/invoice/rules.ts';
import { SUPPLIERS } from '../../../../tools/chorus-pro-simulator/index.ts';
import { completeCommand } from '../../../support/commands.ts';
import { letterhead, randomInvoices } from '../../../support/random-invoices.ts';
import { atScale } from '../../../support/scale.ts';

describe.each(profiles)('an invoice of a command, as an e-invoice in the profile %s', (profile) => {
  it(
    'keeps every rule, is read as it was written, and says what the command says',
    () => {
      fc.assert(
        fc.property(randomInvoices, (made) => {
          const { invoice } = made;
          fc.pre(brokenRules(invoice, { today: '2026-12-31', rounding: 'either' }).length === 0);
          expect(withoutTerm(invoice)).toEqual([]);
          const values = valuesOf(made, profile);
          const reading = readEInvoice(writeCii(values));
          if (reading.kind !== 'invoice') throw new Error(reading.kind);
          expect(reading.invoice).toEqual({
            syntax: 'cii',
            root: 'CrossIndustryInvoice',
            values,
            notRead: [],
            empty: [],
            isoDates: [],
          });
          // VAT that was rounded line by line is told of, and it is the invoice's own.
          const broken = rulesBrokenBy(reading.invoice, profile).filter(({ rule }) => rule !== 'CR-VAT-LINE');
          expect(broken).toEqual([]);
          const stated = profile === 'chorus-classic' ? invoice : { ...invoice, framework: undefined };
          expect(
            differencesOf(reading.invoice, 'factur-x.xml', { invoice: stated, supplier: made.seller.siret }),
          ).toEqual([]);
        }),
        { numRuns: atScale(10_000, 300) },
      );
    },
    atScale(600_000, 60_000),
  );
});

it('an invoice of nothing that is paid already says that nothing was paid', () => {
  const totals = { taxExclusive: '0.00', vat: '0.00', taxInclusive: '0.00', paid: '0.00', due: '0.00' };
  const line = { number: 1, name: 'Geste commercial', quantity: '1', unitPrice: '0', vatRate: '20', net: '0.00' };
  const { invoice } = completeCommand({
    invoice: { framework: 'A2', totals, lines: [line], vatBreakdown: [{ rate: '20', base: '0.00', amount: '0.00' }] },
  });
  const seller = { siret: SUPPLIERS.company, ...letterhead };
  const values = valuesOf({ invoice, seller, buyer: { siret: invoice.recipient.siret, name: 'V' } }, 'fr-ctc-2026');
  expect(values['BT-113']).toEqual(['0.00']);
});

describe('the date of the service, or its period', () => {
  const { invoice } = completeCommand();
  const seller = { siret: SUPPLIERS.company, ...letterhead };
  const buyer = { siret: invoice.recipient.siret, name: 'Commune de Valbrume' };
  const xmlOf = (more: object) =>
    writeCii(valuesOf({ invoice: { ...invoice, ...more }, seller, buyer }, 'chorus-classic')).toString('utf8');

  it('is in the file where it is given', () => {
    const xml = xmlOf({ deliveryDate: '2026-10-30', period: { start: '2026-10-01', end: '2026-10-31' } });
    expect(xml).toMatch(/<ram:ActualDeliverySupplyChainEvent>[^]*20261030[^]*<\/ram:ActualDeliverySupplyChainEvent>/);
    expect(xml).toMatch(/<ram:BillingSpecifiedPeriod>[^]*20261001[^]*20261031[^]*<\/ram:BillingSpecifiedPeriod>/);
  });
});

describe('the schema of Factur-X', () => {
  it('takes what we write, but for the validator, which only Chorus Pro’s own files have', async () => {
    const made = fc.sample(randomInvoices, atScale(1_000, 40)).filter(({ invoice }) => !invoice.validator);
    expect(made.length).toBeGreaterThan(10);
    for (const one of made)
      for (const profile of profiles) {
        const { valid, errors } = await validateXsd(writeCii(valuesOf(one, profile)).toString('utf8'), Profile.EN16931);
        expect({ valid, errors }).toEqual({ valid: true, errors: [] });
      }
  });
});

describe('what EN 16931 has no term for', () => {
  const invoiceWith = (totals: object, more: object = {}) =>
    completeCommand({ invoice: { totals: { ...base, ...totals }, ...more } }).invoice;
  const base = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1200.00' };

  it.each([
    [
      invoiceWith({ deductions: [{ kind: 'retention', name: 'Retenue de garantie', amount: '60.00' }] }),
      'Retenue de garantie',
    ],
    [invoiceWith({ discount: { amount: '50.00', reason: 'geste' } }), 'a discount on the total with VAT'],
    [invoiceWith({}, { validator: { siret: SUPPLIERS.agency, service: 'TRAVAUX' } }), 'the validator’s service'],
  ])('is told', (invoice, told) => {
    expect(withoutTerm(invoice).map(({ en }) => en)).toEqual([told]);
  });

  it('is not an advance that is repaid: it was paid', () => {
    const invoice = invoiceWith({
      deductions: [{ kind: 'advance-repayment', name: 'Avance', amount: '200.00' }],
      due: '1000.00',
    });
    expect(withoutTerm(invoice)).toEqual([]);
  });
});

describe('an invoice that lacks something', () => {
  const invoice = completeCommand().invoice;
  const { siret } = invoice.recipient;
  const whole = {
    invoice,
    seller: { siret: SUPPLIERS.company, ...letterhead },
    buyer: { siret, name: 'Commune de Valbrume' },
    iban: 'FR7630006000011234567890189',
  };

  it('is told all of it, and where to say it', () => {
    const bare = { invoice: { ...invoice, lines: [] }, seller: { siret: SUPPLIERS.company }, buyer: { siret } };
    const result = complete(bare);
    if (result.kind !== 'lacks') throw new Error(result.kind);
    expect(result.reasons.map(({ code, path, en }) => [code, path, /set (\w+)/.exec(en)?.[1]])).toEqual([
      ['make-seller', 'supplier', 'legalName'],
      ['make-seller', 'supplier', 'address'],
      ['make-seller', 'supplier', 'vatNumber'],
      ['make-missing', 'invoice.recipient.name', undefined],
      ['make-missing', 'invoice.lines', undefined],
      ['make-missing', 'invoice.payment.iban', undefined],
    ]);
  });

  it('needs no VAT number if the command gives one, or if there is no VAT', () => {
    const seller = { ...whole.seller, vatNumber: undefined };
    expect(complete({ ...whole, seller }).kind).toBe('lacks');
    expect(complete({ ...whole, seller, invoice: { ...invoice, sellerVatNumber: 'FR69999100019' } }).kind).toBe(
      'whole',
    );
    expect(complete({ ...whole, seller, invoice: { ...invoice, vatRegime: 'none' } }).kind).toBe('whole');
  });

  it('says nothing of early payment but what is usual, unless the settings do', () => {
    const said = (earlyPaymentNotice: string | undefined) => {
      const result = complete({ ...whole, seller: { ...whole.seller, earlyPaymentNotice } });
      return result.kind === 'whole' ? result.whole.seller.earlyPaymentNotice : result.kind;
    };
    expect(said('Escompte de 1 % à 8 jours.')).toBe('Escompte de 1 % à 8 jours.');
    expect(said(undefined)).toBe('Pas d’escompte pour paiement anticipé.');
  });
});

describe('a unit', () => {
  it.each([
    ['m²', 'MTK'],
    ['M2', 'MTK'],
    ['Forfait', 'LS'],
    ['heures', 'HUR'],
    ['ens.', 'LS'],
    ['HUR', 'HUR'],
    ['palette', undefined],
    ['constructor', undefined],
  ])('%s has the code %s', (unit, code) => {
    expect(unitCode(unit)).toBe(code);
  });

  it('without a code is kept in words', () => {
    const { invoice } = completeCommand({
      invoice: {
        lines: [
          {
            number: 1,
            name: 'Ciment',
            quantity: '10',
            unit: 'palette',
            unitPrice: '100',
            vatRate: '20',
            net: '1000.00',
          },
        ],
      },
    });
    const seller = { siret: SUPPLIERS.company, ...letterhead };
    const values = valuesOf(
      { invoice, seller, buyer: { siret: invoice.recipient.siret, name: 'X' } },
      'chorus-classic',
    );
    expect(values['BG-25']).toEqual([expect.objectContaining({ 'BT-130': ['C62'], 'BT-154': ['Unité : palette'] })]);
  });
});
