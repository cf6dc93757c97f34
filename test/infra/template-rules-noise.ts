import { isDeepStrictEqual } from 'node:util';
import { retryReasons } from '../../shared/messaging/retry-reasons.ts';
import { timings } from '../../shared/facts/timings.ts';
import { ofType, references, type Resource } from './stacks-fixture.ts';
import { at, having, referred, unless, where, without, type Rule, type Spoil, type Template } from './template-rule.ts';
import { isQuery, metricNameOf, metricsOf } from './template-rules-watching.ts';

const minute = 60;
const day = 86_400;
const dimensionOf = (alarm: Resource, name: string): string | undefined => {
  const [value] = metricsOf(alarm).flatMap(({ Dimensions }) =>
    Dimensions.flatMap(({ Name, Value }) => (Name === name ? [Value] : [])),
  );
  return typeof value === 'string' ? value : undefined;
};

/** The longest time between two polls of a connection here, and between two readings of requests: seconds. */
const [betweenPolls, betweenReadings] = [15 * minute, 60 * minute];

type Often = (alarm: Resource, template: Template) => number | undefined;
const withEachPoll: Often = () => betweenPolls;
const withEachCall: Often = (alarm, template) => {
  const [called] = referred(template, 'AWS::Lambda::Function', at(alarm, 'Properties.Dimensions'));
  const name = String(called?.Properties['FunctionName']);
  if (name.endsWith('give-turns')) return minute;
  if (name.endsWith('take-turns')) return betweenReadings;
  // In October a day has 25 hours.
  if (name.endsWith('watch-credentials')) return day + 3600;
  return name.endsWith('submit-invoice') ? 6 * minute : undefined;
};
const plus =
  (seconds: number, often: Often): Often =>
  (alarm, template) =>
    seconds + (often(alarm, template) ?? 0);

const secondsOf: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(retryReasons).map(([reason, { longest }]) => [reason, longest]),
);

/** How often a metric counts one cause, as long as it lasts: seconds. */
const recurs: Readonly<Record<string, Often>> = {
  ConnectionSuspended: withEachPoll,
  CredentialsMissing: withEachPoll,
  DoubtStuck: plus(timings.stuckPause.ms / 1000, withEachPoll),
  Duration: withEachCall,
  Errors: withEachCall,
  MorningMailMissed: withEachPoll,
  OrdersUnread: withEachPoll,
  PollsStopped: withEachPoll,
  Retries: (alarm) => secondsOf[dimensionOf(alarm, 'reason') ?? ''],
  Throttles: withEachCall,
  Unexpected: withEachPoll,
  ValidationsAtRisk: withEachPoll,
  ValidationsStopped: withEachPoll,
  UnknownStatus: () => timings.reportInterval.ms / 1000,
  WorksClosed: withEachPoll,
};
const recurringIn: Often = (alarm, template) => recurs[metricNameOf(alarm)]?.(alarm, template);

/** How long an alarm goes on ringing after one occurrence: seconds. */
function ringsFor(alarm: Resource): number {
  const one = at(alarm, 'Properties.DatapointsToAlarm') === 1;
  return (metricsOf(alarm)[0]?.Period ?? 0) * (one ? Number(at(alarm, 'Properties.EvaluationPeriods')) : 1);
}

const topicNames = (alarm: Resource, template: Template, actions: string): string[] =>
  template
    .filter(({ id, Type }) => Type === 'AWS::SNS::Topic' && references(at(alarm, actions)).includes(id))
    .map(({ Properties }) => String(Properties['TopicName']).replace(/^.*-operations(-contacts-)?/, ''))
    .sort();

/** The operators: their topic has no connection in its name. The alarm does not know which one is in trouble. */
const isHeardByOperators = (alarm: Resource, template: Template): boolean =>
  ['Properties.AlarmActions', 'Properties.OKActions'].every((actions) =>
    isDeepStrictEqual(topicNames(alarm, template, actions), ['']),
  );

const ofAnother: Spoil = (alarm, template) => {
  const own = ofType(template, 'AWS::SNS::Topic').find(({ id }) => id.includes('ContactsTopic'));
  return own && having('Properties.AlarmActions', [{ Ref: own.id }])(alarm, template);
};

const isOfAge = (alarm: Resource): boolean => at(alarm, 'Properties.MetricName') === 'ApproximateAgeOfOldestMessage';

/** The most receives of a message until an alarm on its dead letters rings: the age leaves it out after three. */
const mostReceives = 20;
const endsAmongDeadLetters = (alarm: Resource, template: Template): boolean =>
  referred(template, 'AWS::SQS::Queue', at(alarm, 'Properties.Dimensions')).every(
    (queue) => Number(at(queue, 'Properties.RedrivePolicy.maxReceiveCount')) <= mostReceives,
  );

/** Whoever is called for nothing, or again and again for the same, no longer listens. */
export const noiseRules: readonly Rule[] = [
  {
    name: 'rings without a break while its cause lasts',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm, template) => {
      const every = recurringIn(alarm, template);
      return unless(every === undefined || every <= ringsFor(alarm), 'it would say OK, and ring again');
    },
    brokenBy: {
      'a second': where(
        (alarm, template) => recurringIn(alarm, template) !== undefined,
        (alarm, template) =>
          having(isQuery(alarm) ? 'Properties.Metrics.0.Period' : 'Properties.Period', 1)(alarm, template),
      ),
    },
  },
  {
    name: 'is heard by the operators, and by no connection’s contacts',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm, template) => unless(isHeardByOperators(alarm, template), 'others hear it, or those do not'),
    brokenBy: {
      'without the operators': ofAnother,
      'nobody hears that it is over': without('Properties.OKActions'),
    },
  },
  {
    name: 'does not trust an age that leaves out what is received again and again',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm, template) =>
      unless(!isOfAge(alarm) || endsAmongDeadLetters(alarm, template), 'what is received thrice has no age'),
    brokenBy: {
      'a queue that keeps its messages': where(isOfAge, (alarm, template) => {
        const [queue] = referred(template, 'AWS::SQS::Queue', at(alarm, 'Properties.Dimensions'));
        return queue && having('Properties.RedrivePolicy.maxReceiveCount', 1000)(queue, template);
      }),
    },
  },
];
