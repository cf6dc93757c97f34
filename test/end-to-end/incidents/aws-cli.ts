import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import type { LocalCloud } from '../../../tools/local-cloud/index.ts';

type Parameters = Record<string, unknown>;
export type Answer = Record<string, unknown>;

interface Request {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  headers?: Record<string, string>;
}

const functionPath = ({ FunctionName }: Parameters): string =>
  `/2015-03-31/functions/${z.string().parse(FunctionName)}`;
const aliasPath = (given: Parameters): string => `${functionPath(given)}/aliases/${z.string().parse(given['Name'])}`;
const kms = (operation: string) => (): Request => ({
  method: 'POST',
  path: '/',
  headers: { 'x-amz-target': `TrentService.${operation}` },
});

/** The lines of the AWS CLI that the runbooks have, as the requests that they make. */
const requests: Partial<Record<string, (parameters: Parameters) => Request>> = {
  'kms describe-key': kms('DescribeKey'),
  'kms enable-key': kms('EnableKey'),
  'kms schedule-key-deletion': kms('ScheduleKeyDeletion'),
  'kms cancel-key-deletion': kms('CancelKeyDeletion'),
  'lambda get-alias': (given) => ({ method: 'GET', path: aliasPath(given) }),
  'lambda update-alias': (given) => ({ method: 'PUT', path: aliasPath(given) }),
  'lambda list-versions-by-function': (given) => ({ method: 'GET', path: `${functionPath(given)}/versions` }),
};

/** `--function-name live`: FunctionName. */
function parametersOf(options: readonly string[]): Parameters {
  const parameters: Parameters = {};
  options.forEach((word, at) => {
    const name = word.slice(2).replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const value = options[at + 1] ?? '';
    if (word.startsWith('--') && word !== '--query')
      parameters[name] = value.startsWith('{') ? JSON.parse(value) : value;
  });
  return parameters;
}

/** @param words those after `aws` @throws Error with what AWS replied */
export async function runAwsCli(words: readonly string[], cloud: LocalCloud): Promise<Answer> {
  const [service = '', verb = '', ...options] = words;
  // The local cloud moves no traffic step by step: no deployment is ever under way.
  if (service === 'deploy' && verb === 'list-deployments') return { deployments: [] };
  const parameters = parametersOf(options);
  const request = requests[`${service} ${verb}`]?.(parameters);
  if (!request) throw new Error(`aws ${service} ${verb} is not among the lines that can be played`);
  const { method, path, headers = {} } = request;
  const client = new AwsClient({ accessKeyId: 'operator', secretAccessKey: 'local', service, region: cloud.region });
  const body = method === 'GET' ? {} : { body: JSON.stringify(parameters) };
  const reply = await client.fetch(`${cloud.endpoint}${path}`, { method, headers, ...body });
  const answer = z.record(z.string(), z.unknown()).parse(await reply.json());
  if (!reply.ok) throw new Error(`aws ${service} ${verb}: ${JSON.stringify(answer)}`);
  return answer;
}
