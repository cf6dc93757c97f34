/** `npm run pictures`: the pictures of docs/images/, from a real run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../infra/deployment.ts';
import { command } from '../command-line/command.ts';
import { runCommand } from '../command-line/run.ts';
import { progressOn } from '../command-line/terminal.ts';
import { commandPictures, dashboardOf, demoPicture, playedDemo, watchedRun } from './run.ts';

const folder = join(projectRoot, 'docs', 'images');

const pictures = command({
  about: `Plays the samples to a whole relay on this machine, and draws what a terminal and the dashboard show of it. A test
fails when they say anything else than the code does; numbers, ids and durations may differ from run to run.`,
  takes: {},
  exitCodes: { 0: 'written' },
  run: async () => {
    const progress = progressOn(process.stderr);
    progress.step('npm start …');
    const demo = demoPicture(await playedDemo());
    progress.step('a run that CloudWatch watches …');
    const run = await watchedRun((hours) => progress.update(`${hours.toFixed(0)} hours`));
    try {
      const drawn = { 'demo.svg': demo, 'dashboard.svg': dashboardOf(run.seen), ...(await commandPictures(run.relay)) };
      progress.end();
      await mkdir(folder, { recursive: true });
      for (const [file, svg] of Object.entries(drawn)) {
        await writeFile(join(folder, file), svg);
        console.log(`docs/images/${file}`);
      }
    } finally {
      await run.relay.stop();
    }
    return 0;
  },
});

process.exitCode = await runCommand('npm run -s pictures --', pictures, process.argv.slice(2));
