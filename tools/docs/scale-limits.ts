/** The limits that a deployment meets as it grows: AWS's, PISTE's and our own, each with what it is compared with. */
import { mailMinutes } from '../../functions/give-turns/give-turns.ts';
import { defaultMaximumConcurrency, mostTurnsAtOnce } from '../../infra/deployment.ts';
import type { Fact } from '../../shared/facts/fact.ts';
import { unitsOfInvoice } from './cost-page.ts';
import {
  aSecond,
  assumed,
  callsADay,
  credentialsRun,
  eventsASecond,
  invoicesAtOnce,
  paceAtMost,
  paceOfEach,
  rosterEntry,
  turnsAtOnce,
  type Size,
} from './scale-demand.ts';

export interface Limit extends Fact<number | 'unknown'> {
  what: string;
  demand: (size: Size) => number;
  /** If the demand comes near to it. */
  todo: string;
}

const guide = (page: string) => ({ mark: 'V-3P', source: `AWS’s documentation, ${page}` }) as const;
const remembered = { mark: 'R', source: 'AWS’s quotas, as we remember them' } as const;
const counted = (where: string) => ({ mark: 'OURS', source: where }) as const;
const one = ({ connections }: Size): number => connections;
/** The stage has some of each, too. */
const andOfStage = ({ connections }: Size): number => connections + 2;

export const limits: readonly Limit[] = [
  {
    what: 'batches of invoices at once (`maximumConcurrency`)',
    ...counted('the default in infra/deployment.ts'),
    value: defaultMaximumConcurrency,
    demand: invoicesAtOnce,
    todo: 'Set `maximumConcurrency`, up to 1,000. Until then invoices wait on the queue, and none is lost.',
  },
  {
    what: 'turns at once',
    ...counted('`mostTurnsAtOnce` in infra/deployment.ts'),
    value: mostTurnsAtOnce,
    demand: turnsAtOnce,
    todo: 'Raise it, or `pollingIntervalMinutes`.',
  },
  {
    what: 'functions at once in an account and Region',
    ...remembered,
    value: 1_000,
    demand: (size) => turnsAtOnce(size) + invoicesAtOnce(size),
    todo: 'Ask AWS. A new account may have 10 only: ask before the first connection.',
  },
  {
    what: 'seconds of `watch-credentials`',
    ...counted('`credentialsRun`, its timeout; it looks at twenty connections beside each other'),
    value: credentialsRun.seconds,
    demand: ({ connections }) => (connections * assumed.credentialsLook) / credentialsRun.atOnce,
    todo: 'AWS lets no function run longer. Beyond that, the look must become a turn of each connection.',
  },
  {
    what: 'invoices a second of one connection',
    ...counted('ADR 15: five calls in flight, of 0.3 s each'),
    value: paceAtMost,
    demand: paceOfEach,
    todo: 'Divide a group that bills so much among several connections, each with an account and a PISTE application.',
  },
  {
    what: 'calls a day of one PISTE application',
    mark: 'INF',
    source: 'no source says it; PISTE’s console shows the quota of each application',
    value: 'unknown',
    demand: callsADay,
    todo: 'One PISTE application for each builder, as each connection has one secret. Write the quota into `callsPerDay`; ask PISTE for more.',
  },
  {
    what: 'stacks in an account and Region',
    mark: 'COM',
    source: 'reported as 2,000; 200 in AWS’s public text of 2023 (ADR 32)',
    value: 2_000,
    demand: andOfStage,
    todo: 'Ask AWS, or divide the connections among accounts.',
  },
  {
    what: 'managed policies in an account',
    mark: 'COM',
    source: 'an article on IAM’s quotas (ADR 32)',
    value: 1_500,
    demand: one,
    todo: 'Ask AWS, or divide the connections among accounts, or write one policy for ERPs that are all your own (ADR 32).',
  },
  {
    what: 'connections that ring in one alarm by query',
    ...guide('Metrics Insights alarms (ADR 31)'),
    value: 100,
    demand: ({ connections }) => connections / assumed.inTrouble,
    todo: '`npx relay alarms` names the first hundred; the log names all. Divide the connections among stages.',
  },
  {
    what: 'topics in an account',
    ...guide('features of SNS (ADR 32)'),
    value: 100_000,
    demand: (size) => 2 * size.connections + 2,
    todo: 'Far away, even if each connection has an inbox of its own.',
  },
  {
    what: 'filter policies of a topic',
    ...guide('filter policies of SNS (ADR 32)'),
    value: 200,
    demand: () => 0,
    todo: 'Nothing: an inbox of one’s own has a topic of its own.',
  },
  {
    what: 'resources in the stack of a connection',
    ...guide('quotas of CloudFormation (ADR 32)'),
    value: 500,
    demand: () => 12,
    todo: 'Nothing: neither this stack nor the relay’s own grows with the connections.',
  },
  { what: 'secrets in an account and Region', ...remembered, value: 500_000, demand: one, todo: 'Far away.' },
  {
    what: 'readings of secrets a second',
    ...guide('quotas of Secrets Manager'),
    value: 10_000,
    demand: (size) => aSecond('secretRequests', size),
    todo: 'Far away: a warm function keeps them for five minutes.',
  },
  {
    what: 'units written to the table a second',
    ...guide('quotas of DynamoDB, on demand'),
    value: 40_000,
    demand: (size) => aSecond('write', size),
    todo: 'Ask AWS.',
  },
  {
    what: 'units read from the table a second',
    ...guide('quotas of DynamoDB, on demand'),
    value: 40_000,
    demand: (size) => aSecond('read', size),
    todo: 'Ask AWS.',
  },
  {
    what: 'units written a second to one partition: to the index `due` for one connection',
    ...guide('partition keys of DynamoDB'),
    value: 1_000,
    demand: (size) => paceOfEach(size) * unitsOfInvoice.due,
    todo: 'Nothing: a connection’s five calls keep it below. No key and no index has one partition for a stage.',
  },
  {
    what: 'bytes of an item of the roster',
    ...guide('quotas of DynamoDB'),
    value: 400_000,
    demand: ({ connections }) => (connections * rosterEntry.bytes) / rosterEntry.shards,
    todo: 'Far away.',
  },
  {
    what: 'requests for the key a second',
    ...remembered,
    value: 10_000,
    demand: (size) => aSecond('keyRequests', size),
    todo: 'Ask AWS.',
  },
  {
    what: 'publications to SNS a second',
    ...remembered,
    value: 300,
    demand: eventsASecond,
    todo: 'Ask AWS: the quota differs by Region, and 300 is the smallest. Events that are throttled stay in the outbox.',
  },
  {
    what: 'mails by SNS a second, if one connection in fifty has a reminder that morning',
    ...guide('knowledge centre, on mails by SNS'),
    value: 10,
    demand: ({ connections }) =>
      Math.min(connections, credentialsRun.atOnce) / assumed.credentialsLook / assumed.inTrouble,
    todo: 'Nothing. But if all expire on one day, twenty a second are too many: make secrets on different days.',
  },
  {
    what: `morning mails by SNS a second, with ${assumed.addressees} addressees for each connection`,
    ...guide('knowledge centre, on mails by SNS'),
    value: 10,
    demand: ({ connections }) => (assumed.addressees * connections) / (mailMinutes * 60),
    todo: 'Nothing. Beyond it AWS slows mails down: spread their turns over more of the morning.',
  },
  {
    what: 'messages in flight of a queue',
    ...guide('quotas of SQS'),
    value: 120_000,
    demand: (size) => Math.max(turnsAtOnce(size), invoicesAtOnce(size) * 5),
    todo: 'Far away.',
  },
  {
    what: 'objects put into one folder of S3 a second',
    ...remembered,
    value: 3_500,
    demand: (size) => aSecond('object', size),
    todo: 'Far away: folders are divided by connection and day, besides.',
  },
];

export interface Share {
  limit: Limit;
  /** 1: the limit is reached. */
  part: number;
}

/** How much of each limit is taken, the most first. */
export const sharesOf = (size: Size): Share[] =>
  limits
    .flatMap((limit) => (limit.value === 'unknown' ? [] : [{ limit, part: limit.demand(size) / limit.value }]))
    .sort((a, b) => b.part - a.part);
