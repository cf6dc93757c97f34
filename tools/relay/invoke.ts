/** `npx relay invoke`: one function of the local relay, now. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { command, flag, notUp, option, textOption, WrongUsage } from '../command-line/command.ts';
import type { Endpoints } from '../local-cloud/endpoints.ts';
import { localEndpoints, relayIsNotUp } from './targets.ts';

async function eventFrom(given: string | undefined): Promise<string> {
  if (given === undefined) return '{}';
  const text = given.trimStart().startsWith('{')
    ? given
    : await readFile(given, 'utf8').catch(() => {
        throw new WrongUsage(`cannot read ${given}`);
      });
  try {
    JSON.parse(text);
  } catch (error) {
    throw new WrongUsage(`the event is not JSON: ${String(error)}`);
  }
  return text;
}

async function responseOf({ endpoint, region }: Endpoints, name: string, event: string): Promise<Response> {
  const scope = `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/${region}/lambda/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=operator/${scope}, SignedHeaders=host, Signature=none`;
  const url = `${endpoint}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  try {
    return await fetch(url, { method: 'POST', headers: { authorization }, body: event });
  } catch {
    throw relayIsNotUp();
  }
}

export const invoke = command({
  about: 'Invokes a function of the relay that "npx relay local" has brought up, and prints its response.',
  takes: {
    function: option('function', z.string(), 'its name, or the end of it: poll-statuses'),
    event: textOption('event', 'a JSON file, or the JSON itself: \'{"inline": "event"}\''),
    json: flag('the response on one line'),
  },
  positionals: ['function', 'event'],
  exitCodes: { 0: 'the function succeeded', 1: 'the function failed', [notUp.code]: notUp.about },
  run: async ({ function: name, event: given, json }) => {
    const event = await eventFrom(given);
    const endpoints = await localEndpoints();
    const response = await responseOf(endpoints, name, event);
    const payload: unknown = await response.json();
    if (response.status === 404)
      throw new WrongUsage(`there is no function "${name}"; there are: ${endpoints.functions.join(', ')}`);
    console.log(JSON.stringify(payload, undefined, json ? undefined : 2));
    return response.ok && !response.headers.has('x-amz-function-error') ? 0 : 1;
  },
});
