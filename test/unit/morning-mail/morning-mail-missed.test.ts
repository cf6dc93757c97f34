import { describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { accounts, mornings, paid, submitted } from './morning.ts';

describe('a morning mail that does not certainly arrive', () => {
  const withWork = async () => {
    const morning = mornings();
    await submitted(morning, 'F-1', RECIPIENTS.suspends);
    await submitted(morning, 'F-2');
    await morning.days(2);
    await morning.mail();
    await paid(morning, 'F-2');
    await morning.days(1);
    morning.mailbox.sent.length = 0;
    return morning;
  };

  it('waits for an address that nobody has confirmed, and each poll says so until it is', async () => {
    const { mail, mailbox, isMissed, telemetry } = await withWork();
    mailbox.closed.add(accounts);
    expect(await mail()).toMatchObject({ endings: { closed: 1 } });
    expect(telemetry.logged).toContainEqual([
      'warn',
      'MORNING_MAIL_MISSED',
      { connection: 'example', reason: 'closed', count: 1 },
    ]);
    expect(await isMissed()).toBe(true);
    mailbox.closed.clear();
    await mail();
    expect(mailbox.sent[0]?.text).toMatch(/^- F-2/m);
    expect(await isMissed()).toBe(false);
  });

  it('is sent by the next turn if SNS refused it', async () => {
    const { mail, mailbox, isMissed } = await withWork();
    mailbox.next = 'refuses';
    await expect(mail()).rejects.toThrow('1 morning mails were refused');
    expect(await isMissed()).toBe(true);
    expect(await mail()).toMatchObject({ endings: { sent: 1 } });
    expect(mailbox.sent[0]?.text).toMatch(/^- F-2/m);
    expect(await isMissed()).toBe(false);
  });

  it('is not sent again on the same day if nobody knows: the next one says what it said', async () => {
    const { mail, mailbox, isMissed, days } = await withWork();
    mailbox.next = 'loses-reply';
    expect(await mail()).toMatchObject({ endings: { unsure: 1 } });
    expect(await mail()).toMatchObject({ endings: { unsure: 1 } });
    expect(mailbox.sent).toHaveLength(1);
    expect(await isMissed()).toBe(true);
    await days(1);
    await mail();
    expect(mailbox.sent[1]?.text).toMatch(/^- F-2/m);
    expect(await isMissed()).toBe(false);
    await days(3);
    await mail();
    expect(mailbox.sent[2]?.text).not.toMatch(/^- F-2/m);
  });

  it('is missed if its turn does not come', async () => {
    const { mail, isMissed, world } = await withWork();
    await mail();
    // Paris begins its day an hour before UTC does.
    for (let hour = 0; hour < 24; hour += 1) {
      world.advance(60);
      expect(await isMissed(), `after ${hour + 1} hours`).toBe(false);
    }
    world.advance(90);
    expect(await isMissed()).toBe(true);
    await mail();
    expect(await isMissed()).toBe(false);
  });

  it('is missed by nobody before the first turn, nor without the setting', async () => {
    const { isMissed, days } = mornings();
    await days(2);
    expect(await isMissed()).toBe(false);
    const without = mornings({});
    await without.mail();
    await without.days(3);
    expect(await without.isMissed()).toBe(false);
  });
});
