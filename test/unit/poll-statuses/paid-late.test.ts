import { describe, expect, it } from 'vitest';
import { exampleWorld, RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { about } from '../invoice-commands/scenario.ts';
import { recordOf } from '../submit-invoice/scenario.ts';

const day = 24 * 60;
const number = 'F-2026-0001';
const historyPath = '/cpro/factures/v1/consulter/historique';

async function days(world: Relay, count: number): Promise<void> {
  for (let passed = 0; passed < count; passed += 1) {
    world.advance(day);
    await world.poll();
  }
}

/** With its recipient since 24 November 2026, and to be paid by 24 December; nothing moves by itself. */
async function available(changes: RelayOptions = {}, invoice: object = {}): Promise<Relay> {
  const still = { ...exampleWorld(), scenarioOf: () => 'still' as const };
  const world = relay({ world: still, settings: { paymentTerms: { others: 'state-or-local' } }, ...changes });
  await world.submit(submitCommand({ invoice: { recipient: { siret: RECIPIENTS.nothingMandatory }, ...invoice } }));
  await days(world, 1);
  world.model.setStatus(number, 'MISE_A_DISPOSITION');
  return world;
}

const paid = (world: Relay) => world.published.filter(({ type }) => type.includes('.paid.'));
const toldLate = (world: Relay) => world.published.filter(({ type }) => type.includes('.late.'));

describe('a payment that comes late', () => {
  it('is told with its days and interest, and the record keeps both days', async () => {
    const world = await available();
    await days(world, 40);
    expect(toldLate(world)).toHaveLength(1);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    await days(world, 1);
    expect(paid(world).map(({ data }) => data)).toMatchObject([
      {
        late: {
          ...{ dueDate: '2026-12-24', days: 10 },
          interest: {
            ...{ since: '2026-12-25', until: '2027-01-03', indemnity: '40.00' },
            ...{ rate: '10.40', amount: '3.42' },
          },
        },
      },
    ]);
    expect(paid(world)[0]?.data.message.fr).toContain('Payée 10 jours après l’échéance légale du 24 décembre 2026.');
    expect(await recordOf(world)).toMatchObject({
      ...{ state: 'settled', paymentDue: '2026-12-24', paidLateOn: '2027-01-03' },
    });
  });

  it('keeps them when the invoice moves again, and is not told twice', async () => {
    const world = await available();
    await days(world, 40);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    await days(world, 1);
    world.model.setStatus(number, 'SUSPENDUE');
    await days(world, 5);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    await days(world, 1);
    expect(await recordOf(world)).toMatchObject({ state: 'settled', paidLateOn: '2027-01-03' });
    expect(world.published.filter(({ data }) => data.late).map(({ type }) => type.split('.')[2])).toEqual([
      ...['late', 'paid'],
    ]);
  });

  it('is measured by the term that a suspension has opened, though nobody had looked since', async () => {
    const world = await available();
    await days(world, 20);
    world.model.setStatus(number, 'SUSPENDUE');
    await days(world, 20);
    world.model.setStatus(number, 'COMPLETEE');
    // To be paid by 2 February 2027.
    await days(world, 20);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    await days(world, 1);
    expect(paid(world)).toHaveLength(1);
    expect(paid(world)[0]?.data.late).toBeUndefined();
    expect(await recordOf(world)).not.toHaveProperty('paidLateOn');
  });

  it('is found in the history if no poll had the time to see that it was late', async () => {
    const world = await available();
    await days(world, 10);
    world.advance(22 * day);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    world.advance(day);
    await world.poll();
    expect(toldLate(world)).toEqual([]);
    expect(paid(world)[0]?.data.late).toMatchObject({ dueDate: '2026-12-24', days: 2 });
  });

  it('is not claimed without the history', async () => {
    const world = await available();
    await days(world, 10);
    world.advance(22 * day);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    world.advance(day);
    world.faults.add({ kind: 'server-error', path: historyPath });
    await world.poll();
    expect(paid(world)).toHaveLength(1);
    expect(paid(world)[0]?.data.late).toBeUndefined();
  });

  it('is told when the ERP asks for the status, too', async () => {
    const world = await available();
    await days(world, 40);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    await world.submit(about('invoice.status'), { messageId: 'm-2' });
    expect(paid(world)[0]?.data.late).toMatchObject({ days: 10 });
  });
});

describe('a payment that comes in time', () => {
  it('costs no look at the history, even on the last day', async () => {
    let histories = 0;
    const world = await available({
      transport: (wire) => (request) => {
        if (request.url.endsWith(historyPath)) histories += 1;
        return wire(request);
      },
    });
    await days(world, 28);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    await days(world, 1);
    expect(paid(world)[0]?.data.late).toBeUndefined();
    expect([histories, (await recordOf(world)).state]).toEqual([0, 'settled']);
  });

  it('nor has a credit note one', async () => {
    const world = await available({}, { type: 'credit-note' });
    await days(world, 50);
    world.model.setStatus(number, 'MISE_EN_PAIEMENT');
    await days(world, 1);
    expect(paid(world)[0]?.data.late).toBeUndefined();
  });
});
