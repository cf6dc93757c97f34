import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { deadLetterReasons, tooOften } from '../../shared/messaging/dead-letter-reasons.ts';
import { sqsClient } from '../../tools/local-cloud/clients.ts';
import type { LocalCloud } from '../../tools/local-cloud/index.ts';
import { submitCommand } from '../support/commands.ts';
import { cloudWithDeadLetters, invoicesQueue, runOperator } from './operator-fixture.ts';

/** By why they are there. */
const bodies = {
  'not-json': '{"type": "invoice.submit"',
  'not-a-command': JSON.stringify({ type: 'invoice.submit', version: 1, invoice: { number: 'LOST-1' } }),
  unexpected: JSON.stringify(submitCommand()),
};
const originals = { 'not-json': 'on-the-queue-1', 'not-a-command': 'on-the-queue-2', unexpected: 'on-the-queue-3' };

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

const cloudWithLetters = (): Promise<LocalCloud> =>
  cloudWithDeadLetters([
    ...(['not-json', 'not-a-command', 'unexpected'] as const).map((why) => ({
      MessageBody: bodies[why],
      MessageAttributes: { reason: text(why), originalMessageId: text(originals[why]) },
    })),
    { MessageBody: JSON.stringify({ connection: 'bertin\u001b[2J', version: 1 }) },
  ]);

const run = (args: readonly string[], cloud?: LocalCloud) => runOperator('dead-letters', args, cloud);
const inDeadLetters = async (cloud: LocalCloud) => (await cloud.queues()).get(`${invoicesQueue}-dead-letters`)?.visible;

const letterSchema = z.looseObject({
  messageId: z.string(),
  why: z.string(),
  connection: z.string().optional(),
  number: z.string().optional(),
  originalMessageId: z.string().optional(),
  faults: z.array(z.looseObject({ code: z.string(), path: z.string() })),
});

test('lists them in a table that lines up, with the field at fault, and leaves them where they are', async () => {
  const cloud = await cloudWithLetters();
  const { code, output } = await run(['--language', 'en'], cloud);
  expect(code).toBe(0);
  expect(output).not.toContain('\u001b');
  const [head = '', ...rows] = output.split('\n').slice(0, 5);
  const cells = (from: string, to: string) =>
    rows.map((row) => row.slice(head.indexOf(from), head.indexOf(to)).trim()).sort();
  expect(cells('why', 'connection')).toEqual(['not-a-command', 'not-json', 'received too often', 'unexpected']);
  expect(cells('connection', 'command')).toEqual(['bertin?[2J', 'example', '–', '–']);
  expect(cells('at fault', 'sent')).toEqual(['connection', 'not-json', 'type', '–']);
  expect(output).toContain('4 dead letters (qualification).');
  expect(await inDeadLetters(cloud)).toBe(4);
});

test('says as JSON what it lists', async () => {
  const cloud = await cloudWithLetters();
  const listed = z.array(letterSchema).parse(JSON.parse((await run(['--json'], cloud)).output));
  const said = listed.map(({ why, originalMessageId, faults: [first] }) => [
    why,
    originalMessageId,
    first?.code,
    first?.path,
  ]);
  expect(said.sort()).toEqual([
    ['not-a-command', 'on-the-queue-2', 'missing-field', 'connection'],
    ['not-json', 'on-the-queue-1', 'not-json', ''],
    ['received too often', undefined, 'missing-field', 'type'],
    ['unexpected', 'on-the-queue-3', undefined, undefined],
  ]);
});

test('shows one by the id that the log has: why it is there, the field, what to do, the body', async () => {
  const cloud = await cloudWithLetters();
  const { code, output } = await run(['show', originals['not-a-command'], '--lang', 'fr'], cloud);
  expect(code).toBe(0);
  expect(output).toMatch(/^en cause +la connexion – Le champ connection est obligatoire : il manque\.$/m);
  expect(output).toMatch(/^motif +le message n’indique pas sa connexion : .* \(not-a-command\)$/m);
  expect(output).toMatch(/^à faire +corrigez le programme qui l’envoie/m);
  expect(output).toContain(bodies['not-a-command']);
  const shown = await run(['show', originals['not-json'], '--json'], cloud);
  expect(JSON.parse(shown.output)).toMatchObject({ why: 'not-json', body: bodies['not-json'] });
  expect(await inDeadLetters(cloud)).toBe(4);
});

test('knows the connection of an e-invoice that was dropped into its folder', async () => {
  const MessageBody = JSON.stringify({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { object: { key: 'incoming/example/e-invoices/F-1.pdf', 'version-id': '1' } },
  });
  const { output } = await run(['--json'], await cloudWithDeadLetters([{ MessageBody }]));
  expect(JSON.parse(output)).toMatchObject([{ connection: 'example', faults: [] }]);
});

test('sends one back, whole, and leaves the others', async () => {
  const cloud = await cloudWithLetters();
  const { code, output } = await run(['send-back', originals.unexpected, '--lang', 'en'], cloud);
  expect([code, output]).toEqual([0, expect.stringMatching(/^\S+ went back to the queue\.$/m)]);
  const sqs = sqsClient({ endpoint: cloud.endpoint, region: cloud.region, accessKeyId: 'erp' });
  onTestFinished(() => sqs.destroy());
  const QueueUrl = `${cloud.endpoint}/${cloud.accountId}/${invoicesQueue}`;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map(({ Body }) => Body)).toEqual([bodies.unexpected]);
  expect(await inDeadLetters(cloud)).toBe(3);
});

test('does not send back what would return at once, and says why', async () => {
  const cloud = await cloudWithLetters();
  const { code, output } = await run(['send-back', originals['not-a-command'], '--lang', 'en'], cloud);
  expect(code).toBe(1);
  expect(output).toContain('would come back at once: The field connection is required, and it is missing.');
  expect(await inDeadLetters(cloud)).toBe(4);
});

test('deletes one by its own id, and only that one', async () => {
  const cloud = await cloudWithLetters();
  const listed = z.array(letterSchema).parse(JSON.parse((await run(['--json'], cloud)).output));
  const meant = listed.find(({ why }) => why === 'not-json');
  const { code, output } = await run(['delete', meant?.messageId ?? '', '--json'], cloud);
  expect([code, JSON.parse(output)]).toEqual([0, { action: 'delete', messageId: meant?.messageId }]);
  const left = z.array(letterSchema).parse(JSON.parse((await run(['--json'], cloud)).output));
  expect(left.map(({ why }) => why).sort()).toEqual(['not-a-command', 'received too often', 'unexpected']);
});

test('one whose stored body is gone is listed with the others, and does not go back without it', async () => {
  const kept = JSON.stringify({ type: 'relay.kept-body', bucket: 'gone', key: 'received/unknown/2026-11-23/m-9.json' });
  const cloud = await cloudWithDeadLetters([
    {
      MessageBody: bodies.unexpected,
      MessageAttributes: { reason: text('unexpected'), originalMessageId: text('m-8') },
    },
    { MessageBody: kept, MessageAttributes: { reason: text('unexpected'), originalMessageId: text('m-9') } },
    { MessageBody: kept, MessageAttributes: { originalMessageId: text('m-9') } },
  ]);
  const listed = z.array(letterSchema).parse(JSON.parse((await run(['--json'], cloud)).output));
  expect(listed.map(({ why, originalMessageId }) => [why, originalMessageId]).sort()).toEqual([
    // What SQS moved has the attributes that its sender gave it: they are no word of the relay.
    ['received too often', undefined],
    ['unexpected', 'm-8'],
    ['unexpected', 'm-9'],
  ]);
  const shown = await run(['show', 'm-9', '--lang', 'en'], cloud);
  expect(shown.output).toMatch(/^at fault +its body is not in the document store: NoSuchBucket/m);
  const { code, output } = await run(['send-back', 'm-9', '--lang', 'en'], cloud);
  expect([code, output]).toEqual([1, expect.stringContaining('its body is not in the document store')]);
  expect(await run(['send-back', 'm-8'], cloud)).toMatchObject({ code: 0 });
  expect(await inDeadLetters(cloud)).toBe(2);
});

test('an id that is not there ends with 4', async () => {
  const cloud = await cloudWithLetters();
  for (const action of ['show', 'send-back', 'delete']) {
    const { code, output } = await run([action, 'nobody', '--lang', 'en'], cloud);
    expect([code, output.trim()]).toEqual([4, 'there is no message "nobody" among the dead letters (qualification)']);
  }
  expect(await inDeadLetters(cloud)).toBe(4);
});

test.each([
  [['--help'], 0, '4 there is no such message'],
  [['show'], 2, '<id> is missing'],
  [['burn', 'one'], 2, '<action> "burn" is none of show, send-back, delete'],
  [['show', 'one', 'two'], 2, 'one argument too many'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await run(['--lang', 'en', ...args]);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});

test('the runbook says the same', () => {
  const page = readFileSync(join(projectRoot, 'docs/runbooks/dead-letters.md'), 'utf8').replaceAll(/ +\|/g, ' |');
  for (const [why, { en, todo }] of Object.entries(deadLetterReasons))
    expect(page).toContain(`| \`${why}\` | ${en} | ${todo.en} |`);
  expect(page).toContain(`| received too often | ${tooOften.en} | ${tooOften.todo.en} |`);
});
