import middy from '@middy/core';
import * as z from 'zod';
import { sqsClient } from '../../shared/aws/runtime.ts';
import { sqsTurns } from '../../shared/messaging/turn.ts';
import { wireCommon } from '../../shared/wiring.ts';
import { giveTurnsEnvironment, readEnvironment } from '../environments.ts';
import { turnsOf } from './give-turns.ts';

/** When the schedule was due. The function runs up to a minute later: by its own clock it could skip a minute. */
const inputSchema = z.object({ time: z.iso.datetime().optional() });

const environment = readEnvironment(giveTurnsEnvironment, process.env);
const { connections, telemetry } = wireCommon(environment, process.env);
const send = sqsTurns(sqsClient(), environment.TURNS_QUEUE_URL);

/** Without a time, as an operator may call it, it gives every connection all its turns now. */
export const handler = middy<unknown, { given: number }>().handler(async (event) => {
  const { time } = inputSchema.parse(event);
  const turns = turnsOf(await connections.roster(), time === undefined ? undefined : new Date(time));
  await send(turns);
  if (turns.length > 0) telemetry.info('TURNS_GIVEN', { count: turns.length });
  return { given: turns.length };
});
