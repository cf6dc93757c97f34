import { describe, expect, it } from 'vitest';
import { storedOf, storedRecordSchema } from '../../../shared/ledger/stored-record.ts';
import { begin, move } from '../../../shared/ledger/transition.ts';
import { at, begun, claim, draft, later, recordIn } from './records.ts';

/** As a database gives it back. */
const readBack = (item: object) => storedRecordSchema.parse(JSON.parse(JSON.stringify(item)));
const told = begun('claim', [{ type: 'accepted' }, { type: 'in-doubt' }]).record;

describe('a record in the store', () => {
  it('says once what its events say too', () => {
    const { outbox } = storedOf(told);
    expect(outbox.map(({ data, ...event }) => [Object.keys(event), Object.keys(data)])).toEqual([
      [
        ['type', 'time'],
        ['state', 'sequence', 'actionNeeded', 'message'],
      ],
      [
        ['type', 'time'],
        ['state', 'sequence', 'actionNeeded', 'message'],
      ],
    ]);
    expect(readBack(storedOf(told))).toEqual(told);
  });

  it('keeps its events as they were told, whatever became of it since', () => {
    const refused = begin(draft(), { name: 'refuse', changes: { reasons: [] }, events: [{ type: 'refused' }] }, at);
    const changed = draft({ recipient: '99910001900010', amount: '7.00', messageIds: ['message-2', 'message-1'] });
    const lease = { until: later(30).toISOString() };
    const next = {
      name: 'claim',
      changes: { lease, nextStepAt: lease.until },
      events: [{ type: 'accepted' }],
    } as const;
    const { record } = begin(changed, next, later(1), refused.record);
    expect(record.outbox.map(({ data: { amount } }) => amount)).toEqual(['1200.00', '7.00']);
    expect(readBack(storedOf(record))).toEqual(record);
    const [before, now] = storedOf(record).outbox;
    expect(before).toEqual(record.outbox[0]);
    expect(now).not.toHaveProperty('specversion');
  });

  it('keeps an event that lacks what its record says', () => {
    const [event] = told.outbox;
    if (!event) throw new Error('no event');
    const { amount, ...data } = event.data;
    expect(amount).toBe('1200.00');
    const record = { ...told, outbox: [{ ...event, data }] };
    expect(readBack(storedOf(record))).toEqual(record);
  });

  it('is read as an earlier version wrote it, with its events whole', () => {
    expect(readBack(told)).toEqual(told);
  });

  it('is as it was without any event', () => {
    const { record } = move(claim(draft()).record, { name: 'publish' }, later(1));
    expect(readBack(storedOf(record))).toEqual(record);
  });

  it('is not read if it is damaged', () => {
    expect(storedRecordSchema.safeParse({ ...recordIn('followed'), outbox: [{ type: 'x' }] }).success).toBe(false);
    expect(storedRecordSchema.safeParse({ pk: 'invoice#1' }).success).toBe(false);
  });
});
