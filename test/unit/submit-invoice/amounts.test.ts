import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { codesOf, effectsOf, paths, recordOf, told } from './scenario.ts';

const totals = { taxExclusive: '10000.00', vat: '2000.00', taxInclusive: '12000.00' };
const statement = (due: string, deductions?: object[]) =>
  submitCommand({
    invoice: {
      lines: [],
      vatBreakdown: [{ rate: '20', base: '10000.00', amount: '2000.00' }],
      totals: { ...totals, due, deductions },
    },
  });

/** @returns what the ledger knows of the invoice, and the body of its submission */
const sent = async (command: object, settings: object = {}) => {
  let body = '';
  const watching =
    (transport: Transport): Transport =>
    (request) => {
      if (request.url.endsWith(paths.submit)) body = request.body ?? '';
      return transport(request);
    };
  const world = relay({ settings, transport: watching });
  await world.submit(command);
  return { world, body, record: await recordOf(world) };
};

describe('an invoice with amounts as builders compute them', () => {
  it('has the amount due after the retention, in Chorus Pro and in its events', async () => {
    const retention = { kind: 'retention', name: 'Retenue de garantie', rate: '5', amount: '600.00' };
    const { world, record, body } = await sent(statement('11400.00', [retention]));
    expect(record.state).toBe('followed');
    expect(world.published[0]?.data.amount).toBe('11400.00');
    expect(JSON.parse(body)).toMatchObject({
      montantTotal: { montantTtcTotal: 12_000, montantAPayer: 11_400 },
      commentaire: 'Retenue de garantie : 5 % de 12 000,00 = 600,00 EUR',
    });
  });

  it('is refused if the retention is not declared', async () => {
    const { world, record } = await sent(statement('11400.00'));
    expect(codesOf(record)).toEqual(['amount-due']);
    expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
  });

  it.each([
    ['on-debits', ['vat-breakdown-missing']],
    ['none', []],
  ])('without any VAT is sent only under a regime for that: %s', async (vatRegime, codes) => {
    const untaxed = { taxExclusive: '1000.00', vat: '0.00', taxInclusive: '1000.00', due: '1000.00' };
    const invoice = { vatRegime, lines: [], vatBreakdown: [], totals: untaxed };
    const { world, record } = await sent(submitCommand({ invoice }));
    expect(codesOf(record)).toEqual(codes);
    expect(effectsOf(world).tries).toBe(codes.length === 0 ? 1 : 0);
  });
});

describe('an invoice whose VAT was rounded line by line', () => {
  const line = { name: 'Poste', quantity: '1.333', unitPrice: '123.45', vatRate: '20', net: '164.56' };
  const rounded = submitCommand({
    invoice: {
      lines: Array.from({ length: 10 }, (_, i) => ({ number: i + 1, ...line })),
      vatBreakdown: [{ rate: '20', base: '1645.60', amount: '329.10' }],
      totals: { taxExclusive: '1645.60', vat: '329.10', taxInclusive: '1974.70', due: '1974.70' },
    },
  });

  it('is sent, and its first event says what was tolerated', async () => {
    const { world } = await sent(rounded);
    expect(told(world)).toEqual(['accepted', 'submitted']);
    const [accepted, submitted] = world.published;
    const [note, ...others] = accepted?.data.notes ?? [];
    expect(note).toMatchObject({ code: 'vat-by-line', path: 'invoice.vatBreakdown[0].amount' });
    expect(note?.en).toContain('difference: 0.02');
    expect(others).toEqual([]);
    expect(submitted?.data.notes).toBeUndefined();
  });

  it('is refused where the connection’s ERP rounds once for each rate', async () => {
    const { world, record } = await sent(rounded, { rounding: 'by-total' });
    expect(codesOf(record)).toEqual(['vat-amount']);
    expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
  });
});

describe('a credit note without a means of payment', () => {
  const withPayment = (payment?: object) =>
    submitCommand({ invoice: { type: 'credit-note', precedingInvoice: 'F-2026-0000', payment } });
  const creditNote = withPayment();

  it.each([
    ['without one', creditNote],
    ['with only an account', withPayment({ iban: 'FR7630006000011234567890189' })],
  ])('is sent %s', async (_what, command) => {
    const { record, body } = await sent(command);
    expect(record.state).toBe('followed');
    expect(body).toContain('"typeFacture":"AVOIR"');
    expect(body).not.toContain('modePaiement');
  });

  it('is sent with the one of the settings', async () => {
    const { record, body } = await sent(creditNote, { defaults: { creditNotePayment: 'carried-over' } });
    expect(record.state).toBe('followed');
    expect(body).toContain('"modePaiement":"REPORT"');
  });

  it.each([
    ['invoice.payment', undefined],
    ['invoice.payment.means', {}],
  ])('is not what an invoice may be: %s', async (path, payment) => {
    const { record } = await sent(submitCommand({ invoice: { payment } }));
    expect(record.reasons).toMatchObject([{ code: 'missing-field', path }]);
  });
});

describe('what is not served yet', () => {
  it.each([
    ...['A3', 'A4', 'A10', 'A21', 'A25'].map(
      (framework) => [framework, { framework }, 'framework-not-served'] as const,
    ),
    ...['DE123456789', 'NL999999999B99', '0123456001', 'A12345678'].map(
      (siret) => [siret, { recipient: { siret } }, 'party-not-served'] as const,
    ),
  ])('is told as that, and what to do: %s', async (_what, invoice, code) => {
    const { world, record } = await sent(submitCommand({ invoice }));
    expect(record.reasons).toMatchObject([{ code }]);
    expect(record.reasons?.[0]?.fr).toMatch(/pas encore.*portail Chorus Pro/);
    expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
  });

  it.each([
    ['A0', { framework: 'A0' }, 'invalid-value'],
    ['A26', { framework: 'A26' }, 'invalid-value'],
    ['a SIREN', { recipient: { siret: '123456782' } }, 'siret'],
    ['a French VAT number', { recipient: { siret: 'FR69999100019' } }, 'siret'],
    ['a SIRET with a letter', { recipient: { siret: '1234567820005I' } }, 'siret'],
  ])('is not what is simply wrong: %s', async (_what, invoice, code) => {
    const { record } = await sent(submitCommand({ invoice }));
    expect(codesOf(record)).toEqual([code]);
  });
});

it('an invoice without VAT may have lines at 0 % and no breakdown', async () => {
  const world = relay();
  const line = { number: 1, name: 'Sous-traitance', quantity: '1', unitPrice: '1000', vatRate: '0', net: '1000.00' };
  const totals = { taxExclusive: '1000.00', vat: '0.00', taxInclusive: '1000.00', due: '1000.00' };
  await world.submit(
    submitCommand({ invoice: { vatRegime: 'reverse-charge', lines: [line], vatBreakdown: [], totals } }),
  );
  expect((await recordOf(world)).reasons ?? []).toEqual([]);
});
