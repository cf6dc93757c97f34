import type { Link } from '../../shared/chorus-pro/try-credentials.ts';
import { mailSubject, type OperationsMessage } from '../../shared/messaging/senders.ts';

/** Where new credentials can fail; `format` is checked before PISTE is called. */
export type RefusedAt = Link | 'format';

const refusals: Readonly<Record<RefusedAt, { fr: string; en: string }>> = {
  format: {
    fr: 'La valeur n’est pas le JSON attendu : pisteClientId, pisteClientSecret, technicalLogin, technicalPassword.',
    en: 'The value is not the JSON expected: pisteClientId, pisteClientSecret, technicalLogin, technicalPassword.',
  },
  'piste-application': {
    fr: 'PISTE refuse l’identifiant ou le secret client. Recopiez-les depuis l’onglet « Identifiants Oauth » de l’application.',
    en: 'PISTE refuses the client id or the client secret. Copy them again from the application’s tab "Identifiants Oauth".',
  },
  'api-subscription': {
    fr: 'L’application PISTE n’a souscrit à aucune API de Chorus Pro. Cochez le consentement, puis les API de l’application.',
    en: 'The PISTE application has not subscribed to any API of Chorus Pro. Tick the consent, then the application’s APIs.',
  },
  'technical-account': {
    fr: 'Chorus Pro refuse le compte technique : identifiant, mot de passe, ou mot de passe renouvelé il y a moins d’une demi-heure. N’insistez pas : le compte pourrait être verrouillé.',
    en: 'Chorus Pro refuses the technical account: its login, its password, or a password renewed less than half an hour ago. Do not keep trying: the account would be locked.',
  },
  raccordement: {
    fr: 'Le compte est reconnu, puis refusé : vérifiez que le raccordement PISTE est actif et désigne bien cette application.',
    en: 'The account is known, then refused: check that the PISTE raccordement is active and names this application.',
  },
};

const inBoth = ({ fr, en }: { fr: string; en: string }): string => `${fr}\n\n${en}\n\n`;

export const refused = (connection: string, link: RefusedAt): OperationsMessage => ({
  subject: mailSubject(connection, { fr: `identifiants refusés (${link})`, en: 'new credentials refused' }),
  text: inBoth({
    fr: `Les nouveaux identifiants de la connexion ${connection} ont été refusés ; les anciens restent en service. ${refusals[link].fr}`,
    en: `The new credentials of connection ${connection} were refused; the old ones stay in use. ${refusals[link].en}`,
  }),
});

export const takenOver = (connection: string): OperationsMessage => ({
  subject: mailSubject(connection, { fr: 'nouveaux identifiants en service', en: 'new credentials in use' }),
  text: inBoth({
    fr: `Les nouveaux identifiants de la connexion ${connection} ont été essayés et sont en service ; toutes les fonctions les utilisent dans cinq minutes au plus. Supprimez ensuite l’ancien secret client dans PISTE s’il y est encore.`,
    en: `The new credentials of connection ${connection} were tried and are in use; all functions use them within five minutes. Then delete the old client secret at PISTE if it is still there.`,
  }),
});
