import middy from '@middy/core';
import * as z from 'zod';
import { deadlineOf } from '../../shared/aws/runtime.ts';
import { connectedNames } from '../../shared/connection/roster.ts';
import { wireRelay } from '../../shared/wiring.ts';
import { pollOrdersEnvironment, readEnvironment } from '../environments.ts';
import { pollOrders, type OrdersDependencies, type OrdersReport } from './poll-orders.ts';

/** The schedule's input: each connection has its own schedule, so that one's trouble never delays another's orders. */
const inputSchema = z.object({ connection: z.string().optional() });

const environment = readEnvironment(pollOrdersEnvironment, process.env);
const wiring = wireRelay(environment);

const dependencies: OrdersDependencies = { ...wiring, memory: wiring.ledger };

/** Without a connection's name, as an operator may call it, it reads the orders of all that have the setting. */
export const handler = middy<unknown, OrdersReport[]>().handler(async (event, context) => {
  const { connection } = inputSchema.parse(event);
  const names = connection === undefined ? connectedNames(await wiring.connections.roster()) : [connection];
  return Promise.all(names.map((name) => pollOrders(name, dependencies, deadlineOf(context))));
});
