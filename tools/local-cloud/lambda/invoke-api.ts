import { functionNameIn } from '../arn.ts';
import { AwsError, jsonReply, type Service } from '../services/service.ts';
import { UnknownFunction, type Functions } from './functions.ts';

/** Lambda's Invoke: POST /2015-03-31/functions/<name>/invocations. */
export function invokeApi(functions: () => Functions): Service {
  return async ({ method, url, headers, body }) => {
    const reference = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(url)?.[1];
    if (method !== 'POST' || reference === undefined) {
      return new AwsError(
        'UnknownOperationException',
        `${method} ${url} is not known to the local Lambda`,
        404,
      ).reply();
    }
    const event = parse(body);
    if (!event) return new AwsError('InvalidRequestContentException', 'Could not parse request body into json').reply();
    try {
      const name = functionNameIn(decodeURIComponent(reference));
      if (headers['x-amz-invocation-type'] === 'Event') {
        void functions().invokeAsync(name, event.value);
        return jsonReply(202, {});
      }
      const outcome = await functions().invoke(name, event.value);
      if ('payload' in outcome) return jsonReply(200, outcome.payload);
      const { type, message, trace } = outcome.error;
      return jsonReply(200, { errorType: type, errorMessage: message, trace }, { 'x-amz-function-error': 'Unhandled' });
    } catch (error) {
      if (error instanceof UnknownFunction)
        return new AwsError('ResourceNotFoundException', error.message, 404).reply();
      throw error;
    }
  };
}

function parse(body: Buffer): { value: unknown } | undefined {
  if (body.length === 0) return { value: {} };
  try {
    return { value: JSON.parse(body.toString()) };
  } catch {
    return undefined;
  }
}
