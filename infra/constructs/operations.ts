import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { physicalName } from '../names.ts';
import { acknowledge } from './acknowledgements.ts';

interface OperationsProps {
  stage: string;
  /** Watched here, and not used: whoever disables it silences everything that is encrypted under it. */
  key: IKey;
  /** The subscribers: the deployment’s own addresses, and the contacts of its connections. */
  emails: readonly string[];
}

/**
 * Where alarms, reminders and mails about new credentials go. The topic's policy names CloudWatch, because a topic
 * with a policy of its own has no default policy. The topic is not encrypted under the relay's key: its mails travel in
 * the clear anyway, hold no secret, and must arrive when that key is disabled.
 */
export class Operations extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage, key, emails }: OperationsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: physicalName(stage, 'operations'),
      displayName: `chorus-relay ${stage}`,
      enforceSSL: true,
    });
    this.letPublish('AlarmsPublish', 'cloudwatch.amazonaws.com');
    this.letPublish('RulesPublish', 'events.amazonaws.com');
    this.watchKey(stage, key);
    for (const endpoint of new Set(emails)) {
      const subscription = new Subscription(this, `To ${endpoint}`, {
        topic: this.topic,
        protocol: SubscriptionProtocol.EMAIL,
        endpoint,
      });
      acknowledge(subscription, {
        'Serverless-SNSRedrivePolicy':
          'E-mail to people: SNS keeps nothing of what a mail server refused. The alarm itself stays in the console until it is over.',
      });
    }
  }

  private letPublish(sid: string, service: string): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid,
        principals: [new ServicePrincipal(service)],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }

  /** EventBridge hears of these calls if the account has a CloudTrail trail of management events. */
  private watchKey(stage: string, key: IKey): void {
    const eventName = ['DisableKey', 'ScheduleKeyDeletion'];
    const rule = new Rule(this, 'KeyInDanger', {
      ruleName: physicalName(stage, 'key-in-danger'),
      description: 'Somebody disables the key under which the relay keeps everything, or plans its deletion',
      eventPattern: {
        source: ['aws.kms'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['kms.amazonaws.com'], eventName, resources: { ARN: [key.keyArn] } },
      },
    });
    const text = `The key of chorus-relay ${stage} was disabled, or its deletion was planned: nothing can be sent or read. Runbook: docs/runbooks/key.md`;
    rule.addTarget({ bind: () => ({ arn: this.topic.topicArn, input: RuleTargetInput.fromText(text) }) });
    acknowledge(rule, {
      'Serverless-EventBusDLQ':
        'A dead-letter queue of the relay is encrypted under the very key that is in danger. EventBridge tries for a day.',
    });
  }
}
