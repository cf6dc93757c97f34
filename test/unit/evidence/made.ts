import { evidenceOf, type Evidence } from '../../../shared/evidence/evidence.ts';
import { complete, suspended } from '../invoice-commands/scenario.ts';
import { keyOf } from '../submit-invoice/scenario.ts';
import { tinyPdf } from '../../support/commands.ts';
import type { Relay } from '../../support/relay.ts';

/** An invoice that was suspended and then completed with a paper. */
export async function completed(): Promise<Relay> {
  const world = await suspended();
  const attachments = [{ name: 'pv n° 1é.pdf', content: tinyPdf }];
  await world.submit({ ...complete, attachments }, { messageId: 'm-2', senderId: 'AROAEXAMPLE:erp' });
  return world;
}

/** The evidence of the invoice of a world, as it stands. */
export async function evidenceIn(world: Relay, mostBytes?: number): Promise<Evidence> {
  const record = await world.ledger.get(keyOf());
  if (!record) throw new Error('there is no invoice');
  const { ledger: memory, documents, now } = world;
  return evidenceOf(record, { memory, documents, now, ...(mostBytes === undefined ? {} : { mostBytes }) });
}
