/** Alarms of connections that read requests to validate. alarms.ts creates them. */
import { timings } from '../../shared/facts/timings.ts';
import type { TroubleAlarm } from './alarm-tables.ts';

export const validationAlarms: readonly TroubleAlarm[] = [
  {
    name: 'validations-at-risk',
    metric: 'ValidationsAtRisk',
    happened: {
      fr: `Une demande de sous-traitant attend depuis ${timings.validationLastReminder.amount} jours ; passé le quinzième, elle est acceptée tacitement`,
      en: `A subcontractor’s request has waited for ${timings.validationLastReminder.amount} days; on the fifteenth, silence accepts it`,
    },
    todo: {
      fr: 'npx relay validations dit laquelle. Acceptez ou refusez, par l’ERP ou sur le portail.',
      en: 'npx relay validations says which. Accept or refuse it, by the ERP or on the portal.',
    },
  },
  {
    name: 'validations-stopped',
    metric: 'ValidationsStopped',
    happened: {
      fr: `Depuis ${timings.standstill.amount} heures, les demandes de validation ne sont pas lues jusqu’au bout, alors que Chorus Pro n’est pas fermé pour toutes les connexions : une nouvelle demande peut être acceptée tacitement`,
      en: `For ${timings.standstill.amount} hours the requests to validate have not been read to their end, although Chorus Pro is not closed to all connections: silence may accept a new one`,
    },
    todo: {
      fr: 'VALIDATIONS_UNREAD dans le journal dit pourquoi.',
      en: 'VALIDATIONS_UNREAD in the log says why.',
    },
  },
];
