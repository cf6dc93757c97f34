import { parentPort } from 'node:worker_threads';
import * as z from 'zod';
import { reportOf } from './campaign.ts';
import { run, type Outcome } from './run.ts';

const seedsSchema = z.object({ from: z.int(), to: z.int() });

parentPort?.on('message', (message: unknown) => {
  const { from, to } = seedsSchema.parse(message);
  void play(from, to).then((outcomes) => parentPort?.postMessage(reportOf(outcomes)));
});

async function play(from: number, to: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let seed = from; seed < to; seed += 1) outcomes.push(await run(seed));
  return outcomes;
}
