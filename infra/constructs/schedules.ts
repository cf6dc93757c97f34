import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { stackName } from '../names.ts';
import { mayEncryptAndDecrypt, maySend } from './permissions.ts';
import { DeadLetterQueue } from './queue-with-dead-letters.ts';

/** A function, or an alias of one. */
type Callable = Pick<IFunction, 'functionArn'>;

interface SchedulesProps {
  stage: string;
  key: IKey;
  giveTurns: Callable;
  watchCredentials: Callable;
}

/** EventBridge Scheduler writes the minute here for which it calls, however late it does so. */
const itsTime = { time: '<aws.scheduler.scheduled-time>' };

/**
 * The schedules, two however many connections there are: every minute the connections whose turn it is are given it,
 * and every morning the credentials are checked.
 */
export class Schedules extends Construct {
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { stage, key, giveTurns, watchCredentials }: SchedulesProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', { stage, key, name: 'schedules-dead-letters' });
    // The group carries the stage, because a schedule's name has at most 64 characters.
    const group = new CfnScheduleGroup(this, 'Group', { name: stackName(stage) });
    const stack = Stack.of(this);
    const groupArn = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: stackName(stage),
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': groupArn } },
      }),
    });
    const functions = [giveTurns, watchCredentials].map(({ functionArn }) => functionArn);
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functions }));
    role.addToPolicy(maySend(this.deadLetters));
    role.addToPolicy(mayEncryptAndDecrypt(key));

    const schedule = (name: string, expression: string, target: Callable, input?: Record<string, string>) => {
      new CfnSchedule(this, name, {
        name,
        groupName: group.ref,
        scheduleExpression: expression,
        scheduleExpressionTimezone: 'Europe/Paris',
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: target.functionArn,
          roleArn: role.roleArn,
          deadLetterConfig: { arn: this.deadLetters.queueArn },
          // The next run does the same work, so a missed one need not be kept.
          retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 900 },
          ...(input ? { input: JSON.stringify(input) } : {}),
        },
      });
    };
    schedule('give-turns', 'rate(1 minute)', giveTurns, itsTime);
    schedule('watch-credentials', 'cron(0 7 * * ? *)', watchCredentials);
  }
}
