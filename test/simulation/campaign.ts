import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { Outcome } from './run.ts';

/** Many schedules, spread over the machine's processors. */
export interface Campaign {
  schedules: number;
  /** Seeds that failed, in order. */
  failed: number[];
  /** Faults that struck, by kind. */
  struck: Record<string, number>;
  accepted: number;
  virtualHours: number;
  seconds: number;
}

export interface CampaignOptions {
  /** The first seed; the others follow it. */
  from: number;
  schedules: number;
  onProgress?: (done: number) => void;
}

/** How many schedules a worker plays before it reports. */
const chunk = 250;

const reportSchema = z.object({
  played: z.int(),
  failed: z.array(z.int()),
  struck: z.record(z.string(), z.int()),
  accepted: z.int(),
  virtualHours: z.number(),
});
export type Report = z.infer<typeof reportSchema>;

export function reportOf(outcomes: readonly Outcome[]): Report {
  const struck: Record<string, number> = {};
  for (const { fault } of outcomes.flatMap(({ strikes }) => strikes)) struck[fault] = (struck[fault] ?? 0) + 1;
  for (const [trouble, times] of outcomes.flatMap(({ met }) => Object.entries(met)))
    struck[`${trouble} for all`] = (struck[`${trouble} for all`] ?? 0) + times;
  for (const [kind, times] of outcomes.flatMap(({ commands }) => Object.entries(commands)))
    if (times > 0) struck[kind] = (struck[kind] ?? 0) + times;
  return {
    played: outcomes.length,
    failed: outcomes.filter(({ violations }) => violations.length > 0).map(({ seed }) => seed),
    struck,
    accepted: outcomes.reduce((sum, { accepted }) => sum + accepted, 0),
    virtualHours: outcomes.reduce((sum, { hours }) => sum + hours, 0),
  };
}

export async function campaign({ from, schedules, onProgress }: CampaignOptions): Promise<Campaign> {
  const started = performance.now();
  const total: Campaign = { schedules: 0, failed: [], struck: {}, accepted: 0, virtualHours: 0, seconds: 0 };
  const end = from + schedules;
  let next = from;
  const take = () => {
    const first = next;
    next = Math.min(end, first + chunk);
    return next > first ? { from: first, to: next } : undefined;
  };
  const add = (report: Report) => {
    total.schedules += report.played;
    total.failed.push(...report.failed);
    total.accepted += report.accepted;
    total.virtualHours += report.virtualHours;
    for (const [fault, times] of Object.entries(report.struck))
      total.struck[fault] = (total.struck[fault] ?? 0) + times;
    onProgress?.(total.schedules);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, () => work(take, add)));
  total.failed.sort((a, b) => a - b);
  return { ...total, seconds: (performance.now() - started) / 1000 };
}

/** One worker: takes chunk after chunk until there are none. */
function work(take: () => { from: number; to: number } | undefined, add: (report: Report) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    const more = () => {
      const chunkOfSeeds = take();
      if (chunkOfSeeds) worker.postMessage(chunkOfSeeds);
      else void worker.terminate().then(() => resolve());
    };
    worker.on('message', (message: unknown) => {
      add(reportSchema.parse(message));
      more();
    });
    worker.on('error', reject);
    more();
  });
}
