import * as z from 'zod';
import { written } from './stacks-fixture.ts';
import { at, having, unless, without, type Rule, type Spoil } from './template-rule.ts';

interface Watching {
  operator: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  statistics: readonly string[];
  /** It rings there, or earlier. */
  most?: number;
}

const atTheFirst: Watching = { operator: 'GreaterThanOrEqualToThreshold', statistics: ['Sum'], most: 1 };
const tooLong: Watching = { operator: 'GreaterThanOrEqualToThreshold', statistics: ['Maximum'] };
const tooFew: Watching = { operator: 'LessThanThreshold', statistics: ['Minimum', 'SampleCount', 'Sum'] };

/** How each metric is to be watched: the other way round an alarm would never ring, or always. */
const watching: Readonly<Record<string, Watching>> = {
  ApproximateAgeOfOldestMessage: tooLong,
  ApproximateNumberOfMessagesVisible: { ...tooLong, statistics: ['Maximum', 'Minimum'], most: 1 },
  ConnectionSuspended: atTheFirst,
  CredentialsMissing: atTheFirst,
  DoubtStuck: atTheFirst,
  Duration: tooLong,
  MessageAgeSeconds: tooLong,
  Errors: atTheFirst,
  Invocations: tooFew,
  PisteSecretDaysLeft: tooFew,
  PollsDone: tooFew,
  Retries: atTheFirst,
  TechnicalPasswordDaysLeft: tooFew,
  Throttles: atTheFirst,
  TokenFailures: atTheFirst,
  Unexpected: atTheFirst,
  UnknownStatus: atTheFirst,
};

function isWatched(alarm: unknown): boolean {
  const wanted = watching[String(at(alarm, 'Properties.MetricName'))];
  return (
    wanted !== undefined &&
    at(alarm, 'Properties.ComparisonOperator') === wanted.operator &&
    wanted.statistics.includes(String(at(alarm, 'Properties.Statistic'))) &&
    Number(at(alarm, 'Properties.Threshold')) <= (wanted.most ?? Infinity)
  );
}

const reversed: Spoil = (alarm, template) => {
  const rings = at(alarm, 'Properties.ComparisonOperator') === 'LessThanThreshold';
  const other = rings ? 'GreaterThanOrEqualToThreshold' : 'LessThanThreshold';
  return having('Properties.ComparisonOperator', other)(alarm, template);
};

const dimensionsSchema = z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]);

/** Of our own metrics: of the stage that the alarm itself is named after. */
function seesItsStage(alarm: unknown): boolean {
  if (at(alarm, 'Properties.Namespace') !== 'ChorusRelay') return true;
  const dimensions = dimensionsSchema.parse(at(alarm, 'Properties.Dimensions'));
  const service = dimensions.find(({ Name }) => Name === 'service')?.Value;
  return typeof service === 'string' && written(at(alarm, 'Properties.AlarmName')).startsWith(`${service}-`);
}

/** An alarm that never rings, or always, is none. */
export const watchingRules: readonly Rule[] = [
  {
    name: 'watches its metric from the side where it gets worse',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => unless(isWatched(alarm), 'it would ring at the wrong time, or never'),
    brokenBy: {
      'the other side': reversed,
      'the average': having('Properties.Statistic', 'Average'),
      'a metric that nobody thought of': having('Properties.MetricName', 'Other'),
      'a threshold out of reach': (alarm, template) =>
        watching[String(at(alarm, 'Properties.MetricName'))]?.most === undefined
          ? undefined
          : having('Properties.Threshold', 1e12)(alarm, template),
    },
  },
  {
    name: 'watches the metrics of its own stage',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => unless(seesItsStage(alarm), 'its metric is not of its stage'),
    brokenBy: {
      'another stage': (alarm, template) =>
        at(alarm, 'Properties.Namespace') === 'ChorusRelay'
          ? having('Properties.Dimensions', [{ Name: 'service', Value: 'chorus-relay-other' }])(alarm, template)
          : undefined,
      'every stage': (alarm, template) =>
        at(alarm, 'Properties.Namespace') === 'ChorusRelay'
          ? without('Properties.Dimensions')(alarm, template)
          : undefined,
    },
  },
];
