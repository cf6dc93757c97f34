import { readConnectionFiles } from '../../infra/connection-files.ts';
import type { Relay } from '../local-cloud/bring-up.ts';
import { endpointsOf } from '../local-cloud/endpoints.ts';
import { dropSamples } from './drop.ts';
import { Erp } from './erp.ts';
import { differences, outcomeOf, type Outcome, type View } from './outcome.ts';
import { paperMaker } from './papers.ts';
import { readSamples, type Sample } from './sample.ts';
import { untilEnded } from './watch.ts';

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

/** How far it has come. */
interface Look {
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
  const look = async (): Promise<View> => ({
    records: await erp.readLedger(),
    events: await erp.readInbox(),
    deadLetters: await erp.readDeadLetters(),
    inChorusPro: simulator?.model.effects.invoices ?? {},
  });
  try {
    const settled = () => cloud.idle({ parked: 'leave' });
    const dropped = await dropSamples(samples, { erp, papers: paperMaker(settings, documents), settled });
    onDropped?.(dropped.length);
    const compared = (view: View) =>
      dropped.map((one) => {
        const outcome = outcomeOf(one, view);
        return { outcome, differences: differences(outcome) };
      });
    const ended = (view: View) => compared(view).filter((one) => one.differences.length === 0).length;
    const { view, days } = await untilEnded(cloud, {
      look,
      isOver: (seen, day) => {
        const progress = { day, ended: ended(seen), of: dropped.length, events: seen.events.length };
        onLook?.(progress);
        return progress.ended === progress.of;
      },
      signal,
    });
    const outcomes = compared(view).sort((a, b) => (a.outcome.sample.name < b.outcome.sample.name ? -1 : 1));
    return { outcomes, days, view };
  } finally {
    erp.close();
  }
}
