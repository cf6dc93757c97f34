import { describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';

/** Everything in it differs from `submitCommand`, but for the supplier and the number. */
const corrected = {
  recipient: { siret: RECIPIENTS.paymentNotReported },
  type: 'credit-note',
  issueDate: '2026-11-19',
  currency: 'CHF',
  lines: [{ number: 1, name: 'Maçonnerie', quantity: '7', unitPrice: '100', vatRate: '20', net: '700.00' }],
  vatBreakdown: [{ rate: '20', base: '700.00', amount: '140.00' }],
  totals: { taxExclusive: '700.00', vat: '140.00', taxInclusive: '840.00', due: '840.00' },
};
const toldOfCorrected = {
  supplier: '99910001900010',
  number: 'F-2026-0001',
  recipient: RECIPIENTS.paymentNotReported,
  invoiceType: 'credit-note',
  issueDate: '2026-11-19',
  currency: 'CHF',
  amount: '840.00',
  messageId: 'corrected',
};

const send = (world: Relay, changes: Parameters<typeof submitCommand>[0], messageId: string) =>
  world.submit(submitCommand(changes), { messageId });

/** Chorus Pro refuses the first invoice that is deposited, in the words of `deposer/pdf`. */
function refusingFirst(): Relay {
  let deposits = 0;
  return relay({
    transport: (wire) => async (request) => {
      const sending = await wire(request);
      if (!request.url.endsWith('/deposer/pdf') || (deposits += 1) > 1 || sending.kind !== 'response') return sending;
      return { ...sending, body: JSON.stringify({ codeRetour: 20013, libelle: 'refus' }) };
    },
  });
}

/** Ways in which the first invoice ends with no invoice in Chorus Pro, so that its number is free again. */
const ways: [string, () => Relay, Parameters<typeof submitCommand>[0]][] = [
  ['broke a rule', relay, { invoice: { issueDate: '2026-11-24' } }],
  ['was withheld by the settings', relay, { command: { customer: { chorusPro: false } } }],
  ['Chorus Pro refused', refusingFirst, {}],
];

describe.each(ways)('after an invoice that %s, the corrected one of the same number', (_way, open, first) => {
  const refusedOnce = async () => {
    const world = open();
    await send(world, first, 'first');
    expect(world.ledger.records().map(({ state }) => state)).not.toContain('followed');
    world.published.splice(0);
    return world;
  };

  it('is what every later event is about', async () => {
    const world = await refusedOnce();
    await send(world, { invoice: corrected }, 'corrected');
    expect(world.published.map(({ type }) => type.split('.').at(-2))).toEqual(['accepted', 'submitted']);
    for (const { data } of world.published) expect(data).toMatchObject(toldOfCorrected);
  });

  it('is what Chorus Pro gets, and what the ERP is told once it is paid', async () => {
    const world = await refusedOnce();
    await send(world, { invoice: corrected }, 'corrected');
    expect(world.model.invoice('F-2026-0001')?.recipientSiret).toBe(toldOfCorrected.recipient);
    // This recipient reports no payments: MANDATEE is the end there, and only there.
    world.model.setStatus('F-2026-0001', 'MANDATEE');
    world.advance(1);
    await world.poll();
    const last = world.published.at(-1);
    expect(last?.type).toBe('chorus-relay.invoice.paid.v1');
    expect(last?.data).toMatchObject(toldOfCorrected);
  });

  it('is what a second refusal is about', async () => {
    const world = await refusedOnce();
    await send(world, { invoice: { ...corrected, issueDate: '2026-11-25' } }, 'corrected');
    expect(world.published.map(({ type }) => type.split('.').at(-2))).toEqual(['refused']);
    expect(world.published[0]?.data).toMatchObject({ ...toldOfCorrected, issueDate: '2026-11-25' });
  });
});
