import { alarmRules } from './template-rules-alarms.ts';
import { dataRules } from './template-rules-data.ts';
import { deskRules } from './template-rules-desk.ts';
import { functionRules } from './template-rules-functions.ts';
import { messageRules } from './template-rules-messages.ts';
import { noiseRules } from './template-rules-noise.ts';
import { permissionRules } from './template-rules-permissions.ts';
import { takingRules } from './template-rules-taking.ts';
import { watchingRules } from './template-rules-watching.ts';
import { having, unless, type Rule, type Template } from './template-rule.ts';
import type { Resource } from './stacks-fixture.ts';

const bySubject = [
  ...dataRules,
  ...messageRules,
  ...takingRules,
  ...functionRules,
  ...alarmRules,
  ...watchingRules,
  ...noiseRules,
  ...permissionRules,
  ...deskRules,
];

/** Types that no rule names, and why those of all resources are enough for them. */
export const asked: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Dashboard': 'shows metrics, loses nothing: dashboard.test.ts',
  'AWS::CodeDeploy::Application': 'a name for the deployment groups',
  'AWS::IAM::ManagedPolicy': 'its statements are asked of all',
  'AWS::Events::Rule': 'watches the key: stacks-alarms.test.ts',
  'AWS::IAM::Policy': 'its statements are asked of all',
  'AWS::KMS::Alias': 'a name for the key',
  'AWS::Lambda::EventInvokeConfig': 'how often Lambda tries again',
  'AWS::Logs::QueryDefinition': 'a question to the logs: dashboard.test.ts',
  'AWS::S3::BucketPolicy': 'asked of its bucket',
  'AWS::SNS::TopicPolicy': 'asked of its topic',
  'AWS::SQS::QueuePolicy': 'asked of its queue',
  'AWS::Scheduler::ScheduleGroup': 'a name for the schedules',
};

const thoughtOf = new Set([...Object.keys(asked), ...bySubject.flatMap(({ of }) => (of === 'all' ? [] : of))]);

/** What holds for the template of every stage. A new type of resource needs a rule, or a line above. */
export const rules: readonly Rule[] = [
  ...bySubject,
  {
    name: 'is of a type that somebody has thought about',
    of: 'all',
    holds: ({ Type }) => unless(thoughtOf.has(Type), `no rule names ${Type}, nor does the list of those without`),
    brokenBy: { 'another type': having('Type', 'AWS::Kinesis::Stream') },
  },
];

export const isAbout = ({ of }: Rule, { Type }: Resource): boolean => of === 'all' || of.includes(Type);

interface Breach {
  id: string;
  wrong: string;
}

/** Looks at ALL resources. */
export const breaches = (rule: Rule, template: Template): Breach[] =>
  template.flatMap((resource) => {
    const wrong = isAbout(rule, resource) ? rule.holds(resource, template) : undefined;
    return wrong === undefined ? [] : [{ id: resource.id, wrong }];
  });
