/** Why the relay moves a message to the dead letters: how it gets there, and what a person does about it. */
interface Explained {
  fr: string;
  en: string;
  todo: { fr: string; en: string };
}

const correctSender = {
  fr: 'corrigez le programme qui l’envoie ; si c’était une facture, envoyez une commande correcte, puis supprimez ce message',
  en: 'correct the program that sends it. If it was meant as an invoice, send a correct command; then delete this message',
};

export const deadLetterReasons = {
  'not-json': {
    fr: 'le message n’est pas du JSON : l’ERP n’a pas été prévenu, car rien ne dit à qui s’adresser',
    en: 'the body is not JSON; the ERP was not told, since nothing says whom to tell',
    todo: correctSender,
  },
  'not-a-command': {
    fr: 'le message n’indique pas sa connexion : l’ERP n’a pas été prévenu, car rien ne dit à qui s’adresser',
    en: 'the body does not say its connection; the ERP was not told, since nothing says whom to tell',
    todo: correctSender,
  },
  'unknown-connection': {
    fr: 'une reprise (relay.resume) pour une connexion qui n’existe plus',
    en: 'a `relay.resume` for a connection that is there no longer',
    todo: {
      fr: 'reconnectez-la, puis renvoyez le message',
      en: 'connect it again, then send it back',
    },
  },
  'other-environment': {
    fr: 'l’environnement de la connexion a changé pendant que la facture attendait',
    en: 'the connection’s `environment` was switched while the invoice was parked',
    todo: {
      fr: 'rien n’en part vers l’autre environnement : utilisez plutôt une seconde connexion, comme l’indique la mise en service',
      en: 'nothing of it goes to the other environment: use a second connection instead, as the guide says',
    },
  },
  'unknown-record': {
    fr: 'la reprise (relay.resume) d’une facture absente du registre de cette connexion',
    en: 'a `relay.resume` for a record that is not in that connection’s ledger',
    todo: {
      fr: 'si le registre a été restauré, ou si le message vient d’ailleurs, supprimez-le',
      en: 'was the ledger restored, or did someone else send it? Then delete it',
    },
  },
  unexpected: {
    fr: 'le relais lui-même a échoué huit fois',
    en: 'the relay itself failed at it eight times',
    todo: {
      fr: 'le journal dit où (`UNEXPECTED`, avec l’identifiant du message) ; déployez un relais corrigé, ou réparez l’enregistrement (restore.md), puis renvoyez-le',
      en: '`UNEXPECTED` with its message id in the log says where; deploy a corrected relay, or repair the record (restore.md), then send it back',
    },
  },
} as const satisfies Record<string, Explained>;

export type DeadLetterReason = keyof typeof deadLetterReasons;

/** SQS itself moves a message after as many receipts as the queue allows. */
export const tooOften = {
  fr: 'reçu 1 000 fois : de simples reports n’atteignent pas ce nombre en 14 jours, à la différence de fonctions interrompues',
  en: '1,000 receipts; retries alone do not get there in 14 days, functions that die do',
  todo: {
    fr: 'le journal en donne la raison (`MESSAGE_RETRIED`) ; une fois la cause écartée, renvoyez-le',
    en: '`MESSAGE_RETRIED` in the log names the reason; the page about retries says what to do about it',
  },
} as const satisfies Explained;
