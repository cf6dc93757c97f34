import middy from '@middy/core';
import * as z from 'zod';
import { deadlineOf } from '../../shared/aws/runtime.ts';
import { connectedNames } from '../../shared/connection/roster.ts';
import { wireRelay } from '../../shared/wiring.ts';
import { pollValidationsEnvironment, readEnvironment } from '../environments.ts';
import type { ValidationDependencies, ValidationsReport } from './dependencies.ts';
import { pollValidations } from './poll-validations.ts';

/** The schedule's input: each connection that has the setting has its own schedule. */
const inputSchema = z.object({ connection: z.string().optional() });

const environment = readEnvironment(pollValidationsEnvironment, process.env);
const wiring = wireRelay(environment);
const dependencies: ValidationDependencies = { ...wiring, memory: wiring.ledger };

/** Without a connection's name, as an operator may call it, it reads for all that have the setting. */
export const handler = middy<unknown, ValidationsReport[]>().handler(async (event, context) => {
  const { connection } = inputSchema.parse(event);
  const roster = await wiring.connections.roster();
  const all = connectedNames(roster.filter((one) => one.validationsIntervalMinutes !== undefined));
  const names = connection === undefined ? all : [connection];
  return Promise.all(names.map((name) => pollValidations(name, dependencies, deadlineOf(context))));
});
