import { tellMissing, type CredentialsSource, type VersionedCredentials } from '../connection/credentials.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import type { Deadline } from '../aws/runtime.ts';
import { madeCall } from './made-call.ts';
import { harmless, send, type Call, type Operation } from './operations.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { chorusProFacts } from './facts.ts';
import { Proving, Suspension, type Breaker } from './guards.ts';
import { Outages } from './outages.ts';
import { hasNoPath, isNotDone, tooLarge, type Outcome } from './outcome.ts';
import type { TokenSource } from './piste.ts';
import type { Sending, Transport } from './transport.ts';
import type { CallSlots } from './call-slots.ts';

export interface SessionDependencies {
  connection: ConnectionSettings;
  apiUrl: string;
  transport: Transport;
  tokens: TokenSource;
  credentials: CredentialsSource;
  breaker: Breaker;
  callSlots: CallSlots;
  memory: Memory;
  telemetry: Telemetry;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/**
 * Makes one connection's calls, in three layers: `call` decides whether to call at all, `attempt` how often, and
 * `exchange` does it once.
 */
export class Session {
  private readonly dependencies: SessionDependencies;
  private readonly suspension: Suspension;
  private readonly outages: Outages;
  private readonly proving = new Proving();

  constructor(dependencies: SessionDependencies) {
    this.dependencies = dependencies;
    const connection = dependencies.connection.name;
    this.suspension = new Suspension({ ...dependencies, connection });
    this.outages = new Outages({ ...dependencies, connection });
  }

  readonly call: Call = async (operation, body, deadline) => {
    const outcome = await this.callIfAllowed(operation, body, deadline);
    // This 401 may have come after the effect. The call is not repeated: a harmless one tests the credentials.
    if (outcome.kind === 'unknown' && outcome.perhaps === 'unauthorised') await this.call(harmless, {}, deadline);
    return outcome;
  };

  /**
   * Decides whether to call, and with which credentials. Before it believes that they are wrong, it reads the secret
   * anew.
   */
  private readonly callIfAllowed: Call = async (operation, body, deadline) => {
    const { credentials: source, connection, telemetry } = this.dependencies;
    const attempt = (version: VersionedCredentials) => this.attempt(operation, body, version, deadline);
    const down = this.whileDown();
    if (down) return down;
    const credentials = await source(connection.name);
    if (!credentials) {
      tellMissing(telemetry, connection.name);
      return { kind: 'not-done', reason: 'secret-missing' };
    }
    return this.proving.run(credentials.version, async () => {
      // While this call waited for its slot, the platform may have gone down.
      const downSince = this.whileDown();
      if (downSince) return downSince;
      if (await this.suspension.holds(credentials.version)) return this.suspended();
      const barred = await this.outages.bar(operation);
      if (barred) return barred;
      const first = await attempt(credentials);
      if (operation.aside) return first;
      // Other functions may have used up the failed logins of a version that has been replaced since.
      const isSpent = isNotDone(first, 'suspended');
      if (!isCredentialTrouble(first) && !isSpent) return this.outages.learn(operation, first);
      const fresh = await source(connection.name, 'fresh');
      if (!fresh || fresh.version === credentials.version)
        return isSpent ? this.suspended() : this.suspend(credentials);
      const second = afterTurnedAway(operation, await attempt(fresh));
      return isCredentialTrouble(second) ? this.suspend(fresh) : this.outages.learn(operation, second);
    });
  };

  /**
   * Tries again with a new token after a 401. With wrong credentials each try is a failed login, so only credentials
   * that were accepted here before get a third try.
   */
  private async attempt<T>(
    operation: Operation<T>,
    body: object,
    credentials: VersionedCredentials,
    deadline: Deadline,
  ): Promise<Outcome<T>> {
    const proven = this.proving.isProven(credentials.version) ? 'proven' : 'unproven';
    let outcome = await this.exchange(operation, body, credentials, deadline);
    if (operation.aside === 'once') return outcome;
    for (const pause of chorusProFacts.pausesAfter401Ms.value[proven]) {
      if (!isNotDone(outcome, 'unauthorised')) return outcome;
      await this.dependencies.wait(pause);
      const again = afterTurnedAway(operation, await this.exchange(operation, body, credentials, deadline));
      // All functions together have used up the failed logins that are allowed: then the first refusal is believed.
      if (isNotDone(again, 'suspended')) return outcome;
      outcome = again;
    }
    return outcome;
  }

  /** One token and one request. A token that was refused is not used again. */
  private async exchange<T>(
    operation: Operation<T>,
    body: object,
    credentials: VersionedCredentials,
    deadline: Deadline,
  ): Promise<Outcome<T>> {
    const { tokens, telemetry, connection, now, callSlots } = this.dependencies;
    const { version } = credentials;
    const prevented = callSlots.prevents(version);
    if (prevented) return prevented;
    const token = await tokens.get(credentials, deadline, async (request) => {
      const asked = await callSlots.run(version, deadline, async () => ({ outcome: await request() }), 'a token');
      return asked.outcome;
    });
    if (token.kind !== 'accepted') {
      const reason = token.kind === 'not-done' ? token.reason : token.kind;
      if (wasNotAsked(token)) return token;
      telemetry.warn('TOKEN_REFUSED', { connection: connection.name, reason });
      telemetry.measure('TokenFailures', 1, { connection: connection.name });
      this.tellBreaker(token);
      return token;
    }
    const sender = { ...this.dependencies, credentials, token: token.value, deadline };
    const asksFor = operation.aside ? 'something aside' : 'an operation';
    const ask = async () => {
      const at = now();
      const sent = await send(operation, body, sender);
      if (!sent.sending) return sent;
      const made = operation.made && madeCall(operation, body, { sending: sent.sending, at });
      if (made) operation.made?.(made);
      const dimensions = { connection: connection.name, operation: operation.path };
      telemetry.measure('ChorusProCalls', 1, { ...dimensions, outcome: sent.outcome.kind });
      telemetry.measure('ChorusProMilliseconds', now().getTime() - at.getTime(), dimensions);
      return sent;
    };
    const { outcome, sending } = await callSlots.run(version, deadline, ask, asksFor);
    if (!sending) return outcome;
    if (!operation.aside) this.tellBreaker(outcome, sending);
    // The token that one call beside invoices could not use may be good for theirs.
    if (isNotDone(outcome, 'unauthorised') && operation.aside !== 'once') tokens.drop(token.value);
    return meantBy(operation, outcome, sending);
  }

  private whileDown(): Outcome<never> | undefined {
    const { breaker, now } = this.dependencies;
    if (!breaker.isOpen(now())) return undefined;
    return { kind: 'not-done', reason: 'platform-down', retryAfterSeconds: breaker.remainingSeconds(now()) };
  }

  private tellBreaker(outcome: Outcome<unknown>, sending?: Sending): void {
    const { breaker, now } = this.dependencies;
    if (isPlatformDown(outcome, sending)) breaker.sawDown(now());
    else if (outcome.kind === 'accepted' || outcome.kind === 'refused') breaker.sawUp();
    else if (outcome.kind === 'unknown') breaker.sawTrouble(now());
  }

  /** Only these credentials are suspended: a new version of the secret is tried at once. */
  private async suspend({ version }: VersionedCredentials): Promise<Outcome<never>> {
    const { connection, telemetry, callSlots } = this.dependencies;
    await this.suspension.begin({ version, until: callSlots.suspendedUntil(version) });
    telemetry.error('CONNECTION_SUSPENDED', { connection: connection.name });
    return this.suspended();
  }

  /** Counted for each call that is prevented, so that the alarm rings for as long as it lasts, and no longer. */
  private suspended(): Outcome<never> {
    const { connection, telemetry } = this.dependencies;
    telemetry.measure('ConnectionSuspended', 1, { connection: connection.name });
    return { kind: 'not-done', reason: 'suspended' };
  }
}

/**
 * A path that no source confirms may be wrong. After a call that may be repeated, an unknown outcome counts as not
 * done, or as refused if the status says so.
 */
function meantBy<T>({ path, effect, inferred }: Operation<T>, outcome: Outcome<T>, sending: Sending): Outcome<T> {
  if (inferred && hasNoPath(sending))
    return { kind: 'refused', refusal: { operation: path, code: 404, message: 'no such path', noSuchPath: true } };
  if (outcome.kind !== 'unknown' || effect === 'once') return outcome;
  // Asked again, the same question would get the same response.
  if (sending.kind === 'too-large' && effect === 'none')
    return {
      kind: 'refused',
      refusal: { operation: path, code: chorusProFacts.fileTooLarge.value, message: tooLarge(sending.bytes) },
    };
  const refusing: readonly number[] = chorusProFacts.refusingStatuses.value;
  if (sending.kind !== 'response' || !refusing.includes(sending.status))
    return { kind: 'not-done', reason: 'platform-down' };
  return { kind: 'refused', refusal: { operation: path, code: sending.status, message: `HTTP ${sending.status}` } };
}

/** A refusal after an earlier try was turned away may only mean that the earlier one took effect. */
function afterTurnedAway<T>({ effect }: Operation<T>, outcome: Outcome<T>): Outcome<T> {
  if (outcome.kind === 'accepted' && effect === 'once') return { ...outcome, repeated: true };
  return outcome.kind === 'refused' ? { ...outcome, refusal: { ...outcome.refusal, repeated: true } } : outcome;
}

/** A token that was not requested: no slot, no time, or no login that may fail is left. */
const wasNotAsked = (outcome: Outcome<unknown>): boolean =>
  (['slot-awaited', 'no-time-left', 'suspended'] as const).some((reason) => isNotDone(outcome, reason));

const isCredentialTrouble = (outcome: Outcome<unknown>): boolean =>
  isNotDone(outcome, 'unauthorised') || isNotDone(outcome, 'token-refused');

function isPlatformDown(outcome: Outcome<unknown>, sending: Sending | undefined): boolean {
  const down: readonly number[] = chorusProFacts.downStatuses.value;
  if (sending?.kind === 'response' && down.includes(sending.status)) return true;
  return isNotDone(outcome, 'no-connection') || isNotDone(outcome, 'platform-down');
}
