import { Stack } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { contactsTopic } from '../../shared/messaging/senders.ts';
import { physicalName, stageNames } from '../names.ts';
import { acknowledge } from './acknowledgements.ts';
import { alarmTexts } from './alarm-texts.ts';
import { letPublish, mailTopic } from './mail-topic.ts';

interface OperationsProps {
  stage: string;
  /** Watched here, and not used: whoever disables it silences everything that is encrypted under it. */
  key: IKey;
  /** The operators’ addresses: they hear everything. */
  emails: readonly string[];
}

/**
 * Where alarms, reminders and mails about new credentials go: one topic for the operators, and one for the contacts of
 * each connection, which is in the connection's own stack.
 */
export class Operations extends Construct {
  readonly topic: Topic;
  private readonly topicName: string;
  /** Known by their names: each is in the stack of its connection. */
  private readonly contacts = new Map<string, ITopic>();

  constructor(scope: Construct, id: string, { stage, key, emails }: OperationsProps) {
    super(scope, id);
    this.topicName = physicalName(stage, stageNames.operations);
    this.topic = mailTopic(this, { topicName: this.topicName, displayName: `chorus-relay ${stage}`, emails });
    letPublish(this.topic, 'RulesPublish', 'events.amazonaws.com');
    this.watchKey(stage, key);
  }

  /** The topics that hear what concerns this connection. */
  topicsOf(connection: string): ITopic[] {
    const resource = contactsTopic(this.topicName, connection);
    const contacts =
      this.contacts.get(connection) ??
      Topic.fromTopicArn(this, `Contacts-${connection}`, Stack.of(this).formatArn({ service: 'sns', resource }));
    this.contacts.set(connection, contacts);
    return [this.topic, contacts];
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
