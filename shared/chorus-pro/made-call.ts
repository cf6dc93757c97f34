import type { CallEntry } from '../ledger/life.ts';
import type { Operation } from './operations.ts';
import { parseJson, returnSchema } from './outcome.ts';
import type { Sending } from './transport.ts';

/** A request that may have changed something in Chorus Pro. */
export interface MadeCall {
  entry: CallEntry;
  /**
   * What was sent and what was answered, as JSON, if the call must not be repeated. No header is in it: those have the
   * credentials.
   */
  exchange?: string;
}

/** @returns undefined for a call that changes nothing */
export function madeCall(
  { path, effect, name, file }: Operation<unknown>,
  body: object,
  { sending, at }: { sending: Sending; at: Date },
): MadeCall | undefined {
  if (name === undefined) return undefined;
  const entry = { at: at.toISOString(), call: name, ...answerIn(sending) };
  if (effect !== 'once') return { entry };
  const request = Object.fromEntries(Object.entries(body).filter(([field]) => field !== file));
  const response = sending.kind === 'response' ? { status: sending.status, body: sending.body } : undefined;
  return { entry, exchange: JSON.stringify({ at: entry.at, operation: path, request, response }, undefined, 2) };
}

function answerIn(sending: Sending): Pick<CallEntry, 'http' | 'code' | 'noReply'> {
  if (sending.kind !== 'response') return { noReply: sending.kind === 'not-connected' ? 'not-sent' : 'sent' };
  const code = returnSchema.safeParse(parseJson(sending.body)).data?.codeRetour;
  return { http: sending.status, ...(code === undefined ? {} : { code }) };
}
