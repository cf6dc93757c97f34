import type { InvoiceCommandType } from '../../shared/invoice/invoice-commands.ts';
import { typeOf, type InvoiceEvent } from '../../shared/invoice/events.ts';
import type { WorksDocumentEvent } from '../../shared/messaging/works-event.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { tinyPdf } from '../support/commands.ts';
import type { Chance } from './chance.ts';
import type { SimulatedQueue } from './queue.ts';
import type { Schedule } from './schedule.ts';
import { accountOf, signedNumberOf } from './works.ts';
import type { Story, Timeline } from './timeline.ts';

const minute = 60_000;

/** What each command says besides which invoice it is about. */
const contents = {
  'invoice.complete': {
    comment: 'Voici le procès-verbal.',
    attachments: [{ name: 'pv-de-reception.pdf', content: tinyPdf }],
  },
  'invoice.recycle': { commitment: 'ENGAGEMENT-2' },
  'invoice.acknowledge-rejection': {},
  'invoice.correct-validator': { validator: { siret: SUPPLIERS.mainContractor } },
  'invoice.status': {},
  'invoice.fetch': {},
  'works.complete': { comment: 'Voici les attachements.', attachments: [{ name: 'metre.pdf', content: tinyPdf }] },
  'works.recycle': { commitment: 'ENGAGEMENT-2' },
  'works.sign-final': { document: { name: 'decompte-signe.pdf', content: tinyPdf } },
} as const satisfies Record<InvoiceCommandType, object>;

const isCommandType = (type: string): type is InvoiceCommandType => Object.hasOwn(contents, type);

const allTypes = Object.keys(contents).filter(isCommandType);
const typesForInvoices = allTypes.filter((type) => !type.startsWith('works.'));

/** What a command is about. */
interface Subject {
  type: InvoiceCommandType;
  /** The invoice or works document that it names. */
  number: string;
  /** The one that it changes: the same, or the general statement that it signs. */
  changed: string;
}

/** A message with a command about an invoice, once it is on the queue. */
export interface CommandMessage extends Subject {
  messageId: string;
}

/** These events ask the ERP to act. */
const asking: ReadonlySet<string> = new Set([typeOf('action-needed'), typeOf('rejected')]);

/** The ERP: it acts on what it is told, sometimes twice, and it has whims. In most schedules it only listens. */
export class Erp {
  readonly commands: CommandMessage[] = [];
  /** What it was told of documents that others deposited in its billing files. */
  readonly worksTold: WorksDocumentEvent[] = [];
  /** Commands that it will still send. */
  toSend = 0;
  private readonly heard = new Set<string>();
  private readonly world: ErpWorld;

  constructor(world: ErpWorld) {
    this.world = world;
  }

  /** It drops an event that it knows, as the documentation tells it to. */
  hear(events: readonly InvoiceEvent[]): void {
    const { schedule } = this.world;
    if (!schedule.commands) return;
    for (const { id, type, data } of events) {
      const { number, status } = data;
      if (this.heard.has(id)) continue;
      this.heard.add(id);
      const answer = status?.answer ?? '';
      if (!asking.has(type) || number === undefined || !isCommandType(answer)) continue;
      this.answer({ type: answer, number, changed: number }, id);
    }
  }

  /** Of the documents in its billing files it is asked to sign the general statements. */
  hearOfWorks(events: readonly WorksDocumentEvent[]): void {
    this.worksTold.push(...events);
    const { schedule } = this.world;
    if (!schedule.commands) return;
    for (const { id, data } of events) {
      const { number: changed } = data.document;
      if (this.heard.has(id)) continue;
      this.heard.add(id);
      const draft = schedule.drops.find(({ number, final }) => final && changed.startsWith(number));
      if (data.status.answer !== 'works.sign-final' || !draft) continue;
      this.answer({ type: 'works.sign-final', number: draft.number, changed }, id);
    }
  }

  /** @param id of the event that asks for it */
  private answer(subject: Subject, id: string): void {
    const { chance } = this.world;
    this.send(subject, chance.between(`${id} answer`, 0, 30 * minute));
    if (chance.number(`${id} again?`) < 0.3) this.send(subject, chance.between(`${id} again`, 0, 40 * minute));
  }

  /** A command out of the blue: often too early, or impossible. */
  haveAWhim(): void {
    const { schedule, chance } = this.world;
    if (!schedule.commands) return;
    const place = chance.next('whim');
    if (chance.number(`${place}?`) >= 0.4) return;
    const { number } = chance.pick(`${place} about`, schedule.drops);
    const type = chance.pick(`${place} type`, schedule.works ? allTypes : typesForInvoices);
    const changed = type === 'works.sign-final' ? accountOf(number) : number;
    this.send({ type, number, changed }, chance.between(place, 0, 10 * minute));
  }

  private send(subject: Subject, afterMs: number): void {
    const { timeline, chance, queue, story } = this.world;
    const messageId = chance.next(`${subject.number}-${subject.type}`);
    this.toSend += 1;
    timeline.after(afterMs, () => {
      this.toSend -= 1;
      this.commands.push({ messageId, ...subject });
      story.tell(`the ERP sends ${messageId}`);
      queue.send(JSON.stringify(commandOf(subject)), messageId);
    });
  }
}

interface ErpWorld {
  schedule: Schedule;
  timeline: Timeline;
  chance: Chance;
  story: Story;
  queue: SimulatedQueue;
}

const commandOf = ({ type, number, changed }: Subject) => ({
  type,
  version: 1,
  connection: 'example',
  supplier: { company: 'Constructions Duval' },
  invoice: { number },
  ...contents[type],
  ...(type === 'works.sign-final'
    ? { account: { number: changed }, signed: { number: signedNumberOf(number), issueDate: '2026-11-23' } }
    : {}),
});
