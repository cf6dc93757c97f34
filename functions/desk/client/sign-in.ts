/** Signs a person in with the company's OpenID provider: authorization code with PKCE, in this tab. */
import * as oauth from 'oauth4webapi';
import { said } from './page.ts';
import { closeSession, currentSession, mustAsk, openSession } from './session.ts';

const issuer = new URL(said('desk-issuer'));
/** The provider's clock is taken for the server's, which no person can have set wrong. */
const skew = Math.round((Date.parse(said('desk-now')) - Date.now()) / 1000);
const client: oauth.Client = { client_id: said('desk-client'), [oauth.clockSkew]: skew, [oauth.clockTolerance]: 60 };
/** The local issuer of `npm run local`, on this machine alone, has no certificate. */
const insecure = { [oauth.allowInsecureRequests]: issuer.protocol === 'http:' && issuer.hostname === '127.0.0.1' };
const returnTo = `${location.origin}/`;

/** What must be the same when the provider sends the person back, and where they were. */
interface Flow {
  verifier: string;
  state: string;
  nonce: string;
  place: string;
}
const flowItem = (name: string): string => `desk-flow-${name}`;

function keepFlow(flow: Flow): void {
  for (const [name, value] of Object.entries(flow)) sessionStorage.setItem(flowItem(name), String(value));
}

/** Once: nothing of it is left. */
function takeFlow(): Flow {
  const take = (name: keyof Flow): string => {
    const value = sessionStorage.getItem(flowItem(name)) ?? '';
    sessionStorage.removeItem(flowItem(name));
    return value;
  };
  return { verifier: take('verifier'), state: take('state'), nonce: take('nonce'), place: take('place') };
}

/** Nobody is signed in: the page then shows the way in. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

/** @returns the token for `Authorization: Bearer`. @throws SignedOut */
export async function bearer(): Promise<string> {
  await finishing;
  const session = currentSession();
  if (!session) throw new SignedOut('nobody is signed in');
  return session.token;
}

async function provider(): Promise<oauth.AuthorizationServer> {
  const response = await oauth.discoveryRequest(issuer, insecure);
  return oauth.processDiscoveryResponse(issuer, response);
}

/** Leads to the provider, and back to the place where the person is now. */
export async function signIn(): Promise<void> {
  const { authorization_endpoint: endpoint } = await provider();
  if (endpoint === undefined) throw new Error('the provider has no authorization endpoint');
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  keepFlow({ verifier, state, nonce, place: location.hash });
  const asked = {
    client_id: client.client_id,
    redirect_uri: returnTo,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...{ state, nonce },
    ...(mustAsk() ? { prompt: 'login' } : {}),
  };
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  location.assign(url);
}

/** The person comes back from the provider with a code. */
async function finish(): Promise<void> {
  const came = new URL(location.href);
  if (!came.searchParams.has('state')) return;
  const { verifier, state, nonce, place } = takeFlow();
  // At once: what the address has is for this one use.
  history.replaceState(null, '', `/${place}`);
  const server = await provider();
  const parameters = oauth.validateAuthResponse(server, client, came, state);
  const sent = [server, client, oauth.None(), parameters, returnTo, verifier] as const;
  const response = await oauth.authorizationCodeGrantRequest(...sent, insecure);
  const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  const claims = oauth.getValidatedIdTokenClaims(result);
  if (result.id_token === undefined || !claims) throw new Error('the provider gave no ID token');
  openSession({ token: result.id_token, ends: (claims.exp - skew) * 1000 });
}

/** Begun when the page is loaded; rejected if the provider refused. */
const finishing = finish();

export function signOut(): void {
  closeSession({ ask: true });
  location.assign('/');
}
