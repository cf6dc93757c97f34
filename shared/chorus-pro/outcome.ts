import * as z from 'zod';
import type { Fact, Mark } from '../facts/fact.ts';
import { reason, type Reason } from '../invoice/reasons.ts';
import type { Retry, RetryReason } from '../messaging/retry-reasons.ts';
import { chorusProFacts } from './facts.ts';
import type { HttpResponse, Sending } from './transport.ts';

/** What a call to Chorus Pro did, read from its response, and what its refusals mean. */

/** Chorus Pro refused: its response could be read, and its codeRetour is not 0. */
export interface Refusal {
  /** The path of the operation. */
  operation: string;
  /** `codeRetour`: its meaning depends on the operation. */
  code: number;
  /** `libelle`, unchanged: a message code or a sentence. */
  message: string;
  /** An earlier try of the same call was turned away: perhaps it had taken effect all the same. */
  repeated?: true;
  /** There is no such operation: the path is wrong, and nothing has happened. */
  noSuchPath?: true;
}

/**
 * The outcome of a call. `not-done`: certainly nothing happened on the other side. `unknown`: anything may have
 * happened.
 */
export type Outcome<T> =
  /** `repeated`: the same call was turned away just before, and may have taken effect all the same. */
  | { kind: 'accepted'; value: T; repeated?: true }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'not-done'; reason: RetryReason; retryAfterSeconds?: number }
  /**
   * `perhaps`: the gateway may have turned the call away for this reason, but nothing proves it. `failingSince`: since
   * this instant no call of the operation has been accepted.
   */
  | { kind: 'unknown'; why: string; perhaps?: RetryReason; failingSince?: string };

export const returnSchema = z.looseObject({ codeRetour: z.int(), libelle: z.string().catch('') });

/** HTTP statuses with which the gateway turns a request away before Chorus Pro sees it. */
const turnedAway: Readonly<Record<number, RetryReason>> = chorusProFacts.turnedAway.value;

/** By what a response of PISTE's gateway is certainly its own. */
export const gatewaysOwn = {
  gatewaysOwn: {
    value: { realm: /realm="(PISTE|DefaultRealm)"/, bodyField: 'httpCode' },
    mark: 'INF',
    source:
      'CHT saw these realms; the body was seen only in an unverified fixture. After a call that must not be repeated, any other 401, 403, 413 or 429 leaves it in doubt',
    toTry: {
      order: 27,
      what: 'the headers and the body of PISTE’s own 401, 403 and 429',
      command: 'npx relay check <name> --credentials wrong-password.json',
    },
  },
} as const satisfies Record<string, Fact<unknown>>;

const { bodyField, realm } = gatewaysOwn.gatewaysOwn.value;

/**
 * Whether there is nothing at the path of a call: PISTE's gateway has no such route [V-LIVE CHT], or what is behind it
 * answers so and is not Chorus Pro.
 */
export function hasNoPath(sending: Sending): boolean {
  if (sending.kind !== 'response') return false;
  const { status, headers, body } = sending;
  if (status === 403) return (headers['www-authenticate'] ?? '').includes('DefaultRealm');
  return status === 404 && !returnSchema.safeParse(parseJson(body)).success;
}

/** What only the gateway's own response has in its body. */
const gatewaySchema = z.looseObject({ [bodyField]: z.coerce.number(), codeRetour: z.undefined().optional() });

/** Whether the response is certainly the gateway's own: then Chorus Pro never saw the call. */
const isGatewaysOwn = ({ status, headers, body }: HttpResponse): boolean =>
  realm.test(headers['www-authenticate'] ?? '') ||
  gatewaySchema.safeParse(parseJson(body)).data?.[bodyField] === status;

/** Whether a status with which the gateway turns calls away is believed, or its response must prove whose it is. */
type Gateway = 'believed' | 'must-prove-itself';

/**
 * Success is HTTP 2xx AND JSON AND codeRetour 0 AND the fields that we use; a refusal is a codeRetour on 2xx or 400.
 */
export function outcomeOf<T>(
  operation: string,
  sending: Sending,
  schema: z.ZodType<T>,
  gateway: Gateway = 'believed',
): Outcome<T> {
  if (sending.kind === 'not-connected') return { kind: 'not-done', reason: 'no-connection' };
  if (sending.kind === 'lost') return { kind: 'unknown', why: sending.why };
  if (sending.kind === 'too-large') return { kind: 'unknown', why: tooLarge(sending.bytes) };
  const { status, headers, body } = sending;
  const away = turnedAway[status];
  const isBelieved = () => gateway === 'believed' || isGatewaysOwn(sending);
  if (away && !isBelieved()) return { kind: 'unknown', why: `HTTP ${status}`, perhaps: away };
  if (away) return { kind: 'not-done', reason: away, ...retryAfter(headers) };
  if (status === chorusProFacts.fileTooLarge.value && isBelieved())
    return { kind: 'refused', refusal: { operation, code: status, message: `HTTP ${status}: file too large` } };

  const returned = returnSchema.safeParse(parseJson(body));
  const ok = status >= 200 && status < 300;
  if (!returned.success || !(ok || status === 400)) return { kind: 'unknown', why: `HTTP ${status}` };
  const { codeRetour: code, libelle: message } = returned.data;
  if (code !== 0) return { kind: 'refused', refusal: { operation, code, message } };
  const value = schema.safeParse(returned.data);
  if (!ok || !value.success) return { kind: 'unknown', why: `HTTP ${status}, a response without the expected fields` };
  return { kind: 'accepted', value: value.data };
}

/** Retry-After in seconds, from a number or a date; absent if the gateway gives none. */
function retryAfter(headers: Record<string, string>): { retryAfterSeconds?: number } {
  const value = headers['retry-after'];
  if (!value) return {};
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.parse(headers['date'] ?? '')) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: Math.ceil(seconds) } : {};
}

/** Why a response was not read to its end. */
export const tooLarge = (bytes: number): string => `a response of more than ${bytes / 1e6} MB`;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a call came to nothing, as logs and reports say it. */
export const whyNot = (outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): string =>
  outcome.kind === 'not-done' ? outcome.reason : outcome.kind;

export const isNotDone = (outcome: Outcome<unknown>, reason: RetryReason): boolean =>
  outcome.kind === 'not-done' && outcome.reason === reason;

/** Converts the value of an accepted outcome; any other outcome stays as it is. */
export const mapAccepted = <T, U>(outcome: Outcome<T>, read: (value: T) => U): Outcome<U> =>
  outcome.kind === 'accepted' ? { ...outcome, value: read(outcome.value) } : outcome;

interface KnownRefusal {
  /** The path of the operation; a test compares them with the table of operations. */
  operation: string;
  code: number;
  /** The message code in the libelle; absent if none was seen. */
  message?: string;
  meaning: { fr: string; en: string };
  mark: Mark;
  source: string;
}

/**
 * The refusals whose meaning is known. A code belongs to its operation: 20001 is "no right" in one and "too large" in
 * another. The ERP gets any other refusal in Chorus Pro's own words.
 */
export const knownRefusals: readonly KnownRefusal[] = [
  {
    operation: 'factures/v1/consulter/fournisseur',
    code: 20000,
    message: 'GDP_MSG_11.008',
    meaning: { fr: 'cette facture n’existe pas', en: 'this invoice does not exist' },
    mark: 'V-3P',
    source: 'clients that read it',
  },
  {
    operation: 'factures/v1/deposer/flux',
    code: 20001,
    message: 'GDP_MSG_11.022',
    meaning: { fr: 'le fichier est trop volumineux', en: 'the file is too large' },
    mark: 'V-3P',
    source: 'OMN, citing AIFE’s annex V5.00',
  },
  {
    operation: 'transverses/v1/consulterCRDetaille',
    code: 20001,
    message: 'POQ_MSG_01.003',
    meaning: { fr: 'ce flux n’est pas (encore) connu', en: 'this deposit is not known (yet)' },
    mark: 'V-3P',
    source: 'clients that read it',
  },
  {
    operation: 'transverses/v1/ajouter/fichier',
    code: 20003,
    meaning: { fr: 'la pièce jointe dépasse 10 Mo', en: 'the attachment is over 10 MB' },
    mark: 'V-3P',
    source: 'clients that read it',
  },
  {
    operation: 'factures/v1/telecharger/groupe',
    code: 413,
    meaning: {
      fr: 'les fichiers sont trop volumineux (30 Mo au plus) : récupérez la facture sans ses pièces jointes',
      en: 'the files are too large (30 MB at most): fetch the invoice without its attachments',
    },
    mark: 'V-AIFE',
    source: 'SWF: 413 over 120 million bytes; the relay itself reads no file of more than 30 (longestResponse)',
  },
  {
    operation: 'factures/v1/completer',
    code: 20002,
    message: 'GDP_MSG_11.033',
    meaning: { fr: 'la facture n’est pas suspendue', en: 'the invoice is not suspended' },
    mark: 'V-3P',
    source: 'clients that read it',
  },
];

/** The message codes that mean the same in every operation. [V-3P PILOT] */
const everywhere: readonly { message: string; meaning: { fr: string; en: string } }[] = [
  {
    message: 'GDP_MSG_11.005',
    meaning: {
      fr: 'le compte technique n’a pas l’habilitation : vérifiez le raccordement et l’espace « Factures émises »',
      en: 'the technical account lacks the right: check the raccordement and the space "Factures émises"',
    },
  },
  {
    message: 'GDP_MSG_11.001',
    meaning: { fr: 'l’état de la facture ne permet pas cette action', en: 'the invoice’s status does not allow this' },
  },
];

/** A refusal in words for people: its known meaning, or what Chorus Pro said. */
export function meaningOfRefusal({ operation, code, message }: Refusal): { fr: string; en: string } {
  const known = knownRefusals.find(
    (refusal) => refusal.operation === operation && refusal.code === code && message.includes(refusal.message ?? ''),
  );
  return (
    known?.meaning ??
    everywhere.find((refusal) => message.includes(refusal.message))?.meaning ?? { fr: message, en: message }
  );
}

/** A refusal by Chorus Pro as a reason for the ERP, with the refusal's meaning in each language. */
export function reasonsOf(refusal: Refusal): Reason[] {
  const { fr, en } = meaningOfRefusal(refusal);
  const told = (message: string) => reason('refused-by-chorus-pro', '', { message, code: refusal.code });
  return [{ ...told(fr), en: told(en).en }];
}

/** For a call that changes nothing: the message is retried, for the reason that the outcome gives. */
export function retryOf(outcome: Exclude<Outcome<unknown>, { kind: 'accepted' | 'refused' }>): Retry {
  if (outcome.kind === 'unknown') return { kind: 'retry', reason: 'platform-down' };
  const { reason: why, retryAfterSeconds } = outcome;
  return { kind: 'retry', reason: why, ...(retryAfterSeconds ? { atLeastSeconds: retryAfterSeconds } : {}) };
}
