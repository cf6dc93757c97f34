import type * as z from 'zod';
import type { ConnectionSettings } from '../connection/settings.ts';
import { tellMissing, type CredentialsSource, type VersionedCredentials } from '../connection/credentials.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { Breaker } from './breaker.ts';
import type { Deadline } from '../aws/deadline.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { Proving } from './proving.ts';
import { apiRequest } from './request.ts';
import { Suspension } from './suspension.ts';
import type { TokenSource } from './token.ts';
import type { Sending, Transport } from './transport.ts';

/**
 * One operation of Chorus Pro. Its effect says what an unknown outcome means: `none` and `repeatable` may simply be tried
 * again; after `once` we must look before anything is repeated.
 */
export interface Operation<T> {
  path: string;
  effect: 'none' | 'repeatable' | 'once';
  answer: z.ZodType<T>;
}

export type Call = <T>(operation: Operation<T>, body: object, deadline: Deadline) => Promise<Outcome<T>>;

export interface SessionDependencies {
  connection: ConnectionSettings;
  apiUrl: string;
  transport: Transport;
  tokens: TokenSource;
  credentials: CredentialsSource;
  breaker: Breaker;
  memory: Memory;
  telemetry: Telemetry;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/** A call that could not run at least this long is not started. */
const shortestCallMs = 1_000;
const longestCallMs = 30_000;
/**
 * A 401 also comes by chance, and when calls are chained too fast [V-LIVE FLK]: so long are the pauses before it is tried again.
 * Each try is a failed login where the credentials are wrong: only those that were proven here get a third.
 */
const pausesAfter401Ms = { unproven: [1_000], proven: [1_000, 3_000] } as const;

/** Makes the calls of one connection: token, headers, the policy on 401, the breaker and the suspension. */
export class Session {
  private readonly dependencies: SessionDependencies;
  private readonly suspension: Suspension;
  private readonly proving = new Proving();

  constructor(dependencies: SessionDependencies) {
    this.dependencies = dependencies;
    this.suspension = new Suspension({ ...dependencies, connection: dependencies.connection.name });
  }

  readonly call: Call = async (operation, body, deadline) => {
    const { credentials: source, connection, breaker, telemetry, now } = this.dependencies;
    if (breaker.isOpen(now()))
      return { kind: 'not-done', reason: 'platform-down', retryAfterSeconds: breaker.remainingSeconds(now()) };
    const credentials = await source(connection.name);
    if (!credentials) {
      tellMissing(telemetry, connection.name);
      return { kind: 'not-done', reason: 'secret-missing' };
    }
    return this.proving.run(credentials.version, async () => {
      const result = await this.tryWith(operation, body, credentials, deadline);
      const came = result.kind !== 'not-done' && result.kind !== 'unknown';
      return { result, accepted: isCredentialTrouble(result) || isSuspension(result) ? false : came || undefined };
    });
  };

  /** A refusal of the credentials is believed after the secret was read once more. */
  private async tryWith<T>(
    operation: Operation<T>,
    body: object,
    credentials: VersionedCredentials,
    deadline: Deadline,
  ): Promise<Outcome<T>> {
    const { credentials: source, connection } = this.dependencies;
    const { breaker, now } = this.dependencies;
    // Whoever waited for its turn may have waited while the platform went down.
    if (breaker.isOpen(now()))
      return { kind: 'not-done', reason: 'platform-down', retryAfterSeconds: breaker.remainingSeconds(now()) };
    if (await this.suspension.holds(credentials.version)) return { kind: 'not-done', reason: 'suspended' };
    const first = await this.attempt(operation, body, credentials, deadline);
    if (!isCredentialTrouble(first)) return first;
    const fresh = await source(connection.name, 'fresh');
    if (!fresh || fresh.version === credentials.version) return this.suspend(credentials);
    const second = await this.attempt(operation, body, fresh, deadline);
    return isCredentialTrouble(second) ? this.suspend(fresh) : second;
  }

  /** With one set of credentials: a new token and a repetition after a 401, once or twice. */
  private async attempt<T>(
    operation: Operation<T>,
    body: object,
    credentials: VersionedCredentials,
    deadline: Deadline,
  ): Promise<Outcome<T>> {
    const pauses = pausesAfter401Ms[this.proving.isProven(credentials.version) ? 'proven' : 'unproven'];
    for (const pause of pauses) {
      const outcome = await this.attemptOnce(operation, body, credentials, deadline);
      if (!(outcome.kind === 'not-done' && outcome.reason === 'unauthorised')) return outcome;
      await this.dependencies.wait(pause);
    }
    return this.attemptOnce(operation, body, credentials, deadline);
  }

  /** A token that was refused is not used again. */
  private async attemptOnce<T>(
    operation: Operation<T>,
    body: object,
    credentials: VersionedCredentials,
    deadline: Deadline,
  ): Promise<Outcome<T>> {
    const { tokens, telemetry, connection } = this.dependencies;
    const timeoutMs = Math.min(longestCallMs, deadline.remainingMs());
    if (timeoutMs < shortestCallMs) return { kind: 'not-done', reason: 'no-time-left' };
    const token = await tokens.get(credentials, timeoutMs);
    if (token.kind !== 'accepted') {
      const reason = token.kind === 'not-done' ? token.reason : token.kind;
      telemetry.warn('TOKEN_REFUSED', { connection: connection.name, reason });
      telemetry.measure('TokenFailures', 1, { connection: connection.name });
      return this.seen(operation, token);
    }
    const outcome = await this.send(operation, body, credentials, token.value, deadline);
    if (outcome.kind === 'not-done' && outcome.reason === 'unauthorised') tokens.drop(token.value);
    return outcome;
  }

  private async send<T>(
    operation: Operation<T>,
    body: object,
    credentials: VersionedCredentials,
    token: string,
    deadline: Deadline,
  ): Promise<Outcome<T>> {
    const { apiUrl, transport, telemetry, now, connection } = this.dependencies;
    const timeoutMs = Math.min(longestCallMs, deadline.remainingMs());
    if (timeoutMs < shortestCallMs) return { kind: 'not-done', reason: 'no-time-left' };
    const started = now().getTime();
    const fresh = operation.effect === 'once';
    const request = apiRequest({ apiUrl, path: operation.path, body, token, credentials, timeoutMs });
    const sending = await transport({ ...request, fresh });
    const outcome = outcomeOf(operation.path, sending, operation.answer);
    const dimensions = { connection: connection.name, operation: operation.path };
    telemetry.measure('ChorusProCalls', 1, { ...dimensions, outcome: outcome.kind });
    telemetry.measure('ChorusProMilliseconds', now().getTime() - started, dimensions);
    return this.seen(operation, outcome, sending);
  }

  /** Tells the breaker, and gives an unknown outcome the meaning that the operation's effect allows. */
  private seen<T>({ path, effect }: Operation<unknown>, outcome: Outcome<T>, sending?: Sending): Outcome<T> {
    const { breaker, now } = this.dependencies;
    if (isPlatformDown(outcome, sending)) breaker.sawDown(now());
    else if (outcome.kind === 'accepted' || outcome.kind === 'refused') breaker.sawUp();
    else if (outcome.kind === 'unknown') breaker.sawTrouble(now());
    if (outcome.kind !== 'unknown' || effect === 'once') return outcome;
    const turnedDown = sending?.kind === 'answer' && refusingStatuses.has(sending.status);
    if (!turnedDown) return { kind: 'not-done', reason: 'platform-down' };
    return { kind: 'refused', refusal: { operation: path, code: sending.status, message: `HTTP ${sending.status}` } };
  }

  /** Only these credentials are suspended: a new version of the secret is tried at once. */
  private async suspend({ version }: VersionedCredentials): Promise<Outcome<never>> {
    const { connection, telemetry } = this.dependencies;
    await this.suspension.begin(version);
    telemetry.error('CONNECTION_SUSPENDED', { connection: connection.name });
    telemetry.measure('ConnectionSuspended', 1, { connection: connection.name });
    return { kind: 'not-done', reason: 'suspended' };
  }
}

const isSuspension = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'not-done' && outcome.reason === 'suspended';

const isCredentialTrouble = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'not-done' && (outcome.reason === 'unauthorised' || outcome.reason === 'token-refused');

/** An answer to this very request, and a no; on a call that counts, only a codeRetour is believed. [V-AIFE Swagger] */
const refusingStatuses: ReadonlySet<number> = new Set([400, 404, 415]);

const downStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

const isPlatformDown = (outcome: Outcome<unknown>, sending: Sending | undefined): boolean =>
  (outcome.kind === 'not-done' && (outcome.reason === 'no-connection' || outcome.reason === 'platform-down')) ||
  (sending?.kind === 'answer' && downStatuses.has(sending.status));
