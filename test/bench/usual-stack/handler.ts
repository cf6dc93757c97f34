/**
 * What chorus-relay is measured against: the same queue to the same Chorus Pro, as a good engineer builds it in a week.
 * Powertools keeps a batch's failures apart, parses, traces, and makes each invoice idempotent by a table of its own.
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { parse } from '@aws-lambda-powertools/parser';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { ChorusPro, type Submitted } from './chorus-pro.ts';
import { messageSchema, type Message } from './message.ts';

const environment = z
  .object({
    ...{ STATUS_TABLE: z.string(), IDEMPOTENCY_TABLE: z.string(), DOCUMENTS_BUCKET: z.string() },
    ...{ EVENTS_TOPIC_ARN: z.string(), CHORUS_PRO_URL: z.string(), PISTE_TOKEN_URL: z.string() },
    ...{ SECRET_ID: z.string(), SUPPLIER_SIRET: z.string() },
  })
  .parse(process.env);

const logger = new Logger();
const metrics = new Metrics();
const tracer = new Tracer();
const dynamodb = tracer.captureAWSv3Client(new DynamoDBClient({}));
const documents = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
const s3 = tracer.captureAWSv3Client(new S3Client({ forcePathStyle: true }));
const sns = tracer.captureAWSv3Client(new SNSClient({}));
const chorusPro = new ChorusPro({
  url: environment.CHORUS_PRO_URL,
  tokenUrl: environment.PISTE_TOKEN_URL,
  secretId: environment.SECRET_ID,
});

async function send(message: Message): Promise<Submitted> {
  const { document, invoice } = message;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: environment.DOCUMENTS_BUCKET, Key: document.key }));
  if (!Body) throw new Error(`${document.key} is empty`);
  const pdfId = await chorusPro.upload(document.name, await Body.transformToByteArray());
  return chorusPro.submit(message, environment.SUPPLIER_SIRET, pdfId);
}

const config = new IdempotencyConfig({ eventKeyJmesPath: 'invoice.number', throwOnNoIdempotencyKey: true });
const sendOnce = makeIdempotent(send, {
  persistenceStore: new DynamoDBPersistenceLayer({
    tableName: environment.IDEMPOTENCY_TABLE,
    awsSdkV3Client: dynamodb,
  }),
  config,
});

async function handle({ body }: SQSRecord): Promise<void> {
  const message: Message = parse(JSON.parse(body), undefined, messageSchema);
  const { connection, invoice } = message;
  const submitted = await sendOnce(message);
  const status = {
    ...{ number: invoice.number, connection, status: submitted.statutFacture },
    ...{ chorusProId: submitted.identifiantFactureCPP, submittedAt: new Date().toISOString() },
  };
  await documents.send(new PutCommand({ TableName: environment.STATUS_TABLE, Item: status }));
  const told = JSON.stringify({ type: 'submitted', ...status });
  await sns.send(new PublishCommand({ TopicArn: environment.EVENTS_TOPIC_ARN, Message: told }));
  logger.info('invoice submitted', { number: invoice.number });
  metrics.addMetric('Submitted', MetricUnit.Count, 1);
}

const processor = new BatchProcessor(EventType.SQS);

export const handler = middy<SQSEvent, SQSBatchResponse>((event, context) => {
  config.registerLambdaContext(context);
  return processPartialResponse(event, handle, processor, { context });
})
  .use(captureLambdaHandler(tracer))
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics));
