import middy from '@middy/core';
import { snsClient, deadlineOf } from '../../shared/aws/runtime.ts';
import { wireRelay } from '../../shared/wiring.ts';
import { operationsTopic } from '../../shared/messaging/senders.ts';
import { watchCredentialsEnvironment, readEnvironment } from '../environments.ts';
import { watchCredentials, type CredentialsReport, type WatchDependencies } from './watch-credentials.ts';

const environment = readEnvironment(watchCredentialsEnvironment, process.env);
const wiring = wireRelay(environment, process.env);

const dependencies: WatchDependencies = {
  ...wiring,
  stage: environment.STAGE,
  tell: operationsTopic(snsClient(), environment.OPERATIONS_TOPIC_ARN),
};

export const handler = middy<unknown, CredentialsReport[]>().handler((_event, context) =>
  watchCredentials(dependencies, deadlineOf(context)),
);
