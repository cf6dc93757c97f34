import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  checkConnectionEnvironment,
  deskEnvironment,
  giveTurnsEnvironment,
  rotateCredentialsEnvironment,
  submitInvoiceEnvironment,
  takeTurnsEnvironment,
  watchCredentialsEnvironment,
} from '../../functions/environments.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { BuiltFunction } from '../build.ts';
import type { Deployment } from '../deployment.ts';
import { deskFolders, folders } from '../names.ts';
import { acknowledgeFolders, acknowledgeMailboxes, acknowledgeSecrets, acknowledgeTopics } from './acknowledgements.ts';
import type { Events } from './events.ts';
import { liveAlias, type FunctionsByName, type LiveAliases } from './functions-by-name.ts';
import type { Operations } from './operations.ts';
import * as permissions from './permissions.ts';
import type { QueueWithDeadLetters, TurnsQueue } from './queue-with-dead-letters.ts';
import { RelayFunction } from './relay-function.ts';

export const submitTimeout = Duration.seconds(60);

interface RelayFunctionsProps {
  deployment: Deployment;
  built: readonly BuiltFunction[];
  key: IKey;
  ledger: Table;
  documents: Bucket;
  invoices: QueueWithDeadLetters;
  turns: TurnsQueue;
  events: Events;
  operations: Operations;
}

/** The functions, with the environment and the permissions of each. */
export class RelayFunctions extends Construct implements FunctionsByName {
  readonly submitInvoice: Function;
  readonly giveTurns: Function;
  readonly takeTurns: Function;
  readonly watchCredentials: Function;
  readonly checkConnection: Function;
  readonly rotateCredentials: Function;
  readonly desk: Function | undefined;
  readonly live: LiveAliases;

  constructor(scope: Construct, id: string, props: RelayFunctionsProps) {
    super(scope, id);
    const { deployment, built, key, ledger, documents, invoices, turns, events, operations } = props;
    const { stage } = deployment;
    const common = { stage, built, key };
    /** What every function reads. */
    const every = {
      STAGE: stage,
      LEDGER_TABLE: ledger.tableName,
      ...(deployment.chorusProUrl === undefined ? {} : { CHORUS_PRO_URL: deployment.chorusProUrl }),
      ...(deployment.pisteTokenUrl === undefined ? {} : { PISTE_TOKEN_URL: deployment.pisteTokenUrl }),
    };
    const readsSecrets = permissions.mayReadSecrets(this, stage);

    const desk =
      deployment.desk &&
      new RelayFunction(this, 'Desk', {
        ...common,
        name: 'desk',
        reads: deskEnvironment,
        environment: {
          STAGE: stage,
          LEDGER_TABLE: ledger.tableName,
          DOCUMENTS_BUCKET: documents.bucketName,
          INVOICES_QUEUE_URL: invoices.queue.queueUrl,
          DESK_ISSUER_URL: deployment.desk.issuer,
          DESK_AUDIENCE: deployment.desk.clientId,
          ...(deployment.desk.tokenOrigin === undefined ? {} : { DESK_TOKEN_URL: deployment.desk.tokenOrigin }),
        },
        // API Gateway waits for 30 seconds at most.
        timeout: Duration.seconds(20),
        memorySize: 512,
        withoutDeadLetters:
          'A person waits for its answer, and asks again if there is none. An alarm counts its errors.',
        mayDo: [
          permissions.mayReadAndWriteLedger(ledger),
          ...permissions.mayReadLists(ledger),
          ...permissions.mayProveAndTakeFiles(documents),
          permissions.maySend(invoices.queue),
          permissions.mayEncryptAndDecrypt(key),
        ],
      });
    if (desk) acknowledgeFolders(desk, documents, deskFolders);
    this.desk = desk?.function;

    const submitInvoice = new RelayFunction(this, 'SubmitInvoice', {
      ...common,
      name: 'submit-invoice',
      reads: submitInvoiceEnvironment,
      environment: {
        ...every,
        DOCUMENTS_BUCKET: documents.bucketName,
        EVENTS_TOPIC_ARN: events.topic.topicArn,
        INVOICES_QUEUE_URL: invoices.queue.queueUrl,
        DEAD_LETTERS_QUEUE_URL: invoices.deadLetters.queueUrl,
        ...(desk ? { DESK_ROLE_ID: desk.roleId } : {}),
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

    this.giveTurns = new RelayFunction(this, 'GiveTurns', {
      ...common,
      name: 'give-turns',
      reads: giveTurnsEnvironment,
      environment: { STAGE: stage, LEDGER_TABLE: ledger.tableName, TURNS_QUEUE_URL: turns.queueUrl },
      timeout: Duration.seconds(30),
      memorySize: 256,
      withoutDeadLetters:
        'A turn that was not given comes with the connection’s next one. One alarm counts its errors, another rings when no turn is taken.',
      mayDo: [permissions.mayReadLedger(ledger), permissions.maySend(turns), permissions.mayEncryptAndDecrypt(key)],
    }).function;

    this.takeTurns = new RelayFunction(this, 'TakeTurns', {
      ...common,
      name: 'take-turns',
      reads: takeTurnsEnvironment,
      environment: {
        ...every,
        EVENTS_TOPIC_ARN: events.topic.topicArn,
        OPERATIONS_TOPIC_ARN: operations.topic.topicArn,
        INVOICES_QUEUE_URL: invoices.queue.queueUrl,
        TURNS_QUEUE_URL: turns.queueUrl,
      },
      timeout: Duration.seconds(timings.connectionTurn.amount),
      memorySize: 256,
      withoutDeadLetters:
        'It takes its turns from a queue. The next turn does the same work from the same cursor, so a missed one need not be kept.',
      mayDo: [
        permissions.mayReadAndWriteLedger(ledger),
        ...permissions.mayReadLists(ledger),
        permissions.mayPublish(events.topic),
        permissions.mayMail(operations.topic),
        permissions.maySend(invoices.queue),
        permissions.maySend(turns),
        permissions.mayReceive(turns),
        readsSecrets,
        permissions.mayEncryptAndDecrypt(key),
      ],
    }).function;

    this.watchCredentials = new RelayFunction(this, 'WatchCredentials', {
      ...common,
      name: 'watch-credentials',
      reads: watchCredentialsEnvironment,
      environment: {
        ...every,
        EVENTS_TOPIC_ARN: events.topic.topicArn,
        OPERATIONS_TOPIC_ARN: operations.topic.topicArn,
      },
      timeout: Duration.minutes(timings.credentialsRun.amount),
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
      environment: { ...every, OPERATIONS_TOPIC_ARN: operations.topic.topicArn },
      timeout: Duration.minutes(2),
      memorySize: 256,
      withoutDeadLetters: 'Secrets Manager calls it, and retries what failed. An alarm counts its errors.',
      mayDo: [
        permissions.mayReadLedger(ledger),
        permissions.mayRotateSecrets(this, stage),
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
      environment: every,
      timeout: Duration.minutes(2),
      memorySize: 256,
      retryAttempts: 0,
      withoutDeadLetters: 'A person invokes it and reads its report. If it fails, they invoke it again.',
      mayDo: [permissions.mayReadAndWriteLedger(ledger), readsSecrets, permissions.mayDecrypt(key)],
    }).function;

    acknowledgeTopics(this, events.topic, operations.topic);
    acknowledgeMailboxes(this, operations.topic);
    acknowledgeSecrets(this, stage);
    this.live = {
      submitInvoice: this.submitInvoice.addAlias(liveAlias),
      giveTurns: this.giveTurns.addAlias(liveAlias),
      takeTurns: this.takeTurns.addAlias(liveAlias),
    };
  }
}
