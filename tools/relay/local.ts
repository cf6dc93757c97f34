/** `npx relay local`: the whole relay on this machine, until Ctrl-C; `npx relay invoke`: one of its functions, now. */
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import * as z from 'zod';
import { readFile } from 'node:fs/promises';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { deploymentFrom, projectContext } from '../../infra/deployment.ts';
import { command, common, flag, nearest, notUp, option, textOption, WrongUsage } from '../command-line/command.ts';
import { progressOn, proseWidth } from '../command-line/terminal.ts';
import type { RealServer, Step } from '../local-cloud/bring-up.ts';
import {
  claimEndpoints,
  endpointsFile,
  endpointsOf,
  logFile,
  removeEndpoints,
  writeEndpoints,
  type Endpoints,
} from '../local-cloud/endpoints.ts';
import { realClock } from '../local-cloud/clock.ts';
import type { LogLine } from '../local-cloud/lambda/lambda-function.ts';
import { CloudWatch } from '../local-cloud/monitoring/cloud-watch.ts';
import type { Mail } from '../local-cloud/services/mails.ts';
import { practiceWorld } from '../chorus-pro-simulator/index.ts';
import { companiesOf } from '../local-cloud/simulator.ts';
import { cannotRead, credentialsIn } from './read-credentials.ts';
import { givenServer, serverOptions, type GivenServer, localEndpoints, relayIsNotUp } from './targets.ts';
import { practiceWith, welcome } from './welcome.ts';
import { readConnectionFiles } from '../../infra/connection-files.ts';

type Given = GivenServer & { 'no-simulator': boolean; record?: string | undefined };

/** @returns undefined for the simulator */
function serverFrom({ 'no-simulator': noSimulator, record, ...given }: Given): RealServer | undefined {
  const server = givenServer(given);
  if (!server && !noSimulator) return undefined;
  if (record !== undefined)
    throw new WrongUsage({ fr: '--record ne vaut que pour le simulateur', en: '--record is for the simulator' });
  const { missing, credentials } = credentialsIn(process.env);
  if (!credentials)
    throw new WrongUsage({
      fr: `un vrai serveur demande des identifiants : définissez ${missing.join(', ')}`,
      en: `a real server needs credentials: set ${missing.join(', ')}`,
    });
  return { ...server, credentials };
}

/** What is printed before each step of bringing the relay up. */
export const stepTexts: Readonly<Record<Step, Said>> = {
  simulator: { fr: 'démarrage du simulateur de Chorus Pro', en: 'starting the simulator of Chorus Pro' },
  template: {
    fr: 'assemblage des fonctions, synthèse du modèle',
    en: 'building the functions, synthesising the template',
  },
  cloud: { fr: 'mise en marche du cloud local', en: 'bringing the cloud up' },
  connections: { fr: 'enregistrement des connexions', en: 'storing the connections' },
};
/** On the screen, where nothing is sent. */
const mailTexts = {
  fr: ({ to, subject, text }: Mail) => `courriel à ${to}, objet : ${subject}\n${setIn(text)}`,
  en: ({ to, subject, text }: Mail) => `mail to ${to}, subject: ${subject}\n${setIn(text)}`,
} as const satisfies Record<Language, object>;
const setIn = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

const stopping: Said = { fr: 'arrêt en cours …', en: 'stopping …' };
const over: Said = { fr: 'arrêté', en: 'stopped' };

/** A file in this folder, without it. */
function fromHere(file: string): string {
  const path = relative('', file);
  return path.startsWith('..') ? file : path;
}

const portSchema = z.coerce.number().int().min(0).max(65_535);
const noPort: Said = { fr: 'n’est pas un port', en: 'is not a port' };

/** Also while the relay is still coming up: then it stops once it is up. A second Ctrl-C ends the process at once. */
function firstSignal(language: Language): AbortSignal {
  const stopped = new AbortController();
  const stop = () => {
    console.error(`\n${stopping[language]}`);
    stopped.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return stopped.signal;
}

export const local = command({
  about: `Builds the functions, synthesises the template and brings the whole relay up on this machine, with a simulator of
Chorus Pro, until Ctrl-C. While it is up, .local/endpoints.json says where everything is. The simulator has the companies
of the connections that cdk.json names, and any recipient.`,
  takes: {
    ...serverOptions,
    'no-simulator': flag('AIFE’s own servers, as the connections say'),
    record: textOption('FILE', 'append each request to the simulator, one {"path", "body"} a line, documents included'),
    port: option('N', portSchema.default(0), 'where AWS listens on 127.0.0.1; a free port by default', noPort),
    language: common.language,
    json: flag('where everything is as JSON, with the credentials and recipients to practise with'),
  },
  notes: `What the functions log is in .local/relay.log, and warnings and errors on the screen too: grep POLL_STOPPED
.local/relay.log finds a code.

RELAY_LOCAL names another folder than .local, also to the commands that talk to this relay: so two can be up.

Without the simulator the credentials come from PISTE_CLIENT_ID, PISTE_CLIENT_SECRET, CHORUS_PRO_LOGIN and
CHORUS_PRO_PASSWORD.`,
  exitCodes: { 0: 'stopped by Ctrl-C, of which npx and npm make 130', 1: 'could not come up, or another relay is up' },
  run: async ({ json, port, record, language, ...given }) => {
    const server = serverFrom({ ...given, record });
    await claimEndpoints();
    const stopped = firstSignal(language);
    const progress = progressOn(process.stderr);
    const log = logFile();
    writeFileSync(log, '');
    const onLog = ({ function: name, line }: LogLine) => {
      // Metrics are log lines too, but not meant for people; nor is how functions end once they are stopped.
      if (line.includes('"_aws"') || stopped.aborted) return;
      appendFileSync(log, `${name}  ${line}\n`);
      // A screen has the addresses, and what somebody should know.
      if (!line.includes('"level":"INFO"')) console.error(`${name}  ${line}`);
    };
    // Imported only when needed: the CDK takes a second to load.
    const { bringUp } = await import('../local-cloud/bring-up.ts');
    const clock = realClock();
    const context = projectContext();
    const { connections } = deploymentFrom(context);
    const settings = await readConnectionFiles(connections);
    const companies = companiesOf(settings);
    const works = settings.some((one) => one.works !== undefined);
    const practice = server ? undefined : practiceWith(companies, { works });
    const relay = await bringUp({
      ...{ context, clock, watch: new CloudWatch(clock) },
      world: practiceWorld(companies, Date.now()),
      desk: true,
      ...(server ? { chorusPro: server } : {}),
      ...(record === undefined ? {} : { record: (request) => appendFileSync(record, `${JSON.stringify(request)}\n`) }),
      port,
      onLog,
      onMail: (mail) => console.error(mailTexts[language](mail)),
      onStep: (step) => (stopped.aborted ? undefined : progress.step(`${stepTexts[step][language]} …`)),
    });
    if (!stopped.aborted) await relay.cloud.runSchedules();
    progress.end();
    const endpoints = endpointsOf(relay, server);
    try {
      await writeEndpoints(endpoints);
      if (!stopped.aborted) {
        const files = { addresses: fromHere(endpointsFile()), log: fromHere(log) };
        const width = proseWidth(process.stdout);
        const screen = () => welcome(endpoints, { connections, practice, files, language, width });
        console.log(json ? JSON.stringify({ ...endpoints, practice }) : screen());
        await once(stopped, 'abort');
      }
      await removeEndpoints(endpoints);
    } finally {
      // What still runs would keep the process alive.
      await relay.stop();
    }
    console.error(over[language]);
    return 0;
  },
});

async function eventFrom(given: string | undefined): Promise<string> {
  if (given === undefined) return '{}';
  const text = given.trimStart().startsWith('{')
    ? given
    : await readFile(given, 'utf8').catch(() => {
        throw new WrongUsage(cannotRead(given));
      });
  try {
    JSON.parse(text);
  } catch (error) {
    throw new WrongUsage({
      fr: `l’événement n’est pas du JSON : ${String(error)}`,
      en: `the event is not JSON: ${String(error)}`,
    });
  }
  return text;
}

async function responseOf({ endpoint, region }: Endpoints, name: string, event: string): Promise<Response> {
  const scope = `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/${region}/lambda/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=operator/${scope}, SignedHeaders=host, Signature=none`;
  const url = `${endpoint}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  try {
    return await fetch(url, { method: 'POST', headers: { authorization }, body: event });
  } catch {
    throw relayIsNotUp();
  }
}

export const invoke = command({
  about: 'Invokes a function of the relay that "npx relay local" has brought up, and prints its response.',
  takes: {
    function: option('function', z.string(), 'its name, or the end of it: take-turns'),
    event: textOption('event', 'a JSON file, or the JSON itself: \'{"inline": "event"}\''),
    json: flag('the response on one line'),
  },
  positionals: ['function', 'event'],
  exitCodes: { 0: 'the function succeeded', 1: 'the function failed', [notUp.code]: notUp.about },
  run: async ({ function: name, event: given, json }) => {
    const event = await eventFrom(given);
    const endpoints = await localEndpoints();
    const response = await responseOf(endpoints, name, event);
    const payload: unknown = await response.json();
    if (response.status === 404) {
      const known = endpoints.functions.map((full) => full.split('-').slice(-2).join('-'));
      const near = nearest(name, known);
      throw new WrongUsage({
        fr: `il n’y a pas de fonction « ${name} »${near.fr}\nil y a : ${known.join(', ')}`,
        en: `there is no function "${name}"${near.en}\nthere are: ${known.join(', ')}`,
      });
    }
    console.log(JSON.stringify(payload, undefined, json ? undefined : 2));
    return response.ok && !response.headers.has('x-amz-function-error') ? 0 : 1;
  },
});
