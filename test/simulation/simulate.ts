/** `npm run simulate`: schedules of faults by the thousand. */
import * as z from 'zod';
import { command, flag, option } from '../../tools/command-line/command.ts';
import { runCommand } from '../../tools/command-line/run.ts';
import { progressOn } from '../../tools/command-line/terminal.ts';
import { campaign } from './campaign.ts';
import { shrink, storyOf } from './failing-schedule.ts';
import { run } from './run.ts';

async function one(seed: number): Promise<number> {
  const outcome = await run(seed);
  const failed = outcome.violations.length > 0;
  console.log(storyOf(failed ? await shrink(outcome, run) : outcome));
  console.log(failed ? 'VIOLATED' : `held; at rest after ${outcome.hours.toFixed(1)} virtual hours`);
  return failed ? 1 : 0;
}

interface Many {
  schedules: number;
  from: number;
  json: boolean;
}

async function many({ schedules, from, json }: Many): Promise<number> {
  const progress = progressOn(process.stderr);
  let last = 0;
  const onProgress = (done: number) => {
    if (json || done - last < schedules / 20) return;
    last = done;
    progress.update(`${String(Math.round((100 * done) / schedules)).padStart(3)} %  ${done} schedules`, true);
  };
  const result = await campaign({ from, schedules, onProgress });
  progress.clear();
  if (json) console.log(JSON.stringify({ from, ...result }, undefined, 2));
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

const whole = z.coerce.number('is not a whole number').int('is not a whole number').min(0, 'is not a whole number');

const simulate = command({
  about: `Plays the relay against faults at every await, on a virtual clock, and checks after each step that nothing is
sent twice, lost, or told out of order.`,
  takes: {
    schedules: option('N', whole.min(1, 'is less than 1').default(2000), 'how many schedules (2000)'),
    from: option('N', whole.optional(), 'the first seed (random)'),
    seed: option('N', whole.optional(), 'one schedule again, told as a story, and shrunk if it fails'),
    json: flag('the figures as JSON'),
  },
  exitCodes: { 0: 'everything held', 1: 'a violation, whose shortest story is printed' },
  run: ({ seed, from = Math.floor(Math.random() * 1e9), ...given }) =>
    seed === undefined ? many({ from, ...given }) : one(seed),
});

process.exitCode = await runCommand('npm run simulate --', simulate, process.argv.slice(2));
