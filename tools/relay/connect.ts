/** `npx relay connect`: stores a connection in the cloud as its file has it, once the deployed relay has checked it. */
import { userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import { secretNameOf, type ConnectionSettings } from '../../shared/connection/settings.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import type { ConnectionFile } from '../../infra/connection-files.ts';
import { connectionStackName, erpPolicy, ownInbox, physicalName } from '../../infra/names.ts';
import { aboutAws, command, common, Failure, flag, inEnglish, option, textOption } from '../command-line/command.ts';
import { hinted } from '../command-line/local-hints.ts';
import { paintFor, widthOf } from '../command-line/terminal.ts';
import type { Endpoints } from '../local-cloud/endpoints.ts';
import { withLocalPeople } from '../local-cloud/people.ts';
import { askCheck } from './ask-check.ts';
import { connectConnection, saidChanges, undoChange, type Changing, type Connected } from './change-connection.ts';
import { spokenCheck, spokenSteps, type Speaking } from './check.ts';
import type { Owner } from './connection-secret.ts';
import { credentialsOf } from './credentials.ts';
import { isInTemplate, spokenNext, writtenNext } from './next-steps.ts';
import { ledgerTable } from './read-ledger.ts';
import { rotationFunctionOf, storeCredentials } from './store-credentials.ts';
import {
  chosenStage,
  connectionArgument,
  connectionFile,
  findQueue,
  serverFor,
  serverOptions,
  type Server,
} from './targets.ts';

/** Who changes a connection. */
export const changer = () =>
  option(
    'NAME',
    z
      .string()
      .min(1)
      .max(100)
      .default(() => userInfo().username),
    'who says so; by default, you',
    { fr: 'doit avoir de 1 à 100 caractères', en: 'must have 1 to 100 characters' },
  );

const patienceMs = 180_000;

const outcomes = {
  connected: { fr: 'Connectée', en: 'Connected' },
  changed: { fr: 'Modifiée', en: 'Changed' },
  unchanged: { fr: 'Inchangée', en: 'Unchanged' },
  'not established': { fr: 'Rien n’a été enregistré', en: 'Nothing was stored' },
} as const satisfies Readonly<Record<Connected['result'], Said>>;

/** A message that comes before is still read by the settings of before. */
const readSoon: Said = {
  fr: ' Les fonctions en tiennent compte dans la minute : n’envoyez qu’ensuite.',
  en: ' The functions read it within a minute: send only then.',
};

/** Whose version it is, and since when: the last change's, whoever runs the command now. */
function versionSaid({ result, stored }: Connected): Said {
  const said = outcomes[result];
  if (!stored) return { fr: `${said.fr}.`, en: `${said.en}.` };
  const { version, changedBy, changedAt } = stored;
  const at = changedAt.slice(0, 16).replace('T', ' ');
  const soon = result === 'unchanged' ? { fr: '', en: '' } : readSoon;
  return {
    fr: `${said.fr} : version ${version}, ${changedBy}, ${at} UTC.${soon.fr}`,
    en: `${said.en}: version ${version}, ${changedBy}, ${at} UTC.${soon.en}`,
  };
}

const credentialsSaid = (stage: string, connection: string): Said => ({
  fr: `Il n’y a pas encore d’identifiants (${secretNameOf(stage, connection)}) : « npx relay credentials ${connection} ». Jusque-là, ses messages attendent, et rien n’est contrôlé, pas même les SIRET : ensuite, « npx relay check ${connection} ».`,
  en: `There are no credentials yet (${secretNameOf(stage, connection)}): "npx relay credentials ${connection}". Until then its messages wait, and nothing is checked, not even the SIRETs: afterwards, "npx relay check ${connection}".`,
});

const inboxSaid = (stack: string): Said => ({
  fr: `Sa propre boîte de réception n’existe pas encore : « npx cdk deploy ${stack} ». Jusque-là, ses événements attendent dans le registre.`,
  en: `Its own inbox is not there yet: "npx cdk deploy ${stack}". Its events wait in the ledger until then.`,
});

/** The stack that has yet to be deployed, for the events of a connection with an inbox of its own to go anywhere. */
export async function missingStack(
  { name, inbox }: Pick<ConnectionSettings, 'name' | 'inbox'>,
  stage: string,
  sqs: SQSClient,
): Promise<string | undefined> {
  if (inbox !== 'own' || (await findQueue(sqs, stage, ownInbox(name))) !== undefined) return undefined;
  return connectionStackName(stage, name);
}

/** The local relay's desk has people of this machine, who would lose sight of a connection without them. */
export const atDesk = (file: ConnectionFile, endpoints: Pick<Endpoints, 'outputs'> | undefined): ConnectionFile =>
  endpoints?.outputs['DeskUrl'] === undefined ? file : withLocalPeople(file);

/** What else a new connection needs: its rights, its mails and its inbox are a stack, which a deployment makes. */
export function missingInTemplate({ stage, connection }: Owner, local: boolean): Said[] {
  const named: Said = {
    fr: `ajoutez « ${connection} » à la liste des connexions (connections) dans cdk.json`,
    en: `add "${connection}" to "connections" in cdk.json`,
  };
  if (local)
    return [
      named,
      {
        fr: 'redémarrez « npx relay local » : il crée alors les droits de son ERP et ses courriels',
        en: 'start "npx relay local" again: it then makes the rights of its ERP, and its mails',
      },
    ];
  return [
    named,
    inEnglish(`npx cdk deploy ${connectionStackName(stage, connection)} -c stage=${stage} -c only=${connection}`),
    {
      fr: `attachez la politique ${physicalName(stage, erpPolicy(connection))} à l’identité de l’ERP, qui ne peut rien envoyer sans elle ; ses contacts confirment le courriel de SNS`,
      en: `attach the policy ${physicalName(stage, erpPolicy(connection))} to the ERP’s identity, which can send nothing without it; its contacts confirm the mail from SNS`,
    },
  ];
}

interface Spoken extends Connected {
  missingStack?: string | undefined;
  next: Said[];
}

function spoken(connected: Spoken, { stage, connection }: Changing['owner'], speaking: Speaking): string {
  const { language } = speaking;
  const { changes, hasCredentials, check, result } = connected;
  return [
    ...(check && result === 'not established' ? [spokenCheck(check, speaking), ''] : []),
    versionSaid(connected)[language],
    ...saidChanges(changes).map((said) => said[language]),
    ...(hasCredentials ? [] : [credentialsSaid(stage, connection)[language]]),
    ...(connected.missingStack === undefined ? [] : [inboxSaid(connected.missingStack)[language]]),
    ...(check && result !== 'not established' ? ['', spokenCheck(check, speaking)] : []),
    ...(connected.next.length === 0 ? [] : ['', ...spokenNext(connected.next, language)]),
  ].join('\n');
}

/**
 * Asks at the keyboard, or reads the file; off a terminal and without a file there is nobody to ask.
 * @throws Failure that names the link of the chain at which they failed
 */
function credentialsAsked(
  settings: ConnectionSettings,
  { stage, file, server, speaking }: { stage: string; file: string | undefined; server: Server; speaking: Speaking },
): () => Promise<boolean> {
  return async () => {
    if (file === undefined && !process.stdin.isTTY) return false;
    const { urls, now, secretsManager, sqs } = server;
    const rotationFunction = await rotationFunctionOf(sqs(), stage);
    const credentials = await credentialsOf(file, speaking.language, parisDay(now()));
    const until = Date.now() + patienceMs;
    const { steps, staged } = await storeCredentials({
      ...{ settings, stage, credentials, rotationFunction, client: secretsManager() },
      trial: { urls, transport: nodeTransport, now, wait },
      deadline: { remainingMs: () => until - Date.now() },
    });
    const said = (language: Language) =>
      `${spokenSteps(steps, { ...speaking, language })}\n\n${outcomes['not established'][language]}.`;
    if (!staged) throw new Failure({ fr: said('fr'), en: said('en') });
    return true;
  };
}

export const connect = command({
  about: `Stores connections/<connection>.json in the cloud, where the functions read it within a minute: no deployment. The deployed
relay first checks it, from PISTE to each SIRET; if that does not hold, nothing is stored. Says what has changed, and who
changed it when. If the connection has no credentials yet, it asks for them.`,
  takes: {
    connection: connectionArgument(),
    undo: flag('bring back what the last change replaced, without a check'),
    'from-file': textOption('FILE', 'the first credentials as the secret holds them, "-" for standard input'),
    yes: flag('store it although the check does not hold: Chorus Pro may be closed'),
    by: changer(),
    language: common.language,
    stage: common.stage,
    local: common.local,
    ...serverOptions,
    json: common.json,
  },
  positionals: ['connection'],
  notes: `A connection that was disconnected comes back by the same command, with its secret if that is still there.
${aboutAws}`,
  exitCodes: { 0: 'connected', 1: 'the check does not hold: nothing was stored' },
  run: async ({
    connection,
    undo,
    yes,
    by,
    language,
    stage: askedStage,
    'from-file': credentialsFile,
    json,
    ...given
  }) => {
    const file = await connectionFile(connection);
    const stage = chosenStage(askedStage, connection);
    const server = await serverFor(file.settings.environment, given);
    const { settings, given: asWritten } = atDesk(file, server.endpoints);
    const client = server.dynamodb();
    const table = server.endpoints?.table ?? (await ledgerTable(client, stage));
    const { local } = given;
    const speaking = { language, paint: paintFor(process.stdout), width: widthOf(process.stdout), local };
    const owner = { stage, connection };
    const changing: Changing = {
      ...{ owner, by, now: server.now, secretsManager: server.secretsManager() },
      connections: new DynamoDbMemory({ client, table }),
    };
    const connected = undo
      ? await undoChange(changing)
      : await connectConnection({
          ...{ ...changing, given: asWritten, yes },
          check: (proposed) => askCheck(server, owner, proposed),
          askCredentials: credentialsAsked(settings, { stage, file: credentialsFile, server, speaking }),
        });
    client.destroy();
    const isStored = connected.result !== 'not established';
    const missing = isStored ? await missingStack(settings, stage, server.sqs()) : undefined;
    const isNew = connected.result === 'connected' && !isInTemplate(owner);
    const next = isNew ? missingInTemplate(owner, local) : [];
    const told = { ...connected, ...(missing === undefined ? {} : { missingStack: missing }), next };
    const written = () => JSON.stringify({ ...owner, ...told, next: writtenNext(next) }, undefined, 2);
    console.log(json ? written() : hinted(spoken(told, owner, speaking), local));
    return connected.result === 'not established' ? 1 : 0;
  },
});
