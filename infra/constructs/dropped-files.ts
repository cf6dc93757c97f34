import { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { droppedEInvoices, incomingPrefix } from '../../shared/documents/document-store.ts';
import { physicalName } from '../names.ts';
import type { QueueWithDeadLetters } from './queue-with-dead-letters.ts';

interface DroppedFilesProps {
  stage: string;
  documents: Bucket;
  invoices: QueueWithDeadLetters;
}

/**
 * An e-invoice that an ERP puts into its folder for them is a message on the queue of invoices: S3 tells EventBridge,
 * and a rule for all connections puts what it tells on the queue as it is. What EventBridge cannot deliver is with the
 * queue's dead letters, and is sent back like any other.
 */
export class DroppedFiles extends Construct {
  constructor(scope: Construct, id: string, { stage, documents, invoices }: DroppedFilesProps) {
    super(scope, id);
    const rule = new Rule(this, 'Rule', {
      ruleName: physicalName(stage, 'dropped-e-invoices'),
      description: 'An ERP dropped an e-invoice into its folder',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [documents.bucketName] },
          object: { key: [{ wildcard: `${incomingPrefix('*')}${droppedEInvoices}*` }] },
        },
      },
    });
    // By hand: the target of aws-events-targets would change the policy of a key that another stack has.
    const { queue, deadLetters } = invoices;
    rule.addTarget({ bind: () => ({ arn: queue.queueArn, deadLetterConfig: { arn: deadLetters.queueArn } }) });
    for (const takes of [queue, deadLetters]) mayBeToldBy(rule, takes);
  }
}

function mayBeToldBy(rule: Rule, queue: Queue): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DroppedFilesArrive',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
    }),
  );
}
