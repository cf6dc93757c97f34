/** What the alarms say: what happened, and the first thing to do. alarm-tables.ts has the rest of what tables say. */
import { timings } from '../../shared/facts/timings.ts';
import type { Sentence } from './alarm-description.ts';

/** What to do about the dead letters of a queue. */
const givenUp: Readonly<Record<string, Sentence>> = {
  invoices: {
    fr: 'npx relay dead-letters dit pourquoi. Levez la cause, puis renvoyez-le.',
    en: 'npx relay dead-letters says why. Remove the cause, then send it back.',
  },
  schedules: {
    fr: 'Il dit pourquoi la fonction n’a pas pu être appelée. Levez la cause ; il n’y a rien à renvoyer.',
    en: 'It says why the function could not be called. Remove the cause; nothing needs to be sent back.',
  },
};
const eventsGivenUp: Sentence = {
  fr: 'Voyez pourquoi l’ERP n’a pas pu le lire, levez la cause, renvoyez-le.',
  en: 'See why the ERP could not take it, remove the cause, send it back.',
};

/** For whoever reads a mail of CloudWatch, which names no connection; the command leaves it out where it names them. */
export const askWhichConnection: Sentence = {
  fr: 'Connexions concernées : npx relay alarms.',
  en: 'Which connection: npx relay alarms.',
};

export const alarmTexts = {
  deadLetters: (name: string): Sentence => {
    const todo = givenUp[name] ?? eventsGivenUp;
    return {
      fr: `Un message de la file ${name} n’a pas pu être traité et se trouve dans la file des messages en erreur. ${todo.fr}`,
      en: `A message of ${name} could not be processed and is in the dead-letter queue. ${todo.en}`,
    };
  },
  invoicesWait: {
    fr: 'Une facture attend depuis quatre jours, plus qu’un week-end de fermeture ; après quatorze, elle est perdue. Voyez pourquoi elle est reportée.',
    en: 'An invoice has waited for four days, longer than a closed weekend; after fourteen it is lost. See why it is retried.',
  },
  invoicesUntaken: {
    fr: 'Depuis une heure, la fonction submit-invoice ne prend pas les factures qui attendent. Vérifiez que sa liaison avec la file (event source mapping) est activée.',
    en: 'For an hour there were invoices that submit-invoice did not take. Check that its event source mapping is enabled.',
  },
  erpInboxUnread: {
    fr: 'L’ERP n’a pas lu ses événements depuis un jour ; après quatorze jours, ils sont perdus. Vérifiez que l’ERP les lit.',
    en: 'The ERP has not read its events for a day; after fourteen days they are lost. Look at the ERP.',
  },
  failed: (name: string, effect: Sentence, todo: Sentence): Sentence => ({
    fr: `La fonction ${name} a échoué : ${effect.fr}. ${todo.fr}`,
    en: `${name} failed: ${effect.en}. ${todo.en}`,
  }),
  throttled: (name: string): Sentence => ({
    fr: `AWS n’a pas laissé ${name} s’exécuter : le compte a épuisé ses exécutions simultanées. Voyez ce qui les occupe ; rien n’est perdu en attendant.`,
    en: `AWS did not let ${name} run: the account’s concurrency is used up. See who uses it; nothing is lost meanwhile.`,
  }),
  nearTimeout: (name: string, effect: Sentence): Sentence => ({
    fr: `La fonction ${name} a utilisé presque tout le temps qui lui est accordé ; si elle est interrompue, ${effect.fr}. Voyez quels appels sont longs.`,
    en: `${name} ran almost as long as it may: ${effect.en} if it is cut off. See which calls take long.`,
  }),
  takeTurnsSilent: {
    fr: 'Aucune connexion n’a eu son tour : aucun état n’arrive, et les doutes ne sont pas levés. Vérifiez la planification give-turns et la file turns.',
    en: 'No connection has had its turn: no status arrives, and doubts are not resolved. Check the schedule give-turns and the queue turns.',
  },
  watchCredentialsSilent: {
    fr: 'Depuis deux jours, la fonction watch-credentials n’a pas été appelée : des identifiants peuvent expirer sans qu’on le voie. Vérifiez que sa planification est active.',
    en: 'For two days watch-credentials has not been called: credentials may expire unnoticed. Check that its schedule is enabled.',
  },
  unknownStatus: {
    fr: 'Chorus Pro a donné un état que le relais ne connaît pas. Cherchez STATUS_UNKNOWN dans le journal et ajoutez l’état au tableau.',
    en: 'Chorus Pro gave a status that the relay does not know. Search the log for STATUS_UNKNOWN and add it to the table.',
  },
  unexpected: {
    fr: 'Un défaut du relais lui-même a arrêté une facture, et rien d’autre. Cherchez UNEXPECTED dans le journal.',
    en: 'A fault of the relay itself stopped one invoice and nothing else. Search the log for UNEXPECTED.',
  },
  retried: (happened: Sentence, todo: Sentence): Sentence => ({
    fr: `Des factures attendent : ${happened.fr}. Pour commencer : ${todo.fr}.`,
    en: `${happened.en}, and invoices wait for it. First thing: ${todo.en}.`,
  }),
  platformDown: {
    fr: 'Depuis des heures, Chorus Pro ou PISTE ne répond pour aucune connexion : la plateforme est fermée. Voyez sa page d’état ; les factures attendent.',
    en: 'For hours Chorus Pro or PISTE has responded to no poll of any connection: it is closed. See its status page; invoices wait.',
  },
  inDoubt: {
    fr: 'Une facture s’est perdue plusieurs fois en route vers Chorus Pro. DOUBT_STUCK, DOUBT_LASTS et FILE_INCIDENT dans le journal disent laquelle ; cherchez-la sur le portail.',
    en: 'An invoice was lost on its way to Chorus Pro several times. DOUBT_STUCK, DOUBT_LASTS and FILE_INCIDENT in the log say which; look for it on the portal.',
  },
  worksPathWrong: {
    fr: 'Chorus Pro n’a pas de service à l’adresse supposée d’une réponse à une pièce de travaux : rien n’a été envoyé. WORKS_PATH_WRONG dans le journal dit laquelle. Mettez le réglage works.answers de la connexion sur « off », et répondez sur le portail.',
    en: 'Chorus Pro has nothing at the supposed path of an answer to a works document: nothing was sent. WORKS_PATH_WRONG in the log says which. Set the connection’s works.answers to "off", and answer on the portal.',
  },
  ofOneConnection: (happened: Sentence, todo: Sentence): Sentence => ({
    fr: `${happened.fr}. ${askWhichConnection.fr} ${todo.fr}`,
    en: `${happened.en}. ${askWhichConnection.en} ${todo.en}`,
  }),
  interestRatesEnd: {
    fr: `Le tableau des taux de la BCE s’arrête dans ${timings.interestRatesNotice.amount} jours ou moins : ensuite, les intérêts moratoires des nouveaux retards ne sont plus calculés. Ajoutez le taux du semestre suivant dès qu’il est connu.`,
    en: `The table of the ECB’s rates ends within ${timings.interestRatesNotice.amount} days: after that, no interest is counted on what becomes late. Add the next half-year’s rate once it is known.`,
  },
  keyInDanger: (stage: string): Sentence => ({
    fr: `La clé de chorus-relay ${stage} a été désactivée, ou sa suppression a été programmée : rien ne peut plus être envoyé ni lu.`,
    en: `The key of chorus-relay ${stage} was disabled, or its deletion was planned: nothing can be sent or read.`,
  }),
  aFault: {
    fr: 'C’est un défaut du relais lui-même : cherchez UNEXPECTED dans son journal.',
    en: 'A fault of the relay itself: look for UNEXPECTED in its log.',
  },
};
