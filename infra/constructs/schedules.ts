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

interface Polled {
  name: string;
  pollingIntervalMinutes: number;
  /** Only of a connection that reads requests to validate. */
  validations?: { pollingIntervalMinutes: number } | undefined;
  /** Only of a connection that reads the State's orders. */
  orders?: { events: boolean } | undefined;
}

interface SchedulesProps {
  stage: string;
  key: IKey;
  connections: readonly Polled[];
  pollStatuses: Callable;
  pollValidations: Callable;
  pollOrders: Callable;
  watchCredentials: Callable;
}

/**
 * The schedules: polls of each connection at its own intervals, and every morning a check of the credentials and, for
 * the connections whose settings ask for it, a reading of the State’s orders.
 */
export class Schedules extends Construct {
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    const { stage, key, pollStatuses, pollValidations, pollOrders, watchCredentials } = props;
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
    const called = [pollStatuses, pollValidations, pollOrders, watchCredentials];
    const functions = called.map(({ functionArn }) => functionArn);
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
    for (const { name: connection, pollingIntervalMinutes, validations } of props.connections) {
      schedule(`poll-statuses-${connection}`, everyMinutes(pollingIntervalMinutes), pollStatuses, { connection });
      if (!validations) continue;
      const often = everyMinutes(validations.pollingIntervalMinutes);
      schedule(`poll-validations-${connection}`, often, pollValidations, { connection });
    }
    for (const { name: connection, orders } of props.connections) {
      if (orders?.events) schedule(`poll-orders-${connection}`, 'cron(30 6 * * ? *)', pollOrders, { connection });
    }
    schedule('watch-credentials', 'cron(0 7 * * ? *)', watchCredentials);
  }
}

const everyMinutes = (count: number) => `rate(${count} ${count === 1 ? 'minute' : 'minutes'})`;
