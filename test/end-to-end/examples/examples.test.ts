/** The programs of examples/, each where its language and packages are: as an ERP that knows only what is printed. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import * as z from 'zod';
import { cloudEventSchema, typeOf, type EventType, type InvoiceEvent } from '../../../shared/invoice/events.ts';
import { orderExample } from '../../../tools/docs/event-examples.ts';
import { bringUp, type Relay } from '../../../tools/local-cloud/bring-up.ts';
import { endpointsOf, erpVariables } from '../../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../../tools/local-cloud/index.ts';
import invoice from '../../../examples/invoice.json' with { type: 'json' };
import { pdfText } from '../../support/commands.ts';
import { queuesWith } from './erp-queues.ts';
import { examples, prepareAll, run, type Prepared, type Ran } from './languages.ts';

const day = 24 * 3_600_000;
const start = new Date('2026-11-23T09:00:00+01:00');
const { prepared, remove } = await prepareAll();
const folder = await mkdtemp(join(tmpdir(), 'examples-erp-'));
afterAll(() => Promise.all([remove(), rm(folder, { recursive: true })]));

interface Program {
  send: (command: string, paper: string) => Promise<Ran>;
  read: (journal: string) => Promise<Ran>;
}

/** The two programs of a language, with what a relay prints of itself. Skips the test where they cannot be run. */
function programs(
  { program, needs }: Prepared,
  { skip }: TestContext,
  variables: Record<string, string>,
  answers = join(examples, 'answers'),
): Program {
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

const supplier = '99910001900028';

/** An event about an invoice of the example connection, of its agency. */
function eventOf(number: string, sequence: number, type: EventType, answer?: string): InvoiceEvent {
  const subject = `example/${supplier}/${number}`;
  return cloudEventSchema.parse({
    specversion: '1.0',
    id: `${subject}/${sequence}`,
    source: 'chorus-relay/example',
    type: typeOf(type),
    subject,
    time: start.toISOString(),
    datacontenttype: 'application/json',
    data: {
      ...{ connection: 'example', supplier, number, issueDate: '2026-11-20', state: 'followed', sequence },
      status: { code: 'X', fr: 'Été', en: 'Summer', answer },
      ...{ actionNeeded: answer !== undefined, message: { fr: 'Voir le motif.', en: 'See the motive.' } },
    },
  });
}

/** The answers of the examples, and one more file. @returns the folder */
async function answersWith(name: string, content: string): Promise<string> {
  const copy = await mkdtemp(join(folder, 'answers-'));
  await cp(join(examples, 'answers'), copy, { recursive: true });
  await writeFile(join(copy, name), content);
  return copy;
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
    expect(output).toContain(`${subjectOf('F-4')} waits for a person (invoice.correct-validator): Voir le motif.`);
    expect(await commands()).toEqual([
      expect.objectContaining({
        type: 'invoice.recycle',
        connection: 'example',
        supplier: { siret: supplier },
        invoice: { number: 'F-3', issueDate: '2026-11-20' },
      }),
    ]);
  });

  it('is read to its end if an event names no command', async (context) => {
    const asked = eventOf('F-6', 3, 'action-needed');
    const { variables, left, commands } = await queuesWith(
      text([eventOf('F-7', 3, 'action-needed', 'invoice.recycle'), asked, eventOf('F-8', 1, 'accepted')]),
    );
    const journal = join(folder, `${language.name}-no-answer.jsonl`);
    const read = await programs(language, context, variables).read(journal);
    expect(read).toMatchObject({ code: 0, errors: '' });
    expect(read.output).toContain(`${asked.subject} waits for a person: Voir le motif.`);
    expect([await left(), (await commands()).length, (await eventsIn(journal)).length]).toEqual([0, 1, 3]);
  });

  it('is read to its end if an event cannot be processed, which stays, and no answer is given twice', async (context) => {
    const answered = eventOf('F-9', 3, 'action-needed', 'invoice.recycle');
    // Its file in the folder of answers is none.
    const bad = eventOf('F-10', 3, 'action-needed', 'not-json');
    const good = eventOf('F-11', 1, 'accepted');
    const { variables, left, commands } = await queuesWith(text([answered, bad, good]));
    const journal = join(folder, `${language.name}-bad.jsonl`);
    const { read } = programs(language, context, variables, await answersWith('not-json.json', '{'));
    const { code, errors } = await read(journal);
    expect(code).toBe(1);
    expect(errors).toContain(bad.subject);
    expect(await eventsIn(journal)).toEqual([answered, good]);
    expect([await left(), (await commands()).length]).toEqual([1, 1]);

    const again = await queuesWith(text([answered, bad, good]));
    await programs(language, context, again.variables).read(journal);
    expect(await eventsIn(journal)).toEqual([answered, good, bad]);
    expect([await again.left(), await again.commands()]).toEqual([0, []]);
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
