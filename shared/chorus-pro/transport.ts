export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

/** Header names in lower case. */
export interface HttpAnswer {
  kind: 'answer';
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * What became of a request. `not-connected`: not one byte of it left, so nothing can have happened. `lost`: it left, or may
 * have, and no whole answer came back, so anything can have happened.
 */
export type Sending = HttpAnswer | { kind: 'not-connected'; why: string } | { kind: 'lost'; why: string };

export type Transport = (request: HttpRequest) => Promise<Sending>;

/**
 * Errors that come before a connection stands (DNS, TCP, TLS). A CLOSED list: whatever is not in it counts as lost, since a
 * request wrongly believed unsent would be sent twice. A reset is never in it: it may come after the request was read.
 */
const beforeConnection: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The platform's own `fetch`: redirects are not followed, so that credentials go to no other host. */
export const fetchTransport: Transport = async ({ method, url, headers, body, timeoutMs }) => {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method, headers, redirect: 'manual', signal, ...(body ? { body } : {}) });
    const text = await response.text();
    return { kind: 'answer', status: response.status, headers: Object.fromEntries(response.headers), body: text };
  } catch (error) {
    const codes = codesOf(error);
    const early = codes.find((code) => beforeConnection.has(code));
    return early ? { kind: 'not-connected', why: early } : { kind: 'lost', why: codes.at(-1) ?? 'unknown' };
  }
};

/** The codes of an error and of what caused it; `fetch` wraps the socket's error, and several at once for several addresses. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [error.name];
  const several: unknown[] = error instanceof AggregateError ? error.errors : [];
  const causes = [error.cause, ...several];
  return [...own, ...causes.flatMap(codesOf)];
}
