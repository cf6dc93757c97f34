import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { sqsClient } from '../../tools/local-cloud/clients.ts';
import type { LocalCloud } from '../../tools/local-cloud/index.ts';
import { cloudOf, lambda, sqsByHand, writeAssembly } from './local-fixture.ts';

const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'invoices' } } };

function sender(cloud: LocalCloud) {
  const sqs = sqsClient({ endpoint: cloud.endpoint, region: cloud.region, accessKeyId: 'ERP' });
  onTestFinished(() => sqs.destroy());
  const QueueUrl = `${cloud.endpoint}/000000000000/invoices`;
  return {
    send: (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    receive: async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      return Messages.map(({ Body }) => Body);
    },
    count: async () => {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
      return Number((await sqs.send(command)).Attributes?.ApproximateNumberOfMessages);
    },
  };
}

describe('a queue', () => {
  it.each(['🏗️ Chantier', '\u{10FFFF}', '\uE000\uFFFD', 'é\t\r\n', '{"comment":"\\u0000"}'])(
    'takes what SQS takes: %j',
    async (body) => {
      const { send, receive } = sender(await cloudOf(queue));
      await send(body);
      expect(await receive()).toEqual([body]);
    },
  );

  it.each(['\0', 'a\u001Bb', '\uFFFE', '\uD83C alone'])('refuses what SQS refuses: %j', async (body) => {
    const { send, count } = sender(await cloudOf(queue));
    await expect(send(body)).rejects.toThrow('Invalid characters');
    expect(await count()).toBe(0);
  });
});

test('the wire records who called what on which resource, once the cloud is up', async () => {
  const worker = `${sqsByHand}
    exports.handler = (event) => aws('SendMessage', { QueueUrl: event.url, MessageBody: 'from a function' });
  `;
  const cloud = await cloudOf({ ...queue, worker: lambda('worker') }, { bundles: { worker } });
  expect(cloud.wire.requests).toEqual([]);
  await sender(cloud).send('from the ERP');
  await cloud.invoke('worker', { url: `${cloud.endpoint}/000000000000/invoices` });

  expect(cloud.wire.requests.map(({ caller, action, status }) => [caller, action, status])).toEqual([
    ['ERP', 'SendMessage', 200],
    ['worker', 'SendMessage', 200],
  ]);
  expect(cloud.wire.count({ service: 'sqs', caller: 'worker', resource: ':invoices' })).toBe(1);
  cloud.wire.reset();
  expect(cloud.wire.count()).toBe(0);
});

test('a fault before the effect: nothing arrives, the client tries again', async () => {
  const cloud = await cloudOf(queue);
  const { send, count } = sender(cloud);
  let faults = 1;
  cloud.intercept(({ action }) => (action === 'SendMessage' && faults-- > 0 ? 'fail-before' : 'pass'));
  await send('once');
  expect(await count()).toBe(1);
  expect(cloud.wire.count({ action: 'SendMessage' })).toBe(2);
});

test('a lost reply: it took effect, and the client, which cannot know, does it again', async () => {
  const cloud = await cloudOf(queue);
  const { send, count } = sender(cloud);
  let faults = 1;
  cloud.intercept(({ action }) => (action === 'SendMessage' && faults-- > 0 ? 'lose-reply' : 'pass'));
  await send('twice');
  expect(await count()).toBe(2);
});

test('the Invoke API replies, fails and reports an unknown function as Lambda does', async () => {
  const worker = `exports.handler = async (event) => { if (event.fail) throw new RangeError('on purpose'); return event; };`;
  const cloud = await cloudOf({ worker: lambda('worker') }, { bundles: { worker } });
  const authorization = 'AWS4-HMAC-SHA256 Credential=me/20260101/eu-west-3/lambda/aws4_request, Signature=0';
  const ask = (name: string, body: string) =>
    fetch(`${cloud.endpoint}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
      method: 'POST',
      headers: { authorization },
      body,
    });

  const answered = await ask('arn:aws:lambda:eu-west-3:000000000000:function:worker:live', '{"a":1}');
  expect([answered.status, await answered.json()]).toEqual([200, { a: 1 }]);
  const failed = await ask('worker', '{"fail":true}');
  expect(failed.headers.get('x-amz-function-error')).toBe('Unhandled');
  expect(await failed.json()).toMatchObject({ errorType: 'RangeError', errorMessage: 'on purpose' });
  expect((await ask('missing', '{}')).status).toBe(404);
  expect(cloud.wire.count({ service: 'lambda', action: 'Invoke', caller: 'me', resource: 'function:worker' })).toBe(2);
});

test.each([
  ['no signature', {}, 'not signed'],
  [
    'an unknown service',
    { authorization: 'AWS4-HMAC-SHA256 Credential=me/20260101/eu-west-3/ec2/aws4_request' },
    "'ec2'",
  ],
])('%s is an error that says so', async (_, headers, reason) => {
  const cloud = await cloudOf({});
  const response = await fetch(cloud.endpoint, { method: 'POST', headers });
  expect(response.status).toBe(404);
  expect(await response.text()).toContain(reason);
});

test('stopping leaves nothing open: the process exits by itself', async () => {
  const worker = `setInterval(() => {}, 1000); exports.handler = async () => 'up';`;
  const mapping = { FunctionName: 'worker', EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } };
  const resources = {
    ...queue,
    worker: lambda('worker'),
    mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: mapping },
  };
  const assembly = await writeAssembly({
    stacks: [{ name: 'relay', template: { Resources: resources } }],
    bundles: { worker },
  });
  const program = `
    const { startLocalCloud } = await import(${JSON.stringify(new URL('../../tools/local-cloud/index.ts', import.meta.url).href)});
    const cloud = await startLocalCloud({ assembly: ${JSON.stringify(assembly)} });
    console.log(JSON.stringify(await cloud.invoke('worker')));
    await cloud.stop();
  `;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { timeout: 20_000 });
  expect((await run).stdout).toBe('{"payload":"up"}\n');
});
