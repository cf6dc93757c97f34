import { timing, type Timing } from './fact.ts';

const ours = { mark: 'OURS', source: 'chorus-relay' } as const;

const publicProcurementCode = (article: string) =>
  ({ mark: 'V-3P', source: `code de la commande publique, art. ${article}, as third parties reproduce it` }) as const;

/**
 * Every window, margin, overlap and pause of the relay, each defined once. The delays of retried messages are beside
 * their reasons, in shared/messaging/retry-reasons.ts.
 */
export const timings = {
  // Sending
  reserveAfterCalls: timing(3, 'seconds', {
    ...ours,
    why: 'no call uses the last seconds of an invocation: they are for writing the ledger and responding',
  }),
  leaseMargin: timing(30, 'seconds', {
    ...ours,
    why: 'a lease lasts this much longer than its invocation, so that a difference between clocks cannot end it too early',
  }),
  parkedOverdue: timing(24, 'hours', {
    ...ours,
    why: 'if the message of an accepted invoice never comes back, the invoice is queued again after this, then once a day',
  }),
  requeuedOverdue: timing(1, 'hours', {
    ...ours,
    why: 'the same for an invoice that the relay itself queued again: that message may be lost too',
  }),
  uploadKept: timing(24, 'hours', {
    mark: 'INF',
    source: 'no source says how long Chorus Pro keeps an uploaded file that no invoice uses',
    why: 'an attempt after an upload uses it within this time; if Chorus Pro then refuses, all is uploaded anew first',
    toTry: {
      order: 28,
      what: 'whether soumettre accepts a PDF that was uploaded a day before',
      command: 'none yet: a call to deposer/pdf, and a day later soumettre with its pieceJointeId',
    },
  }),
  publishingGrace: timing(1, 'minutes', {
    ...ours,
    why: 'the function that wrote an event has this long to publish it before a poll does so',
  }),

  // In doubt
  firstLook: timing(1, 'minutes', { ...ours, why: 'the next poll looks for an invoice in doubt for the first time' }),
  settlingAfterPdf: timing(30, 'minutes', {
    mark: 'INF',
    source: 'no source says how late the search shows an invoice',
    why: 'until then absence proves nothing: Chorus Pro may still process a request that timed out, and the search lags',
    toTry: {
      order: 3,
      what: 'how long after soumettre the search by number shows the invoice',
      command:
        'invoice.submit on the queue, then each minute aws lambda invoke … take-turns, until its `seen` counts the invoice',
    },
  }),
  settlingAfterFile: timing(12, 'hours', {
    mark: 'V-3P',
    source: 'users’ reports: a file is processed in minutes, at times in hours',
    why: 'Chorus Pro may create an invoice this long after the deposit of its file',
  }),
  settlingAfterRefusal: timing(48, 'hours', {
    ...ours,
    why: 'the refusal of a repeated attempt probably means that the invoice exists: the search gets the longest time to show it',
  }),
  settlingAfterTurnedAway: timing(30, 'minutes', {
    mark: 'INF',
    source: 'as settlingAfterPdf',
    why: 'the same if every attempt before was turned away by the gateway: the refusal is hardly a duplicate’s',
  }),
  longDoubt: timing(24, 'hours', {
    ...ours,
    why: 'after this the ERP hears that an invoice is still in doubt, then once a day, while the relay goes on trying',
  }),
  lookInterval: timing(1, 'hours', {
    ...ours,
    why: 'how often the relay looks for an invoice within a long settling window',
  }),
  stuckPause: timing(24, 'hours', {
    ...ours,
    why: 'the ERP is reminded once a day of an invoice that a person must look at',
  }),
  clockSkew: timing(10, 'minutes', {
    mark: 'INF',
    source: 'no source; Chorus Pro’s histories show minutes only',
    why: 'how far Chorus Pro’s clock may be behind ours',
  }),
  newYearSlack: timing(1, 'days', {
    mark: 'OURS',
    source: 'our own choice',
    why: 'an issue date may be shown as the day before, if it is read in another time zone: only that far is it the same invoice',
  }),

  // Commands about an invoice
  settlingAfterCommand: timing(30, 'minutes', {
    mark: 'INF',
    source: 'as settlingAfterPdf',
    why: 'an invoice that looks unchanged may still be changed by a request that got no reply',
  }),
  commandClockSkew: timing(2, 'minutes', {
    mark: 'INF',
    source: 'no source; Chorus Pro’s histories show minutes only',
    why: 'a status may be dated a little before the command that led to it; a wider margin would include earlier statuses',
  }),

  wrongPathKept: timing(30, 'days', {
    ...ours,
    why: 'how long a path that Chorus Pro does not have is not called again: a mistake of the gateway must not last for ever',
  }),

  // Reading what changed
  pollOverlap: timing(1, 'hours', {
    mark: 'INF',
    source: 'no source says how late the search shows a change',
    why: 'each poll reads the last hour again: the search shows some rows late, under their own date, and clocks differ',
    toTry: {
      order: 4,
      what: 'how late rechercher/fournisseur shows a change of status',
      command: 'a change on the portal, then each minute aws lambda invoke … take-turns, until its `seen` counts it',
    },
  }),
  firstPollReach: timing(24, 'hours', {
    ...ours,
    why: 'how far back a connection’s first poll reads: a day covers what was sent before it',
  }),
  secondReadingInterval: timing(6, 'hours', {
    ...ours,
    why: 'a change that the search shows later than the overlap is read within this after it is shown',
  }),
  secondReadingReach: timing(5, 'days', {
    ...ours,
    why: 'how late the search may show a change: a second reading begins this long before the one before ended',
  }),
  longestPollWindow: timing(12, 'hours', {
    ...ours,
    why: 'the longest period that is read at once, after a closure of Chorus Pro',
  }),
  shortestPollWindow: timing(1, 'seconds', { ...ours, why: 'a window with too many changes is halved, down to this' }),
  standstill: timing(6, 'hours', {
    ...ours,
    why: 'readings of one connection that come to nothing for so long need a person; Chorus Pro often closes for a night',
  }),
  closedToAll: timing(1, 'hours', {
    ...ours,
    why: 'if no reading of any connection got through for so long, the platform is closed, and no connection is alone with its trouble',
  }),
  leftForChanges: timing(20, 'seconds', {
    ...ours,
    why: 'what is left of a turn for reading what changed, however many records are due',
  }),
  quietAfter: timing(7, 'days', {
    ...ours,
    why: 'a connection without an open invoice is read as often as before for so long: one may be suspended after its payment',
  }),
  quietPoll: timing(6, 'hours', {
    ...ours,
    why: 'then it is read this seldom; from the first turn after a deposit at each turn',
  }),
  quietSecondReading: timing(24, 'hours', {
    ...ours,
    why: 'how often such a connection’s last days are read again: only invoices that are finished could still change',
  }),

  // Turns of the connections
  connectionTurn: timing(60, 'seconds', {
    ...ours,
    why: 'a turn is cut off after this: a connection that hangs takes one of the places for a moment of its interval',
  }),
  reserveAfterTurn: timing(15, 'seconds', {
    ...ours,
    why: 'a turn makes no call so shortly before: one whose connection hangs ends by itself, and is no fault of the relay',
  }),
  connectionTurnAgain: timing(6, 'minutes', {
    ...ours,
    why: 'a turn whose function failed is taken again after this: six times the longest turn, as AWS recommends',
  }),
  connectionTurnKept: timing(15, 'minutes', {
    ...ours,
    why: 'a turn that nobody took is forgotten after this: after an outage the queue holds no turns of days ago',
  }),

  // Reports on files, and silent invoices
  reportInterval: timing(5, 'minutes', {
    ...ours,
    why: 'how often a report is read until it is final; the search may not show a new invoice at once',
  }),
  reportOverdue: timing(3, 'days', {
    mark: 'V-3P',
    source: 'users’ reports: minutes, at times hours',
    why: 'after this a person should ask Chorus Pro',
  }),
  silentInvoice: timing(10, 'days', {
    ...ours,
    why: 'a followed invoice is looked up individually if the polls show no change for this long',
  }),
  paymentTerm: timing(30, 'days', {
    ...publicProcurementCode('R. 2192-10'),
    why: 'the State and local bodies must pay within this time after they received the invoice',
  }),
  paymentTermOfHealth: timing(50, 'days', {
    ...publicProcurementCode('R. 2192-11, 1°'),
    why: 'the same for public health establishments and the health service of the armed forces',
  }),
  paymentTermOfEnterprises: timing(60, 'days', {
    ...publicProcurementCode('R. 2192-11, 2°'),
    why: 'the same for public enterprises, and the longest term: it serves for a body of unknown kind',
  }),
  interestRatesNotice: timing(10, 'days', {
    ...ours,
    why: 'the operators hear this long before the table of interest rates ends: by then the ECB has decided for the last time before the next half-year',
  }),
  newPaymentTerm: timing(30, 'days', {
    ...publicProcurementCode('R. 2192-29'),
    why: 'after a suspension, the recipient has this long, or what was left of the term if that is more',
  }),

  // Works contracts
  worksMonthlyDraft: timing(7, 'days', {
    mark: 'V-AIFE',
    source: 'page "bonne pratique … maîtrises d’œuvre"',
    why: 'the project manager has this long to answer a monthly draft; the payment term runs from its deposit with him',
  }),
  worksFinalDraft: timing(30, 'days', {
    mark: 'R',
    source: 'CCAG Travaux of 2021, art. 12.3.2',
    why: 'from the acceptance of the works, which Chorus Pro does not show: the final draft must be deposited by then',
  }),
  worksFinalDraftOf2009: timing(45, 'days', {
    mark: 'R',
    source: 'CCAG Travaux of 2009 before it was changed in 2014, art. 13.3.2',
    why: 'the same in a contract under that text; the contract says which text holds',
  }),
  worksGeneralStatement: timing(30, 'days', {
    mark: 'R',
    source: 'CCAG Travaux of 2021, art. 12.4.2',
    why: 'the works owner must answer a final draft with his general statement; after this the tacit procedure is open',
  }),
  worksSignature: timing(30, 'days', {
    mark: 'R',
    source: 'CCAG Travaux of 2021, art. 12.4.3',
    why: 'the main contractor must return the general statement signed, with or without reservations',
  }),
  worksTacitDraft: timing(10, 'days', {
    mark: 'R',
    source: 'CCAG Travaux of 2021, art. 12.4.4',
    why: 'if the works owner does not answer a tacit draft with his general statement, it becomes the general statement',
  }),

  // A subcontractor's request to validate
  validationPeriod: timing(15, 'days', {
    mark: 'V-AIFE',
    source:
      'AIFE’s page "gérer les factures de sous-traitance et de cotraitance"; for defence, code de la commande publique, art. R. 2393-34-1: fifteen days from the deposit',
    why: 'the main contractor or the lead answers a request to validate within this, an invoice or a draft; its silence accepts',
    toTry: {
      order: 35,
      what: 'whether Chorus Pro counts the fifteen days by the calendar or to the hour, and how a second validator’s run',
      command: 'npx relay validations <name> (on the days around the fifteenth)',
    },
  }),
  validationReminder: timing(10, 'days', {
    ...ours,
    why: 'so long after the deposit the ERP hears that a request still waits for an answer',
  }),
  validationLastReminder: timing(13, 'days', {
    ...ours,
    why: 'the last reminder before the silence accepts; from then on an alarm rings',
  }),
  validationGap: timing(1, 'days', {
    ...ours,
    why: 'a company’s requests were not read for longer: what was deposited and has ended meanwhile is looked for',
  }),
  validationKept: timing(30, 'days', {
    ...ours,
    why: 'how long an ended request is remembered: longer than a queue keeps a command about it',
  }),

  // Calls
  shortestCall: timing(1, 'seconds', { ...ours, why: 'a call is not started with less time than this' }),
  longestCall: timing(30, 'seconds', { ...ours, why: 'no call waits longer for its response' }),
  breakerPause: timing(1, 'minutes', {
    ...ours,
    why: 'once the platform was seen down, no call tries it again before this',
  }),
  turnLease: timing(150, 'seconds', {
    ...ours,
    why: 'a function leases its place among a connection’s calls for this long: one write, whatever the number of calls',
  }),
  turnQueue: timing(30, 'seconds', {
    ...ours,
    why: 'how long a function that waits for a place is remembered among those that wait',
  }),
  turnPoll: timing(2, 'seconds', { ...ours, why: 'how often a function without a place asks again' }),
  turnPace: timing(10, 'seconds', {
    ...ours,
    why: 'the longest that a call waits for a place, or for its turn in `callsPerSecond`; otherwise its message comes again',
  }),
  turnMargin: timing(5, 'seconds', {
    ...ours,
    why: 'a leased share outlasts its calls by this: if clocks differ by more, a sixth call may be in flight',
  }),
  throttlePause: timing(30, 'seconds', {
    ...ours,
    why: 'a connection’s first pause after a 429 without a longer Retry-After; each further one is twice as long',
  }),
  longestThrottlePause: timing(15, 'minutes', {
    ...ours,
    why: 'the longest of these pauses: once PISTE’s quota is free again, calls go on within this',
  }),
  outageFirstPause: timing(1, 'minutes', {
    ...ours,
    why: 'one operation fails for everybody: the first trial call comes after this, and each further pause is twice as long',
  }),
  outageLongestPause: timing(1, 'hours', { ...ours, why: 'the longest pause between two trial calls of an operation' }),
  outageCache: timing(5, 'minutes', {
    ...ours,
    why: 'how long a warm function may overlook that another one saw an operation fail, or work again',
  }),
  suspension: timing(1, 'hours', {
    ...ours,
    why: 'refused credentials are not used for this long, so that failed logins do not lock the technical account',
  }),
  longestSuspension: timing(24, 'hours', {
    ...ours,
    why: 'after the fifth failed login each suspension is twice as long as the one before, up to this',
  }),
  suspensionCache: timing(1, 'minutes', {
    ...ours,
    why: 'how long a warm function may overlook that another one suspended the connection',
  }),
  tokenMargin: timing(4, 'minutes', {
    mark: 'V-3P',
    source: 'OCA: 240 s',
    why: 'a token (valid for one hour) is renewed this long before it expires, so that it does not expire during a call',
  }),
  pauseBeforeLogin: timing(1, 'seconds', {
    mark: 'V-LIVE',
    source: 'FLK: a 401 also comes when calls are chained too fast',
    why: 'a pause before each login that is tried, so that a 401 is not due to the pace of the calls',
  }),
  directoryCache: timing(24, 'hours', { ...ours, why: 'how old a cached directory entry may be' }),
  directoryReread: timing(1, 'minutes', {
    ...ours,
    why: 'how old a cached directory entry may be if an invoice would be refused because of it',
  }),
  directoryKept: timing(400, 'days', {
    ...ours,
    why: 'an entry that was not read again for so long is forgotten: lists show the recipient’s name while a retention of a year is held back',
  }),
  technicalPasswordLife: timing(424, 'days', {
    mark: 'V-AIFE',
    source: 'page "creation of a technical account"; V-3P INV',
    why: 'a technical account’s password expires after this',
    toTry: {
      order: 17,
      what: 'whether structures/consulter gives dateExpirationMotPasseCompteTech',
      command: 'npx relay check <name>',
    },
  }),

  // The State's orders
  orderLookUp: timing(3, 'seconds', {
    ...ours,
    why: 'how long an invoice waits for what the State’s order book says of its commitment; then it is sent without',
  }),
  orderCache: timing(1, 'hours', {
    ...ours,
    why: 'how old a kept order may be: what has been invoiced on it changes with each invoice',
  }),
  orderPause: timing(10, 'minutes', {
    ...ours,
    why: 'after a failed look-up of an order, none is tried for this long: invoices do not wait for it again and again',
  }),
  orderFirstReach: timing(30, 'days', {
    ...ours,
    why: 'how far back the first reading of a company’s orders goes',
  }),
  orderOverlap: timing(5, 'days', {
    mark: 'INF',
    source: 'no source says how late the search shows an order',
    why: 'each reading of orders reads the last days again: the search may show an order late, under its own date',
  }),
  ordersUnread: timing(50, 'hours', {
    ...ours,
    why: 'orders are read each morning; after two mornings without, a person must look (a day may have 25 hours)',
  }),

  // Reminders of credentials to renew
  firstReminder: timing(14, 'days', {
    ...ours,
    why: 'people and the ERP are first reminded this long before a credential expires',
  }),
  secondReminder: timing(7, 'days', { ...ours, why: 'the second reminder before the expiry' }),
  thirdReminder: timing(3, 'days', { ...ours, why: 'the third reminder before the expiry' }),
  lastReminder: timing(1, 'days', { ...ours, why: 'the last reminder before the expiry; from then on, one every day' }),
  sameExpiry: timing(2, 'days', {
    ...ours,
    why: 'Chorus Pro’s expiry date and the one that we count ourselves may differ by this; a larger difference means a new credential',
  }),
  credentialsRun: timing(15, 'minutes', {
    ...ours,
    why: 'the daily look at all connections’ credentials may run as long as AWS lets a function: some 18,000 connections',
  }),

  // Reminders of retentions
  retentionNotice: timing(30, 'days', {
    ...ours,
    why: 'the ERP is reminded of a retention this long before the day of its release, and again on that day',
  }),

  // The desk
  deskSession: timing(8, 'hours', {
    ...ours,
    why: 'a working day: who signed in at the desk longer ago signs in again, whatever the token says',
  }),
  deskIdle: timing(30, 'minutes', {
    ...ours,
    why: 'the desk signs out whoever has touched neither mouse nor keyboard for so long',
  }),

  // AWS
  awsConnection: timing(1, 'seconds', { ...ours, why: 'without it the SDK would wait forever for a connection' }),
  awsRequest: timing(5, 'seconds', { ...ours, why: 'without it the SDK would wait forever for a response' }),
  credentialsCache: timing(5, 'minutes', {
    ...ours,
    why: 'new credentials are in use everywhere within this, without a deployment',
  }),
  connectionCache: timing(1, 'minutes', {
    ...ours,
    why: 'changed settings of a connection are in use everywhere within this, and so is that it was disconnected',
  }),
  unknownConnection: timing(1, 'seconds', {
    ...ours,
    why: 'a name that is not connected is looked up again after this: a new connection is known everywhere by then',
  }),
  faultMemory: timing(15, 'days', {
    ...ours,
    why: 'how long the faults of a message are counted: the queue keeps a message for 14 days at most',
  }),
  heavyMessage: timing(20, 'seconds', {
    ...ours,
    why: 'a message with large documents starts only with this much time: loading 120 MB takes seconds',
  }),
  s3Patience: timing(8, 'seconds', { ...ours, why: 'how long to wait for S3; three tries fit into an invocation' }),
} as const satisfies Record<string, Timing>;
