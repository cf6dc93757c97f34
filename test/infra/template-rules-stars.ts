import type { Statement } from './policy-statements.ts';

const topics = /^\{"Fn::Join":\["",\[\{"Ref":"(Events|Operations)Topic\w{8}"\},"\*"\]\]\}$/;
const mailboxes = /^\{"Fn::Join":\["",\[\{"Ref":"OperationsTopic\w{8}"\},"-morning-\*"\]\]\}$/;
/** The only stars that an identity or a resource may have, and why. */
export const acknowledgedStars: readonly { why: string; holds: (statement: Statement) => boolean }[] = [
  {
    why: 'in a policy of a key, the star is that key; kms:* is the account itself, without which nobody could mend the policy',
    holds: ({ type, principal, actions, resources, condition }) =>
      type === 'AWS::KMS::Key' &&
      resources.join() === '*' &&
      (principal.includes(':root') ? actions.join() === 'kms:*' : condition !== 'null' && !hasStar(actions)),
  },
  {
    why: 'X-Ray has no resources',
    holds: ({ actions }) => actions.every((action) => /^xray:Put(TelemetryRecords|TraceSegments)$/.test(action)),
  },
  {
    why: 'objects are named by their folder',
    holds: ({ actions, resources }) =>
      actions.every((action) => /^s3:(Get|Put)Object(Version)?$/.test(action)) &&
      resources.every((arn) => /"\/((incoming|fetched)(\/([\w-]+|\*\/desk))?|documents|received)\/\*"]]}$/.test(arn)),
  },
  {
    why: 'the secrets of a stage are named after it, and a connection that is new needs no deployment',
    holds: ({ actions, resources }) =>
      actions.every((action) => /^secretsmanager:\w+$/.test(action)) &&
      resources.every((arn) => /^[^*?]*:secret:chorus-relay\/[a-z][a-z0-9]*\/\*"\]\]\}$/.test(arn)),
  },
  {
    why: 'the topics of connections are named after those of the stage',
    holds: ({ actions, resources }) => actions.join() === 'sns:Publish' && resources.every((arn) => topics.test(arn)),
  },
  {
    why: 'the mailboxes of connections are named after the operators’ topic',
    holds: ({ actions, resources }) =>
      actions.join() === 'sns:GetTopicAttributes,sns:Publish' && resources.every((arn) => mailboxes.test(arn)),
  },
  {
    why: 'DescribeAlarms answers about composite alarms only to whom it is allowed on everything',
    holds: ({ actions }) => actions.join() === 'cloudwatch:DescribeAlarms',
  },
];

export const hasStar = (texts: readonly string[]): boolean => texts.some((text) => /[*?]/.test(text));

export const isStar = ({ effect, actions, resources, principal }: Statement): boolean =>
  effect === 'Allow' && hasStar([...actions, ...resources, principal]);
