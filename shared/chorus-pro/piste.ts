import * as z from 'zod';
import type { Deadline } from '../aws/runtime.ts';
import type { Credentials } from '../connection/credentials.ts';
import type { Environment } from '../connection/settings.ts';
import { timings } from '../facts/timings.ts';
import { chorusProFacts } from './facts.ts';
import { noTimeLeft, timeForCall } from './operations.ts';
import { isNotDone, parseJson, type Outcome } from './outcome.ts';
import type { Transport } from './transport.ts';

export interface ChorusProUrls {
  /** Base of `/cpro/<api>/v1/<operation>`, without a slash at the end. */
  api: string;
  token: string;
}

/** [V-LIVE] OCA, TRY, INV, CHP, BTP. */
const chorusProUrls: Readonly<Record<Environment, ChorusProUrls>> = {
  production: { api: 'https://api.piste.gouv.fr', token: 'https://oauth.piste.gouv.fr/api/oauth/token' },
  qualification: {
    api: 'https://sandbox-api.piste.gouv.fr',
    token: 'https://sandbox-oauth.piste.gouv.fr/api/oauth/token',
  },
};

/** The environment's own addresses, unless the deployment overrides them with a server that follows AIFE's contract. */
export function urlsFor(
  environment: Environment,
  override: { CHORUS_PRO_URL?: string | undefined; PISTE_TOKEN_URL?: string | undefined },
): ChorusProUrls {
  const { api, token } = chorusProUrls[environment];
  return { api: (override.CHORUS_PRO_URL ?? api).replace(/\/$/, ''), token: override.PISTE_TOKEN_URL ?? token };
}

const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

export interface TokenDependencies {
  url: string;
  transport: Transport;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/** Makes one request for a token when its turn comes. */
type InTurn = (request: () => Promise<Outcome<string>>) => Promise<Outcome<string>>;

const atOnce: InTurn = (request) => request();

/** OAuth2 client credentials at PISTE: one token per application, one request at a time, renewed before it expires. */
export class TokenSource {
  private readonly dependencies: TokenDependencies;
  private current: { clientId: string; token: string; until: number } | undefined;
  /** By client and secret: a call with a new secret does not wait for the response to the old one. */
  private readonly inFlight = new Map<string, Promise<Outcome<string>>>();

  constructor(dependencies: TokenDependencies) {
    this.dependencies = dependencies;
  }

  async get(credentials: Credentials, deadline: Deadline, inTurn = atOnce): Promise<Outcome<string>> {
    const { current, inFlight } = this;
    const { pisteClientId: clientId, pisteClientSecret: secret } = credentials;
    const usable = current?.clientId === clientId && current.until > this.dependencies.now().getTime();
    if (usable) return { kind: 'accepted', value: current.token };
    const key = JSON.stringify([clientId, secret]);
    const request = () => inTurn(() => this.requestOnce(credentials, deadline));
    const asked = inFlight.get(key) ?? this.request(request).finally(() => inFlight.delete(key));
    inFlight.set(key, asked);
    return asked;
  }

  /** Forgets a token that was refused in a call; a newer token stays. */
  drop(token: string): void {
    if (this.current?.token === token) this.current = undefined;
  }

  private async request(request: () => Promise<Outcome<string>>): Promise<Outcome<string>> {
    let outcome = await request();
    // PISTE refuses good credentials at random: a refusal is believed only if it repeats after every pause.
    for (const pause of chorusProFacts.pausesAfterInvalidClientMs.value) {
      if (!isNotDone(outcome, 'token-refused')) return outcome;
      await this.dependencies.wait(pause);
      const again = await request();
      // All functions together have used up the refusals that are allowed.
      if (isNotDone(again, 'suspended')) return outcome;
      outcome = again;
    }
    return outcome;
  }

  private async requestOnce(credentials: Credentials, deadline: Deadline): Promise<Outcome<string>> {
    const timeoutMs = timeForCall(deadline);
    if (!timeoutMs) return noTimeLeft;
    const { url, transport, now } = this.dependencies;
    const { pisteClientId: clientId, pisteClientSecret } = credentials;
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: pisteClientSecret,
      scope: 'openid',
    };
    const sending = await transport({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      timeoutMs,
    });
    if (sending.kind === 'not-connected') return { kind: 'not-done', reason: 'no-connection' };
    if (sending.kind !== 'response') return { kind: 'not-done', reason: 'platform-down' };
    // 400 in live reports (INV, CHT), 401 in another client’s documentation: both say invalid_client.
    if (sending.status === 400 || sending.status === 401) return { kind: 'not-done', reason: 'token-refused' };
    if (sending.status === 429) return { kind: 'not-done', reason: 'throttled' };
    const parsed = tokenSchema.safeParse(parseJson(sending.body));
    if (sending.status !== 200 || !parsed.success) return { kind: 'not-done', reason: 'platform-down' };
    const { access_token: token, expires_in: seconds } = parsed.data;
    this.current = { clientId, token, until: now().getTime() + seconds * 1000 - timings.tokenMargin.ms };
    return { kind: 'accepted', value: token };
  }
}
