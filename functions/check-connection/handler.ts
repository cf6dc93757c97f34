import { setTimeout as wait } from 'node:timers/promises';
import middy from '@middy/core';
import * as z from 'zod';
import { dynamoDbClient, deadlineOf } from '../../shared/aws/runtime.ts';
import { wireCommon } from '../../shared/wiring.ts';
import type { ConnectionReport } from '../../shared/diagnostics/report.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { checkDeployed, type CheckDependencies } from './check-connection.ts';
import { checkConnectionEnvironment, readEnvironment } from '../environments.ts';

const inputSchema = z.object({ connection: z.string().optional() });

const environment = readEnvironment(checkConnectionEnvironment, process.env);
const wiring = wireCommon(process.env['LAMBDA_TASK_ROOT']);

const dependencies: CheckDependencies = {
  ...wiring,
  memory: new DynamoDbLedger({ client: dynamoDbClient(), table: environment.LEDGER_TABLE }),
  transport: nodeTransport,
  wait,
  urls: environment,
};

/** Checks the named connection, or, without a name, all connections of this deployment. */
export const handler = middy<unknown, ConnectionReport[]>().handler((event, context) => {
  const { connection } = inputSchema.parse(event);
  const names = connection === undefined ? [...wiring.connections.keys()] : [connection];
  return Promise.all(names.map((name) => checkDeployed(name, dependencies, deadlineOf(context))));
});
