import { references, written, type Resource } from './stacks-fixture.ts';
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
  without,
  type Rule,
  type Template,
} from './template-rule.ts';

const variables = 'Properties.Environment.Variables';
const variablesOf = (resource: Resource): [string, unknown][] => Object.entries(at(resource, variables) ?? {});

const secretNames = /SECRET|PASSW|PASSPHRASE|TOKEN|CREDENTIAL|LOGIN|PRIVATE|API_?KEY|CLIENT_ID/i;
/** Where something is, not what it is. */
const addresses = /_(URL|ARN)$/;

/** What a secret looks like, whatever it is called. */
const secretShapes: Readonly<Record<string, { shape: RegExp; example: string }>> = {
  'a UUID, as PISTE makes them': {
    shape: /[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/i,
    example: '6f9619ff-8b86-d011-b42d-00cf4fc964ff',
  },
  'a key of AWS': { shape: /\bA(KIA|SIA)[0-9A-Z]{16}/, example: `AKIA${'I'.repeat(16)}` },
  'a private key': { shape: /-----BEGIN/, example: '-----BEGIN PRIVATE KEY-----' },
  'a token': { shape: /\beyJ[\w-]{10,}/, example: 'eyJhbGciOiJIUzI1NiJ9' },
  'a password in an address': { shape: /:\/\/[^/\s]*:[^/\s]*@/, example: 'https://user:word@example.org' },
  'letters and digits at random': {
    shape: /(?=[\w+/=]*\d)(?=[\w+/=]*[A-Z])(?=[\w+/=]*[a-z])[\w+/=]{20,}/,
    example: 'tR7xPq2LmZ8vKc4WbN1sYd',
  },
};

/** The stage, servers of a test, the desk's provider, what metrics are called, the heap, or the name of a resource. */
const isPlace = (name: string, value: unknown, template: Template): boolean =>
  isLiteral(value)
    ? (name.endsWith('_URL') && /^https?:\/\/[\w.:/-]+$/.test(value)) ||
      /^(STAGE|DESK_AUDIENCE|METRICS_(SERVICE|NAMESPACE))$/.test(name) ||
      /^NODE_OPTIONS=--max-old-space-size=\d+$/.test(`${name}=${value}`)
    : references(value).length > 0 && references(value).every((id) => template.some((other) => other.id === id));

const isLiteral = (value: unknown): value is string => typeof value === 'string';

function secretIn(resource: Resource): string | undefined {
  const found = variablesOf(resource).find(
    ([name, value]) =>
      (secretNames.test(name) && !addresses.test(name)) ||
      (isLiteral(value) && Object.values(secretShapes).some(({ shape }) => shape.test(value))),
  );
  return found && `its environment tells ${found[0]}`;
}

const alarm = 'AWS::CloudWatch::Alarm';
const alarmsOf = (of: Resource, metric: string, template: Template): Resource[] =>
  about(template, alarm, of).filter(
    (one) => at(one, 'Properties.Namespace') === 'AWS/Lambda' && at(one, 'Properties.MetricName') === metric,
  );

const logs = 'Properties.LoggingConfig.LogGroup';

/** How a function runs, and who hears of it when it does not. */
export const functionRules: readonly Rule[] = [
  ...Object.entries({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    TracingConfig: { Mode: 'Active' },
  }).map(([property, wanted]): Rule => ({
    name: `runs with the ${property} of all`,
    of: ['AWS::Lambda::Function'],
    holds: wants(`Properties.${property}`, wanted),
    brokenBy: {
      'Lambda’s own choice': without(`Properties.${property}`),
      another: having(`Properties.${property}`, 'other'),
    },
  })),
  {
    name: 'says how long it may run and how much memory it may take',
    of: ['AWS::Lambda::Function'],
    holds: ({ Properties: { Timeout, MemorySize } }) =>
      unless(Number(Timeout) > 3 && Number(MemorySize) > 128, 'Timeout or MemorySize is left to Lambda'),
    brokenBy: { 'no timeout': without('Properties.Timeout'), 'no memory': without('Properties.MemorySize') },
  },
  {
    name: 'writes into a log of the template, under the name that the key admits',
    of: ['AWS::Lambda::Function'],
    holds: (resource, template) => {
      const [log] = referred(template, 'AWS::Logs::LogGroup', at(resource, logs));
      const name = at(log, 'Properties.LogGroupName');
      return unless(
        name === `/aws/lambda/${written(at(resource, 'Properties.FunctionName'))}`,
        `its log is ${written(name)}: Lambda would make one that never ends and is not encrypted`,
      );
    },
    brokenBy: {
      'the log that Lambda makes': without('Properties.LoggingConfig'),
      'no such log': having(logs, '/aws/lambda/other'),
      'a log of another name': (resource, template) => {
        const [log] = referred(template, 'AWS::Logs::LogGroup', at(resource, logs));
        return log && having('Properties.LogGroupName', '/other')(log, template);
      },
    },
  },
  ...['Errors', 'Throttles', 'Duration'].map((metric): Rule => ({
    name: `rings at its ${metric}`,
    of: ['AWS::Lambda::Function'],
    holds: (resource, template) => unless(alarmsOf(resource, metric, template).length > 0, `no alarm of its ${metric}`),
    brokenBy: {
      'no alarm': alone(alarm, (one) => at(one, 'Properties.MetricName') === metric),
      'alarms of something else': inThoseAbout(alarm, having('Properties.MetricName', 'Invocations')),
      'alarms of another service': inThoseAbout(alarm, having('Properties.Namespace', 'AWS/SQS')),
      'alarms of all functions': inThoseAbout(alarm, without('Properties.Dimensions')),
    },
  })),
  {
    name: 'rings before it is cut off',
    of: ['AWS::Lambda::Function'],
    holds: (resource, template) => {
      const end = 1000 * Number(at(resource, 'Properties.Timeout'));
      const before = alarmsOf(resource, 'Duration', template).some(
        (one) => Number(at(one, 'Properties.Threshold')) < end,
      );
      return unless(before, 'the alarm of its Duration rings after its timeout');
    },
    brokenBy: {
      'a shorter timeout': having('Properties.Timeout', 10),
      'an alarm after an hour': inThoseAbout(alarm, having('Properties.Threshold', 3_600_000)),
    },
  },
  {
    name: 'is told no secret by its environment',
    of: ['AWS::Lambda::Function'],
    holds: secretIn,
    brokenBy: {
      ...Object.fromEntries(
        ['CLIENT_SECRET', 'PASSWORD', 'chorusLogin', 'API_KEY'].map((name) => [
          `a variable ${name}`,
          having(`${variables}.${name}`, 'x'),
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(secretShapes).map(([what, { example }]) => [
          what,
          having(`${variables}.CHORUS_PRO_URL`, example),
        ]),
      ),
    },
  },
  {
    name: 'is told by its environment where things are, and nothing else',
    of: ['AWS::Lambda::Function'],
    holds: (resource, template) => {
      const [name] = variablesOf(resource).find(([given, value]) => !isPlace(given, value, template)) ?? [];
      return unless(name === undefined, `its environment tells ${name ?? ''}, which is no name of a resource`);
    },
    brokenBy: {
      'a text': having(`${variables}.X`, 'hunter2'),
      'a parameter of the stack': having(`${variables}.LEDGER_TABLE`, { Ref: 'Hidden' }),
    },
  },
  {
    name: 'reads no secret while it is deployed',
    of: 'all',
    // CloudFormation would write what it resolves into the resource, where everybody may read it who may describe it.
    holds: ({ Properties }) => unless(!written(Properties).includes('{{resolve:'), 'it has a dynamic reference'),
    brokenBy: { 'a dynamic reference': having('Properties.Description', '{{resolve:secretsmanager:chorus-relay/x}}') },
  },
  {
    name: 'is moved to a new version by parts',
    of: ['AWS::Lambda::Alias'],
    holds: (alias, template) =>
      unless(
        referred(template, 'AWS::CodeDeploy::DeploymentGroup', at(alias, 'UpdatePolicy')).length === 1,
        'no deployment group moves it',
      ),
    brokenBy: { 'no deployment group': without('UpdatePolicy') },
  },
  {
    name: 'turns back when an alarm of the template rings',
    of: ['AWS::CodeDeploy::DeploymentGroup'],
    holds: (group, template) => {
      const asked = template.filter(({ Type }) => Type === alarm);
      const events = written(at(group, 'Properties.AutoRollbackConfiguration'));
      return unless(
        at(group, 'Properties.AlarmConfiguration.Enabled') === true &&
          asked.some((one) => refersTo(at(group, 'Properties.AlarmConfiguration.Alarms'), one)) &&
          events.includes('"Enabled":true') &&
          events.includes('"DEPLOYMENT_STOP_ON_ALARM"'),
        'no alarm turns it back',
      );
    },
    brokenBy: {
      'no alarm': having('Properties.AlarmConfiguration.Alarms', []),
      'alarms that nobody asks': having('Properties.AlarmConfiguration.Enabled', false),
      'no way back': having('Properties.AutoRollbackConfiguration.Enabled', false),
      'no way back from an alarm': having('Properties.AutoRollbackConfiguration.Events', ['DEPLOYMENT_FAILURE']),
    },
  },
];
