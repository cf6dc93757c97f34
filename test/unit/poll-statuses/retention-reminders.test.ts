/** The ERP is reminded of retentions: 30 days before the day of release, on that day, and not once it is released. */
import { describe, expect, it } from 'vitest';
import { pollStatuses } from '../../../functions/poll-statuses/poll-statuses.ts';
import { retentionDueSchema } from '../../../shared/messaging/retention-event.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { ledgerWithRival, touching } from '../../support/rival-writer.ts';

const day = 24 * 60;
const name = 'Retenue de garantie';
const invoice = (number: string, due: string, deduction: object) =>
  submitCommand({
    invoice: {
      number,
      contract: '2026-GO-007',
      totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due, deductions: [deduction] },
    },
  });
const kept = (changes: object = {}) =>
  invoice('F-1', '1140.00', { kind: 'retention', name, amount: '60.00', ...changes });
const release = (amount: string, due: string) =>
  invoice('F-2', due, { kind: 'retention', name, amount: `-${amount}`, releases: [{ number: 'F-1', amount }] });

/** It begins on 23 November 2026 and is polled daily. */
async function polled(world: Relay, days: number): Promise<void> {
  for (let i = 0; i < days; i += 1) {
    world.advance(day);
    await world.poll();
  }
}

async function holding(changes: object = {}, options: RelayOptions = {}): Promise<Relay> {
  const world = relay(options);
  await world.submit(kept(changes));
  await world.poll();
  return world;
}
const told = (world: Relay) => world.reminders.map(({ time, data }) => [time.slice(0, 10), data.daysLeft, data.held]);

describe('a reminder of a retention', () => {
  it('comes 30 days before the day, and on the day itself', async () => {
    const world = await holding({ releaseDate: '2027-01-31' });
    await polled(world, 37);
    expect(told(world)).toEqual([]);
    await polled(world, 1);
    await polled(world, 29);
    expect(told(world)).toEqual([['2027-01-01', 30, '60.00']]);
    await polled(world, 40);
    expect(told(world)).toEqual([
      ['2027-01-01', 30, '60.00'],
      ['2027-01-31', 0, '60.00'],
    ]);
    expect(new Set(world.reminders.map(({ id }) => id)).size).toBe(2);
    for (const event of world.reminders) expect(retentionDueSchema.parse(event)).toEqual(event);
    const [first] = world.reminders;
    expect(first).toMatchObject({ subject: 'example/99910001900010/F-1', type: 'chorus-relay.retention.due.v1' });
    expect(first?.data).toMatchObject({
      ...{ number: 'F-1', contract: '2026-GO-007', retention: name, amount: '60.00', expected: false },
      message: {
        fr: `« ${name} » sur la facture F-1 : 60,00\u00a0€ encore retenus, à libérer le 31 janvier 2027. Demandez-en le versement par une facture qui désigne celle-ci.`,
      },
    });
  });

  it('counts the day by the settings if the command does not say it', async () => {
    const world = await holding({}, { settings: { retentions: { months: 2 } } });
    await polled(world, 70);
    expect(world.reminders.map(({ data }) => [data.until, data.daysLeft, data.expected])).toEqual([
      ['2027-01-20', 30, true],
      ['2027-01-20', 0, true],
    ]);
    expect(world.reminders[0]?.data.message.en).toContain('to be released on 2027-01-20 (expected).');
  });

  it('comes once, on whichever day the poll runs again', async () => {
    const world = await holding({ releaseDate: '2027-01-31' });
    world.advance(100 * day);
    await world.poll();
    await polled(world, 3);
    expect(world.reminders.map(({ data }) => data.daysLeft)).toEqual([-31]);
    expect(world.reminders[0]?.data.message.fr).toContain('à libérer depuis le 31 janvier 2027');
  });

  it('does not come once it is released, and says what is left if it is released in part', async () => {
    const whole = await holding({ releaseDate: '2027-01-31' });
    await whole.submit(release('60.00', '1260.00'));
    await polled(whole, 80);
    expect(told(whole)).toEqual([]);
    const partly = await holding({ releaseDate: '2027-01-31' });
    await polled(partly, 45);
    await partly.submit(release('20.00', '1220.00'));
    await polled(partly, 40);
    expect(told(partly)).toEqual([
      ['2027-01-01', 30, '60.00'],
      ['2027-01-31', 0, '40.00'],
    ]);
  });

  it('comes after the payment too, and leaves nothing that is due', async () => {
    const world = await holding({ releaseDate: '2027-01-31' });
    await polled(world, 30);
    expect(world.ledger.records()[0]?.state).toBe('settled');
    expect(world.ledger.records()[0]?.dueAt).toBe('2027-01-01T06:00:00.000Z');
    await polled(world, 60);
    expect(world.reminders).toHaveLength(2);
    expect(world.ledger.records()[0]).not.toHaveProperty('dueAt');
    expect(await world.ledger.due('example', { before: new Date('2099-01-01'), limit: 10 })).toEqual([]);
  });

  it('is published again with the same id if it could not be noted', async () => {
    const world = await holding({ releaseDate: '2027-01-31' });
    world.advance(40 * day);
    const rival = touching(world.ledger, world.now);
    const ledger = ledgerWithRival(world.ledger, ({ transition }) => transition === 'note-reminder', rival);
    const deadline = { remainingMs: () => 297_000 };
    await pollStatuses('example', { ...world.dependencies, ledger }, deadline);
    await world.poll();
    await world.poll();
    expect(world.reminders).toHaveLength(2);
    expect(new Set(world.reminders.map(({ id }) => id)).size).toBe(1);
  });
});
