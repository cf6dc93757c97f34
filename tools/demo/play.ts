import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bringUp, type Relay, type Step } from '../local-cloud/bring-up.ts';
import { DrivenClock } from '../local-cloud/index.ts';
import { perform } from './perform.ts';
import { progressOn } from './progress.ts';
import { endedWell, spoken, written } from './report.ts';

const usage = `usage: npm start -- [options]

Brings the whole relay up on this machine with a simulator of Chorus Pro, drops the sample invoices on its queue as an
ERP would, takes them through the weeks until each has reached its end, and shows what became of them.

  --documents DIR  send the PDFs of this folder, in turn, instead of ours
  --record FILE    write each request made to Chorus Pro, one {"path", "body"} a line, documents included
  --json           the result as JSON
  --help

exit codes: 0 every sample ended as its file says, 1 not so, 2 wrong usage, 130 stopped by Ctrl-C`;

/** After the samples' dates and before any password's end: the story is the same whenever it is told. */
const startOfStory = new Date('2026-11-23T09:00:00+01:00');

class WrongUsage extends Error {}

const options = {
  documents: { type: 'string' },
  record: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function parse() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parse>;

const steps: Record<Step, string> = {
  simulator: 'starting the simulator of Chorus Pro',
  template: 'building the functions, synthesising the template',
  cloud: 'bringing the cloud up',
  credentials: 'storing the credentials',
};

async function play(values: Values, signal: AbortSignal, hold: (relay: Relay) => void): Promise<boolean> {
  const { documents, record } = values;
  if (documents !== undefined && !statSync(documents, { throwIfNoEntry: false })?.isDirectory())
    throw new WrongUsage(`not a folder: ${documents}`);
  if (record !== undefined) writeFileSync(record, '');
  const progress = progressOn(process.stderr);
  const start = performance.now();
  const relay = await bringUp({
    clock: new DrivenClock({ start: startOfStory }),
    ...(record === undefined ? {} : { record: (request) => appendFileSync(record, `${JSON.stringify(request)}\n`) }),
    onStep: (step) => {
      signal.throwIfAborted();
      progress.step(`${steps[step]} …`);
    },
  });
  hold(relay);
  progress.step('uploading documents, dropping the samples on the queue …');
  let endedBefore = 0;
  const performed = await perform(relay, {
    documents,
    signal,
    onDropped: (count) => progress.step(`${count} messages dropped; time goes by …`),
    onLook: ({ day, ended, of, events }) => {
      const text = `day ${day.toFixed(1).padStart(4)}   ${ended} of ${of} at their end   ${events} events received`;
      progress.update(text, ended !== endedBefore);
      endedBefore = ended;
    },
  });
  progress.end();
  const seconds = (performance.now() - start) / 1000;
  const report = { performance: performed, seconds, calls: relay.simulator?.model.effects.calls ?? {} };
  console.log(values.json ? JSON.stringify(written(report), undefined, 2) : `\n${spoken(report, process.stdout)}`);
  return endedWell(performed);
}

async function main(values: Values): Promise<number> {
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<'stopped'>();
  let relay: Relay | undefined;
  const stop = () => {
    // A second Ctrl-C does not wait.
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    process.stderr.write('\nstopping …\n');
    if (relay) stopped.resolve('stopped');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const played = play(values, stopping.signal, (up) => {
    relay = up;
    if (stopping.signal.aborted) stopped.resolve('stopped');
  });
  try {
    const outcome = await Promise.race([played, stopped.promise]);
    return outcome === 'stopped' ? 130 : outcome ? 0 : 1;
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    throw error;
  } finally {
    played.catch(() => undefined);
    await relay?.stop();
  }
}

try {
  const values = parse();
  if (values.help) console.log(usage);
  else process.exitCode = await main(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof WrongUsage ? 2 : 1;
}
// What was interrupted mid-call may still be waiting for an answer that never comes.
if (process.exitCode === 130) process.exit();
