import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { accountId, arnsOf, lastPart, type Arns } from '../arn.ts';
import { callerOf, functionKey, platformKey } from '../callers.ts';
import { localClients } from '../clients.ts';
import type { DrivenClock } from '../clock.ts';
import { openGateway, type Gateway } from '../gateway.ts';
import { Functions, type LogLine } from '../lambda/functions.ts';
import { invokeApi } from '../lambda/invoke-api.ts';
import { Scheduler } from '../schedules/scheduler.ts';
import type { TearDown } from '../tear-down.ts';
import { startDatabase } from './dynamodb.ts';
import { startMessaging, type Messaging } from './fauxqs.ts';
import { withMessageGroups } from './message-groups.ts';
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

/** AWS, empty: nothing of any template stands in it yet. */
export async function startServices(options: ServicesOptions, tearDown: TearDown): Promise<Services> {
  const { region, clock, onLog } = options;
  const arns = arnsOf(region);
  const messaging = startMessaging(region);
  tearDown.add(messaging.close);
  const database = await startDatabase(region, options.databaseEndpoint);
  tearDown.add(database.close);
  const secrets = secretsManager(arns, clock, (name, event) => functions.invoke(name, event));
  const gateway = await openGateway({
    services: {
      dynamodb: database.service,
      lambda: invokeApi(() => functions),
      s3: messaging.service,
      scheduler: (request) => scheduler.service(request),
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
  tearDown.add(gateway.close);

  const { endpoint } = gateway;
  const platform = localClients({ endpoint, region, accessKeyId: platformKey });
  tearDown.add(platform.destroy);
  const deliver = async (arn: string, body: unknown): Promise<void> => {
    const message = typeof body === 'string' ? body : JSON.stringify(body);
    if (arn.startsWith('arn:aws:sns:')) {
      await platform.sns.send(new PublishCommand({ TopicArn: arn, Message: message }));
      return;
    }
    const QueueUrl = `${endpoint}/${accountId}/${lastPart(arn, ':')}`;
    await platform.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: message }));
  };
  const functions = new Functions({ ...options, arns, endpoint, accessKeyOf: functionKey, deliver });
  tearDown.add(() => functions.stop());
  const onError = (schedule: string, line: string) => onLog({ function: schedule, stream: 'platform', line });
  const scheduler = new Scheduler({ clock, functions, deliver, onError });
  tearDown.add(() => scheduler.stop());
  return { arns, gateway, messaging, secrets, functions, scheduler };
}
