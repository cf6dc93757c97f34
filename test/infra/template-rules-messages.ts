import { statementsOf, type Statement } from './policy-statements.ts';
import type { Resource } from './stacks-fixture.ts';
import {
  about,
  alone,
  at,
  having,
  inThoseAbout,
  referred,
  refersTo,
  unless,
  wants,
  where,
  without,
  type Rule,
  type Spoil,
  type Template,
} from './template-rule.ts';

/** The policy that each type has beside it, and the actions that it must deny to plain HTTP. */
const policyOf: Readonly<Record<string, { type: string; denies: string }>> = {
  'AWS::S3::Bucket': { type: 'AWS::S3::BucketPolicy', denies: 's3:*' },
  // SNS knows no sns:* in a topic's policy; publishing is all that reaches a topic by HTTP.
  'AWS::SNS::Topic': { type: 'AWS::SNS::TopicPolicy', denies: 'sns:Publish' },
  'AWS::SQS::Queue': { type: 'AWS::SQS::QueuePolicy', denies: 'sqs:*' },
};
const inItsPolicy =
  (spoil: Spoil): Spoil =>
  (resource, template) =>
    inThoseAbout(policyOf[resource.Type]?.type ?? '', spoil)(resource, template);

/** The policies that are put on it, in place of any other. */
const namedBy = (resource: Resource, template: Template): Resource[] =>
  template.filter(
    ({ Type, Properties: { Queues, Topics, Bucket } }) =>
      Type === policyOf[resource.Type]?.type && refersTo([Queues, Topics, Bucket], resource),
  );

const refusesPlainHttp = ({ effect, condition, principal, actions }: Statement, denies: string): boolean =>
  effect === 'Deny' &&
  condition === '{"Bool":{"aws:SecureTransport":"false"}}' &&
  ['*', '{"AWS":"*"}'].includes(principal) &&
  actions.includes(denies);

/** What gives up messages, and where it names the queue that takes them. */
const deadLetterPaths: Readonly<Record<string, string>> = {
  'AWS::SNS::Subscription': 'Properties.RedrivePolicy.deadLetterTargetArn',
  'AWS::SQS::Queue': 'Properties.RedrivePolicy.deadLetterTargetArn',
  'AWS::Scheduler::Schedule': 'Properties.Target.DeadLetterConfig.Arn',
};
export const deadLettersOf = (resource: Resource): unknown => at(resource, deadLetterPaths[resource.Type] ?? 'none');
const takesDeadLetters = (queue: Resource, template: Template): boolean =>
  template.some((other) => refersTo(deadLettersOf(other), queue));
const givesUp = (queue: Resource): boolean => deadLettersOf(queue) !== undefined;

const deadLettersAlarm = 'ApproximateNumberOfMessagesVisible';
const ageAlarm = 'ApproximateAgeOfOldestMessage';
const twoWeeks = 14 * 86_400;

const alarm = 'AWS::CloudWatch::Alarm';
const mapping = 'AWS::Lambda::EventSourceMapping';
const retriedAge = 'MessageAgeSeconds';
const isAlarmOf = (metric: string) => (other: Resource) => at(other, 'Properties.MetricName') === metric;

/** A turn is worth nothing once the next one is due: its queue keeps it only until then, and no dead letters. */
const isOfTurns = (queue: Resource | undefined): boolean =>
  String(at(queue, 'Properties.QueueName')).endsWith('-turns');
const ofMessages = (spoil: Spoil): Spoil => where((queue) => !isOfTurns(queue), spoil);
export const queueOf = (taken: Resource, template: Template): Resource | undefined =>
  referred(template, 'AWS::SQS::Queue', at(taken, 'Properties.EventSourceArn'))[0];
export const takesMessages = (taken: Resource, template: Template): boolean => !isOfTurns(queueOf(taken, template));

/** For the queues that the relay itself does not take from. */
const notTaken = (spoil: Spoil): Spoil =>
  where((queue, template) => about(template, mapping, queue).length === 0, spoil);

/** Messages are not lost, and nobody listens in. */
export const messageRules: readonly Rule[] = [
  {
    name: 'refuses plain HTTP',
    of: Object.keys(policyOf),
    holds: (resource, template) => {
      const { type = '', denies = '' } = policyOf[resource.Type] ?? {};
      const own = statementsOf(about(template, type, resource)).filter((statement) =>
        refusesPlainHttp(statement, denies),
      );
      const onIt = own.flatMap(({ resources }) => resources).filter((arn) => arn.includes(`"${resource.id}"`));
      // A bucket's objects are resources of their own.
      const wanted = resource.Type === 'AWS::S3::Bucket' ? 2 : 1;
      return unless(onIt.length === wanted, 'no policy denies it to everybody who comes without TLS');
    },
    brokenBy: {
      'no policy': (resource, template) => alone(policyOf[resource.Type]?.type ?? '')(resource, template),
      'no denial': inItsPolicy(having('Properties.PolicyDocument.Statement.0.Effect', 'Allow')),
      'another condition': inItsPolicy(having('Properties.PolicyDocument.Statement.0.Condition', {})),
      'a denial for some': inItsPolicy(having('Properties.PolicyDocument.Statement.0.Principal', { AWS: '1' })),
      'a denial of little': inItsPolicy(having('Properties.PolicyDocument.Statement.0.Action', 'x:Read')),
      'a denial of another': inItsPolicy(having('Properties.PolicyDocument.Statement.0.Resource', 'arn')),
    },
  },
  {
    name: 'has one policy: a second one would take the place of the first',
    of: Object.keys(policyOf),
    holds: (resource, template) =>
      unless(namedBy(resource, template).length === 1, 'it has no policy, or more than one'),
    brokenBy: {
      'a second one': (resource, template) => [
        ...template,
        ...namedBy(resource, template).map((policy) => ({ ...policy, id: `${policy.id}Again` })),
      ],
    },
  },
  {
    name: 'has a dead-letter queue, or is one, or holds turns',
    of: ['AWS::SQS::Queue'],
    holds: (queue, template) =>
      unless(
        isOfTurns(queue) ||
          (givesUp(queue)
            ? referred(template, 'AWS::SQS::Queue', deadLettersOf(queue)).some((other) => other !== queue)
            : takesDeadLetters(queue, template)),
        'it has no dead-letter queue of the template, and is nobody’s',
      ),
    brokenBy: {
      'no RedrivePolicy': without('Properties.RedrivePolicy'),
      'dead letters elsewhere': ofMessages(having('Properties.RedrivePolicy.deadLetterTargetArn', 'arn')),
      'dead letters to itself': ofMessages((queue, template) =>
        having('Properties.RedrivePolicy.deadLetterTargetArn', { Ref: queue.id })(queue, template),
      ),
      'nobody who gives up to it': where(takesDeadLetters, (queue, template) =>
        template.filter((other) => other === queue || !refersTo(deadLettersOf(other), queue)),
      ),
    },
  },
  {
    name: 'keeps what could not be told',
    of: ['AWS::SNS::Subscription', 'AWS::Scheduler::Schedule'],
    // Who does not read e-mail is no queue's concern.
    holds: (resource, template) =>
      at(resource, 'Properties.Protocol') === 'email'
        ? undefined
        : unless(
            referred(template, 'AWS::SQS::Queue', deadLettersOf(resource)).length === 1,
            'it has no dead-letter queue of the template',
          ),
    brokenBy: {
      'no RedrivePolicy': without('Properties.RedrivePolicy'),
      'no DeadLetterConfig': without('Properties.Target.DeadLetterConfig'),
      'dead letters elsewhere': (resource, template) =>
        having(deadLetterPaths[resource.Type] ?? '', 'arn')(resource, template),
    },
  },
  {
    name: 'keeps messages for as long as SQS does, or turns for a quarter of an hour',
    of: ['AWS::SQS::Queue'],
    holds: (queue, template) =>
      wants('Properties.MessageRetentionPeriod', isOfTurns(queue) ? 900 : twoWeeks)(queue, template),
    brokenBy: {
      'the four days of SQS': without('Properties.MessageRetentionPeriod'),
      'a day': having('Properties.MessageRetentionPeriod', 86_400),
    },
  },
  {
    name: 'rings for what lies in it too long',
    of: ['AWS::SQS::Queue'],
    holds: (queue, template) => {
      // What the relay itself takes and retries has a rule of its own.
      if (about(template, mapping, queue).length > 0) return undefined;
      const metric = givesUp(queue) ? ageAlarm : deadLettersAlarm;
      const alarms = about(template, alarm, queue).filter(isAlarmOf(metric));
      const soon = alarms.some((one) => Number(at(one, 'Properties.Threshold')) < (givesUp(queue) ? twoWeeks : 2));
      return unless(soon, `no alarm of its ${metric} rings in time`);
    },
    brokenBy: {
      'no alarm': notTaken(alone(alarm)),
      'an alarm of something else': notTaken(inThoseAbout(alarm, having('Properties.MetricName', 'SentMessageSize'))),
      'an alarm that rings when all is lost': notTaken(inThoseAbout(alarm, having('Properties.Threshold', twoWeeks))),
    },
  },
  {
    // SQS leaves out of its own age what was received three times or more: all that is retried.
    name: 'has an alarm on the age of what is retried, and one on what is not taken',
    of: [mapping],
    holds: (taken, template) => {
      const queue = queueOf(taken, template);
      if (isOfTurns(queue)) return undefined;
      const untaken = queue ? about(template, alarm, queue).filter(isAlarmOf(deadLettersAlarm)) : [];
      const soon = template
        .filter(isAlarmOf(retriedAge))
        .some((one) => Number(at(one, 'Properties.Threshold')) < twoWeeks);
      return unless(soon && untaken.length > 0, 'no alarm rings in time');
    },
    brokenBy: {
      'no alarm on the age': where(takesMessages, (_taken, template) =>
        template.filter((other) => !isAlarmOf(retriedAge)(other)),
      ),
      'an alarm that rings when all is lost': where(takesMessages, (_taken, template) => {
        const [age] = template.filter(isAlarmOf(retriedAge));
        return age && having('Properties.Threshold', twoWeeks)(age, template);
      }),
      'SQS’s own age': where(takesMessages, (_taken, template) => {
        const [age] = template.filter(isAlarmOf(retriedAge));
        return age && having('Properties.MetricName', ageAlarm)(age, template);
      }),
      'no alarm on what is not taken': where(takesMessages, (_taken, template) =>
        template.filter((other) => !isAlarmOf(deadLettersAlarm)(other)),
      ),
    },
  },
];
