import type { Credentials } from '../connection/credentials.ts';
import type { Deadline } from '../aws/deadline.ts';
import type { ChorusProUrls } from './environments.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { apiRequest } from './request.ts';
import type { Call, Operation } from './session.ts';
import { TokenSource } from './token.ts';
import { onlyTo, type Transport } from './transport.ts';

export interface TrialDependencies {
  urls: ChorusProUrls;
  transport: Transport;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

const longestCallMs = 30_000;
const shortestCallMs = 1_000;
/** A 401 also comes when calls are chained too fast [V-LIVE FLK]: before a 401 may count, this long is nobody called. */
const pauseMs = 1_000;

/**
 * Calls with credentials that are handed in and on nobody's behalf: no suspension and no breaker of the live session are asked or
 * told, so that what is tried here never stops what runs.
 */
export class TrialSession {
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
    const timeoutMs = timeLeft(deadline);
    return timeoutMs ? this.tokens.get(this.credentials, timeoutMs) : noTimeLeft;
  }

  /** For an account that is proven: a 401 is then the token’s or chance, and gets a new token once. */
  readonly call: Call = async (operation, body, deadline) => {
    const first = await this.callOnce(operation, body, deadline);
    if (!isUnauthorised(first)) return first;
    await this.renewToken(deadline);
    return this.callOnce(operation, body, deadline);
  };

  /**
   * For an account that may be wrong: one login, since wrong ones may lock it. A second only where the first 401 was
   * the token’s: the gateway then refuses the token without any account too.
   */
  readonly login: Call = async (operation, body, deadline) => {
    await this.dependencies.wait(pauseMs);
    const first = await this.callOnce(operation, body, deadline);
    if (!isUnauthorised(first) || !(await this.tokenIsRefused(deadline))) return first;
    await this.renewToken(deadline);
    return this.callOnce(operation, body, deadline);
  };

  private async callOnce<T>(operation: Operation<T>, body: object, deadline: Deadline): Promise<Outcome<T>> {
    const token = await this.token(deadline);
    if (token.kind !== 'accepted') return token;
    const timeoutMs = timeLeft(deadline);
    if (!timeoutMs) return noTimeLeft;
    const { urls, transport } = this.dependencies;
    const { path } = operation;
    const { credentials } = this;
    const request = apiRequest({ apiUrl: urls.api, path, body, token: token.value, credentials, timeoutMs });
    return outcomeOf(path, await transport(request), operation.answer);
  }

  /** The health check needs a token and no technical account [INF]; if it wants one, all it costs is a second login. */
  private async tokenIsRefused(deadline: Deadline): Promise<boolean> {
    const { urls, transport, wait } = this.dependencies;
    await wait(pauseMs);
    const token = await this.token(deadline);
    const timeoutMs = timeLeft(deadline);
    if (token.kind !== 'accepted' || !timeoutMs) return false;
    const sending = await transport({
      method: 'GET',
      url: `${urls.api}/cpro/transverses/v1/health-check`,
      headers: { authorization: `Bearer ${token.value}`, accept: 'application/json' },
      timeoutMs,
    });
    return sending.kind === 'answer' && sending.status === 401;
  }

  private async renewToken(deadline: Deadline): Promise<void> {
    await this.dependencies.wait(pauseMs);
    const token = await this.token(deadline);
    if (token.kind === 'accepted') this.tokens.drop(token.value);
  }
}

const noTimeLeft = { kind: 'not-done', reason: 'no-time-left' } as const;

const timeLeft = (deadline: Deadline): number | undefined => {
  const timeoutMs = Math.min(longestCallMs, deadline.remainingMs());
  return timeoutMs < shortestCallMs ? undefined : timeoutMs;
};

const isUnauthorised = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'not-done' && outcome.reason === 'unauthorised';
