import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Alias, Function } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  checkConnectionEnvironment,
  pollOrdersEnvironment,
  pollStatusesEnvironment,
  pollValidationsEnvironment,
  rotateCredentialsEnvironment,
  submitInvoiceEnvironment,
  watchCredentialsEnvironment,
} from '../../functions/environments.ts';
import type { BuiltFunction } from '../build.ts';
import type { Deployment } from '../deployment.ts';
import { folders } from '../names.ts';
import { acknowledgeFolders, acknowledgeTopics } from './acknowledgements.ts';
import type { Events } from './events.ts';
import type { Operations } from './operations.ts';
import * as permissions from './permissions.ts';
import type { QueueWithDeadLetters } from './queue-with-dead-letters.ts';
import { RelayFunction } from './relay-function.ts';

/** Every function. Each has its alarms, its lines on the dashboard and its log. */
export const relayFunctions = [
  'submitInvoice',
  'pollStatuses',
  'pollValidations',
  'pollOrders',
  'watchCredentials',
  'checkConnection',
  'rotateCredentials',
] as const;
export type FunctionsByName = Readonly<Record<(typeof relayFunctions)[number], Function>>;

/**
 * AWS calls these all day, by the alias `live`: a new version takes over step by step (release.ts). The others are
 * called by a person or once a day, which is too seldom for a fault to show during a release.
 */
export const liveFunctions = ['submitInvoice', 'pollStatuses'] as const;
const liveAlias = 'live';
export type LiveAliases = Readonly<Record<(typeof liveFunctions)[number], Alias>>;

export const submitTimeout = Duration.seconds(60);

interface RelayFunctionsProps {
  deployment: Deployment;
  built: readonly BuiltFunction[];
  key: IKey;
  ledger: Table;
  documents: Bucket;
  invoices: QueueWithDeadLetters;
  events: Events;
  operations: Operations;
}

/** The functions, with the environment and the permissions of each. */
export class RelayFunctions extends Construct implements FunctionsByName {
  readonly submitInvoice: Function;
  readonly pollStatuses: Function;
  readonly pollValidations: Function;
  readonly pollOrders: Function;
  readonly watchCredentials: Function;
  readonly checkConnection: Function;
  readonly rotateCredentials: Function;
  readonly live: LiveAliases;

  constructor(scope: Construct, id: string, props: RelayFunctionsProps) {
    super(scope, id);
    const { deployment, built, key, ledger, documents, invoices, events, operations } = props;
    const { stage, connections } = deployment;
    const common = { stage, built, key };
    const chorusPro = {
      ...(deployment.chorusProUrl === undefined ? {} : { CHORUS_PRO_URL: deployment.chorusProUrl }),
      ...(deployment.pisteTokenUrl === undefined ? {} : { PISTE_TOKEN_URL: deployment.pisteTokenUrl }),
    };
    const readsSecrets = permissions.mayReadSecrets(this, connections);

    const submitInvoice = new RelayFunction(this, 'SubmitInvoice', {
      ...common,
      name: 'submit-invoice',
      reads: submitInvoiceEnvironment,
      environment: {
        ...chorusPro,
        LEDGER_TABLE: ledger.tableName,
        DOCUMENTS_BUCKET: documents.bucketName,
        EVENTS_TOPIC_ARN: events.topic.topicArn,
        INVOICES_QUEUE_URL: invoices.queue.queueUrl,
        DEAD_LETTERS_QUEUE_URL: invoices.deadLetters.queueUrl,
      },
      timeout: submitTimeout,
      // An invoice with its attachments may weigh 120 MB. To make a document of 9,000 lines takes a heap of 400 MB.
      memorySize: 1024,
      heap: 600,
      withoutDeadLetters:
        'It processes messages from a queue, which keeps those that fail and has its own dead-letter queue.',
      mayDo: [
        permissions.mayReadAndWriteLedger(ledger),
        permissions.mayReadDocuments(documents, folders.incoming, folders.documents, folders.received),
        permissions.mayReadVersions(documents, folders.incoming),
        permissions.mayMissDocuments(documents, folders.incoming, folders.documents, folders.received),
        permissions.mayPutDocuments(documents, folders.documents, folders.received, folders.fetched),
        permissions.mayPublish(events.topic),
        permissions.mayReceive(invoices.queue),
        permissions.mayPostpone(invoices.queue),
        permissions.maySend(invoices.deadLetters),
        readsSecrets,
        permissions.mayEncryptAndDecrypt(key),
      ],
    });
    this.submitInvoice = submitInvoice.function;
    acknowledgeFolders(submitInvoice, documents, Object.values(folders));

    this.pollStatuses = new RelayFunction(this, 'PollStatuses', {
      ...common,
      name: 'poll-statuses',
      reads: pollStatusesEnvironment,
      environment: {
        ...chorusPro,
        LEDGER_TABLE: ledger.tableName,
        EVENTS_TOPIC_ARN: events.topic.topicArn,
        INVOICES_QUEUE_URL: invoices.queue.queueUrl,
      },
      timeout: Duration.minutes(5),
      memorySize: 256,
      withoutDeadLetters:
        'The next poll does the same work from the same cursor, so a missed one need not be kept. One alarm counts its errors, another rings when it is not called.',
      mayDo: [
        permissions.mayReadAndWriteLedger(ledger),
        permissions.mayQueryLedger(ledger),
        permissions.mayPublish(events.topic),
        permissions.maySend(invoices.queue),
        readsSecrets,
        permissions.mayEncryptAndDecrypt(key),
      ],
    }).function;

    this.pollOrders = new RelayFunction(this, 'PollOrders', {
      ...common,
      name: 'poll-orders',
      reads: pollOrdersEnvironment,
      environment: { ...chorusPro, LEDGER_TABLE: ledger.tableName, EVENTS_TOPIC_ARN: events.topic.topicArn },
      timeout: Duration.minutes(5),
      memorySize: 256,
      withoutDeadLetters: 'The next morning it reads on from the same day. An alarm counts its errors.',
      mayDo: [
        permissions.mayReadAndWriteLedger(ledger),
        permissions.mayPublish(events.topic),
        readsSecrets,
        permissions.mayEncryptAndDecrypt(key),
      ],
    }).function;

    this.pollValidations = new RelayFunction(this, 'PollValidations', {
      ...common,
      name: 'poll-validations',
      reads: pollValidationsEnvironment,
      environment: {
        ...chorusPro,
        LEDGER_TABLE: ledger.tableName,
        EVENTS_TOPIC_ARN: events.topic.topicArn,
      },
      timeout: Duration.minutes(5),
      memorySize: 256,
      // The next reading does the same work, so Lambda need not retry.
      retryAttempts: 0,
      withoutDeadLetters:
        'The next reading tells whatever this one did not, so a missed one need not be kept. Alarms ring for its errors, and if it does not read.',
      mayDo: [
        permissions.mayReadAndWriteLedger(ledger),
        permissions.mayPublish(events.topic),
        readsSecrets,
        permissions.mayEncryptAndDecrypt(key),
      ],
    }).function;

    this.watchCredentials = new RelayFunction(this, 'WatchCredentials', {
      ...common,
      name: 'watch-credentials',
      reads: watchCredentialsEnvironment,
      environment: {
        ...chorusPro,
        LEDGER_TABLE: ledger.tableName,
        EVENTS_TOPIC_ARN: events.topic.topicArn,
        OPERATIONS_TOPIC_ARN: operations.topic.topicArn,
      },
      timeout: Duration.minutes(2),
      memorySize: 256,
      withoutDeadLetters: 'It checks the same dates again the next morning. An alarm counts its errors.',
      mayDo: [
        permissions.mayReadAndWriteLedger(ledger),
        permissions.mayPublish(events.topic),
        permissions.mayPublish(operations.topic),
        readsSecrets,
        permissions.mayEncryptAndDecrypt(key),
      ],
    }).function;

    this.rotateCredentials = new RelayFunction(this, 'RotateCredentials', {
      ...common,
      name: 'rotate-credentials',
      reads: rotateCredentialsEnvironment,
      environment: { ...chorusPro, OPERATIONS_TOPIC_ARN: operations.topic.topicArn },
      timeout: Duration.minutes(2),
      memorySize: 256,
      withoutDeadLetters: 'Secrets Manager calls it, and retries what failed. An alarm counts its errors.',
      mayDo: [
        permissions.mayRotateSecrets(this, connections),
        permissions.mayPublish(operations.topic),
        permissions.mayEncryptAndDecrypt(key),
      ],
    }).function;
    // An operator attaches it to a secret when the first rotation starts: before that there is nothing to rotate.
    this.rotateCredentials.addPermission('SecretsManagerRotates', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
    });

    this.checkConnection = new RelayFunction(this, 'CheckConnection', {
      ...common,
      name: 'check-connection',
      reads: checkConnectionEnvironment,
      environment: { ...chorusPro, LEDGER_TABLE: ledger.tableName },
      timeout: Duration.minutes(2),
      memorySize: 256,
      retryAttempts: 0,
      withoutDeadLetters: 'A person invokes it and reads its report. If it fails, they invoke it again.',
      mayDo: [permissions.mayReadAndWriteLedger(ledger), readsSecrets, permissions.mayDecrypt(key)],
    }).function;

    acknowledgeTopics(this, events.topic, operations.topic);
    this.live = {
      submitInvoice: this.submitInvoice.addAlias(liveAlias),
      // The next poll does the same work, so Lambda need not retry.
      pollStatuses: this.pollStatuses.addAlias(liveAlias, { retryAttempts: 0 }),
    };
  }
}
