import * as z from 'zod';
import type { Credentials } from '../connection/credentials.ts';
import { parseJson, type Outcome } from './outcome.ts';
import type { Transport } from './transport.ts';

const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** Renewed this long before its end (a token lives one hour) so that no call starts with a dying one. [V-3P OCA: 240 s] */
const marginMs = 240_000;

/**
 * PISTE refuses valid credentials at random, about once in ten [V-LIVE FLK]: only this many refusals in a row, with these
 * pauses between them, are believed.
 */
const pausesMs = [200, 500, 1_000, 2_000] as const;

export interface TokenDependencies {
  url: string;
  transport: Transport;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/** OAuth2 client credentials at PISTE: one token for an application, single flight, renewed before its end. */
export class TokenSource {
  private readonly dependencies: TokenDependencies;
  private current: { clientId: string; token: string; until: number } | undefined;
  /** By client and secret: who comes with a new secret does not wait for the answer to the old one. */
  private readonly inFlight = new Map<string, Promise<Outcome<string>>>();

  constructor(dependencies: TokenDependencies) {
    this.dependencies = dependencies;
  }

  async get(credentials: Credentials, timeoutMs: number): Promise<Outcome<string>> {
    const { current, inFlight } = this;
    const { pisteClientId: clientId, pisteClientSecret: secret } = credentials;
    const usable = current?.clientId === clientId && current.until > this.dependencies.now().getTime();
    if (usable) return { kind: 'accepted', value: current.token };
    const key = JSON.stringify([clientId, secret]);
    const asked = inFlight.get(key) ?? this.request(credentials, timeoutMs).finally(() => inFlight.delete(key));
    inFlight.set(key, asked);
    return asked;
  }

  /** Forgets a token that a call found refused; a newer one stays. */
  drop(token: string): void {
    if (this.current?.token === token) this.current = undefined;
  }

  private async request(credentials: Credentials, timeoutMs: number): Promise<Outcome<string>> {
    for (const pause of pausesMs) {
      const outcome = await this.requestOnce(credentials, timeoutMs);
      if (!(outcome.kind === 'not-done' && outcome.reason === 'token-refused')) return outcome;
      await this.dependencies.wait(pause);
    }
    return this.requestOnce(credentials, timeoutMs);
  }

  private async requestOnce(credentials: Credentials, timeoutMs: number): Promise<Outcome<string>> {
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
    if (sending.kind === 'lost') return { kind: 'not-done', reason: 'platform-down' };
    // 400 in live reports, 401 in another client's documentation: both say invalid_client.
    if (sending.status === 400 || sending.status === 401) return { kind: 'not-done', reason: 'token-refused' };
    if (sending.status === 429) return { kind: 'not-done', reason: 'throttled' };
    const parsed = tokenSchema.safeParse(parseJson(sending.body));
    if (sending.status !== 200 || !parsed.success) return { kind: 'not-done', reason: 'platform-down' };
    const { access_token: token, expires_in: seconds } = parsed.data;
    this.current = { clientId, token, until: now().getTime() + seconds * 1000 - marginMs };
    return { kind: 'accepted', value: token };
  }
}
