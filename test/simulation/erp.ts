import type { InvoiceCommandType, WorksCommandType } from '../../shared/invoice/invoice-commands.ts';
import { typeOf, type InvoiceEvent } from '../../shared/invoice/events.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { tinyPdf } from '../support/commands.ts';
import type { Chance } from './chance.ts';
import type { SimulatedQueue } from './queue.ts';
import type { Schedule } from './schedule.ts';
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
} as const satisfies Record<Exclude<InvoiceCommandType, WorksCommandType>, object>;

/** Works documents are not among its invoices. */
type SentType = keyof typeof contents;
const isCommandType = (type: string): type is SentType => Object.hasOwn(contents, type);

const allTypes = Object.keys(contents).filter(isCommandType);

/** A message with a command about an invoice, once it is on the queue. */
export interface CommandMessage {
  messageId: string;
  type: SentType;
  number: string;
}

/** These events ask the ERP to act. */
const asking: ReadonlySet<string> = new Set([typeOf('action-needed'), typeOf('rejected')]);

/** The ERP: it acts on what it is told, sometimes twice, and it has whims. In most schedules it only listens. */
export class Erp {
  readonly commands: CommandMessage[] = [];
  /** Commands that it will still send. */
  toSend = 0;
  private readonly heard = new Set<string>();
  private readonly world: ErpWorld;

  constructor(world: ErpWorld) {
    this.world = world;
  }

  /** It drops an event that it knows, as the documentation tells it to. */
  hear(events: readonly InvoiceEvent[]): void {
    const { schedule, chance } = this.world;
    if (!schedule.commands) return;
    for (const { id, type, data } of events) {
      const { number, status } = data;
      if (this.heard.has(id)) continue;
      this.heard.add(id);
      const answer = status?.answer ?? '';
      if (!asking.has(type) || number === undefined || !isCommandType(answer)) continue;
      this.send(answer, number, chance.between(`${id} answer`, 0, 30 * minute));
      if (chance.number(`${id} again?`) < 0.3) this.send(answer, number, chance.between(`${id} again`, 0, 40 * minute));
    }
  }

  /** A command out of the blue: often too early, or impossible. */
  haveAWhim(): void {
    const { schedule, chance } = this.world;
    if (!schedule.commands) return;
    const place = chance.next('whim');
    if (chance.number(`${place}?`) >= 0.4) return;
    const { number } = chance.pick(`${place} about`, schedule.drops);
    this.send(chance.pick(`${place} type`, allTypes), number, chance.between(place, 0, 10 * minute));
  }

  private send(type: SentType, number: string, afterMs: number): void {
    const { timeline, chance, queue, story } = this.world;
    const messageId = chance.next(`${number}-${type}`);
    this.toSend += 1;
    timeline.after(afterMs, () => {
      this.toSend -= 1;
      this.commands.push({ messageId, type, number });
      story.tell(`the ERP sends ${messageId}`);
      queue.send(JSON.stringify(commandOf(type, number)), messageId);
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

const commandOf = (type: SentType, number: string) => ({
  type,
  version: 1,
  connection: 'example',
  supplier: { company: 'Constructions Duval' },
  invoice: { number },
  ...contents[type],
});
