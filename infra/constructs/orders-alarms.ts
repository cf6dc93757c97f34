/** The alarms about the State's orders, for the connections whose settings have them read. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ConnectionAlarm } from './alarm-tables.ts';

export const ordersUnread: ConnectionAlarm = {
  name: 'orders-unread',
  metric: 'OrdersUnread',
  // One morning may pass: Chorus Pro may be closed, and the next reading goes on from there.
  window: { period: Duration.days(1), periods: 2 },
  statistic: Stats.MINIMUM,
  threshold: 1,
  rings: 'above',
  missing: 'changes nothing',
  happened: {
    fr: 'Depuis deux jours, les bons de commande de l’État ne peuvent pas être lus',
    en: 'For two days the State’s orders could not be read',
  },
  todo: {
    fr: 'ORDERS_NOT_SUBSCRIBED dans le journal : cochez l’API EngagementJuridique dans PISTE. ORDERS_UNREAD dit le reste.',
    en: 'ORDERS_NOT_SUBSCRIBED in the log: select the API EngagementJuridique at PISTE. ORDERS_UNREAD says the rest.',
  },
};
