import Big from 'big.js';
import * as z from 'zod';
import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { isStateBody, ordersOf, type Order, type OrderDetail } from '../../shared/chorus-pro/orders.ts';
import { type Outcome, whyNot } from '../../shared/chorus-pro/outcome.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { Parameters, ReasonCode } from '../../shared/invoice/reasons.ts';
import type { Invoice } from '../../shared/invoice/submit-command.ts';
import type { SubmitDependencies } from './dependencies.ts';

/**
 * What the State's order book says of an invoice's commitment. Nothing is refused for it, and no invoice waits for it
 * longer than `orderLookUp`. Only a connection whose settings ask for it loads this file, which therefore says what is
 * to be told, and leaves the sentences to the caller.
 */

/** An invoice, and the recipient's service that it is addressed to. */
export interface Committed {
  access: Access;
  invoice: Invoice;
  service: string | undefined;
}

export interface Remark {
  code: ReasonCode;
  path: string;
  parameters: Parameters;
}

type Dependencies = Pick<SubmitDependencies, 'ledger' | 'telemetry' | 'now'>;

const keptSchema = z.object({
  at: z.iso.datetime(),
  amount: z.string().optional(),
  currency: z.string().optional(),
  recipient: z.object({ siret: z.string(), name: z.string().optional() }).optional(),
  service: z.object({ code: z.string(), name: z.string().optional() }).optional(),
  /** Absent if Chorus Pro did not show it. */
  invoiced: z.array(z.object({ number: z.string(), amount: z.string() })).optional(),
});
type Kept = z.infer<typeof keptSchema>;

export async function checkOrder(
  { access, invoice, service }: Committed,
  dependencies: Dependencies,
  deadline: Deadline,
): Promise<Remark[]> {
  const { commitment: value = '', recipient } = invoice;
  if (!isStateBody(recipient.siret)) return [];
  const order = await lookUp(value, access, dependencies, deadline);
  if (order === 'unchecked') return [];
  if (!order) return [{ code: 'order-unknown', path: 'invoice.commitment', parameters: { value } }];
  return [...elsewhere({ value, given: recipient.siret, service }, order), ...balance(invoice, order)];
}

async function lookUp(
  number: string,
  { settings, chorusPro }: Access,
  { ledger: memory, telemetry, now }: Dependencies,
  deadline: Deadline,
): Promise<Kept | undefined | 'unchecked'> {
  const { name: connection } = settings;
  const [entry, pause] = [`order#${connection}#${number}`, `orders-paused#${connection}`];
  const [kept, paused] = await Promise.all([memory.recall(entry), memory.recall(pause)]);
  const known = keptSchema.safeParse(kept).data;
  const at = now();
  if (known && at.getTime() - Date.parse(known.at) < timings.orderCache.ms) return known;
  const { until = '' } = pausedSchema.safeParse(paused).data ?? {};
  if (at.getTime() < Date.parse(until)) return 'unchecked';

  const untilMs = at.getTime() + timings.orderLookUp.ms;
  const short = { remainingMs: () => Math.min(deadline.remainingMs(), untilMs - now().getTime()) };
  const orders = ordersOf(chorusPro(short, { aside: 'once' }).call);
  const order = await orders.numbered(number);
  const detail = order.kind === 'accepted' && order.value ? await orders.detail(number) : undefined;
  const why = order.kind === 'accepted' ? whyLost(detail) : whyNot(order);
  if (why !== undefined) {
    const end = new Date(at.getTime() + timings.orderPause.ms);
    await memory.remember(pause, { until: end.toISOString() }, end);
    const code = why === 'api-not-subscribed' ? 'ORDERS_NOT_SUBSCRIBED' : 'ORDER_UNCHECKED';
    telemetry.warn(code, { connection, reason: why });
  }
  if (order.kind !== 'accepted') return 'unchecked';
  if (!order.value) return undefined;
  if (detail?.kind !== 'accepted') telemetry.warn('ORDER_DETAIL_UNREAD', { connection });
  const read = keptOf(order.value, detail?.kind === 'accepted' ? detail.value : undefined, at);
  if (why === undefined) await memory.remember(entry, read, new Date(at.getTime() + timings.orderCache.ms));
  return read;
}

const pausedSchema = z.object({ until: z.iso.datetime() });

/**
 * A detail that Chorus Pro refuses, or for which the gateway has no way, is missing today and tomorrow: the order is
 * kept without it. Only what may come soon begins a pause.
 */
function whyLost(detail: Outcome<OrderDetail> | undefined): string | undefined {
  if (!detail || detail.kind === 'accepted' || detail.kind === 'refused') return undefined;
  const why = whyNot(detail);
  return why === 'api-not-subscribed' ? undefined : why;
}

const keptOf = ({ amount, currency, service }: Order, detail: OrderDetail | undefined, at: Date): Kept => ({
  ...{ at: at.toISOString(), amount, currency, service: detail?.service ?? service },
  ...{ recipient: detail?.recipient, invoiced: detail?.invoiced },
});

const isSame = (one: string, other: string): boolean => one.trim().toUpperCase() === other.trim().toUpperCase();

interface Addressed {
  /** The commitment. */
  value: string;
  /** The SIRET that the invoice is addressed to. */
  given: string;
  service: string | undefined;
}

/** The order is another body's or another service's: both are offered. */
function elsewhere({ value, given, service: givenService }: Addressed, { recipient, service }: Kept): Remark[] {
  const { siret = given, name } = recipient ?? {};
  if (siret === given && (!service || isSame(service.code, givenService ?? ''))) return [];
  const parameters = {
    ...{ value, siret, given },
    ...(name ? { name } : {}),
    ...(service ? { service: service.code } : {}),
    ...(service?.name ? { label: service.name } : {}),
    ...(givenService ? { givenService } : {}),
  };
  return [{ code: 'order-elsewhere', path: 'invoice.recipient', parameters }];
}

/** What has been invoiced on the order without this invoice, beside the order's amount. */
function balance({ number, type, commitment: value = '', currency, totals }: Invoice, order: Kept): Remark[] {
  const { amount: total, invoiced: all, currency: ordered = currency } = order;
  if (total === undefined || !all || ordered !== currency) return [];
  const invoiced = all.filter((one) => one.number !== number).reduce((sum, one) => sum.plus(one.amount), Big(0));
  const amount = type === 'credit-note' ? `-${totals.taxInclusive}` : totals.taxInclusive;
  const code = invoiced.plus(amount).gt(total) ? 'order-exceeded' : 'order-invoiced';
  const parameters = { value, invoiced: invoiced.toFixed(2), total, amount, currency };
  return [{ code, path: 'invoice.commitment', parameters }];
}
