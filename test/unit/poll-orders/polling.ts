import { pollOrders, type OrdersReport } from '../../../functions/poll-orders/poll-orders.ts';
import { accessTo } from '../../../shared/chorus-pro/chorus-pro.ts';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import type { OrderNotified } from '../../../shared/messaging/order-event.ts';
import { createChorusPro, createFaultPlan, drivenClock } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleConnectionsWith, heldConnections } from '../../support/example-connection.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { modelTransport, modelUrls } from '../../support/model-transport.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { exampleCredentials } from '../../support/relay.ts';

interface Given {
  settings?: object;
  transport?: (wire: Transport) => Transport;
}

/** poll-orders over memory and Chorus Pro's model, on the morning of 23 November 2026. */
export function polling({ settings = { orders: {} }, transport = (same) => same }: Given = {}) {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 5) });
  const model = createChorusPro({ clock });
  const faults = createFaultPlan({ clock });
  const telemetry = recordedTelemetry();
  const now = () => new Date(clock.now());
  const memory = new InMemoryLedger(now);
  const published: OrderNotified[] = [];
  const broken = { publish: false };
  const open = () =>
    accessTo({
      ...{
        connections: heldConnections(exampleConnectionsWith(settings)),
        credentials: exampleCredentials,
        memory,
        telemetry,
        now,
      },
      ...{ transport: transport(modelTransport(model, faults)), urls: modelUrls, wait: () => Promise.resolve() },
    });
  const publish = (events: readonly OrderNotified[]) => {
    published.push(...events);
    return broken.publish ? Promise.reject(new Error('SNS')) : Promise.resolve();
  };
  const poll = (remainingMs = () => 297_000): Promise<OrdersReport> =>
    pollOrders('example', { access: open(), memory, publish, telemetry, now }, { remainingMs });
  return {
    model,
    faults,
    telemetry,
    published,
    broken,
    poll,
    now,
    days: (count: number) => clock.advance(count * 86_400_000),
  };
}
