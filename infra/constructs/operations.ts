import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { physicalName } from '../names.ts';
import { acknowledge } from './acknowledgements.ts';

interface OperationsProps {
  stage: string;
  key: IKey;
  /** The subscribers: the deployment’s own addresses, and the contacts of its connections. */
  emails: readonly string[];
}

/**
 * Where alarms, reminders and mails about new credentials go. The topic's policy names CloudWatch, because a topic
 * with a policy of its own has no default policy.
 */
export class Operations extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage, key, emails }: OperationsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: physicalName(stage, 'operations'),
      displayName: `chorus-relay ${stage}`,
      masterKey: key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
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
}
