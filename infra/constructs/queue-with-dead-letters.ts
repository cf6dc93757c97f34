import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
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

/** Takes the messages that could not be processed: an alarm watches it, a person empties it. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, props: SafeQueueProps) {
    super(scope, id, safe(props));
    const itself = 'It is the dead-letter queue. An alarm rings at its first message.';
    acknowledge(this, { 'AwsSolutions-SQS3': itself, 'Serverless-SQSRedrivePolicy': itself });
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
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', { ...props, name: `${props.name}-dead-letters` });
    this.queue = new Queue(this, 'Queue', {
      ...safe(props),
      visibilityTimeout: props.visibilityTimeout,
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount },
    });
  }
}
