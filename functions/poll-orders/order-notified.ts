import Big from 'big.js';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { Order, OrderDetail } from '../../shared/chorus-pro/orders.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { frenchAmount, frenchDate } from '../../shared/invoice/amounts.ts';
import type { OrderNotified } from '../../shared/messaging/order-event.ts';

/** An order, and to which of the connection's companies or agencies it was sent. */
export interface Notified {
  connection: Pick<ConnectionSettings, 'name' | 'environment'>;
  supplier: { siret: string; name: string };
  order: Order;
  /** Absent if Chorus Pro does not show it. */
  detail: OrderDetail | undefined;
}

/** The day of its notification is part of it: an order that is notified anew, as after an amendment, is told anew. */
export const eventId = (connection: string, { number, notifiedAt }: Order): string =>
  `order#${connection}#${number}#${notifiedAt ? parisDay(notifiedAt) : ''}`;

export function orderNotified({ connection, supplier, order, detail }: Notified, now: Date): OrderNotified {
  const { name, environment } = connection;
  const { number, notifiedAt, contract, amount, currency } = order;
  const { siret, name: body } = detail?.recipient ?? {};
  const service = detail?.service ?? order.service;
  const invoiced = detail?.invoiced.reduce((sum, one) => sum.plus(one.amount), Big(0)).toFixed(2);
  return {
    specversion: '1.0',
    id: eventId(name, order),
    source: `chorus-relay/${name}`,
    type: 'chorus-relay.order.notified.v1',
    subject: `${name}/-/order ${number}`,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: {
      ...{ connection: name, environment, supplier: supplier.siret, number },
      ...(notifiedAt ? { notifiedAt: notifiedAt.toISOString() } : {}),
      recipient: {
        ...(siret ? { siret } : {}),
        ...(body ? { name: body } : {}),
        ...(service ? { service: service.code } : {}),
        ...(service?.name ? { serviceName: service.name } : {}),
      },
      ...(contract ? { contract } : {}),
      ...(amount === undefined ? {} : { amount }),
      ...(currency ? { currency } : {}),
      ...(invoiced === undefined ? {} : { invoiced }),
      actionNeeded: false,
      message: sentencesOf(supplier.name, order, { siret, service: service?.code }),
    },
  };
}

function sentencesOf(
  supplier: string,
  { number, notifiedAt, amount, currency }: Order,
  { siret, service }: { siret: string | undefined; service: string | undefined },
): { fr: string; en: string } {
  const day = notifiedAt && parisDay(notifiedAt);
  const isKnown = siret !== undefined || service !== undefined;
  return {
    fr: [
      `L’État a notifié le bon de commande ${number} à ${supplier}`,
      ...(day === undefined ? [] : [` le ${frenchDate(day)}`]),
      ...(amount === undefined ? [] : [`, d’un montant de ${frenchAmount(amount, currency)} TTC`]),
      '.',
      ...(isKnown ? [` À facturer : ${addressed(siret, service)}.`] : []),
    ].join(''),
    en: [
      `The State has notified the order ${number} to ${supplier}`,
      ...(day === undefined ? [] : [` on ${day}`]),
      ...(amount === undefined ? [] : [`, of ${amount}${currency ? ` ${currency}` : ''} with VAT`]),
      '.',
      ...(isKnown ? [` To be invoiced to: ${addressed(siret, service)}.`] : []),
    ].join(''),
  };
}

const addressed = (siret: string | undefined, service: string | undefined): string =>
  [...(siret ? [`SIRET ${siret}`] : []), ...(service ? [`service ${service}`] : [])].join(', ');
