import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { sqsClient } from '../../tools/local-cloud/clients.ts';
import type { LocalCloud } from '../../tools/local-cloud/index.ts';
import { troubleOf } from '../../tools/relay/redrive.ts';
import { cloudWithDeadLetters, invoicesQueue, runOperator } from './operator-fixture.ts';

/** Three letters, one of them with what a terminal would obey, and one that cannot be read. */
const letters = [
  { connection: 'example', invoice: { number: 'FA-1' } },
  { connection: 'example', invoice: { number: 'A-LONGER-NUMBER-2' } },
  { connection: 'bertin\u001b[2J', invoice: { number: 'FB-1' } },
].map((body) => JSON.stringify(body));

const cloudWithLetters = (): Promise<LocalCloud> =>
  cloudWithDeadLetters(
    [...letters, 'not JSON'].map((MessageBody) => ({
      MessageBody,
      MessageAttributes:
        MessageBody === letters[0] ? { reason: { DataType: 'String', StringValue: 'unexpected' } } : {},
    })),
  );

const run = (args: readonly string[], cloud?: LocalCloud) => runOperator('redrive', args, cloud);

test('a dry run lists in a table that lines up, and obeys nothing that a message says', async () => {
  const cloud = await cloudWithLetters();
  const { code, output } = await run(['example', '--dry-run'], cloud);
  expect(code).toBe(0);
  expect(output).not.toContain('\u001b');
  const [head = '', ...rows] = output.split('\n').slice(0, 3);
  expect(rows.map((row) => row.slice(head.indexOf('why'), head.indexOf('number')).trim()).sort()).toEqual([
    'received too often',
    'unexpected',
  ]);
  expect(rows.map((row) => row.slice(head.indexOf('number'), head.indexOf('sent')).trim()).sort()).toEqual([
    'A-LONGER-NUMBER-2',
    'FA-1',
  ]);
  for (const row of rows) expect(row.slice(head.indexOf('sent'))).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  expect(output).toContain('2 messages of example (qualification) would go back to the queue; nothing was moved.');
  expect(output).toContain('1 of bertin');
  expect(output).toContain('1 that cannot be read ("npx relay dead-letters" shows it)');
  const french = (await run(['example', '--dry-run', '--lang', 'fr'], cloud)).output;
  expect(french).toContain(
    '2 messages de la connexion example (qualification) à renvoyer dans la file ; rien n’a été déplacé.',
  );
  expect(french).toContain('Restent parmi les messages en erreur : 1 de la connexion bertin');
  expect(french).toMatch(/ le relais lui-même a échoué huit fois \(unexpected\) .* \d\d\/\d\d\/\d{4} \d\d:\d\d$/m);
  expect((await cloud.queues()).get(`${invoicesQueue}-dead-letters`)?.visible).toBe(4);
});

test('where there is little to move, French says so in whole words', async () => {
  const cloud = await cloudWithDeadLetters([{ MessageBody: 'not JSON' }]);
  const { output } = await run(['example', '--lang', 'fr'], cloud);
  expect(output).toContain('Aucun message de la connexion example (qualification) renvoyé dans la file.');
  expect(output).toContain('Reste parmi les messages en erreur : 1 illisible (« npx relay dead-letters » le montre).');
  expect((await run(['--help', '--lang', 'en'])).output).toContain(
    '1 some came back at once, or none has the reason, or it',
  );
});

test('a run moves those of the reason asked for, and says so as JSON', async () => {
  const cloud = await cloudWithLetters();
  const { code, output } = await run(['example', '--reason', 'unexpected', '--json'], cloud);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    connection: 'example',
    stage: 'qualification',
    dryRun: false,
    messages: [{ number: 'FA-1', why: 'unexpected' }],
    left: { otherConnections: { 'bertin\u001b[2J': 1 }, otherReasons: 1, unreadable: 1, backAgain: 0 },
  });
  const sqs = sqsClient({ endpoint: cloud.endpoint, region: cloud.region, accessKeyId: 'erp' });
  onTestFinished(() => sqs.destroy());
  const QueueUrl = `${cloud.endpoint}/${cloud.accountId}/${invoicesQueue}`;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  expect(Messages.map(({ Body, MessageAttributes }) => [Body, MessageAttributes])).toEqual([[letters[0], undefined]]);
  expect((await cloud.queues()).get(`${invoicesQueue}-dead-letters`)).toEqual({ visible: 3, inFlight: 0, delayed: 0 });
  const said = 'If what made them fail is still there, they come back to the dead letters: "npx relay dead-letters".';
  expect((await run(['example'], cloud)).output).toContain(
    `1 message of example (qualification) went back to the queue.\n${said}`,
  );
  expect((await run(['example'], cloud)).output).not.toContain(said);
});

test('a reason that no message has ends with 1', async () => {
  const cloud = await cloudWithLetters();
  const { code, output } = await run(['example', '--reason', 'unexpectd'], cloud);
  expect(code).toBe(1);
  expect(output).toContain('no message is there for the reason "unexpectd"');
});

test('what came back at once is a trouble, what is left for others is none', () => {
  const left = { otherConnections: { bertin: 1 }, otherReasons: 0, unreadable: 1, backAgain: 0 };
  expect(troubleOf({ messages: [], left }, undefined)).toBeUndefined();
  expect(troubleOf({ messages: [], left }, 'unexpected')).toBeUndefined();
  expect(troubleOf({ messages: [], left: { ...left, backAgain: 1 } }, undefined)?.en).toContain('came back at once');
});

test('a stage that is not there is said so', async () => {
  const cloud = await cloudWithLetters();
  const { code, output } = await run(['example', '--stage', 'elsewhere'], cloud);
  expect(code).toBe(1);
  expect(output.trim()).toMatch(
    /^there is no queue chorus-relay-elsewhere-invoices-dead-letters: check the stage.* "npx cdk deploy --all"$/,
  );
});

test.each([
  [['--help'], 0, 'exit codes'],
  [[], 2, 'usage'],
  [['example', 'bertin'], 2, 'usage'],
  [['Example'], 2, '<connection> "Example" is not the name of a connection: lower-case'],
  [['example', '--everything'], 2, '--everything'],
  [['example', '--stage', 'no-hyphens'], 2, 'stage'],
])('%j ends with %i', async (args, code, said) => {
  const ended = await run(args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
  expect(ended.output).not.toContain('    at ');
});
