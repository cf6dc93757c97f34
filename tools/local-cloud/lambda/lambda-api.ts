/** Lambda over HTTP: synchronous invocations, and what an operator does to turn the alias `live` back. */
import * as z from 'zod';
import { arns } from '../arn.ts';
import { AwsError, jsonReply, type Service, type ServiceRequest } from '../services/aws-service.ts';
import type { Functions } from './functions.ts';
import type { LambdaFunction } from './lambda-function.ts';

const path = /^\/2015-03-31\/functions\/([^/?]+)\/(invocations|versions|aliases\/live)/;
const updateSchema = z.object({ FunctionVersion: z.coerce.number() });

/** @returns the name of the operation, as IAM spells it */
export function lambdaAction({ method, url }: Pick<ServiceRequest, 'method' | 'url'>): string {
  const [, , resource] = path.exec(url) ?? [];
  if (resource === 'versions') return 'ListVersionsByFunction';
  if (resource === 'invocations') return 'Invoke';
  return method === 'PUT' ? 'UpdateAlias' : 'GetAlias';
}

const operations: Readonly<Record<string, (found: LambdaFunction, body: unknown) => unknown>> = {
  GetAlias: ({ name, live }) => ({
    AliasArn: arns.function(`${name}:live`),
    Name: 'live',
    FunctionVersion: String(live),
  }),
  UpdateAlias: (found, body) => {
    found.turnTo(updateSchema.parse(body).FunctionVersion);
    return operations['GetAlias']?.(found, body);
  },
  ListVersionsByFunction: ({ versions }) => ({
    Versions: [
      { Version: '$LATEST' },
      ...versions.map(({ version, publishedAt }) => ({
        Version: String(version),
        LastModified: new Date(publishedAt).toISOString(),
      })),
    ],
  }),
};

const unknownOperation = ({ method, url }: ServiceRequest): AwsError =>
  new AwsError(
    'UnknownOperationException',
    `The local cloud does not know ${method} ${url}: it invokes functions, lists their versions and turns the alias live.`,
    404,
  );

export function lambdaApi(functions: () => Functions): Service {
  return async (request) => {
    const [, name] = path.exec(request.url) ?? [];
    if (name === undefined) return unknownOperation(request).reply();
    const reference = decodeURIComponent(name);
    const found = functions().find(reference);
    if (!found) return new AwsError('ResourceNotFoundException', `Function not found: ${reference}`, 404).reply();
    const body: unknown = JSON.parse(request.body.toString() || '{}');
    const operation = operations[lambdaAction(request)];
    if (operation) return jsonReply(200, operation(found, body));
    const outcome = await found.invoke(body);
    if ('payload' in outcome) return jsonReply(200, outcome.payload);
    const { type, message, trace } = outcome.error;
    return jsonReply(200, { errorType: type, errorMessage: message, trace }, { 'x-amz-function-error': 'Unhandled' });
  };
}
