/** The alarms of connections with works contracts. alarms.ts creates them. */
import type { TroubleAlarm } from './alarm-tables.ts';

export const worksUnread: TroubleAlarm = {
  name: 'works-unread',
  metric: 'WorksClosed',
  happened: {
    fr: 'Chorus Pro ne laisse pas lire la liste des pièces de travaux ; les factures sont suivies, rien n’est perdu',
    en: 'Chorus Pro does not let the list of works documents be read; invoices are followed, nothing is lost',
  },
  todo: {
    fr: 'WORKS_UNREAD dans le journal dit quelle liste, et pourquoi.',
    en: 'WORKS_UNREAD in the log says which list, and why.',
  },
};
