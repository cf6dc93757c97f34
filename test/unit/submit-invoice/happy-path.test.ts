import { describe, expect, it } from 'vitest';
import { invoiceKey } from '../../../shared/ledger/record.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';

const key = invoiceKey({ environment: 'qualification', supplier: SUPPLIERS.company, number: 'F-2026-0001' });
const typesOf = (events: readonly { type: string }[]) =>
  events.map(({ type }) => type.replace(/^chorus-relay\.invoice\.(.*)\.v1$/, '$1'));

describe('an invoice dropped on the queue', () => {
  it('reaches Chorus Pro once and comes back paid', async () => {
    const world = relay();

    expect(await world.submit(submitCommand())).toEqual({ kind: 'done' });

    expect(world.model.accepted()).toMatchObject([
      { supplierSiret: SUPPLIERS.company, number: 'F-2026-0001', via: 'pdf' },
    ]);
    expect(await world.ledger.get(key)).toMatchObject({ state: 'followed', status: { code: 'DEPOSEE' }, outbox: [] });

    for (let day = 0; day < 25; day += 1) {
      world.advance(24 * 60);
      await world.poll();
    }
    expect(await world.ledger.get(key)).toMatchObject({ state: 'settled', status: { code: 'MISE_EN_PAIEMENT' } });
    expect(typesOf(world.published).slice(0, 2)).toEqual(['accepted', 'submitted']);
    expect(typesOf(world.published).at(-1)).toBe('paid');
    expect(world.published.map(({ data }) => data.sequence)).toEqual(world.published.map((_, i) => i + 1));
  });

  it('is acknowledged without a second submission when the same comes again', async () => {
    const world = relay();
    await world.submit(submitCommand());
    expect(await world.submit(submitCommand())).toEqual({ kind: 'done' });
    expect(world.model.effects.invoices).toEqual({ [`${SUPPLIERS.company}/F-2026-0001`]: 1 });
    expect(typesOf(world.published)).toEqual(['accepted', 'submitted', 'repeated']);
  });
});
