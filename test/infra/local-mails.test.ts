import { expect, it } from 'vitest';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { type Mail, Mails } from '../../tools/local-cloud/services/mails.ts';
import type { Service } from '../../tools/local-cloud/services/aws-service.ts';

const start = new Date('2026-11-26T07:10:00Z');
const publish = (topic: string) => ({
  ...{ method: 'POST', url: '/', headers: {} },
  body: Buffer.from(
    String(
      new URLSearchParams({ Action: 'Publish', TopicArn: topic, Subject: '1 a faire', Message: 'Bonjour,\nà vous' }),
    ),
  ),
});
const replying =
  (status: number): Service =>
  () =>
    Promise.resolve({ status, headers: {}, body: '' });

it('keeps the mail that each subscriber of a topic would get, and tells of it', async () => {
  const told: Mail[] = [];
  const mails = new Mails(new DrivenClock({ start }), (mail) => void told.push(mail));
  for (const to of ['compta@duval.example', 'direction@duval.example']) mails.subscribe('arn:morning', to);
  const sns = mails.after(replying(200));
  await sns(publish('arn:morning'));
  await sns(publish('arn:events'));
  const mail = { subject: '1 a faire', text: 'Bonjour,\nà vous' };
  expect(mails.sent).toMatchObject([
    { ...mail, to: 'compta@duval.example' },
    { ...mail, to: 'direction@duval.example' },
  ]);
  expect(told).toEqual(mails.sent);
  for (const { at } of told) expect(Math.floor(at / 1000)).toBe(start.getTime() / 1000);
});

it('keeps none that SNS did not take', async () => {
  const mails = new Mails(new DrivenClock({ start }), () => undefined);
  mails.subscribe('arn:morning', 'compta@duval.example');
  await mails.after(replying(404))(publish('arn:morning'));
  expect(mails.sent).toEqual([]);
});
