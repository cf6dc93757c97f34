import * as z from 'zod';
import { after } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { chorusProFacts } from './facts.ts';

/** What all running functions share about one connection's calls: who holds slots, failed logins, and a pause. */

/** Calls in flight and failed logins together. */
export const slots = chorusProFacts.failedLogins.value;

export const sharedSchema = z.object({
  version: z.int().positive(),
  /** Two functions never write the same. */
  writeId: z.string(),
  /** Functions that have slots, or wait for some and have none yet. */
  holders: z.array(z.object({ id: z.string(), slots: z.int().nonnegative(), until: z.iso.datetime() })),
  /** The failed logins of each version of the credentials, counted; those up to `forgiven` were before a success. */
  logins: z.array(z.object({ credentials: z.string(), failed: z.int(), forgiven: z.int(), until: z.iso.datetime() })),
  pause: z.object({ until: z.iso.datetime(), times: z.int().positive() }).optional(),
});
export type Shared = Omit<z.infer<typeof sharedSchema>, 'version' | 'writeId'>;

/** What calls taught and the other functions do not know yet. */
export interface News {
  /** The credentials of each login that failed. */
  failed: readonly string[];
  /** A login succeeded that was tried after so many had failed. */
  forgiven?: { credentials: string; upTo: number };
  /** A 429, with its Retry-After in seconds, or 0. */
  throttled?: number;
  /** A call got through after a pause. */
  through?: true;
}

export const noNews: News = { failed: [] };

export interface Wish {
  id: string;
  credentials: string;
  /** Calls in flight: their slots are kept. */
  busy: number;
  wanted: number;
  news: News;
}

/** What all functions share after one of them told its news and got its slots. */
export function shareOut(shared: Shared, wish: Wish, now: Date): Shared {
  const logins = loginsAfter(shared.logins, wish.news, now);
  const alive = shared.holders.filter(({ until }) => until > now.toISOString());
  const others = alive.filter(({ id }) => id !== wish.id);
  const place = alive.findIndex(({ id, slots: own }) => id === wish.id && own === 0);
  const waiting = others.filter(({ slots: theirs }) => theirs === 0);
  const before = place === -1 ? waiting : waiting.filter((holder) => alive.indexOf(holder) < place);
  // Nobody is ahead of a login that is tried again: its success gives the others their slots back.
  const ahead = wish.news.failed.length > 0 ? 0 : before.length;

  const left = slots - failedLogins(logins, wish.credentials, now);
  const free = left - others.reduce((sum, { slots: theirs }) => sum + theirs, 0) - ahead;
  const granted = Math.max(wish.busy, Math.min(wish.wanted, free), 0);

  const own = { id: wish.id, slots: granted, until: after(now, granted > 0 ? timings.turnLease : timings.turnQueue) };
  const kept =
    granted === 0 && place !== -1 ? alive.map((holder) => (holder.id === wish.id ? own : holder)) : undefined;
  const holders = wish.wanted === 0 ? others : (kept ?? [...others, own]);
  const pause = pauseAfter(shared.pause, wish.news, now);
  return { holders, logins, ...(pause ? { pause } : {}) };
}

/** So many versions of the credentials are remembered: the one in use, and the ones before and after it. */
const rememberedVersions = 3;

function loginsAfter(logins: Shared['logins'], { failed, forgiven }: News, now: Date): Shared['logins'] {
  let result = logins;
  for (const credentials of failed) {
    const before = loginOf(result, credentials) ?? { credentials, failed: 0, forgiven: 0 };
    const count = before.failed + 1;
    const counted = { ...before, failed: count, until: suspendedAfter(count - before.forgiven, now) };
    result = [...result.filter((login) => login.credentials !== credentials), counted];
  }
  return result
    .map((login) =>
      login.credentials === forgiven?.credentials
        ? { ...login, forgiven: Math.max(login.forgiven, forgiven.upTo) }
        : login,
    )
    .slice(-rememberedVersions);
}

/** Whatever Chorus Pro's own count is, logins that fail for weeks must not lock an account: they become ever rarer. */
function suspendedAfter(failed: number, now: Date): string {
  const { suspension: first, longestSuspension: longest } = timings;
  return after(now, { ms: Math.min(longest.ms, first.ms * 2 ** Math.min(Math.max(0, failed - slots), 20)) });
}

export const loginOf = (logins: Shared['logins'], credentials: string) =>
  logins.find((login) => login.credentials === credentials);

/** How many slots failed logins use up. Once their suspension is over, a single login tries whether they work again. */
export function failedLogins(logins: Shared['logins'], credentials: string, now: Date): number {
  const login = loginOf(logins, credentials);
  if (!login) return 0;
  return Math.min(login.failed - login.forgiven, now.toISOString() < login.until ? slots : slots - 1);
}

function pauseAfter(pause: Shared['pause'], { throttled, through }: News, now: Date): Shared['pause'] {
  const at = now.toISOString();
  const running = pause !== undefined && at < pause.until;
  if (throttled === undefined) return through && !running ? undefined : pause;
  const asked = after(now, { ms: throttled * 1000 });
  if (running) return { ...pause, until: asked > pause.until ? asked : pause.until };
  const times = (pause?.times ?? 0) + 1;
  const { throttlePause, longestThrottlePause } = timings;
  const own = after(now, { ms: Math.min(longestThrottlePause.ms, throttlePause.ms * 2 ** Math.min(times - 1, 20)) });
  return { until: asked > own ? asked : own, times };
}
