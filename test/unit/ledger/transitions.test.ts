import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudEventSchema, eventTypes, type EventType } from '../../../shared/invoice/events.ts';
import { commandKey, invoiceKey } from '../../../shared/ledger/record.ts';
import { begin, move } from '../../../shared/ledger/transition.ts';
import {
  at,
  begun,
  claim,
  draft,
  isAllowed,
  later,
  moved,
  moves,
  recordIn,
  rowOf,
  transitionNames,
} from './records.ts';

const eventTypeNames = Object.keys(eventTypes).filter((name): name is EventType => Object.hasOwn(eventTypes, name));

describe('a move', () => {
  it('numbers its events in order, continuing from the last', () => {
    const first = begun('claim', [{ type: 'accepted' }, { type: 'deposited' }]);
    const second = moved(first.record, 'follow', [{ type: 'submitted' }], later(1));
    expect(second.record.outbox.map(({ id, data }) => [id, data.sequence, data.state])).toEqual([
      [`${draft().pk}#1`, 1, 'sending'],
      [`${draft().pk}#2`, 2, 'sending'],
      [`${draft().pk}#3`, 3, 'followed'],
    ]);
    expect(second.record.sequence).toBe(3);
  });

  it('keeps the numbering through any sequence of moves', () => {
    const steps = fc.array(
      fc.record({
        name: fc.constantFrom(...transitionNames),
        types: fc.array(fc.constantFrom(...eventTypeNames), { maxLength: 3 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, (given) => {
        let { record } = begun('claim', [{ type: 'accepted' }]);
        const told = [...record.outbox];
        for (const [i, { name, types }] of given.entries()) {
          if (!rowOf(name).from.includes(record.state)) continue;
          const kept = name === 'publish' ? [] : record.outbox;
          const events = types.map((type) => ({ type }));
          const next = moved(record, name, events, later(i + 1));
          if (name !== 'publish') told.push(...next.record.outbox.slice(kept.length));
          expect(next.record.version).toBe(record.version + 1);
          expect(next.record.outbox.slice(0, kept.length)).toEqual(kept);
          ({ record } = next);
        }
        const numbers = told.map(({ data }) => data.sequence);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
      }),
    );
  });

  it('creates CloudEvents with all the data that the ERP needs', () => {
    const record = recordIn('sending', { recipient: '12345678200051', amount: '12.00' });
    const reasons = [{ code: 'siret', path: 'a', fr: 'b', en: 'c' }];
    const status = { code: 'DEPOSEE', fr: 'Déposée', en: 'deposited' };
    const { outbox } = moved(record, 'follow', [{ type: 'submitted', status, reasons }]).record;
    expect(outbox.map((event) => cloudEventSchema.parse(event))).toEqual(outbox);
    expect(outbox).toMatchObject([
      {
        specversion: '1.0',
        source: 'chorus-relay/example',
        type: 'chorus-relay.invoice.submitted.v1',
        subject: 'example/99910001900010/F-1',
        time: at.toISOString(),
        data: {
          connection: 'example',
          number: 'F-1',
          recipient: '12345678200051',
          amount: '12.00',
          chorusProId: 7,
          status,
          reasons,
        },
      },
    ]);
  });

  it.each(eventTypeNames)('gives %s the text and severity of its type by default', (type) => {
    const own = { type, message: { fr: 'ici', en: 'here' }, actionNeeded: true };
    const [plain, other] = begun('claim', [{ type }, own]).record.outbox;
    const { action, fr, en } = eventTypes[type];
    expect(plain?.data).toMatchObject({ message: { fr, en }, actionNeeded: action });
    expect(other?.data).toMatchObject({ message: { fr: 'ici', en: 'here' }, actionNeeded: true });
  });

  it.each(['refused', 'answer-refused'] as const)('gives %s the sentence of its only reason', (type) => {
    const why = [
      { code: 'a', path: '', fr: 'un', en: 'one' },
      { code: 'b', path: '', fr: 'deux', en: 'two' },
    ];
    const messages = begun('claim', [
      { type, reasons: why.slice(0, 1) },
      { type, reasons: why },
    ]).record.outbox;
    const { fr, en } = eventTypes[type];
    expect(messages.map(({ data }) => data.message)).toEqual([
      { fr: 'un', en: 'one' },
      { fr, en },
    ]);
  });

  it('drops fields that the new state does not have, and never writes an undefined field', () => {
    const asked = { messageId: 'm', type: 'invoice.recycle', since: at.toISOString(), until: at.toISOString() };
    const released = moved(recordIn('sending'), 'release').record;
    expect(Object.keys(released)).not.toContain('lease');
    const changes = { pendingCommand: undefined };
    const held = recordIn('followed', { pendingCommand: asked });
    const ended = move(held, { name: 'end-command', changes }, at).record;
    expect(Object.keys(ended)).not.toContain('pendingCommand');
    expect(Object.values(released)).not.toContain(undefined);
    expect(Object.values(ended)).not.toContain(undefined);
  });

  it('does not compile from a state outside its row, or without the fields that its row requires', () => {
    const changes = { chorusProId: 7, status: { code: 'DEPOSEE', observedAt: at.toISOString() } };
    const submittedAt = at.toISOString();
    // @ts-expect-error a followed invoice is not claimed
    expect(() => move(recordIn('followed'), { name: 'claim', changes: claim(draft()).record }, at)).toThrow();
    // @ts-expect-error no next step
    expect(() => move(recordIn('sending'), { name: 'follow', changes: { ...changes, submittedAt } }, at)).not.toThrow();
    // @ts-expect-error no changes at all
    expect(() => move(recordIn('sending'), { name: 'settle' }, at)).toThrow('chorusProId');
  });

  it.each(moves.filter(isAllowed))(
    '%s from %s fails without any one field that its row says it brings',
    (name, origin) => {
      const before = recordIn(origin);
      const { record: after } = moved(before, name);
      for (const field of rowOf(name).brings) {
        if (field in before) continue;
        const changes = Object.fromEntries(Object.entries(after).filter(([key]) => key !== field));
        expect(() => move(before, { name, changes }, at), field).toThrow(field);
      }
    },
  );

  it('refuses to write a record that lacks a required field of its state', () => {
    // Looked up by name, so that the compiler does not know which move it is.
    const name = transitionNames.find((one) => rowOf(one).to === 'followed') ?? 'publish';
    expect(() => move(recordIn('sending'), { name, changes: {} }, at)).toThrow('chorusProId');
  });

  it('that replaces a record that has ended keeps only its key, version and events', () => {
    const ended = recordIn('refused', { version: 3, sequence: 2, createdAt: '2026-11-01T00:00:00.000Z' });
    const partly = { ...draft({ amount: '7.00', messageIds: ['message-2'] }), recipient: undefined };
    const changes = { reasons: [] };
    const events = [{ type: 'refused' }] as const;
    const { record, replaces } = begin(partly, { name: 'refuse', changes, events }, later(1), ended);
    expect(replaces).toBe(3);
    expect(record).toMatchObject({
      version: 4,
      sequence: 3,
      createdAt: draft().createdAt,
      amount: '7.00',
      reasons: [],
    });
    expect(record).not.toHaveProperty('recipient');
    expect(record.outbox.map(({ data }) => data.sequence)).toEqual([3]);
  });

  it('gives every write a new id, and does not change the record that it started from', () => {
    const record = recordIn('sending');
    const before = structuredClone(record);
    const ids = [1, 2].map((minute) => moved(record, 'release', [], later(minute)).record.writeId);
    expect(new Set([...ids, record.writeId]).size).toBe(3);
    expect(record).toEqual(before);
  });
});

describe('when a record is due', () => {
  const events = [{ type: 'accepted' }] as const;
  const at30 = later(30);

  it('is at its next step, if it has no unpublished events', () => {
    expect(claim(draft(), at30).record.dueAt).toBe(at30.toISOString());
  });

  it('is a minute after its events were recorded, or at its next step if that comes first', () => {
    expect(begun('claim', events).record.dueAt).toBe(later(1).toISOString());
    expect(begun('refuse', events).record.dueAt).toBe(later(1).toISOString());
    const soon = recordIn('sending', { nextStepAt: at.toISOString() });
    expect(moved(soon, 'publish').record.dueAt).toBe(at.toISOString());
  });

  it('is never, if it has nothing left to do', () => {
    expect(begun('refuse').record).not.toHaveProperty('dueAt');
  });

  it('is at its next step again once its events are published', () => {
    const published = moved(begun('claim', events).record, 'publish', [], later(2)).record;
    expect(published).toMatchObject({ outbox: [], dueAt: at30.toISOString(), sequence: 1, state: 'sending' });
  });
});

describe('keys', () => {
  it('differ by environment, supplier, number and message', () => {
    expect(invoiceKey({ environment: 'production', supplier: '1', number: 'F/1' })).toBe('invoice#production#1#F/1');
    expect(commandKey('m-1')).toBe('command#m-1');
  });
});
