/** The alarms about the State's orders, for the connections whose settings have them read. */
import type { TroubleAlarm } from './alarm-tables.ts';

/** Chorus Pro may be closed one morning, and the next reading goes on from there. */
export const ordersUnread: TroubleAlarm = {
  name: 'orders-unread',
  metric: 'OrdersUnread',
  happened: {
    fr: 'Depuis deux jours, les bons de commande de l’État ne sont pas lus',
    en: 'For two days the State’s orders have not been read',
  },
  todo: {
    fr: 'ORDERS_NOT_SUBSCRIBED dans le journal : cochez l’API EngagementJuridique dans PISTE. ORDERS_UNREAD dit le reste.',
    en: 'ORDERS_NOT_SUBSCRIBED in the log: select the API EngagementJuridique at PISTE. ORDERS_UNREAD says the rest.',
  },
};
