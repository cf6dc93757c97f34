import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { morningTopic, snsMailbox } from '../../../shared/messaging/mailbox.ts';

const address = 'compta@duval.example';
const message = { subject: 'chorus-relay duval : 1 a faire', text: 'Bonjour,' };

/** The mailbox over the SDK's own client, which replies as it is told. */
function mailboxThat(reply: (command: string) => object) {
  const sent: [string | undefined, object][] = [];
  const client = new SNSClient({ region: 'eu-west-3' });
  client.middlewareStack.add(
    (_next, { commandName = '' }) =>
      ({ input }) => {
        sent.push([commandName, input]);
        return Promise.resolve({ response: {}, output: { $metadata: {}, ...reply(commandName) } });
      },
    { step: 'initialize', priority: 'high' },
  );
  return { sent, mailbox: snsMailbox(client, 'arn:operations') };
}

const failing = (name: string, status: number | undefined, fault: 'client' | 'server') => () => {
  throw Object.assign(new Error(name), { name, $fault: fault, $metadata: { httpStatusCode: status } });
};

describe('a mailbox', () => {
  it('is a topic of its own, for each connection and address, whose name shows no address', () => {
    const topics = ['duval', 'duval-nord'].flatMap((connection) =>
      [address, 'direction@duval.example'].map((to) => morningTopic('operations', connection, to)),
    );
    expect(new Set(topics).size).toBe(4);
    for (const topic of topics) expect(topic).toMatch(/^operations-morning-duval(-nord)?-[0-9a-f]{16}$/);
  });

  it('is open once somebody has confirmed it', async () => {
    for (const [confirmed, isOpen] of [
      ['1', true],
      ['0', false],
      [undefined, false],
    ] as const) {
      const { mailbox } = mailboxThat(() => ({ Attributes: { SubscriptionsConfirmed: confirmed } }));
      expect(await mailbox.isOpen('duval', address)).toBe(isOpen);
    }
  });

  it('is closed while its topic is not deployed; any other failure is one', async () => {
    const absent = mailboxThat(failing('NotFoundException', 404, 'client'));
    expect(await absent.mailbox.isOpen('duval', address)).toBe(false);
    const forbidden = mailboxThat(failing('AuthorizationErrorException', 403, 'client'));
    await expect(forbidden.mailbox.isOpen('duval', address)).rejects.toThrow('AuthorizationErrorException');
  });

  it('takes a mail', async () => {
    const { mailbox, sent } = mailboxThat(() => ({ MessageId: '1' }));
    expect(await mailbox.send('duval', address, message)).toBe('sent');
    const TopicArn = morningTopic('arn:operations', 'duval', address);
    expect(sent).toEqual([['PublishCommand', { TopicArn, Subject: message.subject, Message: message.text }]]);
  });

  it('refuses a mail only if SNS says so: without its reply nobody knows', async () => {
    const throttled = mailboxThat(failing('ThrottledException', 429, 'client'));
    expect(await throttled.mailbox.send('duval', address, message)).toBe('refused');
    for (const unknown of [
      failing('InternalErrorException', 500, 'server'),
      failing('TimeoutError', undefined, 'server'),
    ]) {
      const { mailbox } = mailboxThat(unknown);
      await expect(mailbox.send('duval', address, message)).rejects.toThrow();
    }
  });
});
