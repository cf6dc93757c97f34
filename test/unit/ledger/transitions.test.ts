import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudEventSchema, eventTypes, type EventType } from '../../../shared/invoice/events.ts';
import { commandKey, invoiceKey, recordSchema, type LedgerRecord } from '../../../shared/ledger/record.ts';
import { states, type Origin, type TransitionName } from '../../../shared/ledger/states.ts';
import { begin, move, type Move, type Write } from '../../../shared/ledger/transition.ts';
import { at, draft, later, origins, recordIn, rowOf, stateNames, transitionNames } from './records.ts';

const eventTypeNames = Object.keys(eventTypes).filter((name): name is EventType => Object.hasOwn(eventTypes, name));

const writeFrom = (origin: Origin, step: Move): Write =>
  origin === 'absent' ? begin(draft(), step) : move(recordIn(origin), step);

const moves = transitionNames.flatMap((name) => origins.map((origin): [TransitionName, Origin] => [name, origin]));
const isAllowed = ([name, origin]: [TransitionName, Origin]): boolean => rowOf(name).from.includes(origin);

describe('the table of transitions', () => {
  it.each(moves.filter(isAllowed))('%s leads from %s to where it says', (name, origin) => {
    const { record, transition, replaces } = writeFrom(origin, { name, now: later(1) });
    const { to } = rowOf(name);
    expect(record.state).toBe(to === 'same' ? origin : to);
    expect({ transition, replaces }).toEqual({ transition: name, replaces: origin === 'absent' ? 0 : 1 });
    expect(record.version).toBe(replaces + 1);
    expect(recordSchema.parse(record)).toEqual(record);
  });

  it.each(moves.filter((step) => !isAllowed(step)))('%s is no move from %s', (name, origin) => {
    expect(() => writeFrom(origin, { name, now: at })).toThrow(`no transition ${name} from ${origin}`);
  });

  it('takes nothing back from an invoice that Chorus Pro has', () => {
    const moving = transitionNames.filter((name) => rowOf(name).to !== 'same');
    const from = (state: Origin) => moving.filter((name) => rowOf(name).from.includes(state)).sort();
    expect(from('followed')).toEqual(['reject', 'settle']);
    expect(from('settled')).toEqual(['reject', 'settle']);
  });

  it('leads out of every state that is not an end, and to every state', () => {
    const moving = transitionNames.filter((name) => rowOf(name).to !== 'same');
    for (const state of stateNames) {
      expect(moving.some((name) => rowOf(name).to === state)).toBe(true);
      const leaves = moving.some((name) => rowOf(name).from.includes(state) && rowOf(name).to !== state);
      expect(states[state].final || leaves).toBe(true);
    }
  });

  it('sends only what nobody else is sending', () => {
    const claimable = rowOf('claim').from;
    expect(claimable).not.toContain('sending');
    expect(claimable).not.toContain('in-doubt');
    expect(claimable).not.toContain('followed');
  });
});

describe('a move', () => {
  it('numbers its events in order, and goes on from the last', () => {
    const first = begin(draft(), { name: 'claim', events: [{ type: 'accepted' }, { type: 'deposited' }], now: at });
    const second = move(first.record, { name: 'follow', events: [{ type: 'submitted' }], now: later(1) });
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
        let { record } = begin(draft(), { name: 'claim', events: [{ type: 'accepted' }], now: at });
        const told = [...record.outbox];
        for (const [i, { name, types }] of given.entries()) {
          if (!rowOf(name).from.includes(record.state)) continue;
          const kept = name === 'publish' ? [] : record.outbox;
          const next = move(record, { name, events: types.map((type) => ({ type })), now: later(i + 1) });
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

  it('makes CloudEvents that say all there is to book', () => {
    const record = recordIn('sending', {
      recipient: '12345678200051',
      amount: '12.00',
      currency: 'EUR',
      chorusProId: 7,
    });
    const reasons = [{ code: 'siret', path: 'a', fr: 'b', en: 'c' }];
    const status = { code: 'DEPOSEE', fr: 'Déposée', en: 'deposited' };
    const { outbox } = move(record, {
      name: 'follow',
      events: [{ type: 'submitted', status, reasons }],
      now: at,
    }).record;
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

  it.each(eventTypeNames)('tells %s with the sentence and the urgency of its type, unless told otherwise', (type) => {
    const [plain, own] = begin(draft(), {
      name: 'claim',
      events: [{ type }, { type, message: { fr: 'ici', en: 'here' }, actionNeeded: true }],
      now: at,
    }).record.outbox;
    const { action, fr, en } = eventTypes[type];
    expect(plain?.data).toMatchObject({ message: { fr, en }, actionNeeded: action });
    expect(own?.data).toMatchObject({ message: { fr: 'ici', en: 'here' }, actionNeeded: true });
  });

  it('takes a field away that is set to undefined, and never writes one', () => {
    const held = recordIn('sending', { lease: { owner: 'o', until: at.toISOString() }, nextStepAt: at.toISOString() });
    const { record } = move(held, { name: 'release', changes: { lease: undefined, nextStepAt: undefined }, now: at });
    expect(Object.keys(record)).not.toContain('lease');
    expect(Object.keys(record)).not.toContain('dueAt');
    expect(Object.values(record)).not.toContain(undefined);
  });

  it('names every write anew, and leaves the record that it came from as it was', () => {
    const record = recordIn('sending');
    const before = structuredClone(record);
    const ids = [1, 2].map((minute) => move(record, { name: 'release', now: later(minute) }).record.writeId);
    expect(new Set([...ids, record.writeId]).size).toBe(3);
    expect(record).toEqual(before);
  });
});

describe('when a record is due', () => {
  const events = [{ type: 'accepted' }] as const;
  const dueOf = (step: Partial<Move>) => begin(draft(), { name: 'claim', now: at, ...step }).record.dueAt;

  it.each<[string, Partial<Move>, string | undefined]>([
    ['never, with nothing to do', {}, undefined],
    ['a minute after its events were made', { events }, later(1).toISOString()],
    ['at its next step', { changes: { nextStepAt: later(30).toISOString() } }, later(30).toISOString()],
    ['at the earlier of both', { events, changes: { nextStepAt: later(30).toISOString() } }, later(1).toISOString()],
    ['at its next step, if that comes first', { events, changes: { nextStepAt: at.toISOString() } }, at.toISOString()],
  ])('%s', (_when, step, due) => {
    expect(dueOf(step)).toBe(due);
  });

  it('publishing empties the outbox, and leaves the next step', () => {
    const nextStepAt = later(30).toISOString();
    const { record } = begin(draft(), { name: 'claim', events, changes: { nextStepAt }, now: at });
    const published: LedgerRecord = move(record, { name: 'publish', now: later(2) }).record;
    expect(published).toMatchObject({ outbox: [], dueAt: nextStepAt, sequence: 1, state: 'sending' });
  });
});

describe('keys', () => {
  it('tell environments, suppliers, numbers and messages apart', () => {
    expect(invoiceKey({ environment: 'production', supplier: '1', number: 'F/1' })).toBe('invoice#production#1#F/1');
    expect(commandKey('m-1')).toBe('command#m-1');
  });
});
