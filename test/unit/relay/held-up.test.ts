import { expect, it } from 'vitest';
import { Suspension } from '../../../shared/chorus-pro/guards.ts';
import { judgeReading } from '../../../shared/tracking/standstill.ts';
import { heldUp, saidHeldUp } from '../../../tools/relay/held-up.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';

const start = '2026-11-26T23:06:00.000Z';
const at = (hours: number) => new Date(Date.parse(start) + hours * 3_600_000);

/** A ledger in which one connection's readings end like this, one after the other. */
async function after(readings: readonly (string | undefined)[]) {
  const memory = new InMemoryLedger();
  for (const [hours, stopped] of readings.entries())
    await judgeReading(
      { connection: 'example', what: 'statuses', intervalMinutes: 15, stopped },
      { memory, now: () => at(hours) },
    );
  return memory;
}
const found = (memory: InMemoryLedger, hours: number) => heldUp(memory, ['example', 'other'], at(hours));

it('has nothing to say while all goes well, or once it goes on', async () => {
  expect(await found(await after([]), 1)).toEqual([]);
  expect(await found(await after(['platform-down', 'platform-down', undefined]), 3)).toEqual([]);
});

it('says since when the platform is closed to all, once', async () => {
  const held = await found(await after(['no-connection', 'platform-down', 'platform-down']), 9);
  expect(held).toEqual([{ kind: 'platform-closed', since: start }]);
  expect(held.map(saidHeldUp)).toEqual([
    {
      fr: 'Chorus Pro ne répond pas, depuis le 27 novembre 2026 à 00:06 au plus tard : les factures attendent, rien n’est perdu.',
      en: 'Chorus Pro has not answered since 2026-11-27 00:06 at the latest: invoices wait, nothing is lost.',
    },
  ]);
});

it('says since when credentials are refused, until a reading gets through', async () => {
  const memory = await after(['suspended']);
  await new Suspension({ connection: 'example', memory, now: () => at(0) }).begin({
    ...{ version: 'v1', until: at(1).toISOString() },
  });
  const held = await found(memory, 2);
  expect(held).toEqual([{ kind: 'credentials-refused', since: start, connection: 'example' }]);
  expect(held.map(saidHeldUp)[0]?.en).toBe(
    'example: credentials refused since 2026-11-27 00:06, invoices wait: npx relay check example',
  );
  const reading = { connection: 'example', what: 'statuses' as const, intervalMinutes: 15 };
  await judgeReading(reading, { memory, now: () => at(3) });
  expect(await found(memory, 3)).toEqual([]);
});

it('says which operation fails while the others work, after so many failures that it is no chance', async () => {
  const memory = new InMemoryLedger();
  const soon = { made: 0, nextAt: start };
  const operation = (failures: number) => ({
    ...{ since: start, failures, reason: 'platform-down', first: soon, doubted: soon },
  });
  await memory.remember('trials#example', { version: 1, operations: { 'factures/v1/soumettre': operation(4) } });
  expect(await found(memory, 1)).toEqual([]);
  await memory.remember('trials#example', { version: 2, operations: { 'factures/v1/soumettre': operation(5) } });
  const [held] = await found(memory, 1);
  expect(held).toEqual({
    ...{ kind: 'operation-failing', since: start, connection: 'example', operation: 'factures/v1/soumettre' },
  });
  expect(held && saidHeldUp(held).fr).toContain('échoue sur factures/v1/soumettre depuis le 27 novembre 2026 à 00:06');
});

it('says that a connection is not read, once no chance explains it', async () => {
  const memory = await after(['secret-missing']);
  expect(await found(memory, 5)).toEqual([]);
  expect(await found(memory, 6)).toEqual([{ kind: 'statuses-unread', since: start, connection: 'example' }]);
});
