import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access, AccessByName } from '../../shared/chorus-pro/chorus-pro.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { ordersOf, type Order, type OrderDetail } from '../../shared/chorus-pro/orders.ts';
import { isNotDone, type Outcome, whyNot } from '../../shared/chorus-pro/outcome.ts';
import { allPages, fullPaging } from '../../shared/chorus-pro/search.ts';
import { issuersOf } from '../../shared/connection/settings.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { OrderNotified } from '../../shared/messaging/order-event.ts';
import type { EventPublisher } from '../../shared/messaging/senders.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';
import { noteOrdersRead } from '../../shared/tracking/standstill.ts';
import { eventId, orderNotified, type Notified } from './order-notified.ts';

export interface OrdersDependencies {
  access: AccessByName;
  memory: Memory;
  publish: EventPublisher<OrderNotified>;
  telemetry: Telemetry;
  now: () => Date;
}

/** What one reading of one connection's orders came to. */
export interface OrdersReport {
  connection: string;
  /** Orders that the ERP was told of. */
  notified: number;
  /** Why it is not complete; the next reading goes on from there. */
  stopped?: string;
}

/**
 * Tells the ERP of the orders that the State has notified since the last reading, company by company. A connection
 * that this deployment does not have, or no longer with the setting, is no fault: its turn may have been on its way.
 */
export async function pollOrders(
  connection: string,
  dependencies: OrdersDependencies,
  deadline: Deadline,
): Promise<OrdersReport> {
  const { telemetry } = dependencies;
  const access = await dependencies.access(connection);
  if (!access?.settings.orders?.events) return { connection, notified: 0 };
  const { notified, stopped } = await readAll(access, dependencies, deadline);
  telemetry.measure('OrdersNotified', notified, { connection });
  if (stopped === undefined) {
    await noteOrdersRead(connection, dependencies);
    telemetry.info('ORDERS_READ', { connection, count: notified });
  } else {
    const code = stopped === 'api-not-subscribed' ? 'ORDERS_NOT_SUBSCRIBED' : 'ORDERS_UNREAD';
    telemetry.warn(code, { connection, reason: stopped, count: notified });
  }
  return { connection, notified, ...(stopped === undefined ? {} : { stopped }) };
}

interface Progress {
  notified: number;
  stopped?: string | undefined;
}

/** A refusal may be about one company: the others are read. Anything else would meet them too. */
async function readAll(access: Access, dependencies: OrdersDependencies, deadline: Deadline): Promise<Progress> {
  const own = await access.directory(deadline).suppliers(undefined);
  if (own.kind !== 'accepted') return { notified: 0, stopped: whyNot(own) };
  const issuers = new Map(issuersOf(access.settings).map((issuer) => [issuer.siret, issuer]));
  let [notified, stopped]: [number, string | undefined] = [0, undefined];
  for (const supplier of issuers.values()) {
    const id = own.value?.[supplier.siret];
    if (id === undefined) continue;
    const read = await readOne({ ...supplier, id }, access, dependencies, deadline);
    notified += read.notified;
    stopped ??= read.stopped;
    if (read.stopped !== undefined && read.stopped !== 'refused') break;
  }
  return { notified, stopped };
}

/** What is known of one company's orders. */
const readSchema = z.object({
  version: z.int(),
  /** All that was notified up to this day, ISO, was told when the day was read. */
  through: z.iso.date(),
  /** What was told of the days that are read again: the event's id, and the day of the notification. */
  told: z.array(z.object({ id: z.string(), day: z.iso.date() })),
});
type Read = z.infer<typeof readSchema>;

const daysBefore = (day: string, { ms }: { ms: number }): string =>
  new Date(Date.parse(day) - ms).toISOString().slice(0, 10);

/** The events go first, then their ids are noted: after a crash between the two they come again, and are ignored. */
async function readOne(
  supplier: Notified['supplier'] & { id: number },
  { settings, chorusPro }: Access,
  { memory, publish, telemetry, now }: OrdersDependencies,
  deadline: Deadline,
): Promise<Progress> {
  const entry = `orders#${settings.name}#${supplier.siret}`;
  const known = readSchema.safeParse(await memory.recall(entry)).data;
  const today = parisDay(now());
  const from = known ? daysBefore(known.through, timings.orderOverlap) : daysBefore(today, timings.orderFirstReach);
  const orders = ordersOf(chorusPro(deadline, { aside: 'with-retries' }).call);
  const found = await allPages((page) =>
    orders.notifiedTo(supplier.id, { from, to: today }, { page, size: fullPaging.size }),
  );
  if (found.kind !== 'accepted') return { notified: 0, stopped: whyNot(found) };

  const told = known?.told ?? [];
  const isNew = (order: Order) => !told.some(({ id }) => id === eventId(settings.name, order));
  const events: OrderNotified[] = [];
  const newly: Read['told'] = [];
  let stopped: string | undefined;
  for (const order of found.value.filter(isNew)) {
    const detail = await orders.detail(order.number);
    stopped = whyToWait(detail);
    if (stopped !== undefined) break;
    if (detail.kind !== 'accepted') telemetry.warn('ORDER_DETAIL_UNREAD', { connection: settings.name });
    const shown = detail.kind === 'accepted' ? detail.value : undefined;
    events.push(orderNotified({ connection: settings, supplier, order, detail: shown }, now()));
    newly.push({ id: eventId(settings.name, order), day: order.notifiedAt ? parisDay(order.notifiedAt) : today });
  }
  await publish(events);
  const through = stopped === undefined ? today : (known?.through ?? from);
  const again = daysBefore(through, timings.orderOverlap);
  const value = {
    version: (known?.version ?? 0) + 1,
    writeId: randomUUID(),
    through,
    told: [...told, ...newly].filter(({ day }) => day >= again),
  };
  // Whoever lost has told the same events as another reading, which noted them.
  await memory.swap(entry, { value, replaces: known?.version ?? 0 });
  return { notified: events.length, stopped };
}

/**
 * An order whose detail may be shown soon waits for it. One whose detail is refused, or for which the gateway has no
 * way, is told without.
 */
function whyToWait(detail: Outcome<OrderDetail>): string | undefined {
  if (detail.kind === 'accepted' || detail.kind === 'refused' || isNotDone(detail, 'api-not-subscribed'))
    return undefined;
  return whyNot(detail);
}
