/** Both stacks take turns, round by round, so that a machine whose speed varies favours neither. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../figure.ts';
import { startsOf, type Starts } from '../start.ts';
import { Arena, type Load, type Ran } from './arena.ts';
import { buildSides, sideNames, type SideName } from './sides.ts';

/** The least, the median and the most of several rounds. */
export interface Spread {
  least: number;
  median: number;
  most: number;
}

/** Of one invoice. */
const measures = {
  work: ({ work }: Ran) => work,
  wall: ({ ms }: Ran) => ms,
  chorusProWork: ({ chorusProWork }: Ran) => chorusProWork,
  awsWork: ({ awsWork }: Ran) => awsWork,
  bytesToAws: ({ bytesIn }: Ran) => bytesIn,
  bytesFromAws: ({ bytesOut }: Ran) => bytesOut,
  logBytes: ({ logBytes }: Ran) => logBytes,
} as const;
type Measured = keyof typeof measures;

export interface Cell {
  load: Load;
  of: Record<SideName, Record<Measured, Spread> & { rss: number; requests: Record<string, number> }>;
}

export interface Contest {
  /** ISO. */
  on: string;
  node: string;
  bytes: Record<SideName, number>;
  starts: Starts;
  /** By latency and batch. */
  pace: Cell[];
  /** By the size of the document. */
  sizes: Cell[];
  /** Ten invoices of one connection at a time, and one after the other. */
  alone: Cell[];
}

const spreadOf = (values: readonly number[]): Spread => ({
  least: Math.min(...values),
  median: median(values),
  most: Math.max(...values),
});

const usualLoad = { kilobytes: 50, connections: 10, latency: 0, batch: 1 };
/** How long a side may take for a round: milliseconds. */
const roundMs = 1_000;
const callsOfAnInvoice = 2;

/** As many invoices as a round has time for, in whole batches. */
function loadOf(given: Partial<Omit<Load, 'invoices'>>): Load {
  const load = { ...usualLoad, ...given };
  const ownMs = 20 * load.batch * (1 + load.kilobytes / 1_000);
  const batches = Math.ceil(roundMs / (callsOfAnInvoice * load.latency + ownMs));
  return { ...load, invoices: load.batch * Math.min(batches, 100) };
}

async function measureCell(arena: Arena, load: Load, rounds: number): Promise<Cell> {
  const ran: Record<SideName, Ran[]> = { ours: [], usual: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const side of sideNames) ran[side].push(await arena.run(side, load));
  const each = (runs: readonly Ran[], of: (one: Ran) => number) => spreadOf(runs.map((one) => of(one) / load.invoices));
  const cellOf = (runs: readonly Ran[]) => ({
    work: each(runs, measures.work),
    wall: each(runs, measures.wall),
    chorusProWork: each(runs, measures.chorusProWork),
    awsWork: each(runs, measures.awsWork),
    bytesToAws: each(runs, measures.bytesToAws),
    bytesFromAws: each(runs, measures.bytesFromAws),
    logBytes: each(runs, measures.logBytes),
    rss: median(runs.map(({ rss }) => rss)),
    requests: requestsOf(runs, load),
  });
  return { load, of: { ours: cellOf(ran.ours), usual: cellOf(ran.usual) } };
}

/** By action, for one invoice. */
function requestsOf(runs: readonly Ran[], { invoices }: Load): Record<string, number> {
  const actions = new Set(runs.flatMap(({ requests }) => Object.keys(requests)));
  const of = (action: string) => median(runs.map(({ requests }) => requests[action] ?? 0)) / invoices;
  return Object.fromEntries([...actions].sort().map((action) => [action, of(action)]));
}

export async function holdContest(tell: (what: string) => void): Promise<Contest> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-bench-'));
  try {
    tell('the two bundles');
    const bundles = await buildSides(folder);
    tell('starts');
    const starts = await startsOf(folder, bundles);
    await using arena = new Arena();
    await arena.open(bundles);
    const cells = async (rounds: number, wanted: readonly Partial<Omit<Load, 'invoices'>>[]) => {
      const measured: Cell[] = [];
      for (const given of wanted) {
        const load = loadOf(given);
        tell(`${load.latency} ms a call, batches of ${load.batch}, ${load.kilobytes} KB`);
        measured.push(await measureCell(arena, load, rounds));
      }
      return measured;
    };
    tell('warm');
    for (const side of sideNames) await arena.run(side, { ...loadOf({}), invoices: 200 });
    const pace = await cells(
      3,
      [0, 100, 300, 1_000].flatMap((latency) => [1, 5, 10].map((batch) => ({ latency, batch }))),
    );
    const alone = await cells(3, [{ connections: 1, latency: 100, batch: 10 }]);
    const sizes = await cells(
      3,
      [10, 100, 1_000, 9_500].map((kilobytes) => ({ kilobytes })),
    );
    const bytes = { ours: bundles.ours.bytes, usual: bundles.usual.bytes };
    return { on: new Date().toISOString(), node: process.version, bytes, starts, pace, alone, sizes };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the calls of a batch alone take, each at the same time as those of its neighbours: of the pace, as a share. */
export const shareOfIdeal = ({ load, of }: Cell, side: SideName, callsAtOnce = load.batch): number =>
  (callsOfAnInvoice * load.latency) / callsAtOnce / of[side].wall.median;
