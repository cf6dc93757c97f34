/** `npm run pictures`: the pictures of docs/images/, from a real run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../infra/deployment.ts';
import { command } from '../command-line/command.ts';
import { runCommand } from '../command-line/run.ts';
import { progressOn } from '../command-line/terminal.ts';
import { browserPath } from './browser.ts';
import { deskPictures } from './desk-pictures.ts';
import { commandPictures, dashboardOf, demoPicture, playedDemo, watchedRun } from './run.ts';

const folder = join(projectRoot, 'docs', 'images');

async function writeAll(drawn: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [file, picture] of Object.entries(drawn)) {
    await writeFile(join(folder, file), picture);
    console.log(`docs/images/${file}`);
  }
}

const pictures = command({
  about: `Plays the samples to a whole relay on this machine, and draws what a terminal and the dashboard show of it, and, where there is a Chromium, the desk. A test
fails when they say anything else than the code does; numbers, ids and durations may differ from run to run.`,
  takes: {},
  exitCodes: { 0: 'written' },
  run: async () => {
    const progress = progressOn(process.stderr);
    await mkdir(folder, { recursive: true });
    if (browserPath === undefined) console.error('No Chromium here: the pictures of the desk stay as they are.');
    else {
      progress.step('the desk …');
      await writeAll(await deskPictures());
    }
    progress.step('npm start …');
    const demo = demoPicture(await playedDemo());
    progress.step('a run that CloudWatch watches …');
    const run = await watchedRun((hours) => progress.update(`${hours.toFixed(0)} hours`));
    try {
      const drawn = { 'demo.svg': demo, 'dashboard.svg': dashboardOf(run.seen), ...(await commandPictures(run.relay)) };
      progress.end();
      await writeAll(drawn);
    } finally {
      await run.relay.stop();
    }
    return 0;
  },
});

process.exitCode = await runCommand('npm run -s pictures --', pictures, process.argv.slice(2));
