import * as z from 'zod';
import { AwsClient } from 'aws4fetch';
import type { LocalCloud } from '../../../tools/local-cloud/index.ts';

/** The AWS CLI as far as the runbooks use it: the same operation, over HTTP. */
export type Answer = Record<string, unknown>;

/** Services whose requests are the operation's name and a JSON object. */
const targets: Partial<Record<string, string>> = {
  kms: 'TrentService',
  sqs: 'AmazonSQS',
  dynamodb: 'DynamoDB_20120810',
};

interface RestCall {
  method: 'GET' | 'PUT';
  path: (parameters: Answer) => string;
}
const text = (value: unknown): string => z.string().parse(value);
const lambda = ({ FunctionName }: Answer): string => `/2015-03-31/functions/${text(FunctionName)}`;
const restCalls: Partial<Record<string, RestCall>> = {
  GetAlias: { method: 'GET', path: (given) => `${lambda(given)}/aliases/${text(given['Name'])}` },
  UpdateAlias: { method: 'PUT', path: (given) => `${lambda(given)}/aliases/${text(given['Name'])}` },
  ListVersionsByFunction: { method: 'GET', path: (given) => `${lambda(given)}/versions` },
};

/** `update-alias` and `--function-name`: UpdateAlias, FunctionName. */
const pascal = (kebab: string): string =>
  kebab.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const isJson = (value: string): boolean => /^[{[]/.test(value);

function parametersOf(options: readonly string[]): Answer {
  const parameters: Answer = {};
  options.forEach((word, at) => {
    const value = options[at + 1] ?? '';
    if (!word.startsWith('--') || word === '--query') return;
    parameters[pascal(word.slice(2))] = value.startsWith('--') ? true : isJson(value) ? JSON.parse(value) : value;
  });
  return parameters;
}

/** @param words of the line, `aws` left out @throws Error with what AWS replied */
export async function runAwsCli(words: readonly string[], cloud: LocalCloud): Promise<Answer> {
  const [service = '', verb = '', ...options] = words;
  // The local cloud moves no traffic step by step: no deployment is ever under way.
  if (service === 'deploy' && verb === 'list-deployments') return { deployments: [] };
  const operation = pascal(verb);
  const parameters = parametersOf(options);
  const rest = service === 'lambda' ? restCalls[operation] : undefined;
  const target = targets[service];
  if (!rest && target === undefined) throw new Error(`aws ${service} ${verb} is not among those that can be played`);
  const client = new AwsClient({ accessKeyId: 'operator', secretAccessKey: 'local', service, region: cloud.region });
  const { method, path } = rest ?? { method: 'POST', path: () => '/' };
  const reply = await client.fetch(`${cloud.endpoint}${path(parameters)}`, {
    method,
    headers:
      target === undefined
        ? {}
        : { 'x-amz-target': `${target}.${operation}`, 'content-type': 'application/x-amz-json-1.0' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(parameters) }),
  });
  const answer: unknown = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Error(`aws ${service} ${verb}: ${JSON.stringify(answer)}`);
  return z.record(z.string(), z.unknown()).parse(answer);
}
