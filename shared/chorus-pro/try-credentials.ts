import type { Credentials } from '../connection/credentials.ts';
import type { Deadline } from '../aws/runtime.ts';
import { healthCheck, send, timeForCall, type Call, type Operation } from './operations.ts';
import { timings } from '../facts/timings.ts';
import type { RetryReason } from '../messaging/retry-reasons.ts';
import { apiNames, chorusProOver, type ChorusPro } from './chorus-pro.ts';
import { isNotDone, type Outcome, type Refusal } from './outcome.ts';
import { TokenSource, type ChorusProUrls } from './piste.ts';
import { onlyTo, type Transport } from './transport.ts';

/** The links of the chain that credentials must pass, in this order. */
export type Link = 'piste-application' | 'api-subscription' | 'technical-account' | 'raccordement';

/** Why a link could not be tried to the end: the platform is in trouble, and the credentials are not at fault. */
export type Inconclusive = RetryReason | 'no-answer';

/** The result of trying credentials. */
export type Trial =
  /** Every link holds; `chorusPro` makes further calls with the same credentials, outside the live session. */
  | { kind: 'works'; chorusPro: ChorusPro }
  /** PISTE refused the client id or secret, or the application has no API, or Chorus Pro refused the login. */
  | { kind: 'broken'; link: 'piste-application' | 'api-subscription' | 'technical-account' }
  /** The login was accepted, but Chorus Pro refused the call. */
  | { kind: 'broken'; link: 'raccordement'; refusal: Refusal }
  | { kind: 'inconclusive'; link: Link; why: Inconclusive };

/**
 * Tries credentials link by link, before they are stored or during a check: with at most one failed login, and without
 * reading or changing the live session.
 */
export async function tryCredentials(
  credentials: Credentials,
  dependencies: TrialDependencies,
  deadline: Deadline,
): Promise<Trial> {
  const session = new TrialSession(credentials, dependencies);
  const token = await session.token(deadline);
  if (token.kind !== 'accepted') return brokenToken(token);
  const login = chorusProOver(session.login, deadline);
  const works = { kind: 'works', chorusPro: chorusProOver(session.call, deadline) } as const;
  for (const api of apiNames) {
    const outcome = await login.probe(api);
    if (outcome.kind === 'accepted') return works;
    // Without a subscription the gateway turns the call away before the account is checked: try the next API.
    if (!isNotDone(outcome, 'api-not-subscribed')) return brokenLogin(outcome);
  }
  return { kind: 'broken', link: 'api-subscription' };
}

function brokenToken(outcome: Outcome<string>): Trial {
  const link = 'piste-application';
  return isNotDone(outcome, 'token-refused')
    ? { kind: 'broken', link }
    : { kind: 'inconclusive', link, why: whyOf(outcome) };
}

function brokenLogin(outcome: Outcome<unknown>): Trial {
  if (outcome.kind === 'refused') return { kind: 'broken', link: 'raccordement', refusal: outcome.refusal };
  if (isNotDone(outcome, 'unauthorised')) return { kind: 'broken', link: 'technical-account' };
  return { kind: 'inconclusive', link: 'technical-account', why: whyOf(outcome) };
}

const whyOf = (outcome: Outcome<unknown>): Inconclusive => (outcome.kind === 'not-done' ? outcome.reason : 'no-answer');

export interface TrialDependencies {
  urls: ChorusProUrls;
  transport: Transport;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/** Makes calls with the given credentials, without suspension and breaker: a trial never stops the live connection. */
class TrialSession {
  private readonly credentials: Credentials;
  private readonly dependencies: TrialDependencies;
  private readonly tokens: TokenSource;

  constructor(credentials: Credentials, dependencies: TrialDependencies) {
    const { urls } = dependencies;
    this.credentials = credentials;
    this.dependencies = { ...dependencies, transport: onlyTo([urls.api, urls.token], dependencies.transport) };
    this.tokens = new TokenSource({ ...this.dependencies, url: urls.token });
  }

  token(deadline: Deadline): Promise<Outcome<string>> {
    return this.tokens.get(this.credentials, deadline);
  }

  /** For a proven account: a 401 is due to the token or to chance, so the call is repeated once with a new token. */
  readonly call: Call = async (operation, body, deadline) => {
    const first = await this.exchange(operation, body, deadline);
    return isNotDone(first, 'unauthorised') ? this.again(operation, body, deadline) : first;
  };

  /**
   * For an account that may be wrong: only one login, since failed ones may lock it. A second one only if the first 401
   * was due to the token: then the gateway also refuses the token without any account.
   */
  readonly login: Call = async (operation, body, deadline) => {
    await this.pause();
    const first = await this.exchange(operation, body, deadline);
    const tokenRefused = isNotDone(first, 'unauthorised') && (await this.tokenIsRefused(deadline));
    return tokenRefused ? this.again(operation, body, deadline) : first;
  };

  private async exchange<T>(operation: Operation<T>, body: object, deadline: Deadline): Promise<Outcome<T>> {
    const token = await this.token(deadline);
    if (token.kind !== 'accepted') return token;
    const { urls, transport } = this.dependencies;
    const sender = { apiUrl: urls.api, transport, credentials: this.credentials, token: token.value, deadline };
    return (await send(operation, body, sender)).outcome;
  }

  /** With a new token. */
  private async again<T>(operation: Operation<T>, body: object, deadline: Deadline): Promise<Outcome<T>> {
    await this.pause();
    const token = await this.token(deadline);
    if (token.kind === 'accepted') this.tokens.drop(token.value);
    return this.exchange(operation, body, deadline);
  }

  /** If the health check requires an account after all, calling it costs a second login and no more. */
  private async tokenIsRefused(deadline: Deadline): Promise<boolean> {
    const { urls, transport } = this.dependencies;
    await this.pause();
    const token = await this.token(deadline);
    const timeoutMs = timeForCall(deadline);
    if (token.kind !== 'accepted' || !timeoutMs) return false;
    const sending = await transport({
      method: 'GET',
      url: `${urls.api}/cpro/${healthCheck}`,
      headers: { authorization: `Bearer ${token.value}`, accept: 'application/json' },
      timeoutMs,
    });
    return sending.kind === 'response' && sending.status === 401;
  }

  private readonly pause = (): Promise<void> => this.dependencies.wait(timings.pauseBeforeLogin.ms);
}
