/** Replies, of operations and of the gateway. */
import { REFUSALS, type RefusalName } from './errors.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The outcome of an operation: done, refused by Chorus Pro, or stopped by the gateway. */
export type Outcome =
  | { kind: 'done'; fields: object }
  | { kind: 'refused'; refusal: RefusalName; detail: string | undefined }
  | { kind: 'too-large' };

export type Refused = Extract<Outcome, { kind: 'refused' }>;

export const done = (fields: object = {}): Outcome => ({ kind: 'done', fields });
export const refused = (refusal: RefusalName, detail?: string): Refused => ({ kind: 'refused', refusal, detail });

const JSON_TYPE = { 'content-type': 'application/json;charset=utf-8' };

export const json = (status: number, content: object, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(content),
});

/** A success has a message code, spelled differently by each service: do not test it [V-LIVE, V-3P]. */
const SUCCESS_MESSAGES: Record<string, string> = { transverses: 'TRA_MSG_00.000', structures: 'GCU_MSG_01_000' };

export const success = (api: string, fields: object): Reply =>
  json(200, { codeRetour: 0, libelle: SUCCESS_MESSAGES[api] ?? 'GCU_MSG_01.000', ...fields });

/** Chorus Pro's own message stands alone; one of the simulator's names what is wrong. */
export function libelleOf({ refusal: name, detail }: Refused): string {
  const { message } = REFUSALS[name];
  return detail !== undefined && message.startsWith('SIMULATEUR') ? `${message} (${detail})` : message;
}

export const refusal = (status: number, outcome: Refused): Reply =>
  json(status, { codeRetour: REFUSALS[outcome.refusal].code, libelle: libelleOf(outcome) });

/** The shape of the gateway's own errors was seen only in an unverified fixture: never rely on it. */
const gatewayError = (status: number, message: string, more: string) => ({
  httpCode: String(status),
  httpMessage: message,
  moreInformation: more,
});

const BEARER = { 'www-authenticate': 'Bearer realm="PISTE"' };

export const gateway = {
  /** Expired or unknown bearer: header [V-LIVE]. A wrong cpro-account is a 401 too [V-LIVE]; whether its header
   * differs is unknown, so here it does not: a client must not tell the two apart [INF]. */
  unauthorized: () => json(401, gatewayError(401, 'Unauthorized', 'The access token is invalid'), BEARER),
  /** The application does not subscribe to this API [V-LIVE]. */
  forbidden: () => json(403, gatewayError(403, 'Forbidden', 'Not registered to this API')),
  /** No such route [V-LIVE]. */
  noRoute: () =>
    json(403, gatewayError(403, 'Forbidden', 'Unknown route'), { 'www-authenticate': 'Bearer realm="DefaultRealm"' }),
  tooLarge: () => json(413, gatewayError(413, 'Request Entity Too Large', 'Payload too large')),
  mediaType: () => json(415, gatewayError(415, 'Unsupported Media Type', 'application/json expected')),
};
