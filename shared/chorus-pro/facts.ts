import { sendToTry, type Fact } from '../facts/fact.ts';

const poll =
  'aws lambda invoke --function-name chorus-relay-qualification-take-turns --cli-binary-format raw-in-base64-out --payload \'{"connection":"<name>"}\' poll.json';

/**
 * What we believe about Chorus Pro and PISTE and cannot look up in our own code. Tables whose rows have their own marks
 * are beside the code that reads them: operations.ts, outcome.ts (refusals), flux.ts, statuses.ts. Spans of time are in
 * shared/facts/timings.ts. docs/to-try-first.md is generated from this list and from the timings.
 */
export const chorusProFacts = {
  pausesAfterInvalidClientMs: {
    value: [200, 500, 1_000, 2_000],
    mark: 'V-LIVE',
    source:
      'FLK: PISTE refuses valid credentials at random, about once in ten; we believe the refusal after the last pause',
    toTry: {
      order: 1,
      what: 'whether PISTE gives a token, and how often it refuses a good client with invalid_client',
      command: 'npx relay credentials <name>',
    },
  },
  apiNames: {
    value: ['Transverses', 'Factures', 'Structures', 'Utilisateurs', 'FacturesTravaux'],
    mark: 'V-3P',
    source: 'PISTE calls each "AIFE - Chorus Pro - <name>" (CHP, GO); a login is tried on them in this order',
    toTry: {
      order: 2,
      what: 'every step of the chain, and which of the five APIs answers',
      command: 'npx relay check <name>',
    },
  },
  probedStructure: {
    value: '35600000000048',
    mark: 'OURS',
    source: 'La Poste’s head office; whose number it is makes no difference to whether the API answers',
  },
  duplicate: {
    value: 'we do not know the codeRetour for a number that was submitted before; the ERP gets any refusal unchanged',
    mark: 'INF',
    source: 'no source says',
    toTry: {
      order: 5,
      what: 'the codeRetour and libelle for a number that was entered on the portal before',
      command: sendToTry('invoice-entered-on-the-portal-before.json'),
    },
  },
  numberingYear: {
    value: 'unique for a supplier and the year of creation: a supplier’s setting `numbering` says how its numbers run',
    mark: 'COM',
    source:
      'AIFE’s page on invoices, as reported to us; whether the year of deposit or of the issue date counts is open',
  },
  resultCeiling: {
    value: 10_000,
    mark: 'V-3P',
    source: 'OCA for services; CS17 (2017): a search stops at 200 unless it asks for more',
    toTry: {
      order: 6,
      what: 'whether rechercher/fournisseur accepts nbResultatsMaximum above 200',
      command: poll,
    },
  },
  pageSize: {
    value: 1_000,
    mark: 'V-3P',
    source: 'OCA; Chorus Pro’s default is 10 a page, and the rest is easily overlooked',
    toTry: {
      order: 7,
      what: 'whether rechercher/fournisseur gives pages of 1,000',
      command: poll,
    },
  },
  searchOrder: {
    value: { triColonne: 'NumeroFacture', triSens: 'Ascendant' },
    mark: 'V-AIFE',
    source: 'SWF names the column; without an order the second page may not continue where the first one ended',
    toTry: {
      order: 8,
      what: 'whether rechercher/fournisseur sorts by NumeroFacture',
      command: poll,
    },
  },
  standingIsCurrent: {
    value: 'consulter/fournisseur shows the invoice itself, without delay, and not the index of the search',
    mark: 'INF',
    source: 'no source says',
    toTry: {
      order: 9,
      what: 'how long after completer consulter/fournisseur shows the new status',
      command: sendToTry('complete.json'),
    },
  },
  followsCompletion: {
    value: ['COMPLETEE', 'MISE_A_DISPOSITION'],
    mark: 'V-3P',
    source: 'SWF lists COMPLETEE; FPU: back to MISE_A_DISPOSITION',
    toTry: { order: 10, what: 'which status follows completer', command: sendToTry('complete.json') },
  },
  followsRecycling: {
    value: ['DEPOSEE', 'EN_COURS_ACHEMINEMENT', 'MISE_A_DISPOSITION'],
    mark: 'INF',
    source: 'the same statuses as for a new invoice; no source says',
    toTry: { order: 11, what: 'which status follows recycler', command: sendToTry('recycle.json') },
  },
  supplierService: {
    value: 'idServiceFournisseur is the idService that structures/rechercher/services gives for one’s own structure',
    mark: 'INF',
    source: 'SWF has the field, SWS the list; no source says that they match',
    toTry: {
      order: 12,
      what: 'whether soumettre accepts idServiceFournisseur for an agency',
      command: sendToTry('invoice-of-an-agency.json'),
    },
  },
  rejectionHandled: {
    value: 'after traiterRejet, consulter/fournisseur says rejetTraite',
    mark: 'INF',
    source: 'SWF has both, GO calls the first',
    toTry: {
      order: 13,
      what: 'whether traiterRejet sets rejetTraite, and how soon',
      command: sendToTry('acknowledge-rejection.json'),
    },
  },
  refusingStatuses: {
    value: [400, 404, 415],
    mark: 'V-AIFE',
    source: 'SWF declares them; after a call that must not be repeated, we believe only a codeRetour',
    toTry: {
      order: 14,
      what: 'whether a 400 comes with or without a codeRetour',
      command: sendToTry('invoice-to-an-unknown-validator.json'),
    },
  },
  creditNotePayment: {
    value: 'a credit note may have modePaiement, or leave it out',
    mark: 'V-AIFE',
    source: 'EX16 has it; OCA (V-3P) leaves it out, since a credit note with it was refused',
    toTry: {
      order: 15,
      what: 'whether soumettre accepts an AVOIR with modePaiement, and one without',
      command: sendToTry('credit-note.json'),
    },
  },
  otherAttachment: {
    value: 'ZZZ',
    mark: 'V-AIFE',
    source: 'EX16: "other" in AIFE’s example flows; we infer that soumettre accepts it too',
    toTry: {
      order: 16,
      what: 'whether soumettre accepts ZZZ as the type of an attachment',
      command: sendToTry('invoice-with-attachment.json'),
    },
  },
  pausesAfter401Ms: {
    value: { unproven: [1_000], proven: [1_000, 3_000] },
    mark: 'V-LIVE',
    source: 'FLK: a 401 also comes by chance, and when calls are chained too fast',
    toTry: {
      order: 18,
      what: 'how a 401 for a bad token differs from one for a bad technical account',
      command: 'npx relay check <name> --credentials wrong-password.json',
    },
  },
  failedLogins: {
    value: 5,
    mark: 'OURS',
    source: 'no source says how many lock an account; nobody should try it. So many calls are in flight at most',
  },
  turnedAway: {
    value: { 401: 'unauthorised', 403: 'api-not-subscribed', 429: 'throttled' },
    mark: 'V-LIVE',
    source:
      'INV and CHT for 401 and 403; V-3P CHT and PILOT for 429: the gateway replies before Chorus Pro sees the call',
    toTry: {
      order: 19,
      what: 'whether a 429 carries Retry-After; several checks at once provoke it',
      command: 'npx relay check <name>',
    },
  },
  quotas: {
    value: 'unknown; the setting callsPerSecond keeps the connection within them',
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
    source: 'PILOT: what the gateway replies while the platform is closed',
  },
  fileTooLarge: { value: 413, mark: 'V-AIFE', source: 'SWF' },
  longestResponse: {
    value: 40_000_000,
    mark: 'OURS',
    source:
      'bytes of a response that are read at most, so that five downloads at a time fit into a function: a file of 30 million bytes in base64. SWF: telecharger/groupe gives up to 120 million',
  },
  reportNotKnownYet: {
    value: { code: 20001, message: 'POQ_MSG_01.003' },
    mark: 'V-3P',
    source: 'right after a deposit Chorus Pro may not know it yet: this refusal means that the report is not ready',
  },
  reservedService: {
    value: 'FACTURES_PUBLIQUES',
    mark: 'V-3P',
    source: 'OCA: for invoices between public bodies; a supplier never addresses it',
  },
  reverseChargeRegime: {
    value: 'SANS_TVA',
    mark: 'R',
    source: 'no source says which typeTva a reverse charge has',
    toTry: {
      order: 21,
      what: 'which typeTva soumettre accepts for a reverse charge',
      command: sendToTry('invoice-with-reverse-charge.json'),
    },
  },
  deductions: {
    value: 'montantAPayer is what is due; retentions, penalties and advance repayments are written into commentaire',
    mark: 'INF',
    source: 'SWF has no field for them; EX16 P10 has an amount due that is not the total, and is accepted',
    toTry: {
      order: 23,
      what: 'whether soumettre accepts a montantAPayer below montantTtcTotal, and where the recipient sees the comment',
      command: sendToTry('invoice-with-retention.json'),
    },
  },
  validators: {
    value:
      'codeValideur1 validates first, codeValideur2 second; neither is the supplier, an agency of it or the recipient',
    mark: 'INF',
    source:
      'SWF names the fields; a subcontractor’s validator is the main contractor (EX16 P87), a co-contractor’s the lead',
    toTry: {
      order: 29,
      what: 'whether soumettre accepts a validator that is the supplier or the recipient',
      command:
        'none yet: the relay refuses it; by hand, soumettre with the supplier’s own SIRET as codeStructureValideur',
    },
  },
  creditNoteLines: {
    value: 'on a credit note the totals are positive; a line may be negative, and the base and the VAT at one rate',
    mark: 'INF',
    source: 'EX16 P92 to P97 have only positive amounts, and P08 (an invoice) has negative lines',
    toTry: {
      order: 24,
      what: 'whether soumettre accepts an AVOIR with a negative line, alone at its VAT rate',
      command: sendToTry('credit-note-with-negative-line.json'),
    },
  },
} as const satisfies Record<string, Fact<unknown>>;
