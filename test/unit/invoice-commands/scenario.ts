import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';

export const day = 24 * 60;
export const path = <Name extends string>(operation: Name) => `/cpro/factures/v1/${operation}` as const;
export const about = (type: string, more: object = {}) => ({
  type,
  version: 1,
  connection: 'example',
  supplier: { company: 'Constructions Duval' },
  invoice: { number: 'F-2026-0001' },
  ...more,
});
export const complete = about('invoice.complete', { comment: 'Voici le procès-verbal.' });

/** An invoice in Chorus Pro whose status, set by its recipient, has reached the relay. */
export async function invoiceAt(invoice: object, days: number, options: RelayOptions = {}): Promise<Relay> {
  const world = relay(options);
  await world.submit(submitCommand({ invoice }), { messageId: 'm-1' });
  await world.poll();
  world.advance(days * day + 60);
  await world.poll();
  return world;
}
export const suspended = (options?: RelayOptions) =>
  invoiceAt({ recipient: { siret: RECIPIENTS.suspends } }, 2, options);

/** What is sent to Chorus Pro, by operation. */
export function watching(): { sent: Map<string, string>; options: RelayOptions } {
  const sent = new Map<string, string>();
  const transport =
    (wire: Transport): Transport =>
    (request) => {
      sent.set(request.url.replace(/^.*\/v1\//, ''), request.body ?? '');
      return wire(request);
    };
  return { sent, options: { transport } };
}

/** The same message, again. */
export const again = { messageId: 'm-2', redelivered: true };
