import type { Credentials } from '../connection/credentials.ts';
import type { Deadline } from '../aws/runtime.ts';
import { healthCheck, noTimeLeft, send, timeForCall, type Call, type Operation } from './operations.ts';
import { timings } from '../facts/timings.ts';
import type { RetryReason } from '../messaging/retry-reasons.ts';
import { apiNames, chorusProOver, type ChorusPro } from './chorus-pro.ts';
import { isNotDone, type Outcome, type Refusal } from './outcome.ts';
import { TokenSource, type ChorusProUrls } from './piste.ts';
import { onlyTo, type Transport } from './transport.ts';

/** In the order in which they are passed. */
export type Link = 'piste-application' | 'api-subscription' | 'technical-account' | 'raccordement';

/** Why a link could not be tried to its end: the platform’s trouble, never the credentials’. */
export type NoVerdict = RetryReason | 'no-answer';

/** What became of credentials that were tried. */
export type Trial =
  /** The whole chain holds; `chorusPro` goes on with them, outside of the live session. */
  | { kind: 'works'; chorusPro: ChorusPro }
  /**
   * PISTE refused the client id or the secret, or the application subscribes to no API, or Chorus Pro refused the
   * login.
   */
  | { kind: 'broken'; link: 'piste-application' | 'api-subscription' | 'technical-account' }
  /** The login was taken, and then Chorus Pro said no. */
  | { kind: 'broken'; link: 'raccordement'; refusal: Refusal }
  | { kind: 'no-verdict'; link: Link; why: NoVerdict };

/**
 * Tries credentials link by link, before anybody stores them or because somebody asks: with at most one failed login,
 * and without reading or changing anything of the live session.
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
    // Without a subscription the gateway turns the call away before the account is looked at: another API may tell.
    if (!isNotDone(outcome, 'api-not-subscribed')) return brokenLogin(outcome);
  }
  return { kind: 'broken', link: 'api-subscription' };
}

function brokenToken(outcome: Outcome<string>): Trial {
  const link = 'piste-application';
  return isNotDone(outcome, 'token-refused')
    ? { kind: 'broken', link }
    : { kind: 'no-verdict', link, why: whyOf(outcome) };
}

function brokenLogin(outcome: Outcome<unknown>): Trial {
  if (outcome.kind === 'refused') return { kind: 'broken', link: 'raccordement', refusal: outcome.refusal };
  if (isNotDone(outcome, 'unauthorised')) return { kind: 'broken', link: 'technical-account' };
  return { kind: 'no-verdict', link: 'technical-account', why: whyOf(outcome) };
}

const whyOf = (outcome: Outcome<unknown>): NoVerdict => (outcome.kind === 'not-done' ? outcome.reason : 'no-answer');

export interface TrialDependencies {
  urls: ChorusProUrls;
  transport: Transport;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/**
 * Calls with credentials that are handed in. No suspension and no breaker: what is tried here never stops what runs.
 */
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

  async token(deadline: Deadline): Promise<Outcome<string>> {
    const timeoutMs = timeForCall(deadline);
    return timeoutMs ? this.tokens.get(this.credentials, timeoutMs) : noTimeLeft;
  }

  /** For an account that is proven: a 401 is then the token’s or chance, and gets a new token once. */
  readonly call: Call = async (operation, body, deadline) => {
    const first = await this.exchange(operation, body, deadline);
    return isNotDone(first, 'unauthorised') ? this.again(operation, body, deadline) : first;
  };

  /**
   * For an account that may be wrong: one login, since wrong ones may lock it. A second only if the first 401 was the
   * token’s: the gateway then refuses the token without any account too.
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

  /** If the health check wants an account after all, asking it costs a second login and no more. */
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
