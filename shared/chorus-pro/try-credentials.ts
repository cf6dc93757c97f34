import type { Credentials } from '../connection/credentials.ts';
import type { Deadline } from '../aws/deadline.ts';
import type { RetryReason } from '../messaging/retry-reasons.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { apiNames, probes } from './probes.ts';
import type { Call } from './session.ts';
import { TrialSession, type TrialDependencies } from './trial-session.ts';

/** In the order in which they are passed. */
export type Link = 'piste-application' | 'api-subscription' | 'technical-account' | 'raccordement';

/** Why a link could not be tried to its end: the platform’s trouble, never the credentials’. */
export type NoVerdict = RetryReason | 'no-answer';

/** What became of credentials that were tried. */
export type Trial =
  /** The whole chain holds; `call` goes on with them, outside of the live session. */
  | { kind: 'works'; call: Call }
  /** PISTE refuses the client id or the secret, five times in a row; the application subscribes to no API; Chorus Pro refuses the login. */
  | { kind: 'broken'; link: 'piste-application' | 'api-subscription' | 'technical-account' }
  /** The login was taken, and then Chorus Pro said no. */
  | { kind: 'broken'; link: 'raccordement'; refusal: Refusal }
  | { kind: 'no-verdict'; link: Link; why: NoVerdict };

/**
 * Tries credentials link by link, before anybody stores them or because somebody asks: at most one failed login, and nothing
 * that the live session knows is read or changed.
 */
export async function tryCredentials(
  credentials: Credentials,
  dependencies: TrialDependencies,
  deadline: Deadline,
): Promise<Trial> {
  const session = new TrialSession(credentials, dependencies);
  const token = await session.token(deadline);
  if (token.kind !== 'accepted') return brokenToken(token);
  for (const { operation, body } of apiNames.map((api) => probes[api])) {
    const trial = trialOf(await session.login(operation, body, deadline), session.call);
    // Without a subscription the gateway turns the call away before anybody looks at the account: another API may tell.
    if (!(trial.kind === 'broken' && trial.link === 'api-subscription')) return trial;
  }
  return { kind: 'broken', link: 'api-subscription' };
}

function brokenToken(outcome: Outcome<string>): Trial {
  const link = 'piste-application';
  if (outcome.kind === 'not-done' && outcome.reason === 'token-refused') return { kind: 'broken', link };
  return { kind: 'no-verdict', link, why: whyOf(outcome) };
}

function trialOf(outcome: Outcome<unknown>, call: Call): Trial {
  if (outcome.kind === 'accepted') return { kind: 'works', call };
  if (outcome.kind === 'refused') return { kind: 'broken', link: 'raccordement', refusal: outcome.refusal };
  if (outcome.kind === 'not-done' && outcome.reason === 'unauthorised')
    return { kind: 'broken', link: 'technical-account' };
  if (outcome.kind === 'not-done' && outcome.reason === 'api-not-subscribed')
    return { kind: 'broken', link: 'api-subscription' };
  return { kind: 'no-verdict', link: 'technical-account', why: whyOf(outcome) };
}

const whyOf = (outcome: Outcome<unknown>): NoVerdict => (outcome.kind === 'not-done' ? outcome.reason : 'no-answer');
