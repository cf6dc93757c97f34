import { parseArgs } from 'node:util';
import { campaign } from './campaign.ts';
import { shrink, storyOf } from './failing-schedule.ts';
import { run } from './run.ts';

const help = `npm run simulate -- [options]

Plays the relay against faults at every await, on a virtual clock, and checks after each step that nothing is
sent twice, lost, or told out of order.

  --schedules N   how many schedules (2000)
  --from N        the first seed (random)
  --seed N        one schedule again, told as a story, shrunk if it fails
  --json          the figures as JSON
  --help

Exit code 0: everything held. 1: a violation, whose shortest story is printed. 2: wrong options.`;

const options = {
  schedules: { type: 'string', default: '2000' },
  from: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<number> {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  return values.seed === undefined ? many(values) : one(Number(values.seed));
}

async function one(seed: number): Promise<number> {
  const outcome = await run(seed);
  const failed = outcome.violations.length > 0;
  console.log(storyOf(failed ? await shrink(outcome, run) : outcome));
  console.log(failed ? 'VIOLATED' : `held; at rest after ${outcome.hours.toFixed(1)} virtual hours`);
  return failed ? 1 : 0;
}

async function many(values: { schedules: string; from?: string; json: boolean }): Promise<number> {
  const from = values.from === undefined ? Math.floor(Math.random() * 1e9) : Number(values.from);
  const schedules = Number(values.schedules);
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(schedules) || schedules < 1) {
    console.error('--schedules and --from take whole numbers; see --help');
    return 2;
  }
  let told = 0;
  const onProgress = (done: number) => {
    if (values.json || done - told < schedules / 20) return;
    told = done;
    console.log(`${String(Math.round((100 * done) / schedules)).padStart(3)} %  ${done} schedules`);
  };
  const result = await campaign({ from, schedules, onProgress });
  if (values.json) console.log(JSON.stringify({ from, ...result }, undefined, 2));
  else
    console.log(
      [
        `${result.schedules} schedules from seed ${from} in ${result.seconds.toFixed(0)} s: ${result.failed.length} violations`,
        `${result.accepted} invoices accepted, ${Math.round(result.virtualHours)} virtual hours`,
        ...Object.entries(result.struck)
          .sort(([, a], [, b]) => b - a)
          .map(([fault, times]) => `  ${fault.padEnd(18)} ${String(times).padStart(9)}`),
      ].join('\n'),
    );
  const [first] = result.failed;
  return first === undefined ? 0 : one(first);
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
