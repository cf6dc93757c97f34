import { describe, expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay } from '../../support/relay.ts';

describe('a record that cannot be processed', () => {
  it('does not delay the others', async () => {
    const telemetry = recordedTelemetry();
    const world = relay({ telemetry });
    world.faults.add({ kind: 'reset-after', path: '/cpro/factures/v1/soumettre' });
    await world.submit(submitCommand({ invoice: { number: 'F-1' } }));
    await world.submit(submitCommand({ invoice: { number: 'F-2' } }));
    world.faults.clear();
    const [broken] = world.ledger.records();
    world.ledger.get = ((get) => (pk: string) =>
      pk === broken?.pk ? Promise.reject(new Error('an item that nobody can read')) : get.call(world.ledger, pk))(
      world.ledger.get.bind(world.ledger),
    );
    world.advance(15);
    await world.poll();
    expect(world.ledger.records().map(({ number, state }) => [number, state])).toEqual([
      ['F-1', 'in-doubt'],
      ['F-2', 'followed'],
    ]);
    // When it was due, and when Chorus Pro showed its change.
    expect(telemetry.measured.filter(([metric]) => metric === 'Unexpected')).toHaveLength(2);
  });
});
