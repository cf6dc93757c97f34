import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { inOrder, rowsOf, type StatusRow } from '../../../shared/lists/status-row.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';

export const to = (number: string, siret: string) => submitCommand({ invoice: { number, recipient: { siret } } });
export const rowsIn = (world: Relay): StatusRow[] => inOrder(rowsOf(world.ledger.records()));

/** One invoice of each kind, two days after they were dropped. */
export async function rows(): Promise<StatusRow[]> {
  const world = relay();
  await world.submit(to('F-ON-ITS-WAY', RECIPIENTS.nothingMandatory));
  await world.submit(to('F-SUSPENDED', RECIPIENTS.suspends));
  await world.submit(to('F-REFUSED', RECIPIENTS.inactive));
  await world.poll();
  world.advance(2 * 24 * 60 + 60);
  await world.poll();
  return rowsIn(world);
}

/** A row as it looks three weeks after its term, beside the others. */
export const late = (row: StatusRow): StatusRow => ({
  ...row,
  late: true,
  daysOverdue: 25,
  dueDate: '2026-10-31',
  amount: '2400.50',
  owed: '2400.50',
});
