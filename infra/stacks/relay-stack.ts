import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { timings } from '../../shared/facts/timings.ts';
import { deliveryLimits } from '../../shared/messaging/retry-reasons.ts';
import type { BuiltFunction } from '../build.ts';
import { Alarms } from '../constructs/alarms.ts';
import { acknowledge } from '../constructs/acknowledgements.ts';
import { RelayDashboard } from '../constructs/dashboard.ts';
import { Desk } from '../constructs/desk.ts';
import { DroppedFiles } from '../constructs/dropped-files.ts';
import { Events } from '../constructs/events.ts';
import { deployedFunctions } from '../constructs/functions-by-name.ts';
import { Operations } from '../constructs/operations.ts';
import { QueueWithDeadLetters, TurnsQueue } from '../constructs/queue-with-dead-letters.ts';
import { RelayFunctions, submitTimeout } from '../constructs/relay-functions.ts';
import { Release } from '../constructs/release.ts';
import { SavedQueries } from '../constructs/saved-queries.ts';
import { Schedules } from '../constructs/schedules.ts';
import type { DataStack } from './data-stack.ts';
import { mostTurnsAtOnce, type Deployment } from '../deployment.ts';
import { stackName, stageNames } from '../names.ts';

/** AWS recommends six times the function's timeout. */
const invoiceVisibility = Duration.seconds(6 * submitTimeout.toSeconds());

export interface RelayStackProps {
  deployment: Deployment;
  connections: readonly ConnectionSettings[];
  built: readonly BuiltFunction[];
  data: DataStack;
}

/** Everything that can be deleted and deployed again once its queues are empty. */
export class RelayStack extends Stack {
  constructor(scope: Construct, { deployment, connections, built, data }: RelayStackProps) {
    const { stage, alarmEmails, maximumConcurrency } = deployment;
    super(scope, stackName(stage), {
      description: `chorus-relay (${stage})`,
      // Its queues hold invoices that were not sent yet, and events that the ERP has not read.
      terminationProtection: true,
    });
    const { key, ledger, documents } = data;
    const invoices = new QueueWithDeadLetters(this, 'Invoices', {
      stage,
      key,
      name: stageNames.invoices,
      visibilityTimeout: invoiceVisibility,
      maxReceiveCount: deliveryLimits.receives.value,
    });
    const turns = new TurnsQueue(this, 'Turns', {
      ...{ stage, key, name: 'turns' },
      visibilityTimeout: Duration.minutes(timings.connectionTurnAgain.amount),
      retentionPeriod: Duration.minutes(timings.connectionTurnKept.amount),
    });
    new DroppedFiles(this, 'DroppedFiles', { stage, documents, invoices });
    const events = new Events(this, 'Events', { stage, key });
    const operations = new Operations(this, 'Operations', { stage, key, emails: alarmEmails });
    const functions = new RelayFunctions(this, 'Functions', {
      deployment,
      built,
      key,
      ledger,
      documents,
      invoices,
      turns,
      events,
      operations,
    });
    const mapping = functions.live.submitInvoice.addEventSourceMapping('Invoices', {
      eventSourceArn: invoices.queue.queueArn,
      // The records of a batch run at the same time, but for heavy ones: shared/documents/memory-budget.ts.
      batchSize: 5,
      reportBatchItemFailures: true,
      maxConcurrency: maximumConcurrency,
    });
    acknowledge(mapping, {
      'Serverless-LambdaEventSourceMappingDestination':
        'A mapping of an SQS queue has none: a message that fails stays on the queue and ends in its dead-letter queue.',
    });
    const desk =
      deployment.desk &&
      functions.desk &&
      new Desk(this, 'Desk', { ...{ stage, key }, people: deployment.desk, pages: functions.desk });
    // The morning mail has a link to it.
    if (desk) functions.takeTurns.addEnvironment('DESK_URL', desk.url);
    const { live, watchCredentials, checkConnection, rotateCredentials } = functions;
    const takes = live.takeTurns.addEventSourceMapping('Turns', {
      eventSourceArn: turns.queueArn,
      // Each turn has its own time: one that hangs holds no other one up.
      batchSize: 1,
      maxConcurrency: mostTurnsAtOnce,
    });
    acknowledge(takes, {
      'Serverless-LambdaEventSourceMappingDestination':
        'A mapping of an SQS queue has none: a turn that fails stays on the queue, and is forgotten if it fails again.',
    });
    const schedules = new Schedules(this, 'Schedules', { stage, key, giveTurns: live.giveTurns, watchCredentials });
    const watched = {
      stage,
      deadLetters: {
        invoices: invoices.deadLetters,
        'erp-inbox': events.erpInbox.deadLetters,
        schedules: schedules.deadLetters,
      },
      functions,
      invoices: invoices.queue,
      erpInbox: events.erpInbox.queue,
    };
    const alarms = new Alarms(this, 'Alarms', {
      ...watched,
      operations,
      connections,
      runbookBaseUrl: deployment.runbookBaseUrl,
    });
    new Release(this, 'Release', { stage, live, release: deployment.release, alarm: (name) => alarms.named(name) });
    new RelayDashboard(this, 'Dashboard', { ...watched, connections });
    const logGroups = deployedFunctions(functions).map(([, { logGroup }]) => logGroup);
    new SavedQueries(this, 'Queries', { stage, logGroups });
    this.say({
      InvoicesQueueUrl: invoices.queue.queueUrl,
      DeadLettersQueueUrl: invoices.deadLetters.queueUrl,
      ErpInboxQueueUrl: events.erpInbox.queue.queueUrl,
      EventsTopicArn: events.topic.topicArn,
      OperationsTopicArn: operations.topic.topicArn,
      DocumentsBucket: documents.bucketName,
      LedgerTable: ledger.tableName,
      SubmitInvoiceFunction: functions.submitInvoice.functionName,
      TurnsQueueUrl: turns.queueUrl,
      GiveTurnsFunction: functions.giveTurns.functionName,
      TakeTurnsFunction: functions.takeTurns.functionName,
      WatchCredentialsFunction: functions.watchCredentials.functionName,
      CheckConnectionFunction: checkConnection.functionName,
      RotateCredentialsFunctionArn: rotateCredentials.functionArn,
      ...(desk ? { DeskUrl: desk.url } : {}),
    });
  }

  private say(outputs: Record<string, string>): void {
    for (const [id, value] of Object.entries(outputs)) new CfnOutput(this, id, { value });
  }
}
