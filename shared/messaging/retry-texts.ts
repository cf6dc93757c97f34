/** What each reason to retry means, and what to do about it. Functions do without it: docs and alarms say it. */
import { retryReasons, type RetryReason } from './retry-reasons.ts';

interface Explained {
  fr: string;
  en: string;
  /** What a person does about it if it lasts. */
  todo: { fr: string; en: string };
}

export const retryTexts: Readonly<Record<RetryReason, Explained>> = {
  'no-connection': {
    fr: 'Chorus Pro ou PISTE n’a pas pu être joint',
    en: 'Chorus Pro or PISTE could not be reached',
    todo: {
      fr: 'voyez les pages d’état de Chorus Pro et de PISTE ; vérifiez que la fonction peut atteindre Internet',
      en: 'see Chorus Pro’s and PISTE’s status pages; check that the function can reach the internet',
    },
  },
  'platform-down': {
    fr: 'Chorus Pro ou PISTE répond par des erreurs : la plateforme est fermée ou en panne',
    en: 'Chorus Pro or PISTE responds with errors: it is closed or broken',
    todo: {
      fr: 'rien : la file attend la réouverture de la plateforme, tout un week-end s’il le faut',
      en: 'nothing: the queue waits for the platform, over a weekend too',
    },
  },
  throttled: {
    fr: 'le quota PISTE est épuisé (429) : toute la connexion fait une pause',
    en: 'the PISTE quota is used up (429): the whole connection pauses',
    todo: {
      fr: 'augmentez le quota dans la console PISTE, ou abaissez la limite de la connexion (`callsPerSecond`)',
      en: 'raise the quota in the PISTE console, or lower the connection’s `callsPerSecond`',
    },
  },
  'slot-awaited': {
    fr: 'les appels de la connexion sont limités, et d’autres fonctions en faisaient',
    en: 'the connection’s calls are limited, and other functions were making them',
    todo: {
      fr: 'rien : la file avance au rythme que permettent la limite de la connexion (`callsPerSecond`) et cinq appels à la fois',
      en: 'nothing: the queue is worked off at the pace that `callsPerSecond` and five calls at a time allow',
    },
  },
  unauthorised: {
    fr: 'un jeton a été refusé deux fois ; la cause n’est pas encore connue',
    en: 'a token was refused twice, cause not yet known',
    todo: { fr: 'cherchez CONNECTION_SUSPENDED dans le journal', en: 'look for CONNECTION_SUSPENDED in the log' },
  },
  'token-refused': {
    fr: 'PISTE refuse l’identifiant client ou son secret',
    en: 'PISTE refuses the client id or secret',
    todo: {
      fr: 'vérifiez l’identifiant et le secret client dans la console PISTE, puis enregistrez-les de nouveau',
      en: 'check the client id and secret in PISTE’s console, then store them again',
    },
  },
  suspended: {
    fr: 'les identifiants ont été refusés : aucun appel tant qu’ils ne changent pas',
    en: 'the credentials were refused: no call until they change',
    todo: {
      fr: 'enregistrez des identifiants valables : les messages suivent dans les dix minutes, ou une demi-heure après une longue attente',
      en: 'store working credentials: the messages follow within ten minutes, or half an hour after a long wait',
    },
  },
  'api-not-subscribed': {
    fr: 'l’application PISTE n’a pas droit à cette API (403)',
    en: 'the PISTE application has no right to this API (403)',
    todo: {
      fr: 'sélectionnez l’API pour l’application PISTE dans cet environnement, et acceptez ses CGU',
      en: 'select the API for the PISTE application in this environment, and accept its CGU',
    },
  },
  'secret-missing': {
    fr: 'la connexion n’a pas d’identifiants dans Secrets Manager',
    en: 'the connection has no credentials in Secrets Manager',
    todo: {
      fr: 'enregistrez les identifiants par npx relay credentials',
      en: 'store the credentials with npx relay credentials',
    },
  },
  'settings-unreadable': {
    fr: 'les réglages enregistrés de la connexion ne sont pas ceux de cette version du relais, ou aucune connexion n’est encore enregistrée',
    en: 'the stored settings of the connection are not those of this version of the relay, or no connection is stored yet',
    todo: {
      fr: 'déployez la version pour laquelle ils ont été enregistrés, ou enregistrez-les de nouveau : `npx relay connect <nom>`',
      en: 'deploy the version that they were stored for, or store them anew: `npx relay connect <name>`',
    },
  },
  'supplier-detached': {
    fr: 'le fournisseur n’est plus rattaché au compte technique',
    en: 'the supplier is no longer attached to the technical account',
    todo: {
      fr: 'rattachez-le de nouveau dans Chorus Pro (espace « Factures émises »)',
      en: 'attach it again in Chorus Pro (space "Factures émises")',
    },
  },
  'directory-refused': {
    fr: 'Chorus Pro ne laisse pas ce compte lire son annuaire',
    en: 'Chorus Pro does not let this account read its directory',
    todo: {
      fr: 'cherchez DIRECTORY_REFUSED dans le journal ; vérifiez les droits du compte technique et ses structures dans Chorus Pro',
      en: 'look for DIRECTORY_REFUSED in the log; check the technical account’s rights and its structures in Chorus Pro',
    },
  },
  'being-sent': {
    fr: 'une autre fonction est en train de l’envoyer',
    en: 'another function holds the lease',
    todo: { fr: 'rien : sa réservation expire d’elle-même', en: 'nothing: the lease expires' },
  },
  'answer-awaited': {
    fr: 'Chorus Pro n’a pas dit s’il avait exécuté une commande : le relais en cherche d’abord l’effet',
    en: 'Chorus Pro did not say whether it carried out a command: the relay first looks for its effect',
    todo: {
      fr: 'rien : après une demi-heure sans effet, le relais renvoie la commande',
      en: 'nothing: after half an hour without effect the relay sends the command again',
    },
  },
  'draft-awaited': {
    fr: 'le décompte général est à signer, mais le relais ne sait pas encore que le projet de décompte est arrivé',
    en: 'the general statement is there to sign, but the relay does not know yet that its final draft has arrived',
    todo: {
      fr: 'rien : la commande attend le compte rendu du projet de décompte, ou que le doute soit levé',
      en: 'nothing: the command waits for the report on the draft, or for the end of its doubt',
    },
  },
  'no-time-left': {
    fr: 'il restait trop peu de temps à la fonction pour commencer un appel',
    en: 'too little of the invocation was left to start a call',
    todo: {
      fr: 'réduisez la taille des lots ou allongez le délai de la fonction',
      en: 'lower the batch size or raise the function’s timeout',
    },
  },
  'aws-unavailable': {
    fr: 'un service d’AWS n’a pas répondu',
    en: 'an AWS service did not respond',
    todo: {
      fr: 'voyez l’AWS Health Dashboard ; cherchez si AWS limite le débit des appels',
      en: 'see the AWS Health Dashboard; look for throttles',
    },
  },
  unexpected: {
    fr: 'un défaut du relais lui-même',
    en: 'a fault of the relay itself',
    todo: {
      fr: 'cherchez UNEXPECTED dans le journal ; après 8 défauts, le message rejoint les messages en erreur',
      en: 'search the log for UNEXPECTED; after 8 of them the message goes to the dead letters',
    },
  },
};

export const isRetryReason = (name: string): name is RetryReason => Object.hasOwn(retryReasons, name);

/** Every reason, with its delays in seconds and what there is to say about it. */
export const explainedRetries = Object.entries(retryReasons).flatMap(([reason, delays]) =>
  isRetryReason(reason) ? [{ reason, ...delays, ...retryTexts[reason] }] : [],
);
