import { setTimeout as wait } from 'node:timers/promises';
import middy from '@middy/core';
import * as z from 'zod';
import { deadlineOf } from '../../shared/aws/runtime.ts';
import { connectedNames } from '../../shared/connection/roster.ts';
import { wireCommon } from '../../shared/wiring.ts';
import type { ConnectionReport } from '../../shared/diagnostics/report.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import { checkDeployed, type CheckDependencies } from './check-connection.ts';
import { checkConnectionEnvironment, readEnvironment } from '../environments.ts';

const inputSchema = z.object({
  connection: z.string().optional(),
  /** As the connection's file has them, to be checked before they are stored. */
  settings: z.record(z.string(), z.unknown()).optional(),
});

const environment = readEnvironment(checkConnectionEnvironment, process.env);
const wiring = wireCommon(environment, process.env);

const dependencies: CheckDependencies = {
  ...wiring,
  transport: nodeTransport,
  wait,
  urls: environment,
};

/** Checks the named connection, or, without a name, all connections of this deployment. */
export const handler = middy<unknown, ConnectionReport[]>().handler(async (event, context) => {
  const { connection, settings } = inputSchema.parse(event);
  const deadline = deadlineOf(context);
  if (connection !== undefined) return [await checkDeployed(connection, dependencies, deadline, settings)];
  const names = connectedNames(await wiring.connections.roster());
  return Promise.all(names.map((name) => checkDeployed(name, dependencies, deadline)));
});
