import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { type Outcome, retryOf } from '../chorus-pro/outcome.ts';
import type { ValidationRequest } from '../chorus-pro/validation-requests.ts';
import { type ConnectionSettings, issuersOf } from '../connection/settings.ts';
import type { Retry } from '../messaging/retry-reasons.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** What waits for the connection's companies and agencies, as Chorus Pro lists it now. */
export interface Waiting {
  requests: ValidationRequest[];
  /** The companies whose lists were read to their ends: what is not there waits no more. */
  read: Set<string>;
  /** Why a list could not be read, if one could not. */
  stopped?: string;
  /** The same, if it may be read later. */
  retry?: Retry;
}

/** One company whose list may not be read does not hide the requests to the others. */
export async function readWaiting(
  settings: ConnectionSettings,
  chorusPro: Pick<ChorusPro, 'requestsFor'>,
  telemetry: Telemetry,
): Promise<Waiting> {
  const waiting: Waiting = { requests: [], read: new Set() };
  for (const siret of new Set(issuersOf(settings).map((issuer) => issuer.siret))) {
    const listed = await chorusPro.requestsFor(siret);
    if (listed.kind === 'accepted') {
      waiting.requests.push(...listed.value);
      waiting.read.add(siret);
    } else {
      const reason = reasonOf(listed);
      waiting.stopped = reason;
      if (listed.kind !== 'refused') waiting.retry = retryOf(listed);
      telemetry.warn('VALIDATIONS_UNREAD', { connection: settings.name, subject: siret, reason });
    }
  }
  return waiting;
}

/** A word of the closed list of reasons to wait, or Chorus Pro's own code and message. */
export function reasonOf(outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): string {
  if (outcome.kind === 'not-done') return outcome.reason;
  return outcome.kind === 'refused' ? `${outcome.refusal.code} ${outcome.refusal.message}` : 'platform-down';
}
