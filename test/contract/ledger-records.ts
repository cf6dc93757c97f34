import fc from 'fast-check';
import { eventTypes, isEventType } from '../../shared/invoice/events.ts';
import { recordSchema, type LedgerRecord } from '../../shared/ledger/record.ts';
import { begun, recordIn, stateNames } from '../unit/ledger/records.ts';

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
    connection: name,
    subject: text,
    supplier: text,
    number: text,
    recipient: text,
    amount: fc.constantFrom('0.00', '-12.50', '999999999999.99'),
    currency: text,
    issueDate: text,
    digest: text,
    commandKey: text,
    documents: fc.array(fc.record({ name: text, sha256: text }), { maxLength: 4 }),
    messageIds: fc.array(text, { maxLength: 10 }),
    attempts: fc.nat(),
    route: fc.constantFrom('pdf' as const, 'flux' as const),
    paymentNotReported: fc.boolean(),
    lease: fc.record({ until: instant }),
    doubt: fc.record(
      { since: instant, why: text, times: fc.integer({ min: 1 }), refusal: reasons },
      { requiredKeys: ['since', 'why', 'times'] },
    ),
    depositId: text,
    depositedAt: instant,
    chorusProId: fc.maxSafeInteger(),
    status: fc.record(
      { code: text, at: instant, observedAt: instant, motive: text },
      { requiredKeys: ['code', 'observedAt'] },
    ),
    submittedAt: instant,
    lateToldAt: instant,
    paidLateOn: fc.constantFrom('2026-12-24', '2027-01-03'),
    paymentDue: fc.constantFrom('2026-12-23', '2027-01-01'),
    pendingCommand: fc.record({ messageId: text, type: text, since: instant, until: instant }),
    endedCommands: fc.array(text, { maxLength: 10 }),
    life: fc.array(
      fc.oneof(
        fc.record({
          at: instant,
          command: text,
          by: text,
          end: fc.constantFrom('done' as const, 'uncertain' as const),
        }),
        fc.record({ at: instant, call: text, http: fc.nat(), code: fc.integer(), kept: text }),
        fc.record({ at: instant, call: text, noReply: fc.constantFrom('sent' as const, 'not-sent' as const) }),
        fc.record({ at: instant, status: text, motive: text }, { requiredKeys: ['at', 'status'] }),
        fc.record({ at: instant, doubt: text }),
        fc.record({ at: instant, resolved: fc.constantFrom('found' as const, 'absent' as const) }),
        fc.record({ at: instant, deposit: text }),
        fc.record({ at: instant, report: text }),
      ),
      { maxLength: 40 },
    ),
    lifeLeftOut: fc.integer({ min: 1 }),
    reasons,
    dismissed: fc.record({ by: text, at: instant, need: text }),
    nextStepAt: instant,
    dueAt: instant,
    watchAt: instant,
    openSince: instant,
  },
  { requiredKeys: [] },
);

/** Any record that the schema allows, its events included; what a state does not hold is left out. */
export const recordArbitrary: fc.Arbitrary<LedgerRecord> = fc
  .record({ given: fields, types: fc.array(eventType, { maxLength: 4 }), state: fc.constantFrom(...stateNames) })
  .map(({ given, types, state }) => {
    const { outbox } = begun(
      'claim',
      types.map((type) => ({ type, ...(given.reasons ? { reasons: given.reasons } : {}) })),
    ).record;
    return recordSchema.parse({ ...recordIn(state), ...given, outbox });
  });
