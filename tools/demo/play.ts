/** `npm start`: plays the samples to a whole relay on this machine. */
import { once } from 'node:events';
import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { command, common, flag, textOption, WrongUsage } from '../command-line/command.ts';
import { runCommand } from '../command-line/run.ts';
import { progressOn } from '../command-line/terminal.ts';
import { bringUp, type Relay } from '../local-cloud/bring-up.ts';
import { DrivenClock } from '../local-cloud/index.ts';
import { stepTexts } from '../relay/local.ts';
import { perform, type Look } from './perform.ts';
import { endedWell, spoken, written } from './report.ts';

/** After the samples' dates and before any password expires, so that each run shows the same. */
const startOfStory = new Date('2026-11-23T09:00:00+01:00');

const texts = {
  fr: {
    dropping: 'téléversement des documents, mise des exemples dans la file …',
    dropped: (count: number) => `${count} messages dans la file ; le temps passe …`,
    look: ({ day, ended, of, events }: Look) =>
      `jour ${day.toFixed(1).replace('.', ',').padStart(4)}   ${ended} sur ${of} à leur terme   ${events} événements reçus`,
    calls: (look: string, calls: number) => `${look}   ${calls} appels à Chorus Pro`,
    desk: (url: string) => `Le bureau montre tout cela à l’adresse ${url}/ jusqu’à Ctrl-C.`,
    stopping: 'arrêt en cours …',
  },
  en: {
    dropping: 'uploading documents, dropping the samples on the queue …',
    dropped: (count: number) => `${count} messages dropped; time goes by …`,
    look: ({ day, ended, of, events }: Look) =>
      `day ${day.toFixed(1).padStart(4)}   ${ended} of ${of} at their end   ${events} events received`,
    calls: (look: string, calls: number) => `${look}   ${calls} calls to Chorus Pro`,
    desk: (url: string) => `The desk shows all this at ${url}/ until Ctrl-C.`,
    stopping: 'stopping …',
  },
} as const satisfies Record<Language, object>;

const noFolder = (name: string): Said => ({ fr: `n’est pas un dossier : ${name}`, en: `not a folder: ${name}` });

interface Given {
  documents?: string | undefined;
  record?: string | undefined;
  json: boolean;
  desk: boolean;
  language: Language;
}

async function play(given: Given, signal: AbortSignal, hold: (relay: Relay) => void): Promise<boolean> {
  const { documents, record, json, desk, language } = given;
  const say = texts[language];
  if (documents !== undefined && !statSync(documents, { throwIfNoEntry: false })?.isDirectory())
    throw new WrongUsage(noFolder(documents));
  if (record !== undefined) writeFileSync(record, '');
  const progress = progressOn(process.stderr);
  const start = performance.now();
  let endedBefore = 0;
  /** What the last line says; the calls since then are counted behind it. */
  let [last, calls] = ['', 0];
  const onCall = () => {
    calls += 1;
    if (last !== '') progress.update(say.calls(last, calls));
  };
  const relay = await bringUp({
    clock: new DrivenClock({ start: startOfStory }),
    desk,
    record: (request) => {
      if (record !== undefined) appendFileSync(record, `${JSON.stringify(request)}\n`);
      onCall();
    },
    onStep: (step) => {
      signal.throwIfAborted();
      progress.step(`${stepTexts[step][language]} …`);
    },
  });
  hold(relay);
  progress.step(say.dropping);
  const performed = await perform(relay, {
    documents,
    signal,
    onDropped: (count) => {
      progress.step(say.dropped(count));
      last = say.dropped(count);
    },
    onLook: (look) => {
      last = say.look(look);
      progress.update(last, look.ended !== endedBefore);
      endedBefore = look.ended;
    },
  });
  progress.end();
  const seconds = (performance.now() - start) / 1000;
  const report = { performance: performed, seconds, calls: relay.simulator?.model.effects.calls ?? {} };
  console.log(json ? JSON.stringify(written(report), undefined, 2) : `\n${spoken(report, process.stdout, language)}`);
  const url = relay.cloud.outputs['DeskUrl'];
  if (url !== undefined) {
    console.error(`\n${say.desk(url)}`);
    await once(signal, 'abort');
  }
  return endedWell(performed);
}

async function main(given: Given): Promise<number> {
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<'stopped'>();
  let relay: Relay | undefined;
  const stop = () => {
    // A second Ctrl-C does not wait.
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    process.stderr.write(`\n${texts[given.language].stopping}\n`);
    if (relay) stopped.resolve('stopped');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const played = play(given, stopping.signal, (up) => {
    relay = up;
    if (stopping.signal.aborted) stopped.resolve('stopped');
  });
  try {
    const outcome = await Promise.race([played, stopped.promise]);
    // What was interrupted may still end on its own, and not well.
    if (outcome === 'stopped' || stopping.signal.aborted) return 130;
    return outcome ? 0 : 1;
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    throw error;
  } finally {
    played.catch(() => undefined);
    await relay?.stop();
  }
}

const demo = command({
  about: `Brings the whole relay up on this machine with a simulator of Chorus Pro, drops the sample invoices on its queue as
an ERP would, lets the weeks go by until each has reached its end, and shows what became of them.`,
  takes: {
    documents: textOption('DIR', 'send the PDFs in this folder, in turn, instead of ours'),
    record: textOption(
      'FILE',
      'write each request made to Chorus Pro, one {"path", "body"} a line, documents included',
    ),
    desk: flag('at the end, shows the invoices in a browser too, until Ctrl-C'),
    language: common.language,
    json: common.json,
  },
  exitCodes: { 0: 'every sample ended as its file says', 1: 'one did not', 130: 'stopped by Ctrl-C' },
  run: main,
});

process.exitCode = await runCommand('npm start --', demo, process.argv.slice(2));
// What was interrupted mid-call may still be waiting for a response that never comes.
if (process.exitCode === 130) process.exit();
