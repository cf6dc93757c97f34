import * as z from 'zod';
import { statementsOf, type Statement } from './policy-statements.ts';
import { references, written, type Resource } from './stacks-fixture.ts';
import {
  about,
  at,
  having,
  inThoseAbout,
  refersTo,
  unless,
  where,
  without,
  type Rule,
  type Spoil,
  type Template,
} from './template-rule.ts';

const isTopic = (template: Template, id: string): boolean =>
  template.some((other) => other.id === id && other.Type === 'AWS::SNS::Topic');

/** All of them go to a topic of the template. */
const tells =
  (actions: string): Rule['holds'] =>
  (alarm, template) => {
    const targets = at(alarm, `Properties.${actions}`);
    const told = references(targets);
    const all = Array.isArray(targets) && targets.length > 0 && targets.length === told.length;
    return unless(all && told.every((id) => isTopic(template, id)), `its ${actions} are no topic of the template`);
  };

const breaks = (actions: string): Rule['brokenBy'] => ({
  [`no ${actions}`]: without(`Properties.${actions}`),
  'nobody told': having(`Properties.${actions}`, []),
  'somebody elsewhere told': having(`Properties.${actions}.0`, 'arn:aws:sns:eu-west-3:1:other'),
  'what is no topic': (alarm, template) => having(`Properties.${actions}.0`, { Ref: alarm.id })(alarm, template),
});

const runbook = / Runbook: \S+\/alarms\/[a-z-]+\.md$/;
const descriptionOf = (alarm: unknown): string => {
  const description = at(alarm, 'Properties.AlarmDescription');
  return typeof description === 'string' ? description : '';
};
const described =
  (change: (description: string) => string): Spoil =>
  (alarm, template) =>
    having('Properties.AlarmDescription', change(descriptionOf(alarm)))(alarm, template);

const letsCloudWatchIn = ({ effect, principal, actions, condition }: Statement, wanted: readonly string[]): boolean =>
  effect === 'Allow' &&
  principal === '{"Service":"cloudwatch.amazonaws.com"}' &&
  wanted.every((action) => actions.includes(action)) &&
  condition.startsWith('{"StringEquals":');
const letsIn = (statements: readonly Statement[], ...wanted: string[]): boolean =>
  statements.some((statement) => letsCloudWatchIn(statement, wanted));

/** Whether an alarm calls the topic. */
const callsBy = (topic: Resource, template: Template): boolean =>
  template.some((alarm) => refersTo(at(alarm, 'Properties.AlarmActions'), topic));

/** Operators and contacts: what they are told leaves by mail. */
export const isOfPeople = (topic: Resource): boolean =>
  /-operations(-|$)/.test(String(at(topic, 'Properties.TopicName')));

/** Takes the statements away that let CloudWatch in. */
const withoutCloudWatch =
  (path: string): Spoil =>
  (resource, template) => {
    const all = statementsSchema.parse(at(resource, path) ?? []);
    const others = all.filter((statement) => !written(statement).includes('cloudwatch.amazonaws.com'));
    return others.length === all.length ? undefined : having(path, others)(resource, template);
  };
const statementsSchema = z.array(z.unknown());

/** Whoever is called by an alarm learns what it means and what to do; an alarm that nobody hears is none. */
export const alarmRules: readonly Rule[] = [
  {
    name: 'calls somebody',
    of: ['AWS::CloudWatch::Alarm'],
    holds: tells('AlarmActions'),
    brokenBy: breaks('AlarmActions'),
  },
  {
    name: 'says when it is over',
    of: ['AWS::CloudWatch::Alarm'],
    holds: tells('OKActions'),
    brokenBy: breaks('OKActions'),
  },
  {
    name: 'is not switched off',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => unless(at(alarm, 'Properties.ActionsEnabled') !== false, 'its actions are switched off'),
    brokenBy: { 'actions switched off': having('Properties.ActionsEnabled', false) },
  },
  {
    name: 'says what it means',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) =>
      unless(descriptionOf(alarm).replace(runbook, '').trim().length >= 40, 'its description says too little'),
    brokenBy: {
      'no description': without('Properties.AlarmDescription'),
      'a runbook alone': described((description) => runbook.exec(description)?.[0] ?? ''),
      'a word': described((description) => `Broken.${runbook.exec(description)?.[0] ?? ''}`),
    },
  },
  {
    name: 'says it in French and in English',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => {
      const languages = descriptionOf(alarm).replace(runbook, '').split(' / ');
      return unless(
        languages.length === 2 && languages.every(({ length }) => length >= 40),
        'its description is not in both languages',
      );
    },
    brokenBy: {
      'English alone': described((description) => description.replace(/^.* \/ /, '')),
      'French alone': described((description) => description.replace(/ \/ .* Runbook/, ' Runbook')),
    },
  },
  {
    name: 'is no longer than CloudWatch takes',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => unless(descriptionOf(alarm).length <= 1024, 'its description is too long'),
    brokenBy: { 'a long story': described((description) => description.padStart(1025)) },
  },
  {
    name: 'names the page of its runbook',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => unless(runbook.test(descriptionOf(alarm)), 'its description ends with no runbook'),
    brokenBy: {
      'no description': without('Properties.AlarmDescription'),
      'no runbook': described((description) => description.replace(runbook, '')),
      'the whole folder': described((description) => description.replace(/[a-z-]+\.md$/, '')),
    },
  },
  {
    name: 'lets the alarms in that call it',
    of: ['AWS::SNS::Topic'],
    holds: (topic, template) => {
      const statements = statementsOf(about(template, 'AWS::SNS::TopicPolicy', topic));
      return unless(!callsBy(topic, template) || letsIn(statements, 'sns:Publish'), 'CloudWatch may not publish');
    },
    brokenBy: {
      'no such statement': where(
        callsBy,
        inThoseAbout('AWS::SNS::TopicPolicy', withoutCloudWatch('Properties.PolicyDocument.Statement')),
      ),
    },
  },
  {
    name: 'is heard when the key is disabled, if people are told by it',
    of: ['AWS::SNS::Topic'],
    holds: (topic) =>
      unless(!isOfPeople(topic) || at(topic, 'Properties.KmsMasterKeyId') === undefined, 'it hangs on a key'),
    brokenBy: { 'a key': where(isOfPeople, having('Properties.KmsMasterKeyId', { Ref: 'Key' })) },
  },
];
