import type { Fact } from '../facts/fact.ts';

/** In qualification, after docs/getting-connected.md: a command on the queue, then a poll. */
const send = (command: string): string =>
  `aws sqs send-message --queue-url <InvoicesQueueUrl> --message-group-id <name> --message-body file://${command}`;
const poll = 'aws lambda invoke --function-name chorus-relay-qualification-poll-statuses poll.json';

/**
 * What we hold to be true of Chorus Pro and PISTE and cannot look up in our own code. Tables whose rows bear their own
 * marks are beside the code that reads them: operations.ts, outcome.ts (refusals), flux.ts, statuses.ts. Spans of time
 * are in shared/facts/timings.ts. Both lists make docs/to-try-first.md.
 */
export const chorusProFacts = {
  pausesAfterInvalidClientMs: {
    value: [200, 500, 1_000, 2_000],
    mark: 'V-LIVE',
    source:
      'FLK: PISTE refuses valid credentials at random, about once in ten; one more refusal than pauses is believed',
    toTry: {
      order: 1,
      what: 'whether PISTE gives a token, and how often it refuses a good client with invalid_client',
      command: 'npm run credentials -- <name>',
    },
  },
  apiNames: {
    value: ['Transverses', 'Factures', 'Structures', 'Utilisateurs', 'FacturesTravaux'],
    mark: 'V-3P',
    source: 'PISTE calls each "AIFE - Chorus Pro - <name>" (CHP, GO); in this order a login is tried',
    toTry: {
      order: 2,
      what: 'every step of the chain, and which of the five APIs answers',
      command: 'npm run check -- <name>',
    },
  },
  duplicate: {
    value: 'the codeRetour of a number that was submitted before is not known; any refusal is told as it came',
    mark: 'INF',
    source: 'no source tells it',
    toTry: {
      order: 5,
      what: 'the codeRetour and libelle for a number that was entered on the portal before',
      command: send('invoice-entered-on-the-portal-before.json'),
    },
  },
  resultCeiling: {
    value: 10_000,
    mark: 'V-3P',
    source: 'OCA for services; CS17 (2017): a search stops at 200 unless told otherwise',
    toTry: {
      order: 6,
      what: 'whether rechercher/fournisseur takes nbResultatsMaximum above 200',
      command: poll,
    },
  },
  pageSize: {
    value: 1_000,
    mark: 'V-3P',
    source: 'OCA; Chorus Pro’s default is 10 a page, which hides the rest from whoever forgets it',
    toTry: {
      order: 7,
      what: 'whether rechercher/fournisseur gives pages of 1,000',
      command: poll,
    },
  },
  searchOrder: {
    value: { triColonne: 'NumeroFacture', triSens: 'Ascendant' },
    mark: 'V-AIFE',
    source: 'SWF names the column; without an order nothing says that a second page goes on where the first one ended',
    toTry: {
      order: 8,
      what: 'whether rechercher/fournisseur sorts by NumeroFacture',
      command: poll,
    },
  },
  standingIsCurrent: {
    value: 'consulter/fournisseur shows the invoice itself, at once, and not the index of the search',
    mark: 'INF',
    source: 'no source tells it',
    toTry: {
      order: 9,
      what: 'how long after completer consulter/fournisseur shows the new status',
      command: send('complete.json'),
    },
  },
  followsCompletion: {
    value: ['COMPLETEE', 'MISE_A_DISPOSITION'],
    mark: 'V-3P',
    source: 'SWF lists COMPLETEE; FPU: back to MISE_A_DISPOSITION',
    toTry: { order: 10, what: 'which status follows completer', command: send('complete.json') },
  },
  followsRecycling: {
    value: ['DEPOSEE', 'EN_COURS_ACHEMINEMENT', 'MISE_A_DISPOSITION'],
    mark: 'INF',
    source: 'the way of a new invoice; no source tells it',
    toTry: { order: 11, what: 'which status follows recycler', command: send('recycle.json') },
  },
  supplierService: {
    value: 'idServiceFournisseur is the idService that structures/rechercher/services gives for one’s own structure',
    mark: 'INF',
    source: 'SWF has the field, SWS the list; nobody says that they fit',
    toTry: {
      order: 12,
      what: 'whether soumettre takes idServiceFournisseur of an agency',
      command: send('invoice-of-an-agency.json'),
    },
  },
  rejectionHandled: {
    value: 'after traiterRejet, consulter/fournisseur says rejetTraite',
    mark: 'INF',
    source: 'SWF has both, GO calls the first',
    toTry: {
      order: 13,
      what: 'whether traiterRejet sets rejetTraite, and how soon',
      command: send('acknowledge-rejection.json'),
    },
  },
  refusingStatuses: {
    value: [400, 404, 415],
    mark: 'V-AIFE',
    source: 'SWF declares them; on a call that counts, only a codeRetour is believed',
    toTry: {
      order: 14,
      what: 'whether a 400 comes with or without a codeRetour',
      command: send('invoice-to-an-unknown-validator.json'),
    },
  },
  creditNotePayment: {
    value: 'modePaiement stays on credit notes',
    mark: 'V-AIFE',
    source: 'EX16 has it; OCA saw one refused for it',
    toTry: { order: 15, what: 'whether soumettre takes an AVOIR with modePaiement', command: send('credit-note.json') },
  },
  otherAttachment: {
    value: 'ZZZ',
    mark: 'V-AIFE',
    source: 'EX16: "other" in AIFE’s example flows; that soumettre takes it too is inferred',
    toTry: {
      order: 16,
      what: 'whether soumettre takes ZZZ as the type of an attachment',
      command: send('invoice-with-attachment.json'),
    },
  },
  pausesAfter401Ms: {
    value: { unproven: [1_000], proven: [1_000, 3_000] },
    mark: 'V-LIVE',
    source: 'FLK: a 401 also comes by chance, and when calls are chained too fast',
    toTry: {
      order: 18,
      what: 'how a 401 for a bad token differs from one for a bad technical account',
      command: 'npm run check -- <name> --credentials wrong-password.json',
    },
  },
  turnedAway: {
    value: { 401: 'unauthorised', 403: 'api-not-subscribed', 429: 'throttled' },
    mark: 'V-LIVE',
    source:
      'INV and CHT for 401 and 403; V-3P CHT and PILOT for 429: the gateway answers before Chorus Pro sees the call',
    toTry: {
      order: 19,
      what: 'whether a 429 carries Retry-After; several checks at once bring it about',
      command: 'npm run check -- <name>',
    },
  },
  quotas: {
    value: 'unknown; the setting callsPerSecond keeps whatever they are',
    mark: 'V-3P',
    source: 'only PISTE’s console shows an application’s quotas, and they may change',
    toTry: {
      order: 20,
      what: 'the quotas that PISTE’s console shows for the application, for callsPerSecond in connections/<name>.json',
      command: 'none: PISTE’s portal, the page of the application',
    },
  },
  downStatuses: {
    value: [502, 503, 504],
    mark: 'V-3P',
    source: 'PILOT: the gateway’s words for a closed platform',
  },
  fileTooLarge: { value: 413, mark: 'V-AIFE', source: 'SWF' },
  reportNotKnownYet: {
    value: { code: 20001, message: 'POQ_MSG_01.003' },
    mark: 'V-3P',
    source: 'right after a deposit Chorus Pro may not know it yet: that refusal is a report still to come',
  },
  reservedService: {
    value: 'FACTURES_PUBLIQUES',
    mark: 'V-3P',
    source: 'OCA: for dealings among public bodies, never a service to address',
  },
  reverseChargeRegime: {
    value: 'SANS_TVA',
    mark: 'R',
    source: 'no source tells which typeTva a reverse charge has',
    toTry: {
      order: 21,
      what: 'which typeTva soumettre takes for a reverse charge',
      command: send('invoice-with-reverse-charge.json'),
    },
  },
} as const satisfies Record<string, Fact<unknown>>;
