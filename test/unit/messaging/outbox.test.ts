import { describe, expect, it } from 'vitest';
import type { InvoiceEvent } from '../../../shared/invoice/events.ts';
import { enterDoubt } from '../../../shared/tracking/own-invoice.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import { publishOutbox } from '../../../shared/messaging/outbox.ts';
import type { LedgerRecord } from '../../../shared/ledger/record.ts';
import { begin, move } from '../../../shared/ledger/transition.ts';
import { silentTelemetry } from '../../support/silent-telemetry.ts';
import { at, draft, later } from '../ledger/records.ts';

const until = later(30).toISOString();
const held = { lease: { until }, nextStepAt: until };
const followed = {
  chorusProId: 7,
  status: { code: 'DEPOSEE', observedAt: at.toISOString() },
  submittedAt: at.toISOString(),
  nextStepAt: until,
};

async function world() {
  const ledger = new InMemoryLedger();
  const published: InvoiceEvent[] = [];
  let down = false;
  const first = begin(draft(), { name: 'claim', changes: held, events: [{ type: 'accepted' }] }, at);
  await ledger.write(first);
  return {
    ledger,
    published,
    record: first.record,
    current: async (): Promise<LedgerRecord> => {
      const found = await ledger.get(draft().pk);
      if (!found) throw new Error('the record is gone');
      return found;
    },
    breakTopic: () => (down = true),
    mendTopic: () => (down = false),
    dependencies: {
      ledger,
      telemetry: silentTelemetry,
      now: () => later(2),
      publish: (events: readonly InvoiceEvent[]) => {
        if (down) return Promise.reject(new Error('no topic'));
        published.push(...events);
        return Promise.resolve();
      },
    },
  };
}

describe('an outbox', () => {
  it('is empty and no longer due once it is published', async () => {
    const { dependencies, record, published, current } = await world();
    await publishOutbox(dependencies, record);
    expect(published.map(({ data }) => data.sequence)).toEqual([1]);
    expect(await current()).toMatchObject({ outbox: [], version: 2 });
    expect((await current()).dueAt, 'only the lease is left to wait for').toBe(until);
  });

  it('without events publishes and writes nothing', async () => {
    const { dependencies, record, current, published } = await world();
    await publishOutbox(dependencies, record);
    await publishOutbox(dependencies, await current());
    expect(published).toHaveLength(1);
    expect((await current()).version).toBe(2);
  });

  it('that cannot be published stays due, and is published in full the next time', async () => {
    const { dependencies, record, published, current, breakTopic, mendTopic, ledger } = await world();
    breakTopic();
    await publishOutbox(dependencies, record);
    expect(await current()).toEqual(record);
    expect(await ledger.due('example', { before: later(2), limit: 10 })).toEqual([record.pk]);

    mendTopic();
    await publishOutbox(dependencies, await current());
    expect(published).toEqual(record.outbox);
  });

  it('keeps events that another writer has added in the meantime', async () => {
    const { dependencies, record, current, ledger } = await world();
    await ledger.write(move(record, { name: 'follow', changes: followed, events: [{ type: 'submitted' }] }, at));
    await publishOutbox(dependencies, record);
    expect((await current()).outbox.map(({ data }) => data.sequence)).toEqual([1, 2]);
  });

  it('does not fail its writer when the ledger fails', async () => {
    const { dependencies, record, published } = await world();
    const { ledger } = dependencies;
    const broken: Ledger = {
      get: (pk) => ledger.get(pk),
      due: (connection, query) => ledger.due(connection, query),
      silent: (connection, query) => ledger.silent(connection, query),
      oldestOpen: (connection) => ledger.oldestOpen(connection),
      write: () => Promise.reject(new Error('no table')),
    };
    await publishOutbox({ ...dependencies, ledger: broken }, record);
    expect(published).toHaveLength(1);
  });
});

describe('doubt', () => {
  it('releases the lease, is checked by the next poll, and is reported', async () => {
    const { dependencies, record, published, current } = await world();
    await enterDoubt(dependencies, record, 'TimeoutError');
    const written = await current();
    expect(written).toMatchObject({
      state: 'in-doubt',
      doubt: { since: later(2).toISOString(), why: 'TimeoutError' },
      nextStepAt: later(3).toISOString(),
    });
    expect(written).not.toHaveProperty('lease');
    expect(written).not.toHaveProperty('doubt.refusal');
    expect(published.map(({ type }) => type)).toContain('chorus-relay.invoice.in-doubt.v1');
  });

  it('keeps a refusal that is not yet final', async () => {
    const { dependencies, record, current } = await world();
    const refusal = [{ code: 'refused-by-chorus-pro', path: '', fr: 'non', en: 'no' }];
    await enterDoubt(dependencies, record, 'refused', { refusal });
    expect(await current()).toMatchObject({ doubt: { refusal } });
  });

  it('publishes nothing when another writer was faster', async () => {
    const { dependencies, record, published, ledger, current } = await world();
    await ledger.write(move(record, { name: 'follow', changes: followed }, at));
    await enterDoubt(dependencies, record, 'late');
    expect((await current()).state).toBe('followed');
    expect(published).toEqual([]);
  });
});
