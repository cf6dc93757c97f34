import { Duration, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Queue,
  QueueEncryption,
  RedrivePermission,
  type QueueProps,
  type RedriveAllowPolicy,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deliveryLimits } from '../../shared/messaging/retry-reasons.ts';
import { physicalName } from '../names.ts';
import { acknowledge } from './acknowledgements.ts';

const retention = Duration.days(deliveryLimits.retentionDays.value);

interface SafeQueueProps {
  stage: string;
  name: string;
  key: IKey;
}

const safe = ({ stage, name, key }: SafeQueueProps): QueueProps => ({
  queueName: physicalName(stage, name),
  encryption: QueueEncryption.KMS,
  encryptionMasterKey: key,
  dataKeyReuse: Duration.hours(1),
  enforceSSL: true,
  retentionPeriod: retention,
  maxMessageSizeBytes: 1024 * 1024,
});

/** By name, not by reference: each of the two queues names the other. */
function allowing(scope: Construct, stage: string, of: string | undefined): RedriveAllowPolicy {
  if (of === undefined) return { redrivePermission: RedrivePermission.DENY_ALL };
  const arn = Stack.of(scope).formatArn({ service: 'sqs', resource: physicalName(stage, of) });
  return {
    redrivePermission: RedrivePermission.BY_QUEUE,
    sourceQueues: [Queue.fromQueueArn(scope, 'Source', arn)],
  };
}

interface DeadLetterQueueProps extends SafeQueueProps {
  /** The name of the queue that gives its messages up to this one; none if only services and functions send to it. */
  of?: string;
}

/** Takes the messages that could not be processed: an alarm watches it, a person empties it. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { of, ...props }: DeadLetterQueueProps) {
    super(scope, id, { ...safe(props), redriveAllowPolicy: allowing(scope, props.stage, of) });
    const itself = 'It is the dead-letter queue. An alarm rings at its first message.';
    acknowledge(this, { 'AwsSolutions-SQS3': itself, 'Serverless-SQSRedrivePolicy': itself });
  }
}

interface TurnsQueueProps extends SafeQueueProps {
  visibilityTimeout: Duration;
  /** How long a message that nobody takes is kept. */
  retentionPeriod: Duration;
}

/** A queue of turns: none is worth keeping for long, since the next one does its work. */
export class TurnsQueue extends Queue {
  constructor(scope: Construct, id: string, { visibilityTimeout, retentionPeriod, ...props }: TurnsQueueProps) {
    super(scope, id, {
      ...safe(props),
      ...{ visibilityTimeout, retentionPeriod },
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
    });
    const why = 'A turn that fails or is not taken is forgotten: the next one does its work. Alarms ring for both.';
    acknowledge(this, { 'AwsSolutions-SQS3': why, 'Serverless-SQSRedrivePolicy': why });
  }
}

interface QueueWithDeadLettersProps extends SafeQueueProps {
  visibilityTimeout: Duration;
  maxReceiveCount: number;
}

export class QueueWithDeadLetters extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: QueueWithDeadLettersProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      ...props,
      name: `${props.name}-dead-letters`,
      of: props.name,
    });
    this.queue = new Queue(this, 'Queue', {
      ...safe(props),
      visibilityTimeout: props.visibilityTimeout,
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount },
    });
  }
}
