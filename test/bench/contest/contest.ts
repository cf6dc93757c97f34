/** Both stacks take turns, round by round, so that a machine whose speed varies favours neither. */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../figure.ts';
import { startsOf, type Starts } from '../start.ts';
import { Arena, mostConnections, type Load, type Ran } from './arena.ts';
import { growth, type Grown } from './growth.ts';
import { linesMeasured, type Lines } from './lines.ts';
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

export type OfOne = Record<Measured, Spread> & { rss: number; requests: Record<string, number> };

export interface Cell {
  load: Load;
  of: Record<SideName, OfOne>;
}

export interface Contest {
  /** ISO. */
  on: string;
  node: string;
  /** Programs that wanted a processor at the same time, on average. */
  busy: number;
  bytes: Record<SideName, number>;
  starts: Starts;
  /** By latency and batch. */
  pace: Cell[];
  /** By the size of the document. */
  sizes: Cell[];
  /** Ten invoices of one connection at a time, and fifty of fifty connections. */
  alone: Cell[];
  wide: Cell[];
  /** The first invoice of each of a thousand connections in one function, and their second. */
  crowd: { first: OfOne; second: OfOne };
  grown: Grown[];
  lines: Lines[];
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
  return { load, of: { ours: ofOne(ran.ours, load), usual: ofOne(ran.usual, load) } };
}

function ofOne(runs: readonly Ran[], load: Load): OfOne {
  const each = (of: (one: Ran) => number) => spreadOf(runs.map((one) => of(one) / load.invoices));
  return {
    work: each(measures.work),
    wall: each(measures.wall),
    chorusProWork: each(measures.chorusProWork),
    awsWork: each(measures.awsWork),
    bytesToAws: each(measures.bytesToAws),
    bytesFromAws: each(measures.bytesFromAws),
    logBytes: each(measures.logBytes),
    rss: median(runs.map(({ rss }) => rss)),
    requests: requestsOf(runs, load),
  };
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
    const wide = await cells(2, [{ connections: 50, latency: 100, batch: 50 }]);
    tell(`${mostConnections} connections`);
    const all = { ...usualLoad, connections: mostConnections, invoices: mostConnections, batch: 10, kilobytes: 10 };
    const [first, second] = [await arena.run('ours', all), await arena.run('ours', all)];
    const crowd = { first: ofOne([first], all), second: ofOne([second], all) };
    const grown = await growth(tell);
    const lines = linesMeasured();
    const bytes = { ours: bundles.ours.bytes, usual: bundles.usual.bytes };
    const on = new Date().toISOString();
    const [, busy = 0] = loadavg();
    return { on, node: process.version, busy, bytes, starts, pace, alone, wide, sizes, crowd, grown, lines };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the calls of a batch alone take, each at the same time as those of its neighbours: of the pace, as a share. */
export const shareOfIdeal = ({ load, of }: Cell, side: SideName, callsAtOnce = load.batch): number =>
  (callsOfAnInvoice * load.latency) / callsAtOnce / of[side].wall.median;

export function cellAt(cells: readonly Cell[], latency: number, batch: number): Cell {
  const found = cells.find(({ load }) => load.latency === latency && load.batch === batch);
  if (!found) throw new Error('this load was not measured');
  return found;
}
