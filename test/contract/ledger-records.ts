import fc from 'fast-check';
import { eventTypes, isEventType } from '../../shared/invoice/events.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { begin, type Draft } from '../../shared/ledger/transition.ts';
import { at, draft, later, stateNames } from '../unit/ledger/records.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const reasons = fc.array(fc.record({ code: text, path: text, fr: text, en: text }), { maxLength: 3 });
const eventType = fc.constantFrom(...Object.keys(eventTypes).filter(isEventType));

/** Every optional field is there or not: what is not there must not come back as something. */
const fields = fc.record(
  {
    environment: fc.constantFrom('production' as const, 'qualification' as const),
    supplier: text,
    number: text,
    recipient: text,
    amount: fc.constantFrom('0.00', '-12.50', '999999999999.99'),
    currency: text,
    issueDate: text,
    digest: text,
    commandKey: text,
    route: fc.constantFrom('pdf' as const, 'flux' as const),
    lease: fc.record({ owner: text, until: instant }),
    doubt: fc.record(
      { since: instant, why: text, times: fc.integer({ min: 1 }), refusal: reasons },
      { requiredKeys: ['since', 'why', 'times'] },
    ),
    depositId: text,
    chorusProId: fc.maxSafeInteger(),
    status: fc.record(
      { code: text, at: instant, observedAt: instant, motive: text },
      { requiredKeys: ['code', 'observedAt'] },
    ),
    reasons,
    nextStepAt: instant,
  },
  { requiredKeys: [] },
);

const draftArbitrary: fc.Arbitrary<Draft> = fc
  .record({
    connection: name,
    subject: text,
    documents: fc.array(fc.record({ name: text, sha256: text }), { maxLength: 4 }),
    messageIds: fc.array(text, { maxLength: 10 }),
    attempts: fc.nat(),
  })
  .map((given) => draft(given));

/** Any record that the schema allows, its events included. */
export const recordArbitrary: fc.Arbitrary<LedgerRecord> = fc
  .record({
    of: draftArbitrary,
    given: fields,
    types: fc.array(eventType, { maxLength: 4 }),
    state: fc.constantFrom(...stateNames),
  })
  .map(({ of, given, types, state }) => {
    const { nextStepAt, ...rest } = given;
    const events = types.map((type) => ({ type, ...(rest.reasons ? { reasons: rest.reasons } : {}) }));
    const { record } = begin(of, {
      name: 'claim',
      events,
      changes: { ...rest, nextStepAt: nextStepAt ?? later(1).toISOString() },
      now: at,
    });
    return { ...record, state };
  });
