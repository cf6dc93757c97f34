/** API Gateway's HTTP APIs: routes, JWT authorizers, and functions that are called with payload 2.0. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import * as z from 'zod';
import type { DrivenClock } from './clock.ts';
import { closeServer, listen } from './gateway.ts';
import type { Functions } from './lambda/functions.ts';

export interface Authorizer {
  issuer: string;
  audience: string[];
}

interface Route {
  integration: string;
  /** Undefined: open to everybody. */
  authorizer: string | undefined;
}

const discoverySchema = z.object({ jwks_uri: z.url() });

const resultSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

interface HttpApiOptions {
  clock: DrivenClock;
  functions: Functions;
}

/** One API, with its default stage, on a port of its own. */
export class HttpApi {
  /** By key: `GET /desk.js`, or `$default`. */
  readonly routes = new Map<string, Route>();
  readonly authorizers = new Map<string, Authorizer>();
  /** The name of the function that each calls. */
  readonly integrations = new Map<string, string>();
  readonly #options: HttpApiOptions;
  readonly #server = createServer((incoming, response) => {
    this.#respond(incoming, response).catch((error: unknown) => {
      say(response, 500, { message: 'Internal Server Error', local: String(error) });
    });
  });

  constructor(options: HttpApiOptions) {
    this.#options = options;
  }

  /** @returns its address */
  open(): Promise<string> {
    return listen(this.#server);
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  async #respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers: given } = incoming;
    const end = url.includes('?') ? url.indexOf('?') : url.length;
    const [pathname, query] = [url.slice(0, end), url.slice(end + 1)];
    const named = `${method} ${pathname}`;
    const key = this.routes.has(named) ? named : '$default';
    const route = this.routes.get(key);
    if (!route) {
      say(response, 404, { message: 'Not Found' });
      return;
    }
    const headers = Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat().join(',')]])),
    );
    const claims = route.authorizer === undefined ? undefined : await this.#claimsFor(route.authorizer, headers);
    if (claims === 'refused') {
      response.setHeader('www-authenticate', 'Bearer');
      say(response, 401, { message: 'Unauthorized' });
      return;
    }
    const body = await buffer(incoming);
    const outcome = await this.#options.functions.invoke(this.integrations.get(route.integration) ?? '', {
      version: '2.0',
      routeKey: key,
      rawPath: decodeURI(pathname),
      rawQueryString: query,
      headers,
      requestContext: {
        ...(claims ? { authorizer: { jwt: { claims, scopes: null } } } : {}),
        domainName: headers['host'] ?? '',
        http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
        ...{ accountId: '000000000000', apiId: 'local', stage: '$default', requestId: '', routeKey: key },
        ...{ time: '', timeEpoch: this.#options.clock.now(), domainPrefix: '' },
      },
      ...(body.length > 0 ? { body: body.toString('base64') } : {}),
      isBase64Encoded: body.length > 0,
    });
    const result = 'payload' in outcome ? resultSchema.safeParse(outcome.payload).data : undefined;
    if (!result) {
      say(response, 500, { message: 'Internal Server Error' });
      return;
    }
    response.writeHead(result.statusCode, result.headers);
    response.end(Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'));
  }

  /**
   * What API Gateway checks: the signature (RS256) by the issuer's published keys, `iss`, `aud` or `client_id`, `exp`,
   * `nbf` and `iat`. [AWS: Control access to HTTP APIs with JWT authorizers]
   */
  async #claimsFor(authorizer: string, headers: Record<string, string>): Promise<Record<string, string> | 'refused'> {
    const { issuer, audience } = this.authorizers.get(authorizer) ?? {};
    if (issuer === undefined || audience === undefined) throw new Error(`no authorizer ${authorizer}`);
    const token = (headers['authorization'] ?? '').replace(/^Bearer /i, '');
    const now = this.#options.clock.now();
    try {
      const response = await fetch(`${issuer}/.well-known/openid-configuration`);
      const keys = createRemoteJWKSet(new URL(discoverySchema.parse(await response.json()).jwks_uri));
      const currentDate = new Date(now);
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        algorithms: ['RS256'],
        currentDate,
        requiredClaims: ['exp'],
      });
      const isInTime = payload.iat === undefined || payload.iat * 1000 <= now;
      return isInTime && isFor(payload, audience) ? asWords(payload) : 'refused';
    } catch {
      return 'refused';
    }
  }
}

/** `client_id` counts only in a token without `aud`. */
const isFor = ({ aud, client_id: clientId }: JWTPayload, audience: readonly string[]): boolean =>
  [aud ?? clientId].flat().some((one) => typeof one === 'string' && audience.includes(one));

/** All as text: a list is its parts between brackets. */
const asWords = (claims: JWTPayload): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );

function say(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
