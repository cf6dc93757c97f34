/** docs/scale.md: what a thousand connections demand, which limit binds first, and ten years of ledger. */
import { timings } from '../../shared/facts/timings.ts';
import { count, forStage, sum, unitsOfInvoice } from './cost-page.ts';
import { prices } from './prices.ts';
import { code, generatedNotice, table } from './markdown.ts';
import * as demand from './scale-demand.ts';
import { limits, sharesOf, type Share } from './scale-limits.ts';

export const sizes: readonly demand.Size[] = [10, 1_000, 10_000].flatMap((connections) =>
  [1_000, 100_000, 5_000_000].map((invoices) => ({ connections, invoices })),
);

/** What each size demands, one row each. */
export const demands: readonly { what: string; of: (size: demand.Size) => number }[] = [
  { what: 'connections that are read at each turn', of: demand.openConnections },
  { what: 'turns a minute', of: demand.turnsAMinute },
  { what: '`take-turns` at once', of: demand.turnsAtOnce },
  { what: 'invoices a second', of: demand.invoicesASecond },
  { what: '`submit-invoice` at once', of: demand.invoicesAtOnce },
  { what: 'calls to Chorus Pro a second', of: demand.callsASecond },
  { what: 'calls a day of one connection', of: demand.callsADay },
  { what: 'units written to DynamoDB a second', of: (size) => demand.aSecond('write', size) },
  { what: 'units read from DynamoDB a second', of: (size) => demand.aSecond('read', size) },
  { what: 'requests for the key a second', of: (size) => demand.aSecond('keyRequests', size) },
  { what: 'publications to SNS a second', of: demand.eventsASecond },
  { what: 'requests to SQS a second', of: (size) => demand.aSecond('queue', size) },
  { what: 'objects put into S3 a second', of: (size) => demand.aSecond('object', size) },
  { what: 'secrets, and managed policies: each', of: ({ connections }) => connections },
  { what: 'stacks, and topics without own inboxes: each', of: ({ connections }) => connections + 2 },
  { what: 'GB of ledger after ten years', of: demand.ledgerGb },
  { what: 'TB of documents after ten years', of: demand.documentTb },
  { what: 'dollars a month, in the first', of: (size) => demand.dollarsAMonth(size, 1) },
  { what: 'dollars a month, after ten years', of: (size) => demand.dollarsAMonth(size, demand.monthsKept) },
];

/** Three digits that count. */
export const rounded = (number: number): string =>
  number >= 100 ? count(Math.round(number)) : count(Number(number.toPrecision(2)));

const named = ({ connections, invoices }: demand.Size): string => `${count(connections)} × ${count(invoices)}`;

const partOf = ({ part }: Share): string =>
  part < 1 ? `${rounded(100 * part)} % of the limit` : `**${rounded(part)} times the limit**`;
const said = (share: Share, size: demand.Size): string =>
  `${share.limit.what}: ${rounded(share.limit.demand(size))}, ${partOf(share)}`;

/** All that are exceeded, or else the one that comes first. */
const first = (size: demand.Size): Share[] => {
  const shares = sharesOf(size);
  const over = shares.filter(({ part }) => part >= 1);
  return over.length > 0 ? over : shares.slice(0, 1);
};

const aMillion = { connections: 1_000, invoices: 1_000_000 };
const gb = demand.ledgerGb(aMillion);
const listGb = demand.listGb(aMillion);
const records = aMillion.invoices * demand.monthsKept;
const { table: inTable, due, watch, open } = unitsOfInvoice;
const all = sum([inTable, due, watch, open]);

/** Notes of the ledger's table that never expire. */
const lasting = [
  ['`connection/<name>`, and `connection/<name>/<version>`', '1, and one for each change of its settings'],
  ['`roster/<0-f>`', '16 for the whole stage'],
  ['`slots#`, `suspension#`, `trials#`, `standstill#`', '1 each, rewritten in place, and one `standstill` for all'],
  ['`cursor#`, `second-reading#`', '1 each'],
  ['`checked#`, `password-end#`, `reminder#`, `expiry-unknown#`, `unusable#`', '1 each, of `reminder#` 2'],
  ['`orders-read#`, `orders#…#<SIRET>`', '1, and 1 for each of its companies, with the setting `orders`'],
  ['`credential-ends#`, `due-retentions#`', '1 each'],
  ['`morning-mail#`, `morning-mail#…#<mark>`', '1, and 1 for each addressee, with the setting `morningMail`'],
  ['`validations#`', '1, with the setting `validations`'],
  ['`validation#…`', `1 for each open request; an ended one is forgotten after ${timings.validationKept.amount} days`],
  ['`works-document#…`', '1 for each works document of others that it was told of: they grow with the documents'],
] as const;

export const scalePage = (): string => `${generatedNotice('tools/docs/scale-demand.ts', 'tools/docs/scale-limits.ts')}
# Scale: a thousand connections in one deployment

What follows is calculated, not measured in AWS: from the quantities of the page on [costs](cost.md), from
[timings](limits-and-timings.md), and from these assumptions. The columns are connections × invoices a month.

- ${100 * demand.assumed.peak.part} % of a month's invoices come within ${demand.assumed.peak.days * demand.assumed.peak.hoursADay} hours of office time, evenly. "A second" means such a second, as if each
  invoice also had all its statuses in it. All connections have as many invoices.
- A connection is polled every ${demand.pollingMinutes} minutes. It is read in each of its turns for ${demand.daysRead} days after an invoice's deposit: until
  it is paid, and a week more. Such a turn takes ${demand.assumed.openTurn} s, and any other ${demand.assumed.quietTurn} s. One connection in ${demand.assumed.inTrouble} hangs in each of
  its turns, until it is cut off.
- A call to Chorus Pro takes ${demand.assumed.call} s. An invoice is a PDF of 500 KB, and takes two seconds of a function.

## What each size demands

${table(
  ['', ...sizes.map(named)],
  demands.map(({ what, of }) => [what, ...sizes.map((size) => rounded(of(size)))]),
)}

## Played on one machine

\`TEST_LONG=1 npx vitest run --project end-to-end many-connections\` plays 1,000 connections with 20 invoices each in
the local cloud; one in fifty has a wrong password, an account that is closed, or calls of 2 s. On 26 November 2026 it
took 26 minutes on two cores that had other work: all 19,720 invoices of those who can send were accepted, each once;
each connection was read once in each interval of 15 minutes; all payments were told. In such a run the sending took
207,846 requests to AWS, 10.5 for each accepted invoice. The interval in which all were paid took 2,078 turns, 77,912
reads of an item, 6,234 queries and 44,737 writes: 2.3 for each payment. The process, with the simulator and the log of
all requests, grew to 5 GB.

## Which limit binds first

${table(
  ['connections × invoices', 'what binds first', 'what to do'],
  sizes.map((size) => {
    const shares = first(size);
    const isFar = shares.every(({ part }) => part < 0.25);
    return [
      named(size),
      `${isFar ? 'none; the nearest is ' : ''}${shares.map((share) => said(share, size)).join('; ')}`,
      isFar ? 'nothing' : shares.map(({ limit }) => limit.todo).join(' '),
    ];
  }),
)}

What is exceeded is a quota to ask for, or a setting: none of it is in the code. What is not known is **PISTE's quota**:
the row "calls a day of one connection" above is what to ask for, for each application. A connection never has more than
five calls in flight ([ADR 15](adr/0015-call-slots-shared-by-all-functions.md)): ${rounded(demand.paceAtMost)} invoices a second. The rest
waits.

## The limits

${table(
  ['limit', 'value', 'mark', 'source', `at ${named({ connections: 1_000, invoices: 100_000 })}`, 'what to do'],
  limits.map(({ what, value, mark, source, demand: of, todo }) => [
    what,
    typeof value === 'number' ? rounded(value) : value,
    mark,
    source,
    rounded(of({ connections: 1_000, invoices: 100_000 })),
    todo,
  ]),
)}

None was met on an account. \`aws service-quotas\` says what yours has. The marks are explained in [what to try
first](to-try-first.md#the-marks).

## What one invoice writes

From its command to its payment, with three statuses between, a PDF invoice takes ${all} units of DynamoDB (each up to
1 KB): ${inTable} for the table, ${due} for the index \`due\`, ${watch} for \`watch\` and ${open} for \`open\`.
\`test/unit/scale/one-invoice.test.ts\` counts them. Eleven writes make them: a claim, the reply, and the note that both
events are published; then two for each status. A write of the table takes two or three units, because the record
carries the events that are not published yet.

**Is an index avoidable?** All three have the connection as their partition: none has one partition for the stage.
\`open\` is: an open invoice is in \`due\` or in \`watch\` too. But it alone says since when the oldest has been open, and it
costs ${open} units of ${all}. \`watch\` moves with each status, for two units; it need not: if the look-up came at the old
time, and saw in the record that something was heard since, it would only set the next one. That saves ${2 * 3} units. \`due\`
is set and cleared for each event, so that a poll publishes what a function left behind: ${due} units, and the second
write for each status. To publish first, and then write, would lose the order of the two. So: two indexes and ${all - open - 6} units
are possible, and would save ${rounded((1_000_000 * (open + 6) * prices.write.value) / prices.write.per)} dollars a month at a million invoices. It was not done.

## Notes that never expire

The faults of a message, looked-up orders, pauses of look-ups and ended requests to validate expire by themselves
(\`expiresAt\`). So do entries of Chorus Pro's directory, ${timings.directoryKept.amount} days after they were last read from it. An entry that an
earlier version stored gets its expiry when it is read again. These stay, for each connection:

${table(['note', 'how many'], lasting)}

Together some fifteen small items for each connection, some KB. Those of a connection that was taken out stay, too. A
note of a works document must outlive its document: without it, the ERP would be told of it anew.

## Ten years of ledger, at 1,000,000 invoices a month

- **Size.** A record of a paid invoice has ${count(demand.oneInvoice.bytes)} bytes, counted as DynamoDB does, in the test above. One with
  retentions or of a works contract has more, and DynamoDB adds ${demand.assumed.itemOverhead} to each [R]. ${count(records)} records are
  ${rounded(gb)} GB. What is paid is in one index, \`list\` (${rounded(listGb)} GB), unless a retention is still to be released.
- **Cost.** ${rounded((gb + listGb) * prices.table.value)} dollars a month in the table, and ${rounded(gb * prices.backup.value)} for point-in-time recovery, in the tenth year. The documents,
  ${rounded(demand.documentTb(aMillion))} TB, cost ${rounded(demand.documentTb(aMillion) * 1_000 * prices.storage.value)}. The stage itself: ${rounded(forStage)}.
- **Export.** Point-in-time recovery is on, so DynamoDB exports the table to S3 as it was at a moment of the last 35
  days, or what changed in a period (\`aws dynamodb export-table-to-point-in-time\`), without reads of the table:
  ${rounded(gb * prices.tableExport.value)} dollars for all of it. The relay has no command for it, and its bucket is not meant for it.
- **One invoice.** Its key is ${code('invoice#<environment>#<supplier SIRET>#<number>')}, perhaps with the year: one GetItem,
  however large the table. But \`npx relay status\`, the list of invoices, and the commands that are given
  a number (\`retry\`, \`dismiss\`, \`support\`) **scan the table**: at ${rounded(gb)} GB
  that is ${count(Math.round((gb * 1e9) / 4096 / 2 / 1e6))} million reads, ${rounded((((gb * 1e9) / 4096 / 2) * prices.read.value) / prices.read.per)} dollars and hours each time. The
  desk reads by the index \`list\` ([ADR 34](adr/0034-lists-by-an-index-of-places.md)), as they might; until then, ask
  DynamoDB for the key.

## Another Region, and restore

There is: point-in-time recovery of the ledger for 35 days, versions of documents, protection against deletion, and a
[procedure to rehearse](runbooks/restore.md) that restores within the Region and compares ledger and documents. For a
large table that may take hours; meanwhile invoices wait on the queue, for up to 14 days. But the procedure reads the
table as a whole, and so do its commands: at ten years of a million invoices it was never tried.

There is not: a second Region. If the Region is lost, so are the ledger, the documents, the queues and the key. A copy
would need a global table or exports to another Region, replication of the bucket, replicated secrets, and a
multi-Region key. Above all it would need a rule that only one of the two sends: a ledger that lags behind sends twice.
Until then, what was sent stands in Chorus Pro, by number. What the relay had not sent yet, its ERP alone knows.
`;
