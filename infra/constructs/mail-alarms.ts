/** The alarm about the morning mail, for the connections that have it. */
import type { TroubleAlarm } from './alarm-tables.ts';

export const morningMailMissed: TroubleAlarm = {
  name: 'morning-mail-missed',
  metric: 'MorningMailMissed',
  happened: {
    fr: 'Le courriel du matin n’est pas parvenu à l’un de ses destinataires',
    en: 'The morning mail did not reach one of its addressees',
  },
  todo: {
    fr: 'MORNING_MAIL_MISSED dans le journal dit pourquoi ; le plus souvent, l’adresse n’est pas confirmée.',
    en: 'MORNING_MAIL_MISSED in the log says why; mostly the address is not confirmed.',
  },
};
