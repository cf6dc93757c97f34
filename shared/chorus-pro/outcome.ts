import * as z from 'zod';
import type { RetryReason } from '../messaging/retry-reasons.ts';
import type { Sending } from './transport.ts';

/** An answer that Chorus Pro gave, that was parsed, and that says no. */
export interface Refusal {
  operation: string;
  /** `codeRetour`: its meaning depends on the operation. */
  code: number;
  /** `libelle`: a message code or a sentence, as it came. */
  message: string;
}

/**
 * What a call came to. `not-done`: certain that nothing happened over there. `unknown`: anything may have happened.
 */
export type Outcome<T> =
  | { kind: 'accepted'; value: T }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'not-done'; reason: RetryReason; retryAfterSeconds?: number }
  | { kind: 'unknown'; why: string };

const returnSchema = z.looseObject({ codeRetour: z.int(), libelle: z.string().catch('') });

/** HTTP statuses by which the gateway turns a request away before Chorus Pro sees it. [V-LIVE 401, 403; V-3P 429] */
const turnedAway: Readonly<Record<number, RetryReason>> = {
  401: 'unauthorised',
  403: 'api-not-subscribed',
  429: 'throttled',
};

/** Success is HTTP 2xx AND JSON AND codeRetour 0 AND the fields that we use; a refusal is a codeRetour on 200 or 400. */
export function outcomeOf<T>(operation: string, sending: Sending, schema: z.ZodType<T>): Outcome<T> {
  if (sending.kind === 'not-connected') return { kind: 'not-done', reason: 'no-connection' };
  if (sending.kind === 'lost') return { kind: 'unknown', why: sending.why };
  const { status, headers, body } = sending;
  const away = turnedAway[status];
  if (away) return { kind: 'not-done', reason: away, ...retryAfter(headers) };
  if (status === 413)
    return { kind: 'refused', refusal: { operation, code: 413, message: 'HTTP 413: file too large' } };

  const answer = returnSchema.safeParse(parseJson(body));
  const ok = status >= 200 && status < 300;
  if (!answer.success || !(ok || status === 400)) return { kind: 'unknown', why: `HTTP ${status}` };
  const { codeRetour: code, libelle: message } = answer.data;
  if (code !== 0) return { kind: 'refused', refusal: { operation, code, message } };
  const value = schema.safeParse(answer.data);
  if (!ok || !value.success) return { kind: 'unknown', why: `HTTP ${status}, an answer without the fields expected` };
  return { kind: 'accepted', value: value.data };
}

/** Retry-After in seconds, as a number or as a date; absent when the gateway gives none. */
function retryAfter(headers: Record<string, string>): { retryAfterSeconds?: number } {
  const value = headers['retry-after'];
  if (!value) return {};
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.parse(headers['date'] ?? '')) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: Math.ceil(seconds) } : {};
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
