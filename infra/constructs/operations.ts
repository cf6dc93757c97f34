import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
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

  constructor(scope: Construct, id: string, { stage, key, emails }: OperationsProps) {
    super(scope, id);
    const topicName = physicalName(stage, stageNames.operations);
    this.topic = mailTopic(this, { topicName, displayName: `chorus-relay ${stage}`, emails });
    letPublish(this.topic, 'AlarmsPublish', 'cloudwatch.amazonaws.com');
    letPublish(this.topic, 'RulesPublish', 'events.amazonaws.com');
    this.watchKey(stage, key);
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
