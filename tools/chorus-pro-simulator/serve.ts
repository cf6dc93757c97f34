/** The simulator on its own: `node tools/chorus-pro-simulator/serve.ts`, until Ctrl-C. */
import { appendFileSync } from 'node:fs';
import * as z from 'zod';
import { command, option, textOption } from '../command-line/command.ts';
import { runCommand } from '../command-line/run.ts';
import { EXAMPLE_CREDENTIALS } from './example-world.ts';
import { createChorusPro } from './model.ts';
import { startChorusProServer } from './server.ts';
import { drivenClock } from './time.ts';

const serve = command({
  about: 'Simulates Chorus Pro and PISTE over HTTP on this machine, until Ctrl-C.',
  takes: {
    port: option('PORT', z.coerce.number().int().min(0).max(65_535).default(4100), '4100 by default'),
    speed: option(
      'TIMES',
      z.coerce.number().positive().default(1),
      'times faster than the machine’s clock: at 1440 an invoice is paid within half an hour',
    ),
    record: textOption('FILE', 'write one {"path", "body"} a line for each request: documents, but no credentials'),
  },
  exitCodes: { 0: 'it was stopped' },
  run: async ({ port, speed, record }) => {
    const clock = drivenClock({ start: Date.now(), follow: () => Date.now(), speed });
    const { url, tokenUrl } = await startChorusProServer({
      model: createChorusPro({ clock }),
      port,
      passTime: (milliseconds) => {
        clock.advance(milliseconds);
        return Promise.resolve();
      },
      onRequest: (request) => {
        if (record !== undefined) appendFileSync(record, `${JSON.stringify(request)}\n`);
      },
    });
    const { clientId, clientSecret, technicalAccount, technicalPassword } = EXAMPLE_CREDENTIALS;
    console.log(`Chorus Pro simulator at ${url}, tokens at ${tokenUrl}, state at ${url}/simulator/state`);
    console.log(
      `client id ${clientId}, secret ${clientSecret}, account ${technicalAccount}, password ${technicalPassword}`,
    );
    return 0;
  },
});

process.exitCode = await runCommand('node tools/chorus-pro-simulator/serve.ts', serve, process.argv.slice(2));
