/** PISTE's gateway and token endpoint, in front of every operation. */
import { json, type Reply, gateway, refusal, refused, success, type Outcome } from './replies.ts';
import { count, type State } from './state.ts';
import { TOKEN_PATH, type Call, type Operation } from './operation.ts';
import { withoutNulls } from './schemas.ts';
import type { Account, Application } from './world.ts';

export interface Request {
  path: string;
  method: string;
  /** By name in lower case, as node gives them; other cases work too. */
  headers: Record<string, string | undefined>;
  body: string;
}

export type RequestListener = (request: { path: string; body: unknown }) => void;

const header = (headers: Request['headers'], name: string): string =>
  headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';

function applicationOf(state: State, request: Request): Application | undefined {
  const bearer = /^Bearer (\S+)$/.exec(header(request.headers, 'authorization'))?.[1];
  const known = bearer === undefined ? undefined : state.tokens.get(bearer);
  return known && state.clock.now() < known.expiresAt ? known.application : undefined;
}

/** What a call says of its technical account; empty if it says nothing. */
export function loginIn({ headers }: Request): { login: string; password: string } {
  const text = Buffer.from(header(headers, 'cpro-account'), 'base64').toString('utf8');
  const [, login = '', password = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  return { login, password };
}

function accountOf(state: State, request: Request): Account | undefined {
  const { login, password } = loginIn(request);
  const account = state.index.byLogin.get(login);
  return account?.password === password && state.clock.now() < account.passwordExpiresAt ? account : undefined;
}

function parsed(body: string): { body: unknown } | undefined {
  try {
    const content: unknown = body === '' ? {} : JSON.parse(body);
    return { body: content };
  } catch {
    return undefined;
  }
}

/** 200 and 400 were both seen for the same refusals [V-3P]. */
function refusalStatus(state: State): 200 | 400 {
  state.refusals += 1;
  const { errorStatus } = state.options;
  if (errorStatus !== 'both') return errorStatus;
  return state.refusals % 2 === 1 ? 200 : 400;
}

function reply(state: State, { api, path }: Operation, outcome: Outcome): Reply {
  if (outcome.kind === 'too-large') return gateway.tooLarge();
  if (outcome.kind === 'refused') return refusal(refusalStatus(state), outcome);
  count(state.completed, path);
  return success(api, outcome.fields);
}

export interface Routes {
  operations: ReadonlyMap<string, Operation>;
  /** What has to happen before any call, because time has passed. */
  settle: (state: State) => void;
  onRequest: RequestListener | undefined;
}

const HEALTHY = { status: 200, headers: { 'content-type': 'application/json' } };

/** The order is the gateway's: route, token, subscription, then Chorus Pro's own account and the request itself. */
export function handle(state: State, request: Request, { operations, settle, onRequest }: Routes): Reply {
  const path = request.path.split('?')[0] ?? '';
  if (path === TOKEN_PATH && request.method === 'POST')
    return token(state, header(request.headers, 'content-type'), request.body);
  const operation = operations.get(`${request.method} ${path}`);
  if (!operation) return gateway.noRoute();
  count(state.calls, operation.path);
  const application = applicationOf(state, request);
  if (!application) return gateway.unauthorized();
  if (!application.apis.includes(operation.api)) return gateway.forbidden();
  if (!operation.needsAccount)
    return { ...HEALTHY, body: JSON.stringify({ body: 'OK', statusCode: 'OK', statusCodeValue: 200 }) };
  const account = accountOf(state, request);
  if (!account) {
    state.failedLogins += 1;
    return gateway.unauthorized();
  }
  if (!header(request.headers, 'content-type').toLowerCase().startsWith('application/json')) return gateway.mediaType();
  const content = parsed(request.body);
  if (!content) return refusal(400, refused('malformed', 'JSON illisible'));
  // A copy, because an observer may keep it and ours is about to change.
  onRequest?.({ path, body: parsed(request.body)?.body });
  settle(state);
  const reading = operation.read(withoutNulls(content.body));
  if (reading.kind === 'malformed') return refusal(400, refused('malformed', reading.detail));
  if (!account.applications.includes(application.clientId))
    return refusal(refusalStatus(state), refused('notEntitled'));
  const call: Call = { state, now: state.clock.now(), account };
  return reply(state, operation, reading.run(call));
}

const invalid = (error: string, description: string) => json(400, { error, error_description: description });

/**
 * PISTE's token endpoint: client_credentials, scope openid, an opaque token for one hour and no refresh token. A bad
 * client is a 400 `invalid_client` [V-LIVE], not the 401 of other PISTE clients' documentation.
 */
function token(state: State, contentType: string, body: string): Reply {
  count(state.calls, TOKEN_PATH);
  if (!contentType.toLowerCase().startsWith('application/x-www-form-urlencoded'))
    return invalid('invalid_request', 'application/x-www-form-urlencoded expected');
  const form = new URLSearchParams(body);
  if (form.get('grant_type') !== 'client_credentials')
    return invalid('unsupported_grant_type', 'client_credentials expected');
  const application = state.world.applications.find(({ clientId }) => clientId === form.get('client_id'));
  if (!application?.clientSecrets.includes(form.get('client_secret') ?? ''))
    return json(400, { error: 'invalid_client' });
  const scope = form.get('scope') ?? '';
  if (!scope.split(' ').includes('openid')) return invalid('invalid_scope', 'openid expected');
  const lifetime = state.options.tokenLifetimeSeconds;
  const value = `simulated-token-${(state.sequence += 1).toString(36)}`;
  state.tokens.set(value, { application, expiresAt: state.clock.now() + lifetime * 1000 });
  return json(200, { access_token: value, token_type: 'Bearer', expires_in: lifetime, scope });
}
