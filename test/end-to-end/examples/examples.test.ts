/** The programs of examples/, each where its language and packages are: as an ERP that knows only what is printed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import * as z from 'zod';
import { cloudEventSchema, typeOf, type EventType, type InvoiceEvent } from '../../../shared/invoice/events.ts';
import { orderExample } from '../../../tools/docs/event-examples.ts';
import { bringUp, type Relay } from '../../../tools/local-cloud/bring-up.ts';
import { endpointsOf, erpVariables } from '../../../tools/local-cloud/endpoints.ts';
import { sqsClient } from '../../../tools/local-cloud/clients.ts';
import { DrivenClock } from '../../../tools/local-cloud/index.ts';
import invoice from '../../../examples/invoice.json' with { type: 'json' };
import { pdfText } from '../../support/commands.ts';
import { cloudOf } from '../../infra/local-fixture.ts';
import { examples, prepareAll, run, type Prepared, type Ran } from './languages.ts';

const day = 24 * 3_600_000;
const start = new Date('2026-11-23T09:00:00+01:00');
const answers = join(examples, 'answers');
const { prepared, remove } = await prepareAll();
const folder = await mkdtemp(join(tmpdir(), 'examples-erp-'));
afterAll(() => Promise.all([remove(), rm(folder, { recursive: true })]));

interface Program {
  send: (command: string, paper: string) => Promise<Ran>;
  read: (journal: string) => Promise<Ran>;
}

/** The two programs of a language, with what a relay prints of itself. Skips the test where they cannot be run. */
function programs({ program, needs }: Prepared, { skip }: TestContext, variables: Record<string, string>): Program {
  if (!program) return skip(`needs ${needs}`);
  return {
    send: (...args) => run([...program('send'), ...args], variables),
    read: (journal) => run([...program('read'), answers, journal], variables),
  };
}

/** A line for each event of a subject that a program printed, without the sentence: `2 submitted`. */
const printed = ({ output }: Ran, subject: string): string[] => {
  const lines = output.split(/\r?\n/);
  const first = lines.indexOf(subject) + 1;
  const end = lines.findIndex((line, at) => at >= first && !line.startsWith('  '));
  return lines
    .slice(first, end)
    .map((line) => line.replace(/^ {2}(\d+) chorus-relay\.invoice\.(.*)\.v1: .*$/, '$1 $2'));
};

const journalOf = async (journal: string): Promise<unknown[]> =>
  (await readFile(journal, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

/** Orders of the State and subcontractors' requests come to the same inbox: a program keeps them, and no more. */
const ofOthers = z.object({ type: z.string().regex(/^chorus-relay\.(?!invoice\.)/) });
const isOfOthers = (event: unknown): boolean => ofOthers.safeParse(event).success;

const eventsIn = async (journal: string): Promise<InvoiceEvent[]> =>
  (await journalOf(journal)).filter((event) => !isOfOthers(event)).map((event) => cloudEventSchema.parse(event));

describe('an invoice that the recipient suspends', () => {
  let relay: Relay;
  beforeAll(async () => {
    relay = await bringUp({ clock: new DrivenClock({ start }) });
  });
  afterAll(() => relay.stop());

  it.for(prepared)('is sent, followed and completed in $name', async (language, context) => {
    const { cloud, simulator } = relay;
    const { send, read } = programs(language, context, erpVariables(endpointsOf(relay), 'example'));
    const number = `EX-${language.name.replace('#', 'SHARP')}`;
    const command = join(folder, `${number}.json`);
    const paper = join(folder, `${number}.pdf`);
    const journal = join(folder, `${number}.jsonl`);
    await writeFile(command, JSON.stringify({ ...invoice, invoice: { ...invoice.invoice, number } }));
    await writeFile(paper, pdfText());

    expect(await send(command, paper)).toMatchObject({ code: 0, errors: '' });
    await cloud.idle();
    await cloud.advance(3 * day, { catchUp: 'last' });
    expect(simulator?.model.invoice(number)?.status).toBe('SUSPENDUE');
    const asked = await read(journal);
    expect(asked).toMatchObject({ code: 0, errors: '' });
    const subject = asked.output.split(/\r?\n/).find((line) => line.endsWith(`/${number}`)) ?? '';
    expect(printed(asked, subject).slice(0, 2)).toEqual(['1 accepted', '2 submitted']);
    expect(asked.output).toContain(`${subject} answered with invoice.complete`);

    await cloud.idle();
    expect(simulator?.model.invoice(number)?.status).toBe('COMPLETEE');
    // The relay may have carried out the command while the inbox was still being read.
    await read(journal);
    const told = (await eventsIn(journal)).filter((event) => event.subject === subject);
    expect(told.slice(-2).map(({ type }) => type)).toEqual([typeOf('action-needed'), typeOf('answered')]);
    const inbox = [...(await cloud.queues())].find(([name]) => name.endsWith('-erp-inbox'))?.[1];
    expect(inbox).toMatchObject({ visible: 0, inFlight: 0 });
  });
});

/** An event about an invoice of the example connection. */
function eventOf(number: string, sequence: number, type: EventType, answer?: string): InvoiceEvent {
  const subject = `example/99999100000019/${number}`;
  return cloudEventSchema.parse({
    specversion: '1.0',
    id: `${subject}/${sequence}`,
    source: 'chorus-relay/example',
    type: typeOf(type),
    subject,
    time: start.toISOString(),
    datacontenttype: 'application/json',
    data: {
      ...{ connection: 'example', number, issueDate: '2026-11-20', state: 'followed', sequence },
      ...(answer === undefined ? {} : { status: { code: 'X', fr: 'Été', en: 'Summer', answer } }),
      ...{ actionNeeded: answer !== undefined, message: { fr: 'Réglée.', en: 'Settled.' } },
    },
  });
}

/** Two queues, and what is put on the inbox. */
async function queuesWith(bodies: readonly string[]) {
  const queue = (QueueName: string) => ({
    Type: 'AWS::SQS::Queue',
    Properties: { QueueName, VisibilityTimeout: 300 },
  });
  const cloud = await cloudOf(
    { inbox: queue('inbox'), invoices: queue('invoices') },
    { outputs: { ErpInboxQueueUrl: { Value: { Ref: 'inbox' } }, InvoicesQueueUrl: { Value: { Ref: 'invoices' } } } },
  );
  const sqs = sqsClient({ ...cloud, accessKeyId: 'relay' });
  onTestFinished(() => sqs.destroy());
  const variables = erpVariables(endpointsOf({ cloud }), 'example');
  for (const MessageBody of bodies)
    await sqs.send(new SendMessageCommand({ QueueUrl: variables.RELAY_ERP_INBOX_QUEUE_URL, MessageBody }));
  const left = async () => {
    const { visible = NaN, inFlight = NaN } = (await cloud.queues()).get('inbox') ?? {};
    return visible + inFlight;
  };
  const commands = async () => {
    const receive = new ReceiveMessageCommand({
      QueueUrl: variables.RELAY_INVOICES_QUEUE_URL,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
    });
    const { Messages = [] } = await sqs.send(receive);
    return Messages.map(({ Body = '' }): unknown => JSON.parse(Body));
  };
  return { variables, left, commands };
}

const text = (events: readonly InvoiceEvent[]) => events.map((event) => JSON.stringify(event));
const subjectOf = (number: string) => eventOf(number, 1, 'accepted').subject;

describe.for(prepared)('the inbox, read in $name', (language) => {
  it('gives each event once, in the order of its invoice, over several runs', async (context) => {
    const accepted = eventOf('F-1', 1, 'accepted');
    const submitted = eventOf('F-1', 2, 'submitted');
    const paid = eventOf('F-1', 3, 'paid');
    const { variables, left } = await queuesWith(text([paid, accepted, accepted]));
    const journal = join(folder, `${language.name}-order.jsonl`);
    const { read } = programs(language, context, variables);
    expect(printed(await read(journal), paid.subject)).toEqual(['1 accepted', '3 paid']);
    const later = await queuesWith(text([submitted, paid]));
    const again = programs(language, context, later.variables);
    expect(printed(await again.read(journal), paid.subject)).toEqual(['1 accepted', '2 submitted', '3 paid']);
    expect([await left(), await later.left()]).toEqual([0, 0]);
    expect(await eventsIn(journal)).toEqual([paid, accepted, submitted]);
  });

  it('is answered with the command that an event names, if nothing newer came, and a file says what', async (context) => {
    const { variables, commands } = await queuesWith(
      text([
        eventOf('F-2', 4, 'answered'),
        eventOf('F-2', 3, 'action-needed', 'invoice.complete'),
        eventOf('F-3', 3, 'action-needed', 'invoice.recycle'),
        eventOf('F-4', 3, 'action-needed', 'invoice.correct-validator'),
      ]),
    );
    const { output } = await programs(language, context, variables).read(join(folder, `${language.name}-answer.jsonl`));
    expect(output).toContain(`${subjectOf('F-4')} waits for a person: invoice.correct-validator`);
    expect(await commands()).toEqual([
      expect.objectContaining({
        type: 'invoice.recycle',
        connection: 'example',
        invoice: { number: 'F-3', issueDate: '2026-11-20' },
      }),
    ]);
  });

  it('keeps an event that is about no invoice, and does nothing else', async (context) => {
    const { variables, left, commands } = await queuesWith([JSON.stringify(orderExample)]);
    const journal = join(folder, `${language.name}-others.jsonl`);
    expect(await programs(language, context, variables).read(journal)).toMatchObject({ code: 0, errors: '' });
    expect((await journalOf(journal)).filter(isOfOthers)).toEqual([orderExample]);
    expect([await left(), await commands()]).toEqual([0, []]);
  });

  it('keeps what could not be processed, and what is not an event', async (context) => {
    const { variables, left } = await queuesWith([...text([eventOf('F-5', 1, 'accepted')]), 'not JSON', '{"id":"x"}']);
    const { read } = programs(language, context, variables);
    const { code: killed } = await read(join(folder, 'no such folder', 'journal.jsonl'));
    expect(killed).not.toBe(0);
    expect(await left()).toBe(3);
    const next = await queuesWith([...text([eventOf('F-5', 1, 'accepted')]), 'not JSON', '{"id":"x"}', '[]']);
    const { code, errors } = await programs(language, context, next.variables).read(
      join(folder, `${language.name}-kept.jsonl`),
    );
    expect(code).toBe(0);
    expect(errors.match(/not an event/g)).toHaveLength(3);
    expect(await next.left()).toBe(3);
  });
});
