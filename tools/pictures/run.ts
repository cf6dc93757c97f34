/** One run of the whole relay, watched by CloudWatch, and the pictures that are taken of it. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../../infra/deployment.ts';
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { dropInvoice, dropSamples, ripeAmong, waits, type Dropped } from '../demo/drop.ts';
import { Erp } from '../demo/erp.ts';
import { paperMaker } from '../demo/papers.ts';
import { readSamples, type Sample } from '../demo/sample.ts';
import { bringUp, type Relay } from '../local-cloud/bring-up.ts';
import { endpointsOf, writeEndpoints } from '../local-cloud/endpoints.ts';
import { DrivenClock } from '../local-cloud/index.ts';
import { CloudWatch } from '../local-cloud/monitoring/cloud-watch.ts';
import { dashboardPicture } from './dashboard-picture.ts';
import { widgetsOf, type Seen } from './dashboard.ts';
import { terminalPicture, type Terminal } from './terminal-picture.ts';

/** As `npm start`: after the samples' dates and before any password expires. */
const startOfStory = new Date('2026-11-23T09:00:00+01:00');

const hour = 3_600_000;

/** What the recipient sends back comes first, so that it is there before the dashboard's day ends. */
const samples = readSamples()
  .filter((sample) => !('repeats' in sample))
  .sort((a, b) => Number(isSentBack(b)) - Number(isSentBack(a)));

function isSentBack({ ends }: Sample): boolean {
  return 'motive' in ends;
}

/** An invoice each hour; then until the recipients of the first have answered. */
const [hoursBetween, hoursOfDashboard] = [1, 30];
/** By then everything has come to its end. */
const daysOfStory = 22;

export interface WatchedRun {
  relay: Relay;
  /** While the first invoices are on their way. */
  seen: Seen & { alarms: { count: number; ringing: string[] } };
}

/** An ERP that sends the samples one by one, and reads its inbox as often as the relay polls. It is up afterwards. */
export async function watchedRun(onTime: (hours: number) => void = () => undefined): Promise<WatchedRun> {
  const clock = new DrivenClock({ start: startOfStory });
  const watch = new CloudWatch(clock);
  const logs: string[] = [];
  const relay = await bringUp({ clock, watch, onLog: ({ line }) => void logs.push(line) });
  const { cloud } = relay;
  const erp = new Erp(endpointsOf(relay));
  const hours = () => (clock.now() - startOfStory.getTime()) / hour;
  const [settings] = await readConnectionFiles(['example']);
  if (!settings) throw new Error('there is no connection example');
  const dropping = { erp, papers: paperMaker(settings), settled: () => cloud.idle({ parked: 'leave' }) };
  const dropped: Dropped[] = [];
  const waiting = new Set(samples.filter(waits));
  const dropRipe = async () => {
    for (const sample of ripeAmong(waiting, { dropped, records: await erp.readLedger() })) {
      waiting.delete(sample);
      dropped.push((await dropInvoice(sample, dropping)).dropped);
    }
  };
  const goOnUntil = async (end: number, step: number) => {
    while (hours() < end) {
      await cloud.advance(Math.min(step, end - hours()) * hour, { catchUp: 'last' });
      await erp.readInbox();
      await dropRipe();
      await watch.observe(cloud);
      onTime(hours());
    }
  };
  for (const [i, sample] of samples.entries()) {
    dropped.push(...(await dropSamples([sample], dropping)));
    await goOnUntil((i + 1) * hoursBetween, 0.25);
  }
  await goOnUntil(hoursOfDashboard, 0.25);
  const { alarmCount: count, ringing, store } = watch;
  const seen = { resources: cloud.resources, store, logs, now: clock.now(), alarms: { count, ringing } };
  await goOnUntil(daysOfStory * 24, 12);
  erp.close();
  return { relay, seen };
}

/** What a command prints on a terminal as wide as this. */
async function printed(args: readonly string[], columns: number, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const terminal = `Object.assign(process.stdout, { isTTY: true, columns: ${columns} });`;
  const preload = `data:text/javascript,${encodeURIComponent(terminal)}`;
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    cwd: projectRoot,
    env: { ...process.env, FORCE_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const output = await text(child.stdout);
  if ((await ended) !== 0) throw new Error(`${args.join(' ')} failed:\n${output}`);
  return output;
}

type Shown = Omit<Terminal, 'output'>;

const demo: Shown = {
  title: 'npm start: what became of the sample invoices',
  description:
    'A terminal. One line for each sample: its invoice, recipient and amount, its state in the relay and in Chorus Pro, and the events that the ERP received. Below, what a person has to do, and that no invoice is in Chorus Pro twice.',
  command: 'npm start',
  columns: 200,
};

const commands: Readonly<Record<string, Shown>> = {
  'status-fr.svg': {
    title: 'npx relay status : les factures qui attendent une action',
    description:
      'Un terminal. Pour chaque facture : destinataire, net à payer, état et date ; en dessous, le sens de l’état, le motif du destinataire et la réponse possible. La dernière ligne donne le total restant à payer.',
    command: 'npx relay status --needs-action --language fr --local',
    columns: 128,
  },
  'check-fr.svg': {
    title: 'npx relay check : la chaîne d’une connexion, maillon par maillon',
    description:
      'Un terminal. Une ligne cochée pour chaque maillon, de PISTE au SIRET de chaque société, puis : Connexion avec Chorus Pro établie.',
    command: 'npx relay check example --language fr --local',
    columns: 128,
  },
};

/** @param report what `npm start` prints at its end */
export const demoPicture = (report: string): string => terminalPicture({ ...demo, output: report });

/** As fast as anybody's, for nobody watches it. */
export const playedDemo = (): Promise<string> => printed(['tools/demo/play.ts', '--language', 'en'], demo.columns);

export const dashboardOf = (seen: WatchedRun['seen']): string =>
  dashboardPicture({
    title: 'CloudWatch: the dashboard of a stage',
    description:
      'Graphs of what becomes of invoices, of ages, errors, retries and calls to Chorus Pro; a table of the invoices that wait for somebody; the days that credentials have left; and the alarms.',
    widgets: widgetsOf(seen),
    ...seen,
  });

/** What the operator's commands print of a relay: file → SVG. */
export async function commandPictures(relay: Relay): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  try {
    await writeEndpoints(endpointsOf(relay), join(folder, 'endpoints.json'));
    const pictures: Record<string, string> = {};
    for (const [file, shown] of Object.entries(commands)) {
      const [, , ...args] = shown.command.split(' ');
      const environment = { RELAY_LOCAL: folder, XDG_STATE_HOME: folder };
      const output = await printed(['tools/relay/relay.ts', ...args], shown.columns, environment);
      pictures[file] = terminalPicture({ ...shown, output });
    }
    return pictures;
  } finally {
    await rm(folder, { recursive: true });
  }
}
