import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { accountId, arnsOf, lastPart, type Arns } from '../arn.ts';
import { callerOf, functionKey, localClients, platformKey } from '../clients.ts';
import type { DrivenClock } from '../clock.ts';
import { openGateway, type Gateway } from '../gateway.ts';
import { Functions, type LogLine } from '../lambda/functions.ts';
import { invokeApi } from '../lambda/invoke-api.ts';
import { Scheduler } from '../scheduler.ts';
import { startDatabase } from './dynamodb.ts';
import { startMessaging, withMessageGroups, type Messaging } from './fauxqs.ts';
import { secretsManager, type SecretsManager } from './secrets-manager.ts';

export interface ServicesOptions {
  region: string;
  clock: DrivenClock;
  port: number;
  databaseEndpoint: string | undefined;
  environment: Record<string, string>;
  maximumConcurrency: number;
  onLog: (line: LogLine) => void;
}

export interface Services {
  arns: Arns;
  gateway: Gateway;
  messaging: Messaging;
  secrets: SecretsManager;
  functions: Functions;
  scheduler: Scheduler;
}

/** An empty AWS, before any template is brought up in it. */
export async function startServices(options: ServicesOptions, tearDown: AsyncDisposableStack): Promise<Services> {
  const { region, clock, onLog } = options;
  const arns = arnsOf(region);
  const messaging = startMessaging(region);
  tearDown.defer(messaging.close);
  const database = await startDatabase(region, options.databaseEndpoint);
  tearDown.defer(database.close);
  const secrets = secretsManager(arns, clock, (name, event) => functions.invoke(name, event));
  const gateway = await openGateway({
    services: {
      dynamodb: database.service,
      lambda: invokeApi(() => functions),
      s3: messaging.service,
      secretsmanager: secrets.service,
      sns: messaging.service,
      sqs: withMessageGroups(messaging.service),
      sts: messaging.service,
    },
    callerOf,
    arns,
    clock,
    port: options.port,
  });
  tearDown.defer(gateway.close);

  const { endpoint } = gateway;
  const platform = localClients({ endpoint, region, accessKeyId: platformKey });
  tearDown.defer(platform.destroy);
  const deliver = async (queueArn: string, body: unknown): Promise<void> => {
    const QueueUrl = `${endpoint}/${accountId}/${lastPart(queueArn, ':')}`;
    await platform.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  };
  const functions = new Functions({ ...options, arns, endpoint, accessKeyOf: functionKey });
  tearDown.defer(() => functions.stop());
  const onError = (schedule: string, line: string) => onLog({ function: schedule, stream: 'platform', line });
  const scheduler = new Scheduler({ clock, functions, deliver, onError });
  tearDown.defer(() => scheduler.stop());
  return { arns, gateway, messaging, secrets, functions, scheduler };
}
