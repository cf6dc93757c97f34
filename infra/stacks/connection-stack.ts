import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { markOf } from '../../shared/connection/morning-mail.ts';
import { morningTopic } from '../../shared/messaging/mailbox.ts';
import { contactsTopic } from '../../shared/messaging/senders.ts';
import { ErpPolicy } from '../constructs/erp-policy.ts';
import { Events } from '../constructs/events.ts';
import { mailTopic } from '../constructs/mail-topic.ts';
import { watchInbox } from '../constructs/own-inbox-alarms.ts';
import type { Deployment } from '../deployment.ts';
import { connectionStackName, physicalName, stageNames } from '../names.ts';
import type { DataStack } from './data-stack.ts';

export interface ConnectionStackProps {
  deployment: Deployment;
  connection: Pick<ConnectionSettings, 'name' | 'contacts' | 'morningMail' | 'inbox'>;
  data: DataStack;
}

/**
 * What a connection has alone: what its ERP may do, who is told, who gets the morning mail, and an inbox of its own if
 * it wants one. It knows the relay's stack by names, so that `cdk deploy` of a connection touches no function
 * (docs/adr/0032).
 */
export class ConnectionStack extends Stack {
  constructor(scope: Construct, { deployment, connection, data }: ConnectionStackProps) {
    const { stage, alarmEmails, runbookBaseUrl } = deployment;
    const { name, contacts, morningMail, inbox } = connection;
    super(scope, connectionStackName(stage, name), {
      description: `What the connection ${name} has alone in chorus-relay (${stage})`,
      // An inbox holds events that the ERP has not read.
      terminationProtection: inbox === 'own',
    });
    const { key, documents } = data;
    // Logical ids that no other connection has: tests read all stacks as one.
    const own = new Construct(this, name);
    const ofStage = (service: string, resource: string) =>
      this.formatArn({ service, resource: physicalName(stage, resource) });
    const queue = (called: string) => Queue.fromQueueArn(own, `${called}-queue`, ofStage('sqs', called));

    const operations = physicalName(stage, stageNames.operations);
    mailTopic(new Construct(own, 'Contacts'), {
      topicName: contactsTopic(operations, name),
      displayName: `chorus-relay ${name}`,
      // Who hears everything need not hear it twice.
      emails: contacts.filter((contact) => !alarmEmails.includes(contact)),
    });
    for (const { to } of morningMail)
      mailTopic(new Construct(own, `Morning${markOf(to)}`), {
        topicName: morningTopic(operations, name, to),
        displayName: `chorus-relay ${name}`,
        emails: [to],
      });
    const events = inbox === 'own' ? new Events(own, 'Events', { stage, key, connection: name }) : undefined;
    const policy = new ErpPolicy(own, 'Erp', {
      ...{ stage, connection: name, documents, key },
      invoices: queue(stageNames.invoices),
      erpInbox: events?.erpInbox.queue ?? queue(stageNames.erpInbox),
    });
    new CfnOutput(this, 'ErpPolicyArn', { value: policy.managedPolicyArn });
    if (!events) return;
    const operators = Topic.fromTopicArn(own, 'Operators', ofStage('sns', stageNames.operations));
    watchInbox(own, { stage, connection: name, inbox: events.erpInbox, operators, runbookBaseUrl });
    new CfnOutput(this, 'OwnInboxQueueUrl', { value: events.erpInbox.queue.queueUrl });
    new CfnOutput(this, 'OwnEventsTopicArn', { value: events.topic.topicArn });
  }
}
