/** Between API Gateway (HTTP API, payload 2.0) and the app, which knows requests and responses of the web only. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** @returns a body only where the method may have one */
export function requestOf({ requestContext, ...event }: APIGatewayProxyEventV2): Request {
  const { domainName, http } = requestContext;
  // The gateway may have decoded the path: what would end it is written as it was.
  const path = event.rawPath.replaceAll('?', '%3F').replaceAll('#', '%23');
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  const headers = Object.entries(event.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const hasBody = event.body !== undefined && !['GET', 'HEAD'].includes(http.method);
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  return new Request(`https://${domainName}${path}${query}`, {
    method: http.method,
    headers,
    ...(hasBody ? { body } : {}),
  });
}

const isText = (type: string): boolean => /^(text\/|application\/(json|problem\+json))/.test(type);

export async function resultOf(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isBase64Encoded =
    response.headers.has('content-encoding') || !isText(response.headers.get('content-type') ?? 'text/plain');
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: bytes.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}
