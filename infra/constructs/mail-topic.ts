import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgements.ts';

interface MailTopicProps {
  topicName: string;
  displayName: string;
  emails: readonly string[];
}

/**
 * A topic whose subscribers are people. Whichever service publishes on it must be let in (`letPublish`), because a
 * topic with a policy of its own has no default policy. It is not encrypted under the relay's key: its mails travel in
 * the clear anyway, hold no secret, and must arrive when that key is disabled.
 */
export function mailTopic(scope: Construct, { topicName, displayName, emails }: MailTopicProps): Topic {
  const topic = new Topic(scope, 'Topic', { topicName, displayName, enforceSSL: true });
  for (const endpoint of new Set(emails)) {
    const subscription = new Subscription(scope, `To ${endpoint}`, {
      topic,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint,
    });
    acknowledge(subscription, {
      'Serverless-SNSRedrivePolicy':
        'E-mail to people: SNS keeps nothing of what a mail server refused. The alarm itself stays in the console until it is over.',
    });
  }
  return topic;
}

export function letPublish(topic: Topic, sid: string, service: string): void {
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid,
      principals: [new ServicePrincipal(service)],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(topic).account } },
    }),
  );
}
