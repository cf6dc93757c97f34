import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { contactsTopic } from '../../shared/messaging/senders.ts';
import { physicalName } from '../names.ts';
import { acknowledge } from './acknowledgements.ts';
import { alarmTexts } from './alarm-texts.ts';

interface OperationsProps {
  stage: string;
  /** Watched here, and not used: whoever disables it silences everything that is encrypted under it. */
  key: IKey;
  /** The operators’ addresses: they hear everything. */
  emails: readonly string[];
  /** The contacts of each connection hear of their own connection alone. */
  connections: readonly { name: string; contacts: readonly string[] }[];
}

/**
 * Where alarms, reminders and mails about new credentials go: one topic for the operators, and one for the contacts of
 * each connection. A topic's policy names CloudWatch, because a topic with a policy of its own has no default policy.
 * The topics are not encrypted under the relay's key: their mails travel in the clear anyway, hold no secret, and must
 * arrive when that key is disabled.
 */
export class Operations extends Construct {
  readonly topic: Topic;
  private readonly ofContacts = new Map<string, Topic>();

  constructor(scope: Construct, id: string, { stage, key, emails, connections }: OperationsProps) {
    super(scope, id);
    this.topic = this.topicFor(this, physicalName(stage, 'operations'), `chorus-relay ${stage}`, emails);
    letPublish(this.topic, 'RulesPublish', 'events.amazonaws.com');
    this.watchKey(stage, key);
    for (const { name, contacts } of connections) {
      // Who hears everything need not hear it twice.
      const others = contacts.filter((contact) => !emails.includes(contact));
      const topic = this.topicFor(
        new Construct(this, name),
        contactsTopic(physicalName(stage, 'operations'), name),
        `chorus-relay ${name}`,
        others,
      );
      this.ofContacts.set(name, topic);
    }
  }

  /** @returns the topics that hear what concerns this connection. @throws Error for an unknown connection */
  topicsOf(connection: string): Topic[] {
    const topic = this.ofContacts.get(connection);
    if (!topic) throw new Error(`there is no connection ${connection}`);
    return [this.topic, topic];
  }

  get topics(): Topic[] {
    return [this.topic, ...this.ofContacts.values()];
  }

  private topicFor(scope: Construct, topicName: string, displayName: string, emails: readonly string[]): Topic {
    const topic = new Topic(scope, 'Topic', { topicName, displayName, enforceSSL: true });
    letPublish(topic, 'AlarmsPublish', 'cloudwatch.amazonaws.com');
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
    const { fr, en } = alarmTexts.keyInDanger(stage);
    const text = `${fr} / ${en} Runbook: docs/runbooks/key.md`;
    rule.addTarget({ bind: () => ({ arn: this.topic.topicArn, input: RuleTargetInput.fromText(text) }) });
    acknowledge(rule, {
      'Serverless-EventBusDLQ':
        'A dead-letter queue of the relay is encrypted under the very key that is in danger. EventBridge tries for a day.',
    });
  }
}

function letPublish(topic: Topic, sid: string, service: string): void {
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
