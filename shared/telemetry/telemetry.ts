/** Log messages by stable code, which operators search for. docs/logs.md is generated from this table. */
export const logCodes = {
  MESSAGE_UNREADABLE: 'a message went to the dead letters: `reason` says why',
  MESSAGE_RETRIED: 'a message stays on the queue, for a reason of the closed list',
  COMMAND_REFUSED: 'a command broke rules: the ERP was told every reason',
  COMMAND_WITHHELD: 'the settings withhold an invoice: the ERP was told why',
  COMMAND_KNOWN: 'the same invoice again, perhaps with another paper: nothing sent',
  INVOICE_SUBMITTED: 'Chorus Pro took an invoice',
  INVOICE_REFUSED: 'Chorus Pro refused an invoice',
  INVOICE_IN_DOUBT: 'no reply to a submission: the relay looks for the invoice before it sends it again',
  FILE_DEPOSITED: 'Chorus Pro took a file: the relay waits for its report',
  REPORT_READ: 'the report on a deposited file is final',
  REPORT_UNKNOWN: 'the report on a deposited file has a state that the table does not know',
  DOUBT_FOUND: 'an invoice in doubt was found in Chorus Pro',
  DOUBT_LASTS: 'an invoice has been in doubt for more than a day: the relay goes on trying, a person should look',
  DOUBT_RETRIED: 'an invoice that the relay had given up is looked for, and sent again if it is absent',
  FILE_INCIDENT: 'Chorus Pro reports an incident with a deposited file: in doubt, looked for before it is sent again',
  DOUBT_ABSENT: 'an invoice in doubt is not in Chorus Pro after the settling window: sent again',
  DOUBT_STUCK: 'an invoice stays in doubt after its last attempt: a person must look',
  COMMAND_ANSWERED: 'Chorus Pro carried out a command',
  COMMAND_UNANSWERED: 'no reply to a command: the relay looks for its effect before it sends the command again',
  STATUS_CHANGED: 'the status of an invoice changed in Chorus Pro',
  INVOICE_NOT_SHOWN: 'Chorus Pro’s search does not show an invoice that it took',
  RETENTION_REMINDED: 'the ERP was reminded of retentions to be released: `count` of one invoice',
  WORKS_DOCUMENT: 'a works document that the relay did not send, or a new status of it, was told to the ERP',
  WORKS_PATH_WRONG:
    'Chorus Pro has nothing at the inferred path of an answer to a works document (`operation`): nothing was sent',
  WORKS_UNREAD:
    'Chorus Pro keeps a list with works documents (`operation`) closed to the account: `reason` says why; nothing is lost',
  STATUS_UNKNOWN: 'Chorus Pro gave a status that the table does not know',
  EXCHANGE_NOT_KEPT: 'what was sent to Chorus Pro and its answer could not be stored: an evidence file will say so',
  EVENTS_LEFT: 'events could not be published: the next poll publishes them',
  TURNS_GIVEN: '`count` turns were given in this minute; nothing is said of none',
  POLL_DONE: 'a connection was polled',
  POLL_STOPPED: 'a poll stopped early: the next one continues from the cursor',
  CONNECTION_SUSPENDED: 'credentials were refused: no more calls with them for a while',
  DIRECTORY_REFUSED: 'Chorus Pro refused to read its directory: `operation` and `reason` (its code) say what',
  DIRECTORY_STALE: 'a directory entry could not be refreshed: the old one was used',
  LIST_UNREAD:
    'one of Chorus Pro’s lists of codes (`operation`) could not be read: what uses it is sent without that check',
  ORDERS_READ: 'the State’s new orders were read: the ERP was told of `count`',
  ORDERS_UNREAD: 'the State’s new orders could not be read, `reason` says why: the next reading goes on from there',
  ORDER_DETAIL_UNREAD: 'Chorus Pro did not show an order itself: the ERP is told of it without its recipient',
  ORDER_UNCHECKED:
    'the State’s order book did not say anything of an invoice’s commitment in time, `reason` says why: the invoice is sent without that check',
  ORDERS_NOT_SUBSCRIBED:
    'PISTE does not let the application read orders (403): select the API EngagementJuridique, or take `orders` out of the settings',
  CREDENTIALS_WATCHED: 'how many days a connection’s credentials have left was measured',
  CREDENTIALS_REMINDED:
    'people and the ERP were told to renew a credential: `reason` says which, `days` how many are left',
  PASSWORD_END_UNREAD:
    'Chorus Pro did not say when the technical password expires: its last reply counts, or the recorded date',
  CONNECTION_CHECKED:
    'check-connection checked a connection: `reason` says what it found wrong, `count` how many faults',
  CREDENTIALS_MISSING: 'a connection has no credentials in Secrets Manager, or its functions may not read them',
  CREDENTIALS_ROTATED: 'new credentials were tried and are in use now',
  CREDENTIALS_REFUSED: 'new credentials were refused, `reason` says by whom: the old ones stay in use',
  CREDENTIALS_UNTRIED:
    'new credentials could not be tried: the platform did not reply, or the connection is not deployed; the old ones stay in use',
  TOKEN_REFUSED: 'PISTE gave no token: `reason` says whether it refused, was busy, or did not respond',
  OPERATION_FAILING:
    '`operation` of Chorus Pro fails for everybody: only one trial call at a time until it works again',
  OPERATION_RECOVERED: '`operation` of Chorus Pro works again',
  BREAKER_OPENED: 'Chorus Pro is down, or a quota is used up (429): no calls for a while',
  VALIDATIONS_READ: 'what subcontractors ask to validate was read: `count` requests wait',
  VALIDATIONS_UNREAD:
    'the requests to a company (`subject`, its SIRET) could not be read. `api-not-subscribed` (403): the application lacks the API “Factures” at PISTE. 20001: the technical account lacks the space “Factures à valider” of that company',
  VALIDATION_TOLD:
    'the ERP was told of a request to validate: `reason` says what, `days` which of its fifteen days it is',
  MORNING_MAIL:
    'the morning mail: of `count` addressees of a connection, `reason` says whether it was sent, there was nothing to say (`quiet`), or they had it `before`',
  MORNING_MAIL_MISSED:
    'of `count` addressees of a connection the morning mail did not certainly leave: `closed` (nobody has confirmed the address, or the connection’s stack is not deployed), `refused` (tried again), `unsure` (no reply; the next one says what it said)',
  SETTINGS_UNREADABLE:
    'the stored settings of a connection are not those of this version: its messages wait, its polls fail. Deploy the version that they were stored for, or store them anew: npx relay connect <name>',
  UNEXPECTED: 'a fault of the relay itself',
} as const;

export type LogCode = keyof typeof logCodes;

/**
 * The only fields that a log line may have: no document, no amount, no name, no secret. The formatter drops every other
 * field, and a value of another type. `error` is the stack of our own fault, never a remote server's text, which could
 * contain anything.
 */
export const logFields = {
  connection: 'string',
  subject: 'string',
  messageId: 'string',
  state: 'string',
  reason: 'string',
  operation: 'string',
  status: 'string',
  attempt: 'number',
  delaySeconds: 'number',
  count: 'number',
  durationMs: 'number',
  days: 'number',
  error: 'string',
} as const satisfies Record<string, 'string' | 'number'>;

interface ValueOf {
  string: string;
  number: number;
}
export type LogFields = {
  [Name in keyof typeof logFields]?: ValueOf[(typeof logFields)[Name]];
};

/** By what a metric may be told apart. */
export type Dimension = 'connection' | 'operation' | 'outcome' | 'reason';

/**
 * What the functions measure, and by which dimensions; alarms and the dashboard may use no other name. Each combination
 * of values is a series of its own, and is charged for each hour in which it has a value. So only what is measured
 * while a connection is in trouble has the dimension `connection`: one that is well must cost nothing here. Whatever
 * else is known of a measurement is in its log line alone, where a query finds it (docs/adr/0031-alarms-by-query.md).
 */
export const metrics = {
  Received: [],
  Unreadable: [],
  Refused: [],
  Withheld: [],
  Submitted: [],
  InDoubt: [],
  DoubtStuck: [],
  Retries: ['reason'],
  MessageAgeSeconds: [],
  StatusChanges: [],
  UnknownStatus: [],
  Settled: [],
  Answered: [],
  TokenFailures: [],
  BreakerOpened: [],
  PollsDone: [],
  PlatformDownHours: [],
  OldestOpenDays: [],
  Unexpected: [],
  ChorusProCalls: ['operation', 'outcome'],
  ChorusProMilliseconds: ['operation'],
  PisteSecretDaysLeft: [],
  TechnicalPasswordDaysLeft: [],
  InterestRateDaysLeft: [],
  ValidationsRead: [],
  ValidationsWaiting: [],
  OrdersNotified: [],
  WorksPathWrong: [],
  // How many connections, by the daily look at the credentials.
  ConnectionsInTrouble: ['reason'],
  // Measured again by each poll while a connection is in trouble, and not at all once it is well.
  ConnectionSuspended: ['connection'],
  CredentialsMissing: ['connection'],
  PollsStopped: ['connection'],
  WorksClosed: ['connection'],
  ValidationsAtRisk: ['connection'],
  ValidationsStopped: ['connection'],
  OrdersUnread: ['connection'],
  MorningMailMissed: ['connection'],
} as const satisfies Record<string, readonly Dimension[]>;

export type MetricName = keyof typeof metrics;
/** What is measured of a connection while it is in trouble. */
export type TroubleMetric = {
  [Name in MetricName]: 'connection' extends (typeof metrics)[Name][number] ? Name : never;
}[MetricName];

export type About = Partial<Record<Dimension, string>>;

/** What of it tells series apart, and what only stands in the log line. */
export function splitAbout(metric: MetricName, about: About): { dimensions: About; metadata: About } {
  const own: readonly string[] = metrics[metric];
  const part = (isOwn: boolean): About =>
    Object.fromEntries(Object.entries(about).filter(([name]) => own.includes(name) === isOwn));
  return { dimensions: part(true), metadata: part(false) };
}

export interface Telemetry {
  info(code: LogCode, fields?: LogFields): void;
  warn(code: LogCode, fields?: LogFields): void;
  error(code: LogCode, fields?: LogFields): void;
  measure(metric: MetricName, value?: number, about?: About): void;
}

/** Logs and counts a fault of our own that must not stop other work: an alarm rings. */
export function tellFault(telemetry: Telemetry, error: unknown, fields: LogFields): void {
  telemetry.error('UNEXPECTED', {
    ...fields,
    error: error instanceof Error ? (error.stack ?? error.message) : 'unknown',
  });
  telemetry.measure('Unexpected');
}
