/** What a deployment costs: quantities that a test counts in the template and metrics, at the prices of AWS. */
import { generatedNotice, table } from './markdown.ts';
import { type Price, type PriceName, prices } from './prices.ts';

interface Item {
  what: string;
  price: PriceName;
  /** How many in a stage without connections, and how many more for each connection. */
  stage: number;
  connection: number;
  /**
   * The type of resource that a test counts in the template, alarms without those that ask a query. Without it the
   * number is an estimate of ours.
   */
  resource?: string;
}

/** By the hours of a month in which a daily check gives it a value. */
const hourADay = 1 / 24;

/** Series of metrics that have values though no invoice comes, for all connections together; a test counts them. */
export const idleSeries = { polls: 5, dailyCheck: 12 };
/** What a stage adds in which a connection has all options; a test counts them. */
export const optionSeries = 6;
/** What a stage adds that sends PDF invoices with attachments; a test counts them. */
export const busySeries = 16;

export const idle: readonly Item[] = [
  { what: 'keys', price: 'key', stage: 1, connection: 0, resource: 'AWS::KMS::Key' },
  { what: 'alarms', price: 'alarm', stage: 41, connection: 0, resource: 'AWS::CloudWatch::Alarm' },
  { what: 'alarms with a query, for each metric that it finds', price: 'alarm', stage: 0, connection: 0 },
  { what: 'dashboards', price: 'dashboard', stage: 1, connection: 0, resource: 'AWS::CloudWatch::Dashboard' },
  { what: 'secrets', price: 'secret', stage: 0, connection: 1 },
  { what: 'series of metrics, all day', price: 'metric', stage: idleSeries.polls, connection: 0 },
  {
    what: 'series of metrics, an hour a day',
    price: 'metric',
    stage: idleSeries.dailyCheck * hourADay,
    connection: 0,
  },
  { what: 'receipts from `invoices`: five long polls of 20 s', price: 'queue', stage: 660_000, connection: 0 },
  { what: 'receipts from `erp-inbox`: one long poll of 20 s', price: 'queue', stage: 130_000, connection: 0 },
  { what: 'receipts from `turns`: five long polls of 20 s', price: 'queue', stage: 660_000, connection: 0 },
  { what: 'turns on `turns`: sent by tens, received, deleted', price: 'queue', stage: 0, connection: 6_130 },
  { what: 'calls by schedules, every minute', price: 'schedule', stage: 43_830, connection: 0 },
  { what: 'calls of `give-turns` and `take-turns`', price: 'invocation', stage: 43_800, connection: 2_920 },
  { what: 'turns of a tenth of a second, 4 a day of two; in 256 MB', price: 'compute', stage: 1_100, connection: 130 },
  { what: 'traces of turns', price: 'trace', stage: 43_800, connection: 2_920 },
  { what: 'readings of the secret, one a turn', price: 'secretRequests', stage: 0, connection: 150 },
  { what: 'GB of logs', price: 'logs', stage: 0.02, connection: 0.005 },
  { what: 'writes to the ledger: the cursor, and a place for the calls', price: 'write', stage: 0, connection: 800 },
  { what: 'reads of the ledger: three queries, and the cursor', price: 'read', stage: 0, connection: 7_300 },
  { what: 'requests for the key', price: 'keyRequests', stage: 10_000, connection: 300 },
];

/** A test counts them. */
export const deskAlarms = 3;

/** What the desk adds, where a stage has one: say 10,000 pages a month, each a tenth of a second in 512 MB. */
const desk: readonly (Pick<Item, 'what' | 'price'> & { count: number })[] = [
  { what: 'alarms', price: 'alarm', count: deskAlarms },
  { what: 'requests to the HTTP API', price: 'request', count: 10_000 },
  { what: 'calls of `desk`', price: 'invocation', count: 10_000 },
  { what: 'GB-seconds of `desk`', price: 'compute', count: 500 },
  { what: 'traces', price: 'trace', count: 10_000 },
  { what: 'reads of the ledger: say 50 a page', price: 'read', count: 500_000 },
  { what: 'GB of logs', price: 'logs', count: 0.02 },
];

/** Readings a month of a connection that is read at each turn, every 15 minutes, more than of a quiet one. */
const moreReadings = 2_800;

/** What one reading takes, in a turn of half a second. */
const reading: readonly Pick<Item, 'price' | 'connection'>[] = [
  { price: 'queue', connection: 2.1 },
  { price: 'invocation', connection: 1 },
  { price: 'compute', connection: 0.125 },
  { price: 'trace', connection: 1 },
  { price: 'secretRequests', connection: 1 },
  { price: 'logs', connection: 0.000_002_5 },
  { price: 'write', connection: 2 },
  { price: 'keyRequests', connection: 1 },
];

/** Settings of a connection that have more read. One with `works` is never quiet: it is read at each turn. */
const options = [
  { setting: 'validations', readings: 730 },
  { setting: 'orders', readings: 30 },
  { setting: 'works', readings: moreReadings },
] as const;

/** The morning mail to one addressee in a month: so many mails, each about some fifty invoices, by two turns a day. */
const mails = { sent: 21, turns: 60, reads: 150, writes: 4 };
const mailing: readonly Pick<Item, 'price' | 'connection'>[] = [
  { price: 'mail', connection: mails.sent },
  { price: 'queue', connection: mails.turns * 2.1 },
  { price: 'invocation', connection: mails.turns },
  { price: 'compute', connection: mails.turns * 0.125 },
  { price: 'read', connection: mails.sent * mails.reads },
  { price: 'write', connection: mails.sent * mails.writes },
];

/**
 * DynamoDB's units (each up to 1 KB) that one PDF invoice takes, from its command to its payment, with three statuses
 * between: into the table, and into each of its indexes. A test counts them.
 */
export const unitsOfInvoice = { table: 22, due: 10, watch: 8, open: 2, list: 3 };

/** How often its record is read; a test counts them, too. The notes beside it are read by a function once a minute. */
export const readsOfInvoice = 4;

export const thousandInvoices: readonly (Pick<Item, 'what' | 'price'> & { count: number })[] = [
  { what: 'seconds of `submit-invoice`, in 1 GB: say 2 for each, mostly waiting', price: 'compute', count: 2_000 },
  {
    what: 'writes to the ledger and its indexes: 3 to be sent, 2 for each of four statuses',
    price: 'write',
    count: 1_000 * Object.values(unitsOfInvoice).reduce((all, units) => all + units),
  },
  { what: 'reads of the ledger', price: 'read', count: 1_000 * readsOfInvoice },
  { what: 'turns: 1 a minute of a busy function, at most', price: 'write', count: 1_000 },
  { what: 'documents, commands, and what was answered to them', price: 'object', count: 4_000 },
  { what: 'requests to the queues', price: 'queue', count: 10_000 },
  { what: 'requests for the key', price: 'keyRequests', count: 5_000 },
  { what: 'traces', price: 'trace', count: 1_000 },
  { what: 'GB of logs', price: 'logs', count: 0.01 },
  { what: 'GB of PDFs of 500 KB, each month for ten years', price: 'storage', count: 0.5 },
];

export const dollarsOf = (count: number, name: PriceName): number => (count * prices[name].value) / prices[name].per;
export const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const dollars = (amount: number): string => (amount > 0 && amount < 0.01 ? 'below 0.01' : amount.toFixed(2));
export const count = (number: number): string => number.toLocaleString('en', { maximumFractionDigits: 2 });

export const forThousand = sum(thousandInvoices.map((one) => dollarsOf(one.count, one.price)));
export const forStage = sum(idle.map(({ stage, price: name }) => dollarsOf(stage, name)));
export const forConnection = sum(idle.map(({ connection, price: name }) => dollarsOf(connection, name)));

const forReading = sum(reading.map(({ connection, price: name }) => dollarsOf(connection, name)));
/** How many a stage takes in a month, beside its invoices, of what is paid by this price. */
export const eachMonth = (wanted: PriceName, { connections, open }: { connections: number; open: number }): number =>
  sum(idle.map(({ price: name, stage, connection }) => (name === wanted ? stage + connections * connection : 0))) +
  open * moreReadings * sum(reading.map(({ price: name, connection }) => (name === wanted ? connection : 0)));

type Setting = (typeof options)[number]['setting'];
export const forOptions = (wanted: readonly Setting[]): number =>
  sum(options.filter(({ setting }) => wanted.includes(setting)).map(({ readings }) => readings * forReading));
const forMorningMail = sum(mailing.map(({ connection, price: name }) => dollarsOf(connection, name)));
const allOptions = forOptions(options.map(({ setting }) => setting));
const forOptionSeries = dollarsOf(optionSeries, 'metric');
/** The first connection of a stage, with all options. */
const whole = forConnection + allOptions + forOptionSeries;
/** By the hours of the trouble: its series, and the alarm that finds it. */
const forTrouble = dollarsOf(1, 'metric') + dollarsOf(1, 'alarm');

export const costPage = (): string => `${generatedNotice('tools/docs/cost-page.ts')}
# What it costs

Per month, in US dollars, without AWS's free allowances. What is counted, a test counts in the template or in the
metrics that the functions emit. The prices are not from AWS's own pages: [where they come from](#the-prices). Check
them for your Region before you budget.

## Idle: no invoice

${table(
  ['what', 'for a stage', 'for each connection', 'dollars for a stage', 'dollars for each connection'],
  [
    ...idle.map(({ what, stage, connection, price: name }) => [
      what,
      count(stage),
      count(connection),
      dollars(dollarsOf(stage, name)),
      dollars(dollarsOf(connection, name)),
    ]),
    ['**together**', '', '', `**${dollars(forStage)}**`, `**${dollars(forConnection)}**`],
  ],
)}

One stage with one connection: **${dollars(forStage + forConnection)}**. With a thousand:
**${dollars(forStage + 1000 * forConnection)}**. The key's first two yearly rotations add 1.00 each. Each further reader
of \`erp-inbox\` adds 0.05, and an inbox of a connection's own (\`inbox\`: \`own\`) 0.25: its reader, and two alarms. Free
allowances (three dashboards, ten alarms, ten metrics, a million requests, Lambda) halve the total of a small stage. The
topics, the rule, the deployments and the roles cost nothing while idle.

Alarms and series of metrics are those of the stage, however many connections there are
([ADR 31](adr/0031-alarms-by-query.md)). A connection in trouble adds ${dollars(forTrouble)} a month for each kind of
trouble, by the hours for which it lasts.

Options of a connection have more read:

${table(
  ['setting', 'readings a month', 'dollars for each connection'],
  options.map(({ setting, readings }) => [`\`${setting}\``, count(readings), dollars(readings * forReading)]),
)}

The morning mail (\`morningMail\`) costs ${dollars(forMorningMail)} for each addressee: ${mails.sent} mails of fifty invoices,
by ${mails.turns} turns.

An idle connection with all three, as the example of this repository: **${dollars(forConnection + allOptions)}**. The
first one of a stage adds ${optionSeries} series of metrics besides: ${dollars(forOptionSeries)}.

## The desk

Where a stage has [one](desk.md), with 10,000 pages a month:

${table(
  ['what', 'how much', 'dollars'],
  [
    ...desk.map((one) => [one.what, count(one.count), dollars(dollarsOf(one.count, one.price))]),
    ['**together**', '', `**${dollars(sum(desk.map((one) => dollarsOf(one.count, one.price))))}**`],
  ],
)}

While nobody looks, its alarms alone are paid. The company's own provider may charge for its people.

## Each thousand invoices

${table(
  ['what', 'how much', 'dollars'],
  [
    ...thousandInvoices.map((one) => [one.what, count(one.count), dollars(dollarsOf(one.count, one.price))]),
    ['**together**', '', `**${dollars(forThousand)}**`],
  ],
)}

On days with invoices there are more series of metrics: \`ChorusProMilliseconds\` for each operation, \`ChorusProCalls\`
for each operation and outcome, and one for each thing that happened. A stage that sends PDF invoices with attachments
has ${busySeries} of them, charged for the hours with values: at most ${dollars(dollarsOf(busySeries, 'metric'))}.

**10,000 invoices a month**, in one stage with one connection and these options:
**${dollars(forStage + whole + 10 * forThousand + dollarsOf(busySeries, 'metric'))}**
at most in the first month. What is kept of them adds ${dollars(10 * dollarsOf(0.5, 'storage'))} to each month that follows.

More connections and invoices: [scale](scale.md).

What changes the cost most: the number of connections (a secret each), the size of the documents over ten years
(\`retentionYears\`), and logs that are kept longer than 90 days. \`pollingIntervalMinutes\` changes the number of calls to
Chorus Pro, hardly the cost. A connection whose invoices have all been at their ends for a week makes 17 searches a day,
and 4 logins at PISTE: it is read every six hours, and its last days once a day again, in thirteen windows of one page
(a page has 1,000 changes). One with open invoices makes 140: 96 polls, and four times a day the last five days again,
in eleven windows. Each turn of it also asks PISTE for a token, if the function that takes it has none.

## The prices

${table(
  ['dollars', 'for', 'mark', 'source', 'on'],
  Object.values<Price>(prices).map(({ value, per, unit, mark, source, on }) => [
    String(value),
    `${count(per)} ${unit}`,
    mark,
    source,
    on,
  ]),
)}

The marks are explained in [what to try first](to-try-first.md#the-marks).
`;
