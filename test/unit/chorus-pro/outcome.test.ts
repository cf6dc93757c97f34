import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operations } from '../../../shared/chorus-pro/operations.ts';
import {
  knownRefusals,
  meaningOfRefusal,
  outcomeOf,
  parseJson,
  retryOf,
  type Outcome,
} from '../../../shared/chorus-pro/outcome.ts';
import type { HttpResponse } from '../../../shared/chorus-pro/transport.ts';

const operation = 'factures/v1/soumettre';
const schema = z.looseObject({ identifiantFactureCPP: z.int() });
const answer = (status: number, body: string, headers: Record<string, string> = {}): HttpResponse => ({
  kind: 'response',
  status,
  headers,
  body,
});
const read = (
  status: number,
  body: object | string,
  headers?: Record<string, string>,
): Outcome<{ identifiantFactureCPP: number }> =>
  outcomeOf(operation, answer(status, typeof body === 'string' ? body : JSON.stringify(body), headers), schema);

const done = { codeRetour: 0, libelle: 'GCU_MSG_01.000', identifiantFactureCPP: 12 };
const no = { codeRetour: 20001, libelle: 'GDP_MSG_11.005' };
const html = '<html><body>Service Unavailable</body></html>';
const gatewayError = { httpCode: '500', httpMessage: 'Internal Server Error', moreInformation: '' };

const refused = { kind: 'refused', refusal: { operation, code: 20001, message: 'GDP_MSG_11.005' } };
const unknown = (status: number) => ({ kind: 'unknown', why: `HTTP ${status}` });
const incomplete = (status: number) => ({
  kind: 'unknown',
  why: `HTTP ${status}, a response without the expected fields`,
});
const turnedAway = (reason: string) => ({ kind: 'not-done', reason });

describe('what a response means', () => {
  it.each<[what: string, status: number, body: object | string, outcome: object]>([
    ['done', 200, done, { kind: 'accepted', value: done }],
    ['done, created', 201, done, { kind: 'accepted', value: done }],
    ['done, with unknown fields', 200, { ...done, more: [] }, { kind: 'accepted', value: { ...done, more: [] } }],
    ['no, on 200', 200, no, refused],
    ['no, on 400', 400, no, refused],
    [
      'no, without a sentence',
      200,
      { codeRetour: 20001 },
      { ...refused, refusal: { ...refused.refusal, message: '' } },
    ],
    [
      'no, with null as its sentence',
      200,
      { ...no, libelle: null },
      { ...refused, refusal: { ...refused.refusal, message: '' } },
    ],
    ['done, on 400', 400, done, incomplete(400)],
    ['done, without the field that we use', 200, { codeRetour: 0, libelle: '' }, incomplete(200)],
    ['done, with that field of another type', 200, { ...done, identifiantFactureCPP: '12' }, incomplete(200)],
    ['no codeRetour', 200, { identifiantFactureCPP: 12 }, unknown(200)],
    ['a codeRetour in words', 200, { ...done, codeRetour: '0' }, unknown(200)],
    ['nothing', 200, '', unknown(200)],
    ['HTML on 200', 200, html, unknown(200)],
    ['JSON cut short', 200, JSON.stringify(done).slice(0, -9), unknown(200)],
    ['a list', 200, '[]', unknown(200)],
    ['null', 200, 'null', unknown(200)],
    ['a redirection', 302, '', unknown(302)],
    ['a malformed request without codeRetour', 400, gatewayError, unknown(400)],
    ['not found', 404, gatewayError, unknown(404)],
    ['another media type', 415, gatewayError, unknown(415)],
    ['a server error', 500, gatewayError, unknown(500)],
    ['a server error that says no', 500, no, unknown(500)],
    ['a server error that says done', 500, done, unknown(500)],
    ['a bad gateway in HTML', 502, html, unknown(502)],
    ['a closed platform', 503, html, unknown(503)],
    ['a gateway that waited too long', 504, html, unknown(504)],
    ['a refused token', 401, gatewayError, turnedAway('unauthorised')],
    ['an API without a subscription', 403, gatewayError, turnedAway('api-not-subscribed')],
    ['too many calls', 429, html, turnedAway('throttled')],
    [
      'too large',
      413,
      html,
      { kind: 'refused', refusal: { operation, code: 413, message: 'HTTP 413: file too large' } },
    ],
  ])('%s (%i)', (_what, status, body, outcome) => {
    expect(read(status, body)).toEqual(outcome);
  });

  it('is unknown for any 5xx status, whatever the body', () => {
    const status = fc.integer({ min: 500, max: 599 });
    fc.assert(fc.property(status, fc.json(), (code, body) => read(code, body).kind === 'unknown'));
  });

  it('is a success only on 2xx with codeRetour 0, and no body makes it throw', () => {
    const bodies = fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify(done)), fc.constant(JSON.stringify(no)));
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), bodies, (status, body) => {
        const accepted = read(status, body).kind === 'accepted';
        expect(accepted).toBe(body === JSON.stringify(done) && status >= 200 && status < 300);
      }),
    );
  });
});

describe('a request without a response', () => {
  it('that was never sent has no effect', () => {
    expect(outcomeOf(operation, { kind: 'not-connected', why: 'ECONNREFUSED' }, schema)).toEqual({
      kind: 'not-done',
      reason: 'no-connection',
    });
  });

  it('that was lost may have taken effect', () => {
    expect(outcomeOf(operation, { kind: 'lost', why: 'ECONNRESET' }, schema)).toEqual({
      kind: 'unknown',
      why: 'ECONNRESET',
    });
  });
});

describe('Retry-After', () => {
  const date = 'Mon, 23 Nov 2026 09:00:00 GMT';
  it.each<[string, Record<string, string>, number | undefined]>([
    ['in seconds', { 'retry-after': '120' }, 120],
    ['as a date, by the response’s own clock', { date, 'retry-after': 'Mon, 23 Nov 2026 09:02:30 GMT' }, 150],
    [
      'as a date, by a clock with fractions of a second: rounded up',
      { date: '2026-11-23T09:00:00.400Z', 'retry-after': 'Mon, 23 Nov 2026 09:02:30 GMT' },
      150,
    ],
    ['as a date without a clock to compare', { 'retry-after': 'Mon, 23 Nov 2026 09:02:30 GMT' }, undefined],
    ['as a date in the past', { date, 'retry-after': 'Mon, 23 Nov 2026 08:00:00 GMT' }, undefined],
    ['in words', { date, 'retry-after': 'soon' }, undefined],
    ['not given', {}, undefined],
  ])('%s', (_how, headers, seconds) => {
    const reason = 'throttled';
    expect(read(429, html, headers)).toEqual({
      kind: 'not-done',
      reason,
      ...(seconds ? { retryAfterSeconds: seconds } : {}),
    });
  });
});

describe('a call that came to nothing brings its message again', () => {
  it.each([
    ['of unknown outcome, as if the platform were down', { kind: 'unknown', why: 'x' }, { reason: 'platform-down' }],
    ['not done, for its reason', { kind: 'not-done', reason: 'throttled' }, { reason: 'throttled' }],
    [
      'not done, not before the time that was asked for',
      { kind: 'not-done', reason: 'throttled', retryAfterSeconds: 9 },
      { reason: 'throttled', atLeastSeconds: 9 },
    ],
  ] as const)('%s', (_what, outcome, retry) => {
    expect(retryOf(outcome)).toEqual({ kind: 'retry', ...retry });
  });
});

describe('reading JSON', () => {
  it('returns undefined for invalid JSON', () => {
    expect(parseJson('{')).toBeUndefined();
    expect(parseJson('{"a":1}')).toEqual({ a: 1 });
  });
});

describe('the meaning of a refusal', () => {
  it.each(knownRefusals.map((known) => [`${known.operation} ${known.code}`, known] as const))(
    '%s is known',
    (_name, known) => {
      const { operation, code, message = '', meaning } = known;
      expect(meaningOfRefusal({ operation, code, message: `${message} (détail)` })).toEqual(meaning);
      expect(meaning.fr).not.toBe(meaning.en);
      expect(Object.keys(operations)).toContain(operation);
    },
  );

  it('depends on the operation: one code has several meanings', () => {
    const code = 20001;
    const large = meaningOfRefusal({ operation: 'factures/v1/deposer/flux', code, message: 'GDP_MSG_11.022' });
    const unseen = meaningOfRefusal({
      operation: 'transverses/v1/consulterCRDetaille',
      code,
      message: 'POQ_MSG_01.003',
    });
    expect(large.en).toContain('too large');
    expect(unseen.en).toContain('not known');
  });

  it.each([
    ['the operation', { operation: 'factures/v1/deposer/flux', code: 20003 }],
    ['the code', { operation: 'transverses/v1/ajouter/fichier', code: 20004 }],
  ])('is unknown if %s is another', (_what, other) => {
    const message = 'Erreur';
    expect(meaningOfRefusal({ ...other, message })).toEqual({ fr: message, en: message });
  });

  it('depends on the message, where the table has one', () => {
    const refusal = { operation: 'factures/v1/deposer/flux', code: 20001, message: 'GDP_MSG_11.005' };
    expect(meaningOfRefusal(refusal).en).toContain('lacks the right');
  });

  it.each(['factures/v1/soumettre', 'structures/v1/consulter'])(
    'of a missing right is the same everywhere: %s',
    (operation) => {
      expect(meaningOfRefusal({ operation, code: 1, message: 'GDP_MSG_11.005' }).fr).toContain('habilitation');
      expect(meaningOfRefusal({ operation, code: 1, message: 'GDP_MSG_11.001' }).fr).toContain('état de la facture');
    },
  );

  it('is left to Chorus Pro’s own words when it is not in the table', () => {
    const message = 'Le montant est incohérent';
    expect(meaningOfRefusal({ operation: 'factures/v1/soumettre', code: 20013, message })).toEqual({
      fr: message,
      en: message,
    });
  });
});
