import { timing, type Timing } from './fact.ts';

const ours = { mark: 'OURS', source: 'chorus-relay' } as const;

/**
 * Every window, margin, overlap and pause of the relay. One that is needed in two places stands here once. The delays
 * of retried messages are beside their reasons, in shared/messaging/retry-reasons.ts.
 */
export const timings = {
  // Sending
  reserveAfterCalls: timing(3, 'seconds', {
    ...ours,
    why: 'kept back from every call, to write the ledger and answer',
  }),
  leaseMargin: timing(30, 'seconds', {
    ...ours,
    why: 'a lease outlives its invocation by this, so that clocks that differ a little cannot end it too early',
  }),
  parkedOverdue: timing(24, 'hours', {
    ...ours,
    why: 'an accepted invoice whose message never came back is queued again after this, and then once a day',
  }),
  requeuedOverdue: timing(1, 'hours', {
    ...ours,
    why: 'the same, for an invoice that the relay queued again by itself: that message may be lost too',
  }),
  publishingGrace: timing(1, 'minutes', {
    ...ours,
    why: 'whoever wrote an event has this long to publish it before a poll takes it for forgotten',
  }),

  // In doubt
  firstLook: timing(1, 'minutes', { ...ours, why: 'the first look for an invoice in doubt comes with the next poll' }),
  settlingAfterPdf: timing(30, 'minutes', {
    mark: 'INF',
    source: 'no source says how late the search shows an invoice',
    why: 'until then absence proves nothing: a request that timed out may still be worked on, and the search lags behind',
    toTry: {
      order: 3,
      what: 'how long after soumettre the search by number shows the invoice',
      command:
        'invoice.submit on the queue, then each minute aws lambda invoke … poll-statuses, until its `seen` counts the invoice',
    },
  }),
  settlingAfterFile: timing(12, 'hours', {
    mark: 'V-3P',
    source: 'users’ reports: a file is processed in minutes, at times in hours',
    why: 'an invoice may come into being that much later than the file that carries it',
  }),
  settlingAfterRefusal: timing(48, 'hours', {
    ...ours,
    why: 'the refusal of a repeated attempt most likely says that the invoice is there: it gets the longest time to show',
  }),
  lookInterval: timing(1, 'hours', { ...ours, why: 'within a long settling window, looks come this often' }),
  stuckPause: timing(24, 'hours', { ...ours, why: 'an invoice that a person must look at is told again once a day' }),
  clockSkew: timing(10, 'minutes', {
    mark: 'INF',
    source: 'no source; Chorus Pro’s histories show minutes only',
    why: 'how far Chorus Pro’s clock may be behind ours',
  }),

  // Commands about an invoice
  settlingAfterCommand: timing(30, 'minutes', {
    mark: 'INF',
    source: 'as settlingAfterPdf',
    why: 'an invoice that looks untouched may still be in the hands of a request that was never answered',
  }),
  commandClockSkew: timing(2, 'minutes', {
    mark: 'INF',
    source: 'no source; Chorus Pro’s histories show minutes only',
    why: 'a status may bear a time a little before the command that led to it; wider would take an earlier one for ours',
  }),

  // Reading what changed
  pollOverlap: timing(1, 'hours', {
    mark: 'INF',
    source: 'no source says how late the search shows a change',
    why: 'each poll reads the last hour again: late rows bear their own, earlier date, and clocks differ',
    toTry: {
      order: 4,
      what: 'how late rechercher/fournisseur shows a change of status',
      command: 'a change on the portal, then each minute aws lambda invoke … poll-statuses, until its `seen` counts it',
    },
  }),
  firstPollReach: timing(24, 'hours', {
    ...ours,
    why: 'a connection polled for the first time has followed nothing; a day covers what was sent before its first poll',
  }),
  longestPollWindow: timing(12, 'hours', { ...ours, why: 'after a closure, this much is read at once' }),
  shortestPollWindow: timing(1, 'seconds', { ...ours, why: 'a window that shows too much is halved, down to this' }),
  leftForChanges: timing(1, 'minutes', { ...ours, why: 'however much is due, a poll still reads what changed' }),

  // Reports on files, and silent invoices
  reportInterval: timing(5, 'minutes', {
    ...ours,
    why: 'a report is read at each poll until it ends; an invoice just made may not be in the search yet',
  }),
  reportOverdue: timing(3, 'days', {
    mark: 'V-3P',
    source: 'users’ reports: minutes, at times hours',
    why: 'after this a person should ask',
  }),
  silentInvoice: timing(10, 'days', {
    ...ours,
    why: 'a followed invoice of which the polls say nothing for so long is looked up by itself',
  }),
  paymentTerm: timing(30, 'days', {
    mark: 'R',
    source:
      'code de la commande publique, art. R. 2192-10; hospitals have 50 days and public enterprises 60 (R. 2192-11), which the directory does not tell apart',
    why: 'the State and local bodies pay within this of receiving the invoice',
  }),

  // Calls
  shortestCall: timing(1, 'seconds', { ...ours, why: 'a call that could not run at least this long is not started' }),
  longestCall: timing(30, 'seconds', { ...ours, why: 'no single call waits longer for its reply' }),
  breakerPause: timing(1, 'minutes', {
    ...ours,
    why: 'between seeing the platform down and the next call that may try it again',
  }),
  suspension: timing(1, 'hours', {
    ...ours,
    why: 'refused credentials are left alone for this long, so that nobody locks the technical account',
  }),
  suspensionCache: timing(1, 'minutes', {
    ...ours,
    why: 'how long a warm function may not know that another one suspended the connection',
  }),
  tokenMargin: timing(4, 'minutes', {
    mark: 'V-3P',
    source: 'OCA: 240 s',
    why: 'a token (it lives one hour) is renewed this long before its end, so that no call starts with a dying one',
  }),
  pauseBeforeLogin: timing(1, 'seconds', {
    mark: 'V-LIVE',
    source: 'FLK: a 401 also comes when calls are chained too fast',
    why: 'nobody calls for this long before a 401 counts against an account',
  }),
  directoryCache: timing(24, 'hours', { ...ours, why: 'how old a directory entry may be' }),
  directoryReread: timing(1, 'minutes', {
    ...ours,
    why: 'how old it may be before an invoice is refused for what it says',
  }),
  technicalPasswordLife: timing(424, 'days', {
    mark: 'V-AIFE',
    source: 'page "creation of a technical account"; V-3P INV',
    why: 'a technical account’s password dies after this',
    toTry: {
      order: 17,
      what: 'whether structures/consulter gives dateExpirationMotPasseCompteTech',
      command: 'npm run check -- <name>',
    },
  }),

  // Reminders of credentials to renew
  firstReminder: timing(14, 'days', {
    ...ours,
    why: 'people and the ERP hear of it this long before a credential ends',
  }),
  secondReminder: timing(7, 'days', { ...ours, why: 'again, this long before the end' }),
  thirdReminder: timing(3, 'days', { ...ours, why: 'again, this long before the end' }),
  lastReminder: timing(1, 'days', { ...ours, why: 'again, this long before the end; from the end on, every day' }),
  sameExpiry: timing(2, 'days', {
    ...ours,
    why: 'an end that Chorus Pro says one day and we count the next may move by this; one that moves further is a new credential’s',
  }),

  // AWS
  awsConnection: timing(1, 'seconds', { ...ours, why: 'the SDK alone would wait for ever for a connection' }),
  awsRequest: timing(5, 'seconds', { ...ours, why: 'the SDK alone would wait for ever for a reply' }),
  credentialsCache: timing(5, 'minutes', {
    ...ours,
    why: 'new credentials are in use everywhere within this, without a deployment',
  }),
  faultMemory: timing(15, 'days', {
    ...ours,
    why: 'how long the faults of a message are counted: the queue keeps a message for 14 days at most',
  }),
  s3Patience: timing(8, 'seconds', { ...ours, why: 'how long S3 may be silent; three times this fits an invocation' }),
} as const satisfies Record<string, Timing>;
