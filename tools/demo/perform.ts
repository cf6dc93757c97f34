/** Plays samples to a running relay and lets the weeks go by. */
import { readConnectionFiles } from '../../infra/connection-files.ts';
import type { ValidationEvent } from '../../shared/messaging/validation-event.ts';
import type { Relay } from '../local-cloud/bring-up.ts';
import { endpointsOf } from '../local-cloud/endpoints.ts';
import { dropInvoice, dropSamples, ripeAmong, waits } from './drop.ts';
import { Erp } from './erp.ts';
import { differences, outcomeOf, type Outcome, type View } from './outcome.ts';
import { paperMaker } from './papers.ts';
import { readSamples, type RequestSample, type Sample } from './sample.ts';
import type { LocalCloud } from '../local-cloud/cloud.ts';

/** The connection that the samples name. */
const connection = 'example';

export interface PerformOptions {
  samples?: readonly Sample[];
  /** A folder whose PDFs replace ours. */
  documents?: string | undefined;
  onDropped?: (count: number) => void;
  onLook?: (look: Look) => void;
  signal?: AbortSignal | undefined;
}

/** How far the performance has come. */
export interface Look {
  day: number;
  ended: number;
  of: number;
  events: number;
}

export interface Performance {
  outcomes: { outcome: Outcome; differences: string[] }[];
  /** How many virtual days it took. */
  days: number;
  view: View;
}

/** Sends the samples to a running relay, from outside, until each has ended as its file says or time is up. */
export async function perform(relay: Relay, options: PerformOptions = {}): Promise<Performance> {
  const { samples = readSamples(), documents, onDropped, onLook, signal } = options;
  const { cloud, simulator } = relay;
  const [settings] = await readConnectionFiles([connection]);
  if (!settings) throw new Error(`there is no connection ${connection}`);
  const erp = new Erp(endpointsOf(relay));
  const answers = new Map(samples.flatMap((one) => ('request' in one ? [[one.request.number, one] as const] : [])));
  const look = async (): Promise<View> => {
    const events = await erp.readInbox();
    const { requests, orders } = erp;
    await answer(erp, requests, answers);
    return {
      records: await erp.readLedger(),
      ...{ events, requests, orders },
      deadLetters: await erp.readDeadLetters(),
      orders: erp.orders,
      inChorusPro: simulator?.model.effects.invoices ?? {},
    };
  };
  try {
    const settled = () => cloud.idle({ parked: 'leave' });
    const ask = simulator && ((request: RequestSample['request']) => void simulator.model.askValidation(request));
    const papers = paperMaker(settings, documents);
    const dropped = await dropSamples(samples, { erp, papers, settled, ask });
    const waiting = new Set(samples.filter(waits));
    onDropped?.(dropped.length);
    const dropRipe = async ({ records }: View) => {
      for (const sample of ripeAmong(waiting, { dropped, records })) {
        waiting.delete(sample);
        dropped.push((await dropInvoice(sample, { erp, papers })).dropped);
      }
    };
    const compared = (view: View) =>
      dropped.map((one) => {
        const outcome = outcomeOf(one, view);
        return { outcome, differences: differences(outcome) };
      });
    const ended = (view: View) => compared(view).filter((one) => one.differences.length === 0).length;
    const { view, days } = await untilEnded(cloud, {
      look: async () => {
        const view = await look();
        await dropRipe(view);
        return view;
      },
      isOver: (seen, day) => {
        const of = dropped.length + waiting.size;
        const progress = { day, ended: ended(seen), of, events: seen.events.length };
        onLook?.(progress);
        return progress.ended === progress.of;
      },
      signal,
    });
    for (const sample of waiting) dropped.push({ sample, messageId: 'never sent', invoice: sample.command.invoice });
    const outcomes = compared(view).sort((a, b) => (a.outcome.sample.name < b.outcome.sample.name ? -1 : 1));
    return { outcomes, days, view };
  } finally {
    erp.close();
  }
}

/** As the ERP's people do: each request is answered when it is heard of, once. */
async function answer(
  erp: Erp,
  heard: readonly ValidationEvent[],
  samples: Map<string | undefined, RequestSample>,
): Promise<void> {
  for (const { data } of heard) {
    const sample = samples.get(data.number);
    if (!sample) continue;
    samples.delete(data.number);
    const { subcontractor, number } = sample.request;
    const about = { type: 'validation.answer', version: 1, connection, request: { subcontractor, number } };
    await erp.send(JSON.stringify({ ...about, ...sample.answer }), connection);
  }
}

const hour = 3_600_000;
const longestDays = 40;

/**
 * When the ERP looks, in hours: often on the first day, when most of the routing happens, then twice a day. Before
 * each look the relay polls once, at the last time that its schedule says.
 */
function* lookHours(): Generator<number> {
  yield* [0.75, 4, 16, 24.5, 28];
  for (let hours = 40; hours <= longestDays * 24; hours += 12) yield hours;
}

interface Watching<Seen> {
  look: () => Promise<Seen>;
  isOver: (view: Seen, day: number) => boolean;
  signal?: AbortSignal | undefined;
}

/** Moves the cloud, and Chorus Pro with it, through time. @returns the last view and how many virtual days it took */
export async function untilEnded<Seen>(
  cloud: Pick<LocalCloud, 'advance'>,
  { look, isOver, signal }: Watching<Seen>,
): Promise<{ view: Seen; days: number }> {
  let at = 0;
  let view = await look();
  for (const hours of lookHours()) {
    if (isOver(view, at / 24)) break;
    signal?.throwIfAborted();
    await cloud.advance((hours - at) * hour, { catchUp: 'last' });
    at = hours;
    view = await look();
  }
  return { view, days: at / 24 };
}
