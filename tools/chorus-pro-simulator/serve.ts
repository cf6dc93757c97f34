import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { drivenClock } from './time.ts';
import { exampleWorld, EXAMPLE_CREDENTIALS } from './example-world.ts';
import { createChorusPro } from './model.ts';
import { startChorusProServer } from './server.ts';

const USAGE = `usage: node tools/chorus-pro-simulator/serve.ts [--port 4100] [--speed 1440] [--record FILE]
  --speed   times faster than the machine's clock: at 1440 an invoice is paid within half an hour
  --record  one {"path", "body"} a line for each request; documents included, credentials not`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    speed: { type: 'string', default: '1' },
    record: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(USAGE);
} else {
  const clock = drivenClock({ start: Date.now(), follow: () => Date.now(), speed: Number(values.speed) });
  const model = createChorusPro({ clock, world: exampleWorld() });
  const { record } = values;
  const { url, tokenUrl } = await startChorusProServer({
    model,
    clock,
    port: Number(values.port),
    onRequest: (request) => {
      if (record !== undefined) appendFileSync(record, `${JSON.stringify(request)}\n`);
    },
  });
  const { clientId, clientSecret, technicalAccount, technicalPassword } = EXAMPLE_CREDENTIALS;
  console.log(`Chorus Pro simulator at ${url}, tokens at ${tokenUrl}, state at ${url}/simulator/state`);
  console.log(
    `client id ${clientId}, secret ${clientSecret}, account ${technicalAccount}, password ${technicalPassword}`,
  );
}
