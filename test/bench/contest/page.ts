/** docs/performance.md: what a contest measured, and what was tried. */
import { dollarsOf } from '../../../tools/docs/cost-page.ts';
import { paragraph, table } from '../../../tools/docs/markdown.ts';
import { isKept, type Figure } from '../figure.ts';
import { names, type Chart } from './charts.ts';
import { cellAt, shareOfIdeal, type Cell, type Contest, type Spread } from './contest.ts';
import { counted, grownSection, megabytes, rounded } from './growth-page.ts';
import { dollarsOfItems, inMemory, memories, ourItems, spans, usualItems } from './money.ts';
import { sideNames, type SideName } from './sides.ts';
import { tries } from './tries.ts';

const spread = ({ least, median, most }: Spread): string => `${rounded(median)} (${rounded(least)}–${rounded(most)})`;
const of = (cell: Cell, what: 'work' | 'wall'): string[] => sideNames.map((side) => spread(cell.of[side][what]));

/** @property path from docs/ */
interface Picture {
  path: string;
  chart: Chart;
}

export function pictures({ pace, sizes }: Contest): Picture[] {
  const workOf = (label: string, cell: Cell) => ({
    label,
    of: { ours: cell.of.ours.work, usual: cell.of.usual.work },
  });
  const atOnce = pace.filter(({ load }) => load.latency === 0);
  const title = 'The processor’s time for an invoice';
  return [
    {
      path: 'images/performance-batches.svg',
      chart: {
        ...{ title, unit: 'milliseconds' },
        groups: atOnce.map((cell) => workOf(`batches of ${cell.load.batch}`, cell)),
      },
    },
    {
      path: 'images/performance-sizes.svg',
      chart: {
        ...{ title, unit: 'milliseconds' },
        groups: sizes.map((cell) => workOf(`a PDF of ${cell.load.kilobytes.toLocaleString('en')} KB`, cell)),
      },
    },
  ];
}

const requestsOf = ({ of: found }: Cell, side: SideName): string => counted(found[side]);

const missed = (goal: Figure): string =>
  isKept(goal) ? 'reached' : `missed: ${rounded(Math.abs(goal.measured - goal.budget), 3)} ${goal.unit}`;

const ofOneConnection = (ours: number, usual: number): string =>
  `Ten invoices of one connection at 100 ms a call: ${rounded(1_000 / ours)} a second in one function, four calls at a time. The usual stack limits nothing, and may lock an account: ${rounded(1_000 / usual)}.`;

const both = sideNames.map((side) => names[side]);

export function pageOf(contest: Contest, goals: readonly Figure[]): string {
  const { pace, alone, wide, sizes, starts, bytes, on, node, busy } = contest;
  const [plain] = pace;
  const money = cellAt(pace, 300, 5);
  if (!plain) throw new Error('the contest is not whole');
  const dollars = (amount: number) => rounded(amount, 4);
  return `<!-- Made by \`npm run bench -- side-by-side --page\`. Change test/bench/contest, not this page. -->

# Performance: beside the usual stack

Measured on ${on.slice(0, 10)} with Node ${node}, on a machine with two processors and a load of
${rounded(busy, 1)} on average: what is compared ran in turns. Read the ratios, and repeat it on an idle machine before you trust a
single figure. All figures are in [performance.json](performance.json). Each is measured again by
\`npm run bench -- side-by-side\`, and written here with \`--page\`.

The usual stack is what a good engineer builds in a week (\`test/bench/usual-stack\`): Powertools for the batch, for
idempotency, parsing and tracing, axios, and the SDK's clients. It uploads and submits the same invoices, and keeps a
status. It does not check an invoice, keep its original, follow it, or survive a reply that is lost.

## The goals

${table(
  ['what', 'measured', 'goal', ''],
  goals.map((goal) => [
    goal.what,
    `${rounded(goal.measured, 3)} ${goal.unit}`,
    `${goal.side} ${goal.budget}`,
    missed(goal),
  ]),
)}

Why what is missed is missed:
- *The processor.* The relay makes eight requests to AWS for an invoice, the usual stack five: it keeps the original,
  the document and what was exchanged, and events leave by an outbox. In a profile a third of its time is Node writing
  to sockets, a quarter the SDK, a twentieth zod; its own code is less than a tenth. In batches of ten, where events
  leave together, the two take the same.
- *The pace.* Ten invoices of ten connections are ready at the same instant: their work on one processor, some 50 ms, is
  not hidden behind a call, and the stand-ins take as much again. With calls of a second the share is above
  90 %. Of one connection, four calls go at a time in a function, so that a fifth is left to others ([ADR
  15](adr/0015-call-slots-shared-by-all-functions.md)): the ideal is that of four.
- *The start.* In a profile zod takes a third of it to build the schemas of commands, events and records, and V8 a fifth
  to read the code.
- *The bundle.* The SDK takes 230 KB of it, the relay itself 290, of which 50 are the reasons in two languages, zod 80.
- *The money.* Three objects in S3 and the ERP's own cost ${dollars(dollarsOf(4_000, 'object'))} alone. An invoice takes 45 write units: eleven writes,
  two units each, and 23 of the indexes by which polls and people find it.

## An invoice

![Bars: the processor's time for an invoice, by batch](images/performance-batches.svg)

The processor's time of the function's process and the time that passes, in milliseconds for an invoice with a PDF of
${plain.load.kilobytes} KB, spread over ten connections: medians of the rounds, with the least and the most.

${table(
  ['a call takes', 'batches of', ...both.map((name) => `processor: ${name}`), ...both.map((name) => `time: ${name}`)],
  pace.map((cell) => [`${cell.load.latency} ms`, String(cell.load.batch), ...of(cell, 'work'), ...of(cell, 'wall')]),
)}

${table(
  ['one at a time', ...both],
  [
    ['requests to AWS', ...sideNames.map((side) => requestsOf(plain, side))],
    ['bytes to AWS', ...sideNames.map((side) => rounded(plain.of[side].bytesToAws.median, 0))],
    ['bytes from AWS', ...sideNames.map((side) => rounded(plain.of[side].bytesFromAws.median, 0))],
    ['bytes of log', ...sideNames.map((side) => rounded(plain.of[side].logBytes.median, 0))],
    ['memory of the process, MB', ...sideNames.map((side) => megabytes(plain.of[side].rss))],
    ['processor of the stand-in for Chorus Pro, ms', ...sideNames.map((side) => spread(plain.of[side].chorusProWork))],
    ['processor of the stand-in for AWS, ms', ...sideNames.map((side) => spread(plain.of[side].awsWork))],
  ],
)}

## The pace

The share of the ideal: what the calls alone would take, if as many go at a time as a batch has invoices.

${table(
  ['a call takes', 'batches of', ...both],
  [...pace.filter(({ load }) => load.latency > 0), ...wide].map((cell) => [
    `${cell.load.latency} ms`,
    String(cell.load.batch),
    ...sideNames.map((side) => `${rounded(100 * shareOfIdeal(cell, side), 0)} %`),
  ]),
)}

${alone.map(({ of: { ours, usual } }) => paragraph(ofOneConnection(ours.wall.median, usual.wall.median))).join('\n')}

## Start and size

${table(
  ['', 'the same clients alone', ...both],
  [
    [
      'processor until the bundle is loaded, ms',
      ...[starts.bare, starts.ours, starts.usual].map((ms) => rounded(ms, 0)),
    ],
    ['bundle, KB', '', ...sideNames.map((side) => rounded(bytes[side] / 1_000, 0))],
  ],
)}

## Documents

![Bars: the processor's time for an invoice, by the size of its PDF](images/performance-sizes.svg)

${table(
  ['a PDF of', ...both.map((name) => `processor, ms: ${name}`), ...both.map((name) => `memory, MB: ${name}`)],
  sizes.map((cell) => [
    `${cell.load.kilobytes.toLocaleString('en')} KB`,
    ...of(cell, 'work'),
    ...sideNames.map((side) => megabytes(cell.of[side].rss)),
  ]),
)}

${grownSection(contest)}
## Money

Dollars for a thousand invoices, at 300 ms a call and batches of five, from counts and the [table of
prices](cost.md#the-prices). The relay follows all invoices of a connection by one list, so days to payment cost
nothing; the usual stack asks for each invoice every six hours.

${table(
  ['days to payment', ...both],
  spans.map((days) => [
    String(days),
    dollars(dollarsOfItems(ourItems(money))),
    dollars(dollarsOfItems(usualItems(money, days))),
  ]),
)}

${table(
  ['of the relay', 'dollars'],
  ourItems(money).map((item) => [item.what, dollars(dollarsOfItems([item]))]),
)}

Requests for the key and traces are counted once a batch: SNS, SQS and DynamoDB use a data key again for some
minutes. If each invoice came alone, a thousand would cost ${dollars(dollarsOfItems(ourItems(plain)))}.

What a function costs and takes for a batch by its memory, reckoned from the processor's time that was measured: with
1,769 MB it has a whole processor, with less a part of one. It has 1,024, since a batch may hold a dossier of 120 MB
([ADR 15](adr/0015-call-slots-shared-by-all-functions.md)).

${table(
  [
    'MB',
    'one at a time, 300 ms a call: seconds',
    'dollars for a thousand',
    'batches of five: seconds',
    'dollars for a thousand',
  ],
  memories.map((memory) => [
    String(memory),
    ...[cellAt(pace, 300, 1), money].flatMap((cell) => {
      const { seconds, dollars: cost } = inMemory(memory, cell);
      return [rounded(seconds, 2), dollars(cost)];
    }),
  ]),
)}

## What was tried

${table(
  ['what', 'what it brought', 'kept'],
  tries.map(({ what, brought, kept }) => [what, brought, kept ? 'yes' : 'no']),
)}

## What stands in

Chorus Pro is the [simulator](../tools/chorus-pro-simulator), in a process of its own. AWS is another: DynamoDB is
[dynalite](https://github.com/architect/dynalite), in memory, the fastest engine that npm has; S3, SNS and Secrets
Manager are maps. What both take of the processor is in the table above, and in no other figure. X-Ray's daemon is not
there, so the usual stack's tracer is switched off.

Reading e-invoices is measured by \`npm run bench -- e-invoices\`, and how long a turn of 1,000 connections takes by
[scale](scale.md).
`;
}
