import { json, type Answer } from './answers.ts';
import { count, type State } from './state.ts';

export const TOKEN_PATH = '/api/oauth/token';

const invalid = (error: string, description: string) => json(400, { error, error_description: description });

/**
 * PISTE's token endpoint: client_credentials, scope openid, an opaque token for one hour and no refresh token. A bad
 * client is a 400 `invalid_client` [V-LIVE], not the 401 of other PISTE clients' documentation.
 */
export function token(state: State, contentType: string, body: string): Answer {
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
