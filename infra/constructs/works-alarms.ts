import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ConnectionAlarm } from './alarm-tables.ts';
import { whatRecursWithin } from './alarm-window.ts';

const counted = { statistic: Stats.SUM, threshold: 1, rings: 'above', missing: 'is no fault' } as const;

/** A command that finds a wrong path is refused once: the alarm lasts a day, so that it is seen. */
const aDay = 24;

/**
 * The alarms of a connection with works contracts.
 * @param twoPolls a number of hours in which the connection is polled twice
 */
export const worksAlarms = (twoPolls: number): readonly ConnectionAlarm[] => [
  {
    ...counted,
    name: 'works-unread',
    metric: 'WorksClosed',
    // Each poll that finds the list closed is counted.
    window: whatRecursWithin(twoPolls),
    happened: {
      fr: 'Chorus Pro ne laisse pas lire la liste des pièces de travaux ; les factures sont suivies, rien n’est perdu',
      en: 'Chorus Pro does not let the list of works documents be read; invoices are followed, nothing is lost',
    },
    todo: {
      fr: 'WORKS_UNREAD dans le journal dit quelle liste, et pourquoi.',
      en: 'WORKS_UNREAD in the log says which list, and why.',
    },
  },
  {
    ...counted,
    name: 'works-path-wrong',
    metric: 'WorksPathWrong',
    window: whatRecursWithin(aDay),
    happened: {
      fr: 'Chorus Pro n’a pas de service à l’adresse supposée d’une réponse à une pièce de travaux : rien n’a été envoyé',
      en: 'Chorus Pro has nothing at the supposed path of an answer to a works document: nothing was sent',
    },
    todo: {
      fr: 'WORKS_PATH_WRONG dans le journal dit laquelle. Mettez le réglage works.answers sur « off », et répondez sur le portail.',
      en: 'WORKS_PATH_WRONG in the log says which. Set works.answers to "off", and answer on the portal.',
    },
  },
];
