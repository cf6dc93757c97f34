/** Alarms of a connection that reads requests to validate. alarms.ts creates them. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { timings } from '../../shared/facts/timings.ts';
import type { ConnectionAlarm } from './alarm-tables.ts';
import { whatRecursWithin } from './alarm-window.ts';

/** @param twoReadings hours in which the connection's requests are read twice */
export const validationAlarms = (twoReadings: number): readonly ConnectionAlarm[] => [
  {
    name: 'validations-at-risk',
    metric: 'ValidationsAtRisk',
    window: whatRecursWithin(twoReadings),
    statistic: Stats.MAXIMUM,
    threshold: 1,
    rings: 'above',
    missing: 'changes nothing',
    happened: {
      fr: `Une demande de sous-traitant attend depuis ${timings.validationLastReminder.amount} jours ; le quinzième, le silence l’accepte`,
      en: `A subcontractor’s request has waited for ${timings.validationLastReminder.amount} days; on the fifteenth, silence accepts it`,
    },
    todo: {
      fr: 'npx relay validations dit laquelle. Acceptez ou refusez, par l’ERP ou sur le portail.',
      en: 'npx relay validations says which. Accept or refuse it, by the ERP or on the portal.',
    },
  },
];
